"""The badges of the desk and the lists of what waits, kept until something happens: to count them costs by all that is open, to show them by nothing.

Whatever is done to an organ's requests ends in its journal. As long as the journal's end is where it was, the numbers are what they
were; what happens beside it (a mail that comes back) shows after LONGEST at the latest.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import monotonic
from typing import Any

from sqlalchemy import Row, Select, case, func, select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.docket_places import Place
from gkapply.casework.docket_views import Counts, listed, on_the_desk
from gkapply.casework.prepared import KEPT, anybody_with, ask, named
from gkapply.casework.records import Case
from gkapply.casework.services import BADGES
from gkapply.casework.tasks import tasks_of
from workflows.duties import Duty

LONGEST = 30.0
"""Seconds."""
MOST_KEPT = 2048


MOST_LISTED = 5000
"""Cases of a list that is kept whole; a longer one is walked anew for each page."""


@dataclass(frozen=True, slots=True)
class _Known:
    head: int
    at: float
    what: Any


def badges(session: Session, actor: Actor, today: date, head: int) -> Counts:
    """What waits for ``actor`` and how the desk lies; ``head``: the end of the organ's journal in this session."""
    counts = _kept(session, actor, today, head, "", lambda: _counts(session, actor, today))
    assert isinstance(counts, Counts)
    return counts


def places(session: Session, actor: Actor, today: date, head: int, view: str) -> Sequence[Place] | None:
    """Where the cases of a view lie in the order of the desk; None where they are more than a process keeps.

    Raises Refusal for an unknown view.
    """
    statement = _listing(actor.duties, today, view)
    found: Sequence[Place] | None = _kept(
        session, actor, today, head, view, lambda: _places(ask(session, statement, named(actor)))
    )
    return found


def _kept(session: Session, actor: Actor, today: date, head: int, name: str, find: Callable[[], Any]) -> Any:
    shelf: dict[Any, _Known] = session.info.get(BADGES, {})
    key = name, actor.organ_id, actor.user_id, actor.duties, today
    kept = shelf.get(key)
    if kept is not None and kept.head == head and monotonic() - kept.at < LONGEST:
        return kept.what
    if len(shelf) >= MOST_KEPT:
        shelf.clear()
    shelf[key] = _Known(head, monotonic(), find())
    return shelf[key].what


def _places(rows: Sequence[Row[Any]]) -> Sequence[Place] | None:
    if len(rows) > MOST_LISTED:
        return None
    return sorted((Place(row.due_on, row.id) for row in rows), key=Place.order)


@lru_cache(maxsize=KEPT)
def _listing(duties: frozenset[Duty], today: date, view: str) -> Select[*tuple[Any, ...]]:
    actor = anybody_with(duties)
    return select(Case.due_on, Case.id).where(visible_cases(actor), listed(actor, view)).limit(MOST_LISTED + 1)


def _counts(session: Session, actor: Actor, today: date) -> Counts:
    rows = ask(session, _counting(actor.duties, today), named(actor))
    codes = [task.code for task in tasks_of(actor)]
    waiting = {code: sum(row[place] for row in rows) for place, code in enumerate(codes, start=2)}
    return Counts({row.state: row.number for row in rows}, waiting)


@lru_cache(maxsize=KEPT)
def _counting(duties: frozenset[Duty], today: date) -> Select[*tuple[Any, ...]]:
    """One walk over the desk: a row for each state, in it how many of its cases wait in each task. Built for a day, like some tasks."""
    actor = anybody_with(duties)
    waiting = [func.sum(case((task.condition(actor), 1), else_=0)) for task in tasks_of(actor)]
    return (
        select(Case.state, func.count().label("number"), *waiting)
        .where(visible_cases(actor), on_the_desk())
        .group_by(Case.state)
    )
