"""Referrals (转办) as pages show them: in the list, beside each other on the page of a case, alone before their unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.applicant_mask import mask_of
from gkapply.casework.records import Case
from gkapply.casework.referral_records import REFERRAL_KINDS, Referral
from gkapply.casework.urgency import Term, term_on
from gkapply.clock import day_of
from workflows.referral import ReferralState


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """One referral: with whom it lies, since when, how its part-term stands, what came of it."""

    uid: str
    number: str
    reference: str
    kind: str
    unit: str
    parent: str
    """Name of the unit that handed a part on; empty otherwise."""
    state: ReferralState
    matter: str
    sender: str
    sent_on: date
    lies: int
    """Working days from its sending until it ended, or until today."""
    term: Term
    taker: str
    urged: int
    ended_on: date | None
    answer: str
    reason: str
    papers: Sequence[tuple[str, str]]
    """uid and name of each paper."""
    is_open: bool
    awaits_note: bool
    """It came back and the office has not yet taken note."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a unit sees of the case besides the referral: the request's words, and the names only where it needs them."""

    organ: str
    description: str
    information: str
    applicants: str
    received_on: date | None
    reply_term: Term


def line(referral: Referral, today: date) -> ReferralLine:
    """The referral as it stands on ``today``."""
    case = referral.case
    calendar = case.calendar()
    until = referral.ended_on or today
    return ReferralLine(
        uid=referral.uid,
        number=referral.number,
        reference=case.reference,
        kind=REFERRAL_KINDS[referral.kind],
        unit=referral.unit.name,
        parent=referral.parent.unit.name if referral.parent else "",
        state=referral.state,
        matter=referral.matter,
        sender=referral.sender.name,
        sent_on=referral.sent_on,
        lies=max(calendar.count(referral.sent_on, until), 0),
        term=term_on(today, referral.due_on, calendar, ended_on=referral.ended_on),
        taker=referral.taker.name if referral.taker else "",
        urged=referral.urged,
        ended_on=referral.ended_on,
        answer=referral.answer,
        reason=referral.reason,
        papers=[(paper.uid, paper.name) for paper in referral.enclosed],
        is_open=referral.is_open,
        awaits_note=referral.state is ReferralState.RETURNED and referral.settled_on is None,
    )


def request_of(session: Session, referral: Referral, today: date) -> Request:
    """What the unit may see of the request."""
    case = referral.case
    mask = (lambda text: text) if referral.shows_applicant else mask_of(session, [case])
    return Request(
        organ=case.organ.name,
        description=mask(case.description),
        information="，".join(mask(text) for text in (case.information_name, case.information_number) if text),
        applicants=case.applicant_names if referral.shows_applicant else "",
        received_on=case.received_on,
        reply_term=reply_term(case, today),
    )


def reply_term(case: Case, today: date) -> Term:
    """How the reply term of the case stands: it runs while units work."""
    return term_on(
        today,
        case.due_on,
        case.calendar(),
        ended_on=case.ended_on,
        provisional=case.due_provisional,
        stopped_since=case.stopped_since,
    )


def of_case(session: Session, case: Case, actor: Actor, now: datetime) -> Sequence[ReferralLine]:
    """Every referral of the case side by side, those that are awaited first."""
    lines = [line(one, day_of(now)) for one in case.referrals]
    return sorted(lines, key=lambda one: (not one.is_open, not one.awaits_note))


def awaited(session: Session, case: Case, actor: Actor, now: datetime) -> Sequence[ReferralLine]:
    """What has to be seen first: referrals that are open or came back while the request is being worked on."""
    return [one for one in of_case(session, case, actor, now) if one.is_open or one.awaits_note]
