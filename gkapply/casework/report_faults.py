"""What may be wrong with a case so that table 三 counts it wrongly, each as the SQL condition that finds it.

No deed of the program makes such a case: imports, repairs by hand and rows changed behind its back do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, text
from sqlalchemy.orm import aliased

from gkapply.casework import ledger
from gkapply.casework.disputed import Dispute
from gkapply.casework.entries import Fact
from gkapply.casework.records import Applicant, Case, Item
from gkapply.casework.report_conditions import COLUMN_CODES, RESULT_CODES, Counting
from gkapply.law.annual_rows import DISCLOSED, PARTIAL, weight
from gkapply.law.counting_rules import other_body_rows
from gkapply.law.facts import FactKind
from gkapply.law.refusal import NotFound
from gkapply.law.replies import ReplyKind
from workflows.case_states import CaseState

NEVER_COUNTED = (CaseState.DIVIDED, CaseState.VOIDED)
"""States of what ends without a row; once archived, its facts still tell."""
ENDING_FACTS = (FactKind.REPLIED, FactKind.LAPSED, FactKind.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that may be wrong: what it is called, what to do about it, and which cases have it."""

    code: str
    label: str
    do: str
    condition: Callable[[Counting], ColumnElement[bool]]
    thorough: bool = False
    """Found by looking at the facts and items of every case: too much for each time that the report is shown."""

    def cases(self, counting: Counting) -> ColumnElement[bool]:
        """The SQL condition for the cases that have it."""
        return and_(Case.organ_id.in_(counting.organ_ids), self.condition(counting))


def _has_fact(*kinds: Any) -> ColumnElement[bool]:
    return exists().where(Fact.case_id == Case.id, Fact.kind.in_(kinds))


def _without_row(counting: Counting) -> ColumnElement[bool]:
    meant = or_(Case.state.in_(NEVER_COUNTED), _has_fact(ledger.DIVIDED, ledger.VOIDED))
    # In the very words of the partial index, which SQLite would not take otherwise.
    uncounted = text("case_file.report_row IS NULL AND case_file.ended_on IS NOT NULL")
    return and_(counting.here, counting.ended, uncounted, Case.received_on.is_not(None), ~meant)


def _no_such_row(counting: Counting) -> ColumnElement[bool]:
    return and_(counting.here, counting.ended, Case.report_row.not_in(RESULT_CODES))


def _open_with_row(counting: Counting) -> ColumnElement[bool]:
    came = Case.received_on < counting.next_first
    return and_(counting.here, Case.ended_on.is_(None), came, Case.report_row.is_not(None))


def _ended_before_receipt(counting: Counting) -> ColumnElement[bool]:
    backwards = and_(Case.ended_on < Case.received_on, Case.report_row.is_not(None))
    return and_(counting.here, backwards, or_(counting.new, counting.ended))


def _no_column(counting: Counting) -> ColumnElement[bool]:
    counted = or_(counting.new, counting.carried_in)
    return and_(counting.here, counted, Case.applicant_kind.not_in(COLUMN_CODES))


def _cover_counted(counting: Counting) -> ColumnElement[bool]:
    divided = or_(Case.state == CaseState.DIVIDED, _has_fact(ledger.DIVIDED))
    return and_(counting.here, _in_table(counting), divided)


def _redo_counted(counting: Counting) -> ColumnElement[bool]:
    anew = select(Dispute.redo_id).where(Dispute.organ_id.in_(counting.organ_ids), Dispute.redo_id.is_not(None))
    return and_(counting.here, _in_table(counting), Case.id.in_(anew))


def _in_table(counting: Counting) -> ColumnElement[bool]:
    return or_(counting.new, counting.carried_in, counting.finished)


def _other_column(counting: Counting) -> ColumnElement[bool]:
    first = (
        select(Applicant.kind).where(Applicant.case_id == Case.id, Applicant.ordinal == 1).correlate(Case)
    ).scalar_subquery()
    return and_(counting.here, _in_table(counting), Case.applicant_kind != func.coalesce(first, ""))


def _other_row(counting: Counting) -> ColumnElement[bool]:
    """Its row follows from the answers to its items by no rule of mixed results that the office can choose."""
    place = case(
        *((Item.outcome.in_([one for one in ReplyKind if one.row == row]), weight(row)) for row in RESULT_CODES),
        else_=len(RESULT_CODES),
    )
    own = case(*((Case.report_row == row, weight(row)) for row in RESULT_CODES), else_=-1)
    other_body = and_(Item.outcome == ReplyKind.NOT_GOVERNMENT_INFORMATION, Case.report_row.in_(other_body_rows()))
    of_case = exists().where(Item.case_id == Case.id, Item.outcome.is_not(None))
    leading = and_(of_case.where(or_(place == own, other_body)), ~of_case.where(place < own, ~other_body))
    given, kept = of_case.where(place == weight(DISCLOSED)), of_case.where(place != weight(DISCLOSED))
    parted = and_(Case.report_row == PARTIAL, or_(of_case.where(place == own), and_(given, kept)))
    return and_(counting.here, counting.finished, Case.replied_on.is_not(None), of_case, ~or_(parted, leading))


def _entered_twice(counting: Counting) -> ColumnElement[bool]:
    """Taken over from an earlier register, and there a second time."""
    other = aliased(Case)
    alike = exists().where(
        other.organ_id == Case.organ_id,
        other.received_on == Case.received_on,
        other.id != Case.id,
        other.kind == Case.kind,
        other.description == Case.description,
        other.applicant_kind == Case.applicant_kind,
        or_(other.taken_over, Case.taken_over),
        or_(other.ended_on.is_(None), other.report_row.is_not(None)),
    )
    return and_(counting.here, _in_table(counting), alike)


def _other_day(counting: Counting) -> ColumnElement[bool]:
    on_that_day = exists().where(Fact.case_id == Case.id, Fact.kind.in_(ENDING_FACTS), Fact.on_ == Case.ended_on)
    return and_(counting.here, counting.finished, _has_fact(*ENDING_FACTS), ~on_that_day)


FAULTS: Mapping[str, Fault] = {
    one.code: one
    for one in (
        Fault(
            "without_row",
            "已办结而没有计入任何一行",
            "请核对办理结果；未成立、已拆分的，须经认定或者拆分",
            _without_row,
        ),
        Fault(
            "no_such_row", "计入的行在表三中没有", "请核对办理结果，导入的案件请改正答复类型后重新导入", _no_such_row
        ),
        Fault("open_with_row", "尚未办结却已有计入的行", "请核对是否已经办结，办结日期是否漏记", _open_with_row),
        Fault("backwards", "办结日期早于收到日期", "请核对两个日期，导入的案件请改正后重新导入", _ended_before_receipt),
        Fault("no_column", "申请人类型不在六类之中", "请补记申请人类型，导入的案件请改正后重新导入", _no_column),
        Fault("cover_counted", "已拆分的原件又计了一次", "原件不计，请核对拆分出的各件", _cover_counted),
        Fault(
            "redo_counted", "重新答复又计入了表三", "重新答复只在表四显示纠正结果，请核对该案卷的种类", _redo_counted
        ),
        Fault("other_column", "计入的列与第一申请人的类型不同", "请核对申请人类型", _other_column, thorough=True),
        Fault("other_row", "计入的行与各项答复不符", "请对照答复书核对各项的答复类型", _other_row, thorough=True),
        Fault(
            "entered_twice",
            "导入的申请与另一件收到日期、内容相同",
            "请核对是否重复导入；确属两件的，不必处理",
            _entered_twice,
            thorough=True,
        ),
        Fault("other_day", "办结日期与台账记载的日期不同", "请对照办理经过核对办结日期", _other_day, thorough=True),
    )
}
"""Code → fault, in the order in which a page lists them."""


def fault_called(code: str) -> Fault:
    """The fault with that code. Raises NotFound."""
    try:
        return FAULTS[code]
    except KeyError:
        raise NotFound("没有这一项核对", do="请从年度报告的勾稽核对进入") from None
