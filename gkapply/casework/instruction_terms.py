"""Reminding of a leader's instructions (领导批示) whose term ends or is over: each person once on each of the two levels."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Row, and_, exists, or_, select
from sqlalchemy.orm import Session

from gkapply.casework import notification
from gkapply.casework.audience import Audience
from gkapply.casework.instructed import Instruction
from gkapply.casework.notification import Notification, Tidings
from gkapply.casework.records import Case
from gkapply.clock import day_of
from workflows.duties import Duty

KIND = "instruction_due"
SOON, OVER = 0, 1
AHEAD = timedelta(days=1)
"""How long before its last day people are told."""


def is_due(session: Session, today: date) -> bool:
    """Whether there is one of which nobody has been told on its level."""
    return bool(_due(session, today, 1))


def remind(session: Session, now: datetime) -> None:
    """Tell the officer of each, and the head as well when its term is over."""
    today = day_of(now)
    found = _due(session, today)
    audience = Audience(session, {one.organ_id for one, _ in found}, today)
    tidings = []
    for one, officer_id in found:
        assert one.due_on is not None
        level = OVER if one.due_on < today else SOON
        users = audience.handlers(one.organ_id, officer_id)
        users += audience.holding(one.organ_id, Duty.HEAD) if level == OVER else ()
        codes = {"due_on": one.due_on.isoformat()}
        tidings.append(Tidings(one.organ_id, users, KIND, one.uid, codes, level, one.case_id))
    notification.tell_all(session, tidings, now)


def _due(session: Session, today: date, most: int | None = None) -> Sequence[Row[Instruction, int | None]]:
    told = exists().where(
        Notification.case_id == Instruction.case_id, Notification.kind == KIND, Notification.key == Instruction.uid
    )
    over = and_(Instruction.due_on < today, ~told.where(Notification.level == OVER))
    soon = and_(Instruction.due_on >= today, Instruction.due_on <= today + AHEAD, ~told)
    query = (
        select(Instruction, Case.officer_id)
        .join(Case, Case.id == Instruction.case_id)
        .where(Instruction.done_on.is_(None), or_(over, soon))
        .order_by(Instruction.id)
    )
    return session.execute(query.limit(most)).all()
