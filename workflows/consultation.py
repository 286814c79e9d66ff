"""The life of one question to a third party or another organ (征求意见), 条例第三十二条至第三十四条.

Silence is brought by time alone: of a third party it is neither consent nor refusal (32), of a co-producing organ it is
consent (34), of another organ it is no opinion.
"""

from collections.abc import Mapping
from typing import Any

from gkapply.law.letters import INQUIRIES, LetterKind
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
    WITHDRAWN = "withdrawn", "已撤回征求", Stage.HANDLE
    DROPPED = "dropped", "未发出已撤销", Stage.HANDLE


S, D = ConsultationState, Duty


NOTICE_IS_READY = ("signed", "sent", "delivered", "returned")
"""States of the 征求意见告知书 in which the applicant has been told, or is told with the next post."""


def stop_is_founded(question: Any, given: Mapping[str, Any]) -> None:
    """What a stop of the clock needs: a numbered written question with its reason, the notice to the applicant, and
    the proof of sending (条例第三十三条第三款).
    """
    article = question.article
    if not question.reason.strip():
        raise Refusal("征求意见须写明理由，没有理由的不停止计算期限", article)
    if not any(letter.kind in INQUIRIES and letter.number for letter in question.letters):
        raise Refusal("征求意见书尚未签发、没有文号，不能发出", article)
    told = [
        letter
        for letter in question.case.letters
        if letter.kind == LetterKind.INQUIRY_NOTICE
        and letter.consultation is not None
        and letter.consultation.is_asked_with(question)
    ]
    if not any(letter.state.value in NOTICE_IS_READY for letter in told):
        raise Refusal(
            "给申请人的征求意见告知书尚未签发，征求意见书不能先发出",
            "条例第三十三条第三款",
            do="请先签发征求意见告知书，与征求意见书同时发出",
        )
    if not given.get("proof"):
        raise Refusal(
            "没有发出凭证，征求意见不停止计算期限",
            article,
            field="proof",
            do="请上传收寄凭证、送达回证的扫描件；有网上提交意见条件的，可以网上送达",
        )


def receipt_not_noted(question: Any, given: Mapping[str, Any]) -> None:
    """The day on which the party got the letter is noted once, its term runs from there; an earlier proof prevails."""
    on = given.get("on")
    if question.received_on is not None and (on is None or on >= question.received_on):
        raise Refusal("对方收到征求意见书的日期已经登记")


def opinion_was_given(question: Any, given: Mapping[str, Any]) -> None:
    """Only what the party has said can be weighed."""
    case_is_open(question, given)
    if question.answered_on is None:
        raise Refusal("对方没有提出意见，没有需要衡量的内容", question.article)


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
    ends=(S.ANSWERED, S.SILENT, S.RETURNED, S.WITHDRAWN, S.DROPPED),
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
        Step(
            "ask",
            "发出征求意见书",
            (S.DRAFT,),
            S.ASKED,
            (D.OFFICER, D.REGISTRAR),
            "条例第三十二条",
            stop_is_founded,
            via="letter",
        ),
        Step(
            "note_receipt",
            "登记对方收到日期",
            (S.ASKED,),
            None,
            (D.REGISTRAR, D.OFFICER, D.LINK),
            "条例第三十二条",
            receipt_not_noted,
        ),
        Step("answer", "登记意见", (S.ASKED,), S.ANSWERED, (D.REGISTRAR, D.OFFICER, D.LINK), "条例第三十二条"),
        Step("come_back", "登记退回", (S.ASKED,), S.RETURNED, (D.REGISTRAR,), "条例第三十二条"),
        Step("withdraw", "撤回征求意见", (S.ASKED,), S.WITHDRAWN, (D.OFFICER,), "条例第三十三条第三款"),
        Step("fall_silent", "期限届满未提出意见", (S.ASKED,), S.SILENT, (D.SYSTEM,), "条例第三十二条", term_is_over),
        Step(
            "answer_late",
            "登记逾期意见",
            (S.SILENT, S.RETURNED, S.WITHDRAWN),
            None,
            (D.REGISTRAR, D.OFFICER, D.LINK),
            "条例第三十二条",
            case_is_open,
        ),
        Step(
            "weigh",
            "衡量意见",
            (S.ANSWERED, S.SILENT, S.RETURNED, S.WITHDRAWN),
            None,
            (D.OFFICER,),
            "条例第三十二条",
            opinion_was_given,
        ),
    ),
)
