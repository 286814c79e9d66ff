"""Table 三 of any period for one organ, some, or all of them, in one grouped statement over two covering indexes.

Three ranges are walked and nothing else: requests received in the period, requests ended since it began, and open ones. So a year's
figures cost what the year had, not what the file has.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, case, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from gkapply.casework.records import Case
from gkapply.casework.report_conditions import COLUMN_CODES, COUNTS, PREPARED, RESULT_CODES, Counting, given
from gkapply.law import annual_rows
from gkapply.law.report_spans import Span

__all__ = ["Counts", "Span", "figures", "together"]
NO_ROW = "-"
"""In place of the row of a request that ended without one."""
_COLUMNS, _ROWS = frozenset(COLUMN_CODES), frozenset(RESULT_CODES)


@dataclass(slots=True)
class Counts:
    """The figures of one organ and period: cases by row and column of table 三, and how many found no place in it."""

    rows: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    no_column: int = 0
    """Counted nowhere, because the kind of their applicant is none of the six."""
    no_such_row: int = 0
    """Ended in the period with a row that the table does not have."""
    without_row: int = 0
    """Ended in the period without a row: 未成立, covers of divided ones, and what should not be."""
    open_with_row: int = 0
    """Open although they have a row."""
    backwards: int = 0
    """Ended in the period, before they were received."""

    @property
    def balanced(self) -> bool:
        """Whether 一加二 equals 三（七）加四, over all columns together."""
        sums = {code: sum(columns.values()) for code, columns in self.rows.items()}
        came = sums.get(annual_rows.NEW, 0) + sums.get(annual_rows.CARRIED_IN, 0)
        return 2 * came == sum(sums.values())

    def add(self, other: "Counts") -> None:
        """Put another organ's figures to these."""
        for row, columns in other.rows.items():
            self.rows[row].update(columns)
        self.no_column += other.no_column
        self.no_such_row += other.no_such_row
        self.without_row += other.without_row
        self.open_with_row += other.open_with_row
        self.backwards += other.backwards


def figures(session: Session, organ_ids: Collection[int], span: Span) -> dict[int, Counts]:
    """The figures of each of the organs, by organ; an organ without requests has empty ones."""
    found = {organ_id: Counts() for organ_id in organ_ids}
    if not found:
        return found
    rows = session.execute(_statement(), given(organ_ids, span))
    for organ_id, column, row, new, carried_in, ended, carried_out, open_with_row, backwards in rows:
        of = found[organ_id]
        of.open_with_row += open_with_row
        of.backwards += backwards
        if row == NO_ROW:
            of.without_row += ended
        elif column not in _COLUMNS:
            of.no_column += new + carried_in
        else:
            _place(of, column, row, ended, ((annual_rows.NEW, new), (annual_rows.CARRIED_IN, carried_in)))
            if carried_out:
                of.rows[annual_rows.CARRIED_OUT][column] += carried_out
    return found


def _place(of: Counts, column: str, row: str, ended: int, came: Iterable[tuple[str, int]]) -> None:
    for code, number in came:
        if number:
            of.rows[code][column] += number
    if row in _ROWS:
        of.rows[row][column] += ended
    else:
        of.no_such_row += ended


def together(counted: Iterable[Counts]) -> Counts:
    """Several organs' figures as one."""
    total = Counts()
    for one in counted:
        total.add(one)
    return total


@cache
def _statement() -> Any:
    """Organ, column, row, then how many are new, carried in, ended, carried out, open with a row, ended before receipt."""
    return union_all(_received(PREPARED), _ended(PREPARED), _open(PREPARED))


def _received(one: Counting) -> Select[Any]:
    """What came in the period."""
    in_span = and_(Case.received_on >= one.first, Case.received_on < one.next_first)
    return (
        select(Case.organ_id, Case.applicant_kind, literal(""), func.count(), *_nothing(5))
        .where(one.here, in_span, COUNTS)
        .group_by(Case.organ_id, Case.applicant_kind)
    )


def _ended(one: Counting) -> Select[Any]:
    """What ended since the period began: in it, or after it, when it is carried on."""
    in_span = Case.ended_on < one.next_first
    place = case(
        (Case.report_row.is_(None), literal(NO_ROW)),
        (in_span, Case.report_row),
        else_=literal(""),
    ).label("place")
    return (
        select(
            Case.organ_id,
            Case.applicant_kind,
            place,
            literal(0),
            _number(Case.received_on < one.first),
            _number(in_span),
            _number(and_(Case.ended_on >= one.next_first, Case.received_on < one.next_first)),
            literal(0),
            _number(and_(in_span, Case.ended_on < Case.received_on)),
        )
        .where(one.here, Case.ended_on >= one.first, or_(Case.received_on < one.next_first, in_span))
        .group_by(Case.organ_id, Case.applicant_kind, place)
    )


def _open(one: Counting) -> Select[Any]:
    """What is open to this day."""
    return (
        select(
            Case.organ_id,
            Case.applicant_kind,
            literal(""),
            literal(0),
            _number(Case.received_on < one.first),
            literal(0),
            func.count(),
            _number(Case.report_row.is_not(None)),
            literal(0),
        )
        .where(one.here, Case.ended_on.is_(None), Case.received_on < one.next_first)
        .group_by(Case.organ_id, Case.applicant_kind)
    )


def _number(condition: Any) -> Any:
    return func.count().filter(condition)


def _nothing(times: int) -> list[Any]:
    return [literal(0)] * times
