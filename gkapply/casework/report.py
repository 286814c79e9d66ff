"""The figures of the annual report from the cases, and the cases behind each figure (条例第五十条).

One grouped statement gives all rows of an organ's year; a figure's list of cases is told by the same conditions, so that
the two cannot disagree. 未成立 submissions are outside the statistics.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from gkapply.casework import dispute_report
from gkapply.casework.access import Actor
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.law import annual_report, annual_rows
from gkapply.law.case_kinds import CaseKind
from gkapply.law.refusal import Refusal
from workflows.duties import Duty

EARLIEST_YEAR = 2019


@dataclass(frozen=True, slots=True)
class _Year:
    """The conditions of one organ's year: which cases each row of table 三 counts."""

    organ_id: int
    first: date
    next_first: date

    @property
    def counted(self) -> ColumnElement[bool]:
        """In the table at all: a request, received, open or ended with a row, and not over before the year began."""
        return and_(
            Case.organ_id == self.organ_id,
            Case.kind == CaseKind.APPLICATION,
            Case.received_on < self.next_first,
            or_(Case.ended_on.is_(None), and_(Case.ended_on >= self.first, Case.report_row.is_not(None))),
        )

    @property
    def new(self) -> ColumnElement[bool]:
        """Row 一: received in the year."""
        return Case.received_on >= self.first

    @property
    def carried_in(self) -> ColumnElement[bool]:
        """Row 二: received before the year and open when it began."""
        return Case.received_on < self.first

    @property
    def finished(self) -> ColumnElement[bool]:
        """Row 三: ended in the year."""
        return and_(Case.ended_on.is_not(None), Case.ended_on < self.next_first)

    @property
    def carried_out(self) -> ColumnElement[bool]:
        """Row 四: open at the end of the year."""
        return or_(Case.ended_on.is_(None), Case.ended_on >= self.next_first)


def annual(session: Session, organ: Organ, year: int) -> dict[str, Any]:
    """Tables 三 and 四 of one organ and year, in the form of the report's json. Raises Refusal for an impossible year."""
    span = _span(organ, year)
    result = case((span.finished, Case.report_row), else_="")
    query = (
        select(
            Case.applicant_kind,
            result,
            func.count().filter(span.new),
            func.count().filter(span.carried_in),
            func.count().filter(span.carried_out),
            func.count().filter(span.finished),
        )
        .where(span.counted)
        .group_by(Case.applicant_kind, result)
    )
    counts: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for kind, row, new, carried_in, carried_out, finished in session.execute(query):
        counts[annual_rows.NEW][kind] += new
        counts[annual_rows.CARRIED_IN][kind] += carried_in
        counts[annual_rows.CARRIED_OUT][kind] += carried_out
        if row:
            counts[row][kind] += finished
    return annual_report.build(organ.name, year, counts, dispute_report.table4(session, organ, year))


def cases_of_cell(
    session: Session,
    organ: Organ,
    year: int,
    row: str,
    column: str | None,
    *,
    after: tuple[date, int] | None = None,
    limit: int | None = None,
) -> list[Case]:
    """The cases that one figure counts, oldest first; ``column`` None is the 总计 column.

    ``after`` (day of receipt and key of the last one seen) and ``limit`` give one page of them. Raises Refusal for a row or
    column that the table does not have.
    """
    span = _span(organ, year)
    rows = {
        annual_rows.NEW: span.new,
        annual_rows.CARRIED_IN: span.carried_in,
        annual_rows.CARRIED_OUT: span.carried_out,
        annual_rows.TOTAL: span.finished,
        **{one.code: and_(span.finished, Case.report_row == one.code) for one in annual_rows.RESULT_ROWS},
    }
    if row not in rows or column not in (None, *(one.code for one in annual_rows.COLUMNS)):
        raise Refusal("年度报告表三没有这一格", "国办公开办函〔2021〕30号", do="请从报告的数字进入", field="row")
    query = select(Case).where(span.counted, rows[row])
    if column is not None:
        query = query.where(Case.applicant_kind == column)
    if after is not None:
        query = query.where(tuple_(Case.received_on, Case.id) > tuple_(literal(after[0]), literal(after[1])))
    return list(session.scalars(query.order_by(Case.received_on, Case.id).limit(limit)))


def organs_of(session: Session, actor: Actor) -> list[Organ]:
    """The organs whose figures the actor may see: their own, and for a supervisor every organ below it, by name."""
    own = session.get_one(Organ, actor.organ_id)
    found, level = [own], [own.id]
    while level and actor.holds(Duty.SUPERVISOR):
        below = list(session.scalars(select(Organ).where(Organ.parent_id.in_(level)).order_by(Organ.name)))
        found += below
        level = [organ.id for organ in below]
    return found


def _span(organ: Organ, year: int) -> _Year:
    if not EARLIEST_YEAR <= year <= 9998:
        raise Refusal(f"年度须在{EARLIEST_YEAR}年（条例修订施行）以后", "条例第五十条", field="year")
    return _Year(organ.id, date(year, 1, 1), date(year + 1, 1, 1))
