"""The desk (待办): an organ's cases by urgency, page by page, with what each waits for.

A page costs by what it shows: it walks a partial index by key in either direction, never by OFFSET, and counts only cases on
the desk.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from gkapply.casework import docket_filters
from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.docket_filters import Chosen, Scope
from gkapply.casework.docket_lines import Line, line, lines
from gkapply.casework.docket_places import Place
from gkapply.casework.docket_views import ALL, listed
from gkapply.casework.records import Case
from gkapply.law.refusal import NotFound
from gkapply.law.workdays import Calendar, national_calendar
from workflows.case_states import CaseState

PAGE = 50
"""Cases on one page."""
_Query = Select[*tuple[Any, ...]]
_Found = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the desk is asked for: the view (one of VIEWS or a task's code), one state, filters by name."""

    view: str = ALL
    state: CaseState | None = None
    chosen: Chosen | None = None
    calendar: Calendar | None = None
    """The organ's, by which filters count working days."""

    def condition(self, actor: Actor, today: date) -> ColumnElement[bool]:
        """The cases that ``actor`` sees and that are asked for. Raises Refusal for an unknown view or value."""
        chosen = self.chosen or {}
        states = (self.state,) if self.state else docket_filters.stage_states(chosen.get("link", ""))
        base = listed(actor, self.view, states, ended=docket_filters.reaches_ended(chosen))
        scope = Scope(actor, today, self.calendar or national_calendar())
        return and_(visible_cases(actor), base, docket_filters.condition(chosen, scope))


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
    after: Place | None = None,
    before: Place | None = None,
    size: int = PAGE,
) -> Page:
    """A page of the cases that ``actor`` sees, the most urgent first, those without a due day last.

    ``after`` begins behind a place, ``before`` ends in front of one. Cases that have ended are listed only where a state, a
    task or a filter asks for them. Raises Refusal for an unknown view.
    """
    query = lines(today).where(wanted.condition(actor, today))
    rows = _backwards(session, query, before, size) if before else _forwards(session, query, after, size)
    beyond, rows = len(rows) > size, rows[:size]
    if before:
        rows.reverse()
    shown = [line(session, row, today) for row in rows]
    first, last = (_place(rows[0]), _place(rows[-1])) if rows else (None, None)
    if before:
        return Page(shown, last, first if beyond else None)
    return Page(shown, last if beyond else None, first if after else None)


def all_lines(session: Session, actor: Actor, today: date, wanted: Wanted) -> Iterator[Line]:
    """Every case asked for, in the order of the desk, read a batch at a time."""
    query = lines(today).where(wanted.condition(actor, today))
    for part in (
        query.where(Case.due_on.is_not(None)).order_by(Case.due_on, Case.id),
        query.where(Case.due_on.is_(None)).order_by(Case.id),
    ):
        for row in session.execute(part.execution_options(yield_per=500)):
            yield line(session, row, today)


def reference_of(session: Session, actor: Actor, text: str) -> str:
    """The reference of the case that somebody asks for by number (「2026-0012」) or by reference.

    Raises NotFound when the actor sees no such case.
    """
    wanted = text.strip()
    query = select(Case.reference).where(
        visible_cases(actor),
        or_(Case.reference == wanted, and_(Case.number == wanted, Case.organ_id == actor.organ_id)),
    )
    found = session.scalars(query).first()
    if found is None:
        raise NotFound(f"没有登记编号为「{wanted}」的申请，或者您无权查看", do="请核对登记编号，例如 2026-0012")
    return found


def _forwards(session: Session, query: _Query, after: Place | None, size: int) -> list[_Found]:
    """At most one row more than a page, in the order of the desk."""
    rows: list[_Found] = []
    if after is None or after.due_on is not None:
        dated = query.where(Case.due_on.is_not(None))
        if after is not None:
            dated = dated.where(tuple_(Case.due_on, Case.id) > tuple_(literal(after.due_on), literal(after.id)))
        rows += session.execute(dated.order_by(Case.due_on, Case.id).limit(size + 1))
    if len(rows) <= size:
        undated = query.where(Case.due_on.is_(None))
        if after is not None and after.due_on is None:
            undated = undated.where(Case.id > after.id)
        rows += session.execute(undated.order_by(Case.id).limit(size + 1 - len(rows)))
    return rows


def _backwards(session: Session, query: _Query, before: Place, size: int) -> list[_Found]:
    """The same from a place upwards, the nearest first."""
    rows: list[_Found] = []
    if before.due_on is None:
        undated = query.where(Case.due_on.is_(None), Case.id < before.id)
        rows += session.execute(undated.order_by(Case.id.desc()).limit(size + 1))
    if len(rows) <= size:
        dated = query.where(Case.due_on.is_not(None))
        if before.due_on is not None:
            dated = dated.where(tuple_(Case.due_on, Case.id) < tuple_(literal(before.due_on), literal(before.id)))
        rows += session.execute(dated.order_by(Case.due_on.desc(), Case.id.desc()).limit(size + 1 - len(rows)))
    return rows


def _place(row: _Found) -> Place:
    return Place(row.due_on, row.id)
