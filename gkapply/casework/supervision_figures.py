"""What a supervisor's board counts: a row for each figure, with the condition that counts it and lists its cases.

Figures of the present day rest on the open cases, those of a period on the range of an index: nothing reads the whole register.
Every figure is a number of requests, so that it and the list behind it cannot disagree.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select, text, true

from gkapply.casework.calendars import calendar_of
from gkapply.casework.climbing import RETURNS, TAKEN_BACK
from gkapply.casework.disputed import Dispute, DisputeDecision
from gkapply.casework.entries import Fact
from gkapply.casework.papers import UNDONE, Approval, Letter
from gkapply.casework.public_figures import OUTCOMES
from gkapply.casework.records import Case
from gkapply.casework.supervision_period import Scope
from gkapply.casework.undelivered import unproved
from gkapply.casework.urgency import NEAR
from gkapply.law import annual_rows
from gkapply.law.annual_report import DisputeResult
from gkapply.law.dispute_kinds import DisputeKind
from gkapply.law.facts import FactKind
from gkapply.law.refusal import NotFound
from workflows.case_states import CaseState

FAR = date(9999, 12, 31)
"""In place of the due day of a case that has none: such cases stand last."""
PROOF_TAKES = 15
"""Days after a reply from which on a missing proof of its delivery is held against the organ."""


class Source(Enum):
    """What a figure is counted from."""

    OPEN = auto()
    REPLIED = auto()
    RECEIVED = auto()
    ENDED = auto()
    DISPUTE = auto()
    DECISION = auto()
    CORRECTION = auto()
    RETURN = auto()
    CANCELLATION = auto()
    SIGNATURE = auto()


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its words, what it is counted from, and which of those cases it counts."""

    code: str
    label: str
    source: Source
    condition: Callable[[Scope], ColumnElement[bool]]
    brief: str = ""
    """The label where there is little room; empty: as it is."""

    @property
    def short(self) -> str:
        """The label where there is little room."""
        return self.brief or self.label

    def cases(self, scope: Scope) -> ColumnElement[bool]:
        """The SQL condition for the cases that it counts."""
        return and_(base(self.source, scope), self.condition(scope))

    @property
    def order(self) -> ColumnElement[Any]:
        """The day by which its cases are listed, the earliest first."""
        if self.source is Source.ENDED:
            return func.coalesce(Case.ended_on, literal(FAR))
        if self.source is Source.OPEN:
            return func.coalesce(Case.due_on, literal(FAR))
        return func.coalesce(Case.received_on, literal(FAR))


def base(source: Source, scope: Scope) -> ColumnElement[bool]:
    """The cases with which a source begins, in the form of the index that it walks."""
    here, period = Case.organ_id.in_(scope.ids), scope.period
    if source is Source.OPEN:
        return and_(here, Case.ended_on.is_(None))
    if source is Source.REPLIED:
        return and_(here, Case.archived_on.is_(None), Case.state == CaseState.REPLIED)
    if source is Source.RECEIVED:
        return and_(here, Case.received_on.between(period.first, period.last))
    if source is Source.ENDED:
        return and_(here, Case.ended_on.between(period.first, period.last))
    return Case.id.in_(select(happenings(source, scope).subquery().c.case_id))


def happenings(source: Source, scope: Scope) -> Select[int, int]:
    """Organ and case of each dispute filed or decided, each letter signed, sent or taken back in the period."""
    period = scope.period
    if source is Source.DISPUTE:
        return select(Dispute.organ_id, Dispute.case_id).where(
            Dispute.organ_id.in_(scope.ids), Dispute.filed_on.between(period.first, period.last)
        )
    if source in (Source.DECISION, Source.CORRECTION):
        decided = (
            select(Dispute.organ_id, Dispute.case_id)
            .join(DisputeDecision, DisputeDecision.dispute_id == Dispute.id)
            .where(
                DisputeDecision.organ_id.in_(scope.ids),
                DisputeDecision.decided_on.between(period.first, period.last),
                Dispute.kind != DisputeKind.COMPLAINT,
            )
        )
        return (
            decided if source is Source.DECISION else decided.where(DisputeDecision.result == DisputeResult.CORRECTED)
        )
    if source is Source.SIGNATURE:
        return select(Letter.organ_id, Letter.case_id).where(
            Letter.organ_id.in_(scope.ids), Letter.signed_on.between(period.first, period.last)
        )
    deeds = RETURNS if source is Source.RETURN else TAKEN_BACK
    return (
        select(Letter.organ_id, Letter.case_id)
        .join(Approval, Approval.letter_id == Letter.id)
        .where(
            Approval.organ_id.in_(scope.ids),
            Approval.deed.in_(deeds),
            # In the very words of the partial index, which SQLite would not take otherwise.
            text(f"approval.{UNDONE}"),
            Approval.at >= period.begins_at,
            Approval.at < period.ends_at,
        )
    )


def _all(scope: Scope) -> ColumnElement[bool]:
    return true()


def _near(scope: Scope) -> ColumnElement[bool]:
    """Due today or within the next working days, counted by the calendar of each organ."""
    by_last: dict[date, list[int]] = {}
    for organ in scope.organs:
        by_last.setdefault(calendar_of(organ).add(scope.today, NEAR), []).append(organ.id)
    if len(by_last) == 1:
        return Case.due_on.between(scope.today, next(iter(by_last)))
    return or_(*(and_(Case.organ_id.in_(ids), Case.due_on.between(scope.today, last)) for last, ids in by_last.items()))


def _late(scope: Scope) -> ColumnElement[bool]:
    return Case.due_on < scope.today


def _finished(scope: Scope) -> ColumnElement[bool]:
    return Case.report_row.is_not(None)


def _answered(scope: Scope) -> ColumnElement[bool]:
    return Case.replied_on.is_not(None)


def _answered_late(scope: Scope) -> ColumnElement[bool]:
    return Case.replied_on > Case.due_on


def _with_outcome(begins: str, scope: Scope) -> ColumnElement[bool]:
    """Rows of table 三 that begin so; as a range, which both databases read alike."""
    return and_(Case.report_row >= begins, Case.report_row < f"{begins}~")


def _withdrawn(scope: Scope) -> ColumnElement[bool]:
    withdrew = exists().where(Fact.case_id == Case.id, Fact.kind == FactKind.WITHDRAWN)
    return and_(Case.report_row == annual_rows.OTHER, withdrew)


def _unproved(scope: Scope) -> ColumnElement[bool]:
    """The reply's delivery was not entered, or a letter of the case was delivered and nothing proves it."""
    bare = exists().where(Letter.case_id == Case.id, unproved())
    return or_(Case.delivered_on.is_(None), bare)


def _unanswered(scope: Scope) -> ColumnElement[bool]:
    return and_(Case.due_on < scope.today, Case.due_on.between(scope.period.first, scope.period.last))


def _to_prove(scope: Scope) -> ColumnElement[bool]:
    return Case.replied_on <= scope.today - timedelta(days=PROOF_TAKES)


def _never_proved(scope: Scope) -> ColumnElement[bool]:
    return and_(_to_prove(scope), _unproved(scope))


FIGURES: Mapping[str, Figure] = {
    one.code: one
    for one in (
        Figure("open", "在办", Source.OPEN, _all),
        Figure("near", f"{NEAR}个工作日内到期", Source.OPEN, _near),
        Figure("late", "逾期未答复", Source.OPEN, _late),
        Figure("proof", "答复送达未证明", Source.REPLIED, _unproved),
        Figure("received", "收到申请", Source.RECEIVED, _all),
        Figure("finished", "办结", Source.ENDED, _finished),
        Figure("answered", "答复", Source.ENDED, _answered),
        Figure("answered_late", "逾期答复", Source.ENDED, _answered_late),
        *(
            Figure(code, label, Source.ENDED, partial(_with_outcome, begins))
            for code, (label, begins) in OUTCOMES.items()
        ),
        Figure("withdrawn", "申请人撤回", Source.ENDED, _withdrawn),
        Figure("disputed", "被复议、诉讼、投诉", Source.DISPUTE, _all),
        Figure("corrected", "答复被纠正", Source.CORRECTION, _all),
        Figure("returned", "文书被退回修改", Source.RETURN, _all),
    )
}
"""Code → figure, in the order of the board."""

ASSESSED: Mapping[str, Figure] = {
    one.code: one
    for one in (
        Figure("unanswered", "时段内到期、至今未答复", Source.OPEN, _unanswered, "未答复"),
        Figure("signed", "签发文书的申请", Source.SIGNATURE, _all),
        Figure("cancelled", "签发后撤销文书的申请", Source.CANCELLATION, _all, "撤销文书"),
        Figure("to_prove", f"答复满{PROOF_TAKES}日", Source.ENDED, _to_prove),
        Figure("unproved", f"答复满{PROOF_TAKES}日、送达未证明", Source.ENDED, _never_proved, "未证明"),
        Figure("decided", "复议、诉讼已有决定或者判决", Source.DECISION, _all),
    )
}
"""Further figures that only the assessment reckons with."""


def figure_called(code: str) -> Figure:
    """The figure with that code. Raises NotFound."""
    found = FIGURES.get(code) or ASSESSED.get(code)
    if found is None:
        raise NotFound("没有这个数字的名单", do="请从监督页面的数字进入")
    return found
