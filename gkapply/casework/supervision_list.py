"""The requests behind a figure of the supervisor's board, paged by key. Names do not stand there: a supervisor looks at the matter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, func, literal, select, tuple_
from sqlalchemy.orm import Session

from gkapply.casework.calendars import calendar_at
from gkapply.casework.docket_places import LARGEST
from gkapply.casework.notification import Notification
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.supervision_figures import Figure
from gkapply.casework.supervision_period import Scope
from gkapply.casework.urgency import Term, term_on
from gkapply.law.case_kinds import CaseKind
from gkapply.law.prompts import SUPERVISOR_LEVEL
from gkapply.law.refusal import Refusal
from workflows.case_states import CaseState

PAGE = 50


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the list begins: behind the case with this day and key."""

    day: date
    id: int

    def __str__(self) -> str:
        return f"{self.day.isoformat()}~{self.id}"

    @classmethod
    def read(cls, text: str) -> "Place":
        """The place that an address names. Raises Refusal for what no page wrote."""
        day, _, key = text.partition("~")
        try:
            place = cls(date.fromisoformat(day), int(key))
        except ValueError:
            place = None
        if place is None or not 0 <= place.id <= LARGEST:
            raise Refusal("翻页的位置无法识别", do="请回到第一页", field="after")
        return place


@dataclass(frozen=True, slots=True)
class Line:
    """One request as a supervisor's list shows it."""

    reference: str
    organ: str
    kind: CaseKind
    state: CaseState
    received_on: date | None
    replied_on: date | None
    ended_on: date | None
    term: Term
    late_by: int
    """Working days by which the reply came after its term, or is late today; 0: it is not."""
    reported: int
    """How many supervising organs its lateness has reached."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page and where the next one begins; ``more`` is None on the last."""

    lines: Sequence[Line]
    more: Place | None


def cases_of(session: Session, figure: Figure, scope: Scope, *, after: Place | None = None, size: int = PAGE) -> Page:
    """The requests that ``figure`` counts in ``scope``, by the figure's day, then in the order of entry."""
    query = _query(figure, scope)
    if after is not None:
        query = query.where(tuple_(figure.order, Case.id) > tuple_(literal(after.day), literal(after.id)))
    rows = session.execute(query.limit(size + 1)).all()
    last = rows[size - 1] if len(rows) > size else None
    return Page(_lines(session, rows[:size], scope.today), None if last is None else Place(last.day, last.id))


def every_case(session: Session, figure: Figure, scope: Scope) -> Iterator[Line]:
    """The whole list, for a file."""
    yield from _lines(session, session.execute(_query(figure, scope)).all(), scope.today)


def _query(figure: Figure, scope: Scope) -> Select[Any]:
    return (
        select(
            Case.id,
            figure.order.label("day"),
            Case.reference,
            Organ.name.label("organ"),
            Organ.calendar,
            Organ.calendar_edition,
            Case.kind,
            Case.state,
            Case.received_on,
            Case.replied_on,
            Case.ended_on,
            Case.due_on,
            Case.due_provisional,
            Case.stopped_since,
        )
        .join(Organ, Organ.id == Case.organ_id)
        .where(figure.cases(scope))
        .order_by(figure.order, Case.id)
    )


def _lines(session: Session, rows: Sequence[Row[Any]], today: date) -> list[Line]:
    reached = _reported(session, [row.id for row in rows])
    return [_line(session, row, reached.get(row.id, 0), today) for row in rows]


def _reported(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Case → how many supervising organs were told that it is late."""
    query = (
        select(Notification.case_id, func.count(Notification.level.distinct()))
        .where(Notification.case_id.in_(ids), Notification.kind == "overdue", Notification.level >= SUPERVISOR_LEVEL)
        .group_by(Notification.case_id)
    )
    return {case_id: number for case_id, number in session.execute(query) if case_id is not None}


def _line(session: Session, row: Row[Any], reported: int, today: date) -> Line:
    calendar = calendar_at(session, row.calendar, row.calendar_edition)
    by = row.replied_on if row.ended_on is not None else today
    late = row.due_on is not None and by is not None and by > row.due_on
    return Line(
        reference=row.reference,
        organ=row.organ,
        kind=row.kind,
        state=row.state,
        received_on=row.received_on,
        replied_on=row.replied_on,
        ended_on=row.ended_on,
        term=term_on(
            today,
            row.due_on,
            calendar,
            ended_on=row.ended_on,
            provisional=row.due_provisional,
            stopped_since=row.stopped_since,
        ),
        # Late on a rest day just after the last one, it is late already.
        late_by=max(1, calendar.count(row.due_on, by)) if late else 0,
        reported=reported,
    )
