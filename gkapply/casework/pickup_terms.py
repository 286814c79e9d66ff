"""Replies that nobody has fetched in time: the office is told to post them before the term of the reply ends."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, joinedload

from gkapply.casework import notification
from gkapply.casework.access import Actor
from gkapply.casework.audience import Audience
from gkapply.casework.notification import Notification, Tidings
from gkapply.casework.papers import Letter
from gkapply.casework.pickup import post_from, to_fetch
from gkapply.casework.records import Case
from gkapply.clock import day_of
from gkapply.law.letters import LetterKind
from workflows.duties import Duty
from workflows.letter import LetterState

KIND = "uncollected"
_FARTHEST = timedelta(days=40)
"""More than the most working days that an office may set, with the longest holiday among them."""
_REPLIES = [kind.value for kind in LetterKind if kind.ends_case]


def is_due(session: Session, today: date) -> bool:
    """Whether there is such a reply of which nobody has been told."""
    return bool(_uncollected(session, today))


def alarm(session: Session, now: datetime) -> None:
    """Tell the officer and the registrars of each such reply, once for each last day that it has."""
    today = day_of(now)
    found = _uncollected(session, today)
    audience = Audience(session, {one.organ_id for one in found}, today)
    tidings = []
    for letter in found:
        case = letter.case
        assert case.due_on is not None
        users = audience.handlers(letter.organ_id, case.officer_id) + audience.holding(letter.organ_id, Duty.REGISTRAR)
        codes = {"number": letter.number or "", "due_on": case.due_on.isoformat()}
        tidings.append(Tidings(letter.organ_id, users, KIND, letter.uid, codes, 0, case.id))
    notification.tell_all(session, tidings, now)


def to_post(actor: Actor) -> ColumnElement[bool]:
    """The cases of the actor's organ with a reply that was to be fetched, was not, and is to be posted now."""
    told = exists().where(
        Notification.case_id == Letter.case_id, Notification.kind == KIND, Notification.key == Letter.uid
    )
    waiting = Letter.organ_id == actor.organ_id, Letter.state == LetterState.SIGNED, told
    return Case.id.in_(select(Letter.case_id).where(*waiting))


def _uncollected(session: Session, today: date) -> Sequence[Letter]:
    told = exists().where(
        Notification.case_id == Letter.case_id, Notification.kind == KIND, Notification.key == Letter.uid
    )
    query = (
        select(Letter)
        .join(Case, Letter.case_id == Case.id)
        .where(
            Case.ended_on.is_(None),
            Case.due_on <= today + _FARTHEST,
            to_fetch(),
            Letter.state == LetterState.SIGNED,
            Letter.kind.in_(_REPLIES),
            ~told,
        )
        .options(joinedload(Letter.case).joinedload(Case.organ))
        .order_by(Letter.id)
    )
    return [letter for letter in session.scalars(query) if _is_late(letter.case, today)]


def _is_late(case: Case, today: date) -> bool:
    day = post_from(case.due_on, case.calendar(), case.office_settings())
    return day is not None and day <= today
