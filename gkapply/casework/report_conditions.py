"""Which cases each row of table 三 counts in a period, as SQL: a figure and the list behind it are told by the same conditions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, bindparam, or_

from gkapply.casework.records import Case
from gkapply.law import annual_rows
from gkapply.law.case_kinds import CaseKind
from gkapply.law.refusal import Refusal
from gkapply.law.report_spans import Span

RESULT_CODES = tuple(row.code for row in annual_rows.RESULT_ROWS)
COLUMN_CODES = tuple(column.code for column in annual_rows.COLUMNS)


@dataclass(frozen=True, slots=True)
class Counting:
    """The conditions of some organs' period, in values or in the names of parameters.

    A request counts from its receipt on; ended without a row (未成立, the cover of a divided one) it never counted. Each of the
    four parts is told by its own days, not by the others, so that 一加二 and 三（七）加四 are found apart.
    """

    organ_ids: Any
    first: Any
    next_first: Any

    @property
    def here(self) -> ColumnElement[bool]:
        """A request of these organs. 更正申请 and replies given anew are other kinds of case."""
        return and_(Case.organ_id.in_(self.organ_ids), Case.kind == CaseKind.APPLICATION)

    @property
    def new(self) -> ColumnElement[bool]:
        """Row 一: received in the period."""
        return and_(Case.received_on >= self.first, Case.received_on < self.next_first, COUNTS)

    @property
    def carried_in(self) -> ColumnElement[bool]:
        """Row 二: received before the period and open when it began."""
        still = or_(Case.ended_on.is_(None), Case.ended_on >= self.first)
        return and_(Case.received_on < self.first, still, COUNTS)

    @property
    def finished(self) -> ColumnElement[bool]:
        """Row 三（七）: ended in the period, in one of the rows of the table."""
        return and_(self.ended, Case.report_row.in_(RESULT_CODES))

    @property
    def ended(self) -> ColumnElement[bool]:
        """Ended in the period, whatever row it has."""
        return and_(Case.ended_on >= self.first, Case.ended_on < self.next_first)

    @property
    def carried_out(self) -> ColumnElement[bool]:
        """Row 四: received, and open at the end of the period."""
        still = or_(Case.ended_on.is_(None), Case.ended_on >= self.next_first)
        return and_(Case.received_on < self.next_first, still, COUNTS)

    def cell(self, row: str, column: str | None) -> ColumnElement[bool]:
        """The cases of one figure; ``column`` None is 总计. Raises Refusal for a row or column that the table does not have."""
        rows: Mapping[str, ColumnElement[bool]] = {
            annual_rows.NEW: self.new,
            annual_rows.CARRIED_IN: self.carried_in,
            annual_rows.TOTAL: self.finished,
            annual_rows.CARRIED_OUT: self.carried_out,
        }
        of_row = rows.get(row)
        if of_row is None and row in RESULT_CODES:
            of_row = and_(self.ended, Case.report_row == row)
        if of_row is None or column not in (None, *COLUMN_CODES):
            raise Refusal("年度报告表三没有这一格", "国办公开办函〔2021〕30号", do="请从报告的数字进入", field="row")
        of_column = Case.applicant_kind.in_(COLUMN_CODES) if column is None else Case.applicant_kind == column
        return and_(self.here, of_row, of_column)


COUNTS = or_(Case.ended_on.is_(None), Case.report_row.is_not(None))
"""Open, or ended with a row."""


PREPARED = Counting(
    bindparam("organ_ids", expanding=True), bindparam("first", type_=Date()), bindparam("next_first", type_=Date())
)
"""The conditions of whatever period ``given`` names: a statement of theirs is built once."""


def counting(organ_ids: Collection[int], span: Span) -> Counting:
    """The conditions of these organs' period."""
    return Counting(tuple(sorted(organ_ids)), span.first, span.next_first)


def given(organ_ids: Collection[int], span: Span) -> Mapping[str, Any]:
    """What a statement built on PREPARED is asked with."""
    return {"organ_ids": sorted(organ_ids), "first": span.first, "next_first": span.next_first}
