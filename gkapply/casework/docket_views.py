"""The views of the desk (待我处理、我承办的、全部在办, or one kind of task): which cases each lists, and how many wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_

from gkapply.casework.access import Actor
from gkapply.casework.records import Case
from gkapply.casework.tasks import tasks_of
from gkapply.casework.watching import watched_by
from gkapply.law.refusal import Refusal
from workflows.case_states import CaseState

AWAITING, MINE, WATCHED, ALL = "awaiting", "mine", "watched", "all"
VIEWS = {AWAITING: "待我处理", MINE: "我承办的", WATCHED: "我关注的", ALL: "全部在办"}
DESK_STATES = tuple(state for state in CaseState if state not in (CaseState.NEW, CaseState.ARCHIVED))
"""States in which a case lies on the desk; each is a filter."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Cases on the desk by state, and by the code of each task that waits for the actor; what is missing is nought."""

    states: Mapping[CaseState, int]
    tasks: Mapping[str, int]


NONE = Counts({}, {})


def listed(actor: Actor, view: str, states: Sequence[CaseState] = (), *, ended: bool = False) -> ColumnElement[bool]:
    """Which cases a view lists; ``states`` narrow it, ``ended``: with those that have ended and are not in the archive.

    Each form implies the condition of the partial index that it is to walk. Raises Refusal for an unknown view.
    """
    narrowed = and_(Case.archived_on.is_(None), Case.state.in_(states)) if states else on_the_desk()
    still_open = narrowed if states or ended else Case.ended_on.is_(None)
    if view == ALL:
        return still_open
    if view == WATCHED:
        return and_(watched_by(actor), still_open)
    if view == MINE:
        return and_(Case.officer_id == actor.user_id, still_open)
    tasks = [task for task in tasks_of(actor) if view in (AWAITING, task.code)]
    if not tasks:
        if view == AWAITING:
            return Case.id.is_(None)
        raise Refusal("没有这样的待办分类，或者不属于您的职责", do="请从列表上方选择", field="view")
    return and_(or_(*(task.condition(actor) for task in tasks)), narrowed)


def on_the_desk() -> ColumnElement[bool]:
    """Not in the archive. The states are named so that SQLite, too, walks the index of the desk and not the whole register."""
    return and_(Case.archived_on.is_(None), Case.state.in_(DESK_STATES))
