"""What an applicant may know of a request of theirs: where it stands, each date with its reason, the letters to them.

Nothing of anybody else is in it: no third party's name, no official's name, no note of the office.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from gkapply.casework import case_news, day_explanation, people_data, satisfaction
from gkapply.casework.access import Actor
from gkapply.casework.application import CHANGEABLE, WAYS
from gkapply.casework.dating import reckoning_on_record
from gkapply.casework.intake import arrived_on
from gkapply.casework.internal_term import ReplyTerm, term_of
from gkapply.casework.milestones import Milestone, milestones
from gkapply.casework.opening import applicant_of, find_by_code, whole_of
from gkapply.casework.own_acts import Act, OwnPaper, own_acts, own_papers
from gkapply.casework.own_letters import OwnLetter, fetch, is_read, letter_to_fetch, letters_out, own_letters
from gkapply.casework.records import Case
from gkapply.casework.standing import Standing, standing
from gkapply.casework.wanted import Wanted, wanted
from gkapply.law.case_kinds import CaseKind
from gkapply.law.channels import confirm_by
from gkapply.law.clocks import Reckoning
from gkapply.law.refusal import Refusal
from workflows.application import APPLICATION
from workflows.case_states import BEFORE_THE_REPLY, OVER_WITHOUT_REPLY, CaseState

__all__ = ["applicant_of", "fetch", "find_by_code", "letter_to_fetch", "progress"]
_CONTACT_FROM, _WAY_FROM = (APPLICATION.step(one).sources for one in ("change_contact", "change_way"))

_NOTHING = "没有登记"
_SHOWN_OF_ADDRESS = 6


@dataclass(frozen=True, slots=True)
class Progress:
    """A request as its applicant sees it. ``reckoning`` is None until it has been received."""

    reference: str
    version: int
    kind: CaseKind
    term: ReplyTerm
    organ: str
    contact: str
    state: CaseState
    standing: Standing
    over: bool
    may_withdraw: bool
    description: str
    milestones: Sequence[Milestone]
    acts: Sequence[Act]
    papers: Sequence[OwnPaper]
    reckoning: Reckoning | None
    working: str
    """How the last day of the term is worked out, in one sentence; empty while no term runs."""
    letters: Sequence[OwnLetter]
    wanted: Wanted
    confirm_by: date | None
    """Until the request is confirmed: the day by which the office is to have called."""
    parts: Sequence[tuple[str, str, str]]
    """Number, content and state of each request that this one was divided into."""
    divided_from: str
    """The number of the request that this one was split off; empty for every other."""
    way: str
    contact_held: Sequence[tuple[str, str]]
    """The contact in the file that may be changed: labels and masked values."""
    may_change_contact: bool
    may_change_way: bool
    reached_at: str
    """The masked address or telephone to which messages about this request go; empty when there is none."""
    mails_stopped: bool
    how_it_was: bool
    """Whether the question about satisfaction is to be asked."""

    @property
    def waiting(self) -> Sequence[OwnLetter]:
        """The letters that wait to be fetched."""
        return [letter for letter in self.letters if letter.waits]


def progress(session: Session, actor: Actor, today: date) -> Progress:
    """Everything that the applicant ``actor`` may know of the case on ``today``."""
    case = session.scalars(
        select(Case)
        .where(Case.id == actor.case_id)
        .options(
            joinedload(Case.organ),
            selectinload(Case.facts),
            selectinload(Case.documents),
            selectinload(Case.letters),
            joinedload(Case.fee),
        )
    ).one()
    out = letters_out(case)
    letters = own_letters(session, out)
    clocks = None if case.received_on is None else reckoning_on_record(case)
    result = None if isinstance(clocks, Refusal) else clocks
    over = case.state in (CaseState.ARCHIVED, CaseState.VOIDED, *OVER_WITHOUT_REPLY)
    held = people_data.contact_of(session, case.applicant)
    return Progress(
        reference=case.reference,
        version=case.version,
        kind=case.kind,
        term=term_of(case),
        organ=case.organ.name,
        contact="，".join(part for part in (case.organ.contact_unit, case.organ.contact_phone) if part),
        state=case.state,
        standing=standing(case, waiting_letters=sum(one.waits for one in letters)),
        over=over,
        may_withdraw=case.state in BEFORE_THE_REPLY,
        description=case.description,
        milestones=milestones(case),
        acts=own_acts(session, case),
        papers=own_papers(case),
        reckoning=result,
        working="" if over or result is None or result.ended_on else _working(case, today),
        letters=letters,
        wanted=wanted(case, [one for one in case.letters if one in out and is_read(one)]),
        confirm_by=confirm_by(case.channel, arrived_on(case), case.calendar())
        if case.state is CaseState.RECEIVED
        else None,
        parts=[(one.reference, one.description, one.state.label) for one in case.offspring if whole_of(one)],
        divided_from=whole.reference if (whole := whole_of(case)) else "",
        way=WAYS[case.way],
        contact_held=[(label, _shown(name, held[name])) for name, label in CHANGEABLE.items()],
        may_change_contact=case.state in _CONTACT_FROM,
        may_change_way=case.state in _WAY_FROM,
        reached_at=people_data.masked_mail(held["email"]) or people_data.masked(held["phone"])
        if case_news.can_be_reached(session, case)
        else "",
        mails_stopped=case.mails_stopped,
        how_it_was=satisfaction.is_asked(case),
    )


def _shown(name: str, value: str) -> str:
    """A value of the contact so that its owner knows it again and nobody else learns it."""
    if name == "email":
        return people_data.masked_mail(value) or _NOTHING
    if name == "address":
        return f"{value[:_SHOWN_OF_ADDRESS]}……" if value else _NOTHING
    return people_data.masked(value) or _NOTHING


def _working(case: Case, today: date) -> str:
    """The newest stretch of the term: what it begins with and how long it is."""
    stretches = day_explanation.explanation(case, today).stretches
    return f"{day_explanation.heading(stretches[-1])}。" if stretches else ""
