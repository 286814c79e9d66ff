"""Who watches a case (关注): told once a day when something happens to it that somebody else did."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from gkapply.casework import notification
from gkapply.casework.access import Actor
from gkapply.casework.people import DutyHolding
from gkapply.casework.records import Case
from gkapply.casework.remark_records import Watch
from gkapply.clock import day_of
from gkapply.law.refusal import NotPermitted
from workflows.duties import CASE_DUTIES

_WATCH = {
    "sqlite": sqlite.insert(Watch).inline().on_conflict_do_nothing(),
    "postgresql": postgresql.insert(Watch).inline().on_conflict_do_nothing(),
}


def watch(session: Session, case: Case, actor: Actor, now: datetime) -> None:
    """Let the actor be told of whatever happens to the case. Doing it twice changes nothing. Raises NotPermitted."""
    if actor.user_id is None:
        raise NotPermitted("只有工作人员可以关注申请")
    # Two clicks at once find no row each; the second to arrive changes nothing.
    values = {"case_id": case.id, "user_id": actor.user_id, "organ_id": case.organ_id, "since": now}
    session.execute(_WATCH[session.get_bind().dialect.name], values)


def unwatch(session: Session, case: Case, actor: Actor) -> None:
    """Stop telling the actor."""
    session.execute(delete(Watch).where(Watch.case_id == case.id, Watch.user_id == actor.user_id))


def watches(session: Session, case: Case, actor: Actor) -> bool:
    """Whether the actor watches the case."""
    query = select(Watch.case_id).where(Watch.case_id == case.id, Watch.user_id == actor.user_id)
    return session.scalar(query) is not None


def watched_by(actor: Actor) -> ColumnElement[bool]:
    """The SQL condition for the cases that the actor watches."""
    return exists().where(Watch.case_id == Case.id, Watch.user_id == actor.user_id).correlate(Case)


def tell_step(session: Session, case: Case, actor: Actor, now: datetime) -> None:
    """Tell those who watch the case and still work on the organ's cases that a step was taken: each once a day, nobody of what
    they did themselves.
    """
    today = day_of(now)
    still = exists().where(
        DutyHolding.user_id == Watch.user_id,
        DutyHolding.organ_id == case.organ_id,
        DutyHolding.duty.in_([duty.value for duty in CASE_DUTIES]),
        DutyHolding.ended_at.is_(None),
        DutyHolding.valid_from <= today,
        DutyHolding.valid_to.is_(None) | (DutyHolding.valid_to >= today),
    )
    query = select(Watch.user_id).where(Watch.case_id == case.id, Watch.user_id.is_distinct_from(actor.user_id), still)
    watchers = session.scalars(query).all()
    if watchers:
        key = f"{case.uid}:{today.isoformat()}"
        notification.tell(session, case.organ_id, watchers, kind="watched", key=key, now=now, case=case)
