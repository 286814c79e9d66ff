"""The life of one question to a third party or another organ (征求意见), 条例第三十二条至第三十四条.

Silence is brought by time alone: of a third party it is neither consent nor refusal (32), of a co-producing organ it is
consent (34), of another organ it is no opinion.
"""

from collections.abc import Mapping
from typing import Any

from gkapply.law.refusal import Refusal
from workflows.duties import Duty
from workflows.step import Stage, State, Step, Workflow


class ConsultationState(State):
    """Where a question stands."""

    NEW = "new", "未起草", Stage.HANDLE
    DRAFT = "draft", "拟发出", Stage.HANDLE
    ASKED = "asked", "已发出待意见", Stage.HANDLE
    ANSWERED = "answered", "已提出意见", Stage.HANDLE
    SILENT = "silent", "逾期未提出意见", Stage.HANDLE
    RETURNED = "returned", "退回未送达", Stage.HANDLE
    DROPPED = "dropped", "未发出已撤销", Stage.HANDLE


S, D = ConsultationState, Duty


def receipt_not_noted(question: Any, given: Mapping[str, Any]) -> None:
    """The day on which the party got the letter is noted once: its term runs from there."""
    if question.received_on is not None:
        raise Refusal("对方收到征求意见书的日期已经登记")


def case_is_open(question: Any, given: Mapping[str, Any]) -> None:
    """Nothing changes in a file that is in the archive."""
    if question.case.archived_on is not None:
        raise Refusal("案卷已经归档，不能再变动", "条例第四十五条")


def term_is_over(question: Any, given: Mapping[str, Any]) -> None:
    """Silence counts only after the whole term, which runs from the party's receipt."""
    last_day = question.opinion_due_on
    if last_day is None:
        raise Refusal("没有对方收到征求意见书的证明，期限不起算", question.article, do="请先登记送达日期，或登记退回")
    if given["today"] <= last_day:
        raise Refusal(f"意见期限到{last_day.isoformat()}届满，尚未逾期", question.article)


CONSULTATION = Workflow(
    name="consultation",
    label="征求意见",
    states=ConsultationState,
    start=S.NEW,
    ends=(S.ANSWERED, S.SILENT, S.RETURNED, S.DROPPED),
    steps=(
        Step("propose", "拟征求意见", (S.NEW,), S.DRAFT, (D.OFFICER,), "条例第三十二条"),
        Step(
            "drop",
            "撤销拟征求",
            (S.DRAFT,),
            S.DROPPED,
            (D.OFFICER, D.HEAD, D.SIGNER),
            "条例第三十二条",
            via="letter",
        ),
        Step("end_with_case", "随案终止", (S.DRAFT, S.ASKED), S.DROPPED, (D.SYSTEM,), "条例第四十五条"),
        Step("ask", "发出征求意见书", (S.DRAFT,), S.ASKED, (D.OFFICER, D.REGISTRAR), "条例第三十二条", via="letter"),
        Step(
            "note_receipt",
            "登记对方收到日期",
            (S.ASKED,),
            None,
            (D.REGISTRAR, D.OFFICER),
            "条例第三十二条",
            receipt_not_noted,
        ),
        Step("answer", "登记意见", (S.ASKED,), S.ANSWERED, (D.REGISTRAR, D.OFFICER), "条例第三十二条"),
        Step("come_back", "登记退回", (S.ASKED,), S.RETURNED, (D.REGISTRAR,), "条例第三十二条"),
        Step("fall_silent", "期限届满未提出意见", (S.ASKED,), S.SILENT, (D.SYSTEM,), "条例第三十二条", term_is_over),
        Step(
            "answer_late",
            "登记逾期意见",
            (S.SILENT, S.RETURNED),
            None,
            (D.REGISTRAR, D.OFFICER),
            "条例第三十二条",
            case_is_open,
        ),
    ),
)
