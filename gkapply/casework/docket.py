"""The desk (待办): an organ's cases by urgency, page by page, with what each waits for.

A page costs by what it shows: it walks a partial index by key in either direction, never by OFFSET, and counts only cases on
the desk.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, Integer, Row, Select, and_, bindparam, or_, select, tuple_
from sqlalchemy.orm import Session

from gkapply.casework import docket_filters
from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.clock_states import Horizon, horizon
from gkapply.casework.docket_badges import places
from gkapply.casework.docket_filters import Chosen, Scope
from gkapply.casework.docket_lines import Line, lines, written
from gkapply.casework.docket_places import Place
from gkapply.casework.docket_views import ALL, AWAITING, VIEWS, listed
from gkapply.casework.prepared import KEPT, anybody_with, ask, named
from gkapply.casework.records import Case
from gkapply.law.refusal import NotFound
from gkapply.law.workdays import Calendar, national_calendar
from workflows.case_states import CaseState
from workflows.duties import Duty

PAGE = 50
"""Cases on one page."""
_Query = Select[*tuple[Any, ...]]
_Found = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the desk is asked for: the view (one of VIEWS or a task's code), one state, filters by name."""

    view: str = ALL
    state: CaseState | None = None
    chosen: Chosen = field(default_factory=dict)

    @property
    def is_a_list_of_work(self) -> bool:
        """Whether it is what waits for somebody, all of it or one kind of task, and nothing narrows it."""
        return (self.view == AWAITING or self.view not in VIEWS) and not self.state and not self.chosen


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the desk; ``more`` and ``back``: after and before which place the neighbouring pages lie, None at an end."""

    lines: Sequence[Line]
    more: Place | None
    back: Place | None


def desk(
    session: Session,
    actor: Actor,
    today: date,
    wanted: Wanted = EVERYTHING,
    *,
    calendar: Calendar | None = None,
    head: int | None = None,
    after: Place | None = None,
    before: Place | None = None,
    size: int = PAGE,
) -> Page:
    """A page of the cases that ``actor`` sees, the most urgent first, those without a due day last.

    ``calendar`` is the organ's, by which filters count working days. ``after`` begins behind a place, ``before`` ends in front of
    one. Cases that have ended are listed only where a state, a task or a filter asks for them. With ``head``, the end of the organ's
    journal, a list of what waits is kept until it moves. Raises Refusal for an unknown view.
    """
    if head is not None and wanted.is_a_list_of_work:
        known = places(session, actor, today, head, wanted.view)
        if known is not None:
            return _cut(session, actor, today, known, after, before, size)
    parts = _parts_for(actor, today, wanted, calendar)
    rows = _walked(session, parts, actor, before or after, bool(before), size)
    beyond, rows = len(rows) > size, rows[:size]
    if before:
        rows.reverse()
    shown = list(written(session, rows, today))
    first, last = (_place(rows[0]), _place(rows[-1])) if rows else (None, None)
    if before:
        return Page(shown, last, first if beyond else None)
    return Page(shown, last if beyond else None, first if after else None)


def _cut(
    session: Session,
    actor: Actor,
    today: date,
    known: Sequence[Place],
    after: Place | None,
    before: Place | None,
    size: int,
) -> Page:
    """A page out of a list whose places are known."""
    begin = bisect_right(known, after.order(), key=Place.order) if after else 0
    end = begin + size
    if before:
        end = bisect_left(known, before.order(), key=Place.order)
        begin = max(0, end - size)
    cut = known[begin:end]
    rows = (
        ask(session, _these(actor.duties, today), {**named(actor), "these": [place.id for place in cut]}) if cut else ()
    )
    shown = list(written(session, sorted(rows, key=lambda row: _place(row).order()), today))
    return Page(shown, cut[-1] if end < len(known) and cut else None, cut[0] if begin and cut else None)


@lru_cache(maxsize=KEPT)
def _these(duties: frozenset[Duty], today: date) -> _Query:
    these = Case.id.in_(bindparam("these", expanding=True))
    return lines(today).where(visible_cases(anybody_with(duties)), these)


def all_lines(
    session: Session, actor: Actor, today: date, wanted: Wanted, *, calendar: Calendar | None = None
) -> Iterator[Line]:
    """Every case asked for, in the order of the desk, read a batch at a time."""
    parts = _parts_for(actor, today, wanted, calendar)
    for part in (parts.dated.order_by(Case.due_on, Case.id), parts.undated.order_by(Case.id)):
        found = session.execute(part.execution_options(yield_per=500), named(actor))
        yield from written(session, found, today)


def require(actor: Actor, today: date, wanted: Wanted, calendar: Calendar) -> None:
    """Raises Refusal for what ``desk`` would refuse."""
    _parts_for(actor, today, wanted, calendar)


def reference_of(session: Session, actor: Actor, text: str) -> str:
    """As ``known_reference``. Raises NotFound when the actor sees no such case."""
    found = known_reference(session, actor, text)
    if found is None:
        raise NotFound(f"没有登记编号为「{text.strip()}」的申请，或者您无权查看", do="请核对登记编号，例如 2026-0012")
    return found


def known_reference(session: Session, actor: Actor, text: str) -> str | None:
    """The reference of the case that somebody asks for by number (「2026-0012」) or by reference; None when they see no such case."""
    wanted = text.strip()
    query = select(Case.reference).where(
        visible_cases(actor),
        or_(Case.reference == wanted, and_(Case.number == wanted, Case.organ_id == actor.organ_id)),
    )
    return session.scalars(query).first()


class _Parts:
    """The two stretches of the desk, requests with a due day and those without, and the statements that walk each by key."""

    def __init__(self, query: _Query):
        self.dated = query.where(Case.due_on.is_not(None))
        self.undated = query.where(Case.due_on.is_(None))
        place = tuple_(bindparam("day", type_=Date), bindparam("key", type_=Integer))
        here, key = tuple_(Case.due_on, Case.id), bindparam("key", type_=Integer)
        size = bindparam("size", type_=Integer)
        down, up = (Case.due_on, Case.id), (Case.due_on.desc(), Case.id.desc())
        self.statements: dict[tuple[bool, bool, bool], _Query] = {
            # (with a due day, backwards, from a place)
            (True, False, False): self.dated.order_by(*down).limit(size),
            (True, False, True): self.dated.where(here > place).order_by(*down).limit(size),
            (True, True, False): self.dated.order_by(*up).limit(size),
            (True, True, True): self.dated.where(here < place).order_by(*up).limit(size),
            (False, False, False): self.undated.order_by(Case.id).limit(size),
            (False, False, True): self.undated.where(Case.id > key).order_by(Case.id).limit(size),
            (False, True, False): self.undated.order_by(Case.id.desc()).limit(size),
            (False, True, True): self.undated.where(Case.id < key).order_by(Case.id.desc()).limit(size),
        }


def _parts_for(actor: Actor, today: date, wanted: Wanted, calendar: Calendar | None) -> _Parts:
    chosen = tuple(sorted(wanted.chosen.items()))
    # What somebody types is hardly ever asked twice.
    build = _parts.__wrapped__ if "words" in wanted.chosen else _parts
    return build(actor.duties, horizon(today, calendar or national_calendar()), wanted.view, wanted.state, chosen)


@lru_cache(maxsize=KEPT)
def _parts(
    duties: frozenset[Duty], days: Horizon, view: str, state: CaseState | None, filters: tuple[tuple[str, str], ...]
) -> _Parts:
    """Raises Refusal for an unknown view."""
    actor, chosen = anybody_with(duties), dict(filters)
    states = (state,) if state else docket_filters.stage_states(chosen.get("link", ""))
    base = listed(actor, view, states, ended=docket_filters.reaches_ended(chosen))
    narrowed = docket_filters.condition(chosen, Scope(actor, days))
    return _Parts(lines(days.today).where(visible_cases(actor), base, narrowed))


def _walked(
    session: Session, parts: _Parts, actor: Actor, place: Place | None, backwards: bool, size: int
) -> list[_Found]:
    """At most one row more than a page, from a place downwards or upwards, the nearest first."""
    values = {**named(actor), "day": place and place.due_on, "key": place and place.id}
    begins_undated = place is not None and place.due_on is None
    stretches = (True, False) if not backwards else (False, True)
    rows: list[_Found] = []
    for dated in stretches[stretches.index(not begins_undated) if place else 0 :]:
        if len(rows) > size:
            break
        from_place = place is not None and dated != begins_undated
        statement = parts.statements[dated, backwards, from_place]
        rows += ask(session, statement, {**values, "size": size + 1 - len(rows)})
    return rows


def _place(row: _Found) -> Place:
    return Place(row.due_on, row.id)
