"""The badges of the desk, kept until something happens: to count them costs by all that is open, to show them by nothing.

Whatever is done to an organ's requests ends in its journal. As long as the journal's end is where it was, the numbers are what they
were; what happens beside it (a mail that comes back) shows after LONGEST at the latest.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import monotonic
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.docket_views import Counts, on_the_desk
from gkapply.casework.prepared import KEPT, anybody_with, ask, named
from gkapply.casework.records import Case
from gkapply.casework.services import BADGES
from gkapply.casework.tasks import tasks_of
from workflows.duties import Duty

LONGEST = 30.0
"""Seconds."""
MOST_KEPT = 2048


@dataclass(frozen=True, slots=True)
class _Counted:
    head: int
    at: float
    counts: Counts


def badges(session: Session, actor: Actor, today: date, head: int) -> Counts:
    """What waits for ``actor`` and how the desk lies; ``head``: the end of the organ's journal in this session."""
    shelf: dict[Any, _Counted] = session.info.get(BADGES, {})
    key = actor.organ_id, actor.user_id, actor.duties, today
    kept = shelf.get(key)
    if kept is not None and kept.head == head and monotonic() - kept.at < LONGEST:
        return kept.counts
    counts = _counts(session, actor, today)
    if len(shelf) >= MOST_KEPT:
        shelf.clear()
    shelf[key] = _Counted(head, monotonic(), counts)
    return counts


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
