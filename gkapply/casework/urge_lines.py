"""Urges as pages list them, and which wait for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, joinedload

from gkapply.casework import notification
from gkapply.casework.access import Actor, supervised_organs
from gkapply.casework.notification import Notification, Tidings, holders
from gkapply.casework.records import Case
from gkapply.casework.urge_records import Urge, UrgeAnswer, UrgeState, UrgeVerdict
from gkapply.clock import day_of
from workflows.duties import Duty

PAGE = 50
OVERDUE = "urge_overdue"
"""Kind of the notification that no answer came in time."""


@dataclass(frozen=True, slots=True)
class UrgeLine:
    """One urge in a list or on the page of its case."""

    uid: str
    number: str
    organ: str
    by_organ: str
    reference: str
    """The case; empty when the organ as a whole is urged."""
    on: date
    due_on: date
    state: UrgeState
    answered_on: date | None
    answered_late: bool


@dataclass(frozen=True, slots=True)
class UrgePage:
    """A page of urges; ``more``: before which key the next begins, None on the last."""

    shown: Sequence[UrgeLine]
    more: int | None


def of_supervisor(session: Session, actor: Actor, today: date, *, before: int | None = None) -> UrgePage:
    """A page of the urges about the organs that ``actor`` supervises, the newest first."""
    return _page(session, Urge.organ_id.in_(supervised_organs(actor)), today, before)


def of_organ(session: Session, actor: Actor, today: date, *, before: int | None = None) -> UrgePage:
    """A page of the urges about the actor's own organ, the newest first."""
    return _page(session, Urge.organ_id == actor.organ_id, today, before)


def open_counts(session: Session, actor: Actor, today: date) -> dict[UrgeState, int]:
    """How many urges about the organs that ``actor`` supervises wait for an answer, let their term go by, or wait for a verdict."""
    unjudged = ~exists().where(UrgeVerdict.urge_id == Urge.id)
    answered = exists().where(UrgeAnswer.urge_id == Urge.id)
    over = Urge.due_on < today
    found = session.execute(
        select(
            func.count().filter(~answered, ~over), func.count().filter(~answered, over), func.count().filter(answered)
        ).where(Urge.organ_id.in_(supervised_organs(actor)), unjudged)
    ).one()
    return dict(zip((UrgeState.WAITING, UrgeState.OVERDUE, UrgeState.ANSWERED), found, strict=True))


def of_case(session: Session, case: Case, today: date) -> list[UrgeLine]:
    """Every urge about the case, the newest first."""
    return [line(one, today) for one in session.scalars(_query().where(Urge.case_id == case.id))]


def line(one: Urge, today: date) -> UrgeLine:
    """The urge in one line."""
    return UrgeLine(
        uid=one.uid,
        number=one.number,
        organ=one.organ.name,
        by_organ=one.by_organ.name,
        reference=one.case.reference if one.case else "",
        on=one.on_,
        due_on=one.due_on,
        state=one.state(today),
        answered_on=one.answer.on_ if one.answer else None,
        answered_late=one.answered_late,
    )


def chain(session: Session, one: Urge) -> list[Urge]:
    """The urges of which this one is the last or not: from the first asked to the last, in their order."""
    found = [one]
    while found[0].follows is not None:
        found.insert(0, found[0].follows)
    while (after := session.scalars(select(Urge).where(Urge.follows_id == found[-1].id)).one_or_none()) is not None:
        found.append(after)
    return found


def waiting(actor: Actor) -> ColumnElement[bool]:
    """Cases of the actor's organ with an urge that waits for an answer (待回复督办)."""
    unanswered = select(Urge.case_id).where(Urge.organ_id == actor.organ_id, Urge.case_id.is_not(None), ~_answered())
    return Case.id.in_(unanswered)


def is_due(session: Session, today: date) -> bool:
    """Whether there is an urge without an answer in time of which nobody has been told."""
    return session.scalar(_untold(today).limit(1)) is not None


def remind(session: Session, now: datetime) -> None:
    """Tell the head of the urged organ and the supervisors who urged that the term is over, once."""
    today = day_of(now)
    tidings = []
    for one in session.scalars(_untold(today)).all():
        held = holders(session, [one.organ_id, one.by_organ_id], [Duty.HEAD, Duty.SUPERVISOR], today)
        heads = held.get((one.organ_id, Duty.HEAD), [])
        # Whoever urged is told in any case, and by it the next look knows that people were told.
        users = (one.urged_by, *heads, *held.get((one.by_organ_id, Duty.SUPERVISOR), []))
        codes = {"number": one.number, "due_on": one.due_on.isoformat()}
        tidings.append(Tidings(one.organ_id, users, OVERDUE, one.uid, codes, 0, one.case_id))
    notification.tell_all(session, tidings, now)


def _page(session: Session, condition: ColumnElement[bool], today: date, before: int | None) -> UrgePage:
    query = _query().where(condition).limit(PAGE + 1)
    if before is not None:
        query = query.where(Urge.id < before)
    found = session.scalars(query).all()
    more = found[PAGE - 1].id if len(found) > PAGE else None
    return UrgePage([line(one, today) for one in found[:PAGE]], more)


def _query() -> Select[Urge]:
    return (
        select(Urge)
        .options(
            joinedload(Urge.organ),
            joinedload(Urge.by_organ),
            joinedload(Urge.case),
            joinedload(Urge.answer),
            joinedload(Urge.verdict),
        )
        .order_by(Urge.id.desc())
    )


def _answered() -> ColumnElement[bool]:
    return exists().where(UrgeAnswer.urge_id == Urge.id) | exists().where(UrgeVerdict.urge_id == Urge.id)


def _untold(today: date) -> Select[Urge]:
    told = exists().where(
        Notification.user_id == Urge.urged_by, Notification.kind == OVERDUE, Notification.key == Urge.uid
    )
    return select(Urge).where(Urge.due_on < today, ~_answered(), ~told).order_by(Urge.id)
