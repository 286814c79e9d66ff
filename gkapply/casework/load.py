"""How the open requests of an organ lie on its people and units (在办分布): how many, how urgent, how many wait for others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.clock_states import ClockState, Horizon, stands
from gkapply.casework.people import User
from gkapply.casework.records import Case
from gkapply.casework.unit_records import Unit
from workflows.case_states import CaseState

WAITING_STATES = (CaseState.CORRECTING, CaseState.EXPLAINING, CaseState.PAYING)
"""The applicant's turn."""


@dataclass(frozen=True, slots=True)
class Load:
    """The open requests of one person or unit; ``key`` and ``name`` are None for those that nobody has yet."""

    key: int | None
    name: str | None
    open: int
    near: int
    late: int
    waiting: int


def by_officer(session: Session, actor: Actor, days: Horizon) -> Sequence[Load]:
    """The load of each person who handles an open request, the fullest first; what nobody handles comes first of all."""
    return _loads(session, actor, days, Case.officer_id, User)


def by_unit(session: Session, actor: Actor, days: Horizon) -> Sequence[Load]:
    """The same by leading unit (主办单位)."""
    return _loads(session, actor, days, Case.unit_id, Unit)


def _loads(session: Session, actor: Actor, days: Horizon, key: Any, record: Any) -> Sequence[Load]:
    """One walk over the organ's open requests."""
    near, late, stopped = (stands(state, days) for state in (ClockState.NEAR, ClockState.OVERDUE, ClockState.STOPPED))
    waiting = or_(stopped, Case.state.in_(WAITING_STATES))
    query = (
        select(key, record.name, func.count(), _how_many(near), _how_many(late), _how_many(waiting))
        .outerjoin(record, record.id == key)
        .where(visible_cases(actor), Case.ended_on.is_(None))
        .group_by(key, record.name)
    )
    found = [Load(*row) for row in session.connection().execute(query)]
    return sorted(found, key=lambda load: (load.key is not None, -load.open, load.name or ""))


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
