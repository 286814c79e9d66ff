"""The life of a dispute about a request (争议): review, suit, complaint; from its filing to the end of its last term.

A dispute moves no state of its request: the reply stands until it is annulled, and what was ordered becomes a case of its own.
"""

from collections.abc import Mapping
from typing import Any

from gkapply.law.annual_report import DisputeResult
from gkapply.law.dispute_kinds import DisputeKind
from gkapply.law.refusal import Refusal
from workflows.duties import Duty
from workflows.step import Stage, State, Step, Workflow


class DisputeState(State):
    """Where a dispute stands."""

    NEW = "new", "未登记", Stage.ARCHIVE
    FILED = "filed", "已知悉，待收副本", Stage.ARCHIVE
    ANSWERING = "answering", "待答复、答辩", Stage.ARCHIVE
    HEARD = "heard", "已答复，待审理结果", Stage.ARCHIVE
    DECIDED = "decided", "已有结果", Stage.ARCHIVE
    APPEALED = "appealed", "二审中", Stage.ARCHIVE
    CLOSED = "closed", "已了结", Stage.ARCHIVE


S, D = DisputeState, Duty

PENDING = (S.FILED, S.ANSWERING, S.HEARD, S.APPEALED)
"""A result is still to come."""
OPEN = (*PENDING, S.DECIDED)
HANDLERS = (D.REGISTRAR, D.OFFICER)


def is_simple_review(dispute: Any, given: Mapping[str, Any]) -> None:
    """Only a review under the simple procedure can turn into an ordinary one (《行政复议法》第五十五条)."""
    if dispute.kind is not DisputeKind.REVIEW or not dispute.simple:
        raise Refusal("只有适用简易程序的行政复议可以转为普通程序", "《行政复议法》第五十五条")


def can_be_appealed(dispute: Any, given: Mapping[str, Any]) -> None:
    """A suit has one appeal (《行政诉讼法》第八十五条)."""
    if not dispute.kind.is_suit:
        raise Refusal(
            f"对{dispute.kind.label}的结果不能上诉",
            "《行政诉讼法》第八十五条",
            do="申请人另行起诉的，请登记为复议后起诉",
        )
    if dispute.instance > 1:
        raise Refusal("二审裁判为终审裁判，不能上诉", "《行政诉讼法》第八十五条")


def draws_an_answer(dispute: Any, given: Mapping[str, Any]) -> None:
    """Reviews and suits are answered in a set form; a complaint is explained as its authority asks."""
    if dispute.kind is DisputeKind.COMPLAINT:
        raise Refusal("投诉、举报不制作答复书或者答辩状", "条例第五十一条", do="请按受理机关的要求说明情况，并存入材料")


def new_reply_is_ordered(dispute: Any, given: Mapping[str, Any]) -> None:
    """An annulled reply with the order to answer anew, not yet carried out (《行政复议法》第七十七条)."""
    if not dispute.orders_redo:
        raise Refusal("本件的结果没有责令重新答复", "《行政复议法》第七十七条、《行政诉讼法》第九十四条")
    if dispute.redo is not None:
        raise Refusal(f"重新答复已经立案（{dispute.redo.reference}）")


def nothing_left_to_do(dispute: Any, given: Mapping[str, Any]) -> None:
    """What a decision ordered has been taken up."""
    if dispute.orders_redo and dispute.redo is None:
        raise Refusal("结果责令重新答复，尚未立案", "《行政复议法》第七十七条", do="请先办理“重新答复立案”")


def result_is_for_this_kind(dispute: Any, given: Mapping[str, Any]) -> None:
    """Only a corrected result orders a new answer or is an annulment for procedure."""
    follows = given.get("orders_redo") or given.get("procedure_only")
    if follows and given["result"] != DisputeResult.CORRECTED:
        raise Refusal("只有结果为“纠正”的，才会责令重新答复或者以程序违法撤销", field="result")


DISPUTE = Workflow(
    name="dispute",
    label="复议、诉讼和投诉",
    states=DisputeState,
    start=S.NEW,
    ends=(S.CLOSED,),
    steps=(
        Step("register", "登记复议、诉讼或者投诉", (S.NEW,), S.FILED, HANDLERS, "条例第五十一条"),
        Step("amend", "更正登记", OPEN, None, HANDLERS, "条例第五十一条"),
        Step("receive_copy", "登记收到副本", (S.FILED,), S.ANSWERING, HANDLERS, "《行政复议法》第四十八条"),
        Step(
            "turn_ordinary",
            "转为普通程序",
            (S.ANSWERING,),
            None,
            HANDLERS,
            "《行政复议法》第五十五条",
            is_simple_review,
        ),
        Step(
            "draft_defence",
            "起草答复书、答辩状",
            (S.ANSWERING,),
            None,
            (D.OFFICER,),
            "《行政复议法》第四十八条、《行政诉讼法》第六十七条",
            draws_an_answer,
        ),
        Step(
            "hand_in",
            "登记提交答复、证据",
            (S.ANSWERING,),
            S.HEARD,
            HANDLERS,
            "《行政复议法》第四十八条、《行政诉讼法》第六十七条",
        ),
        Step("add_paper", "存入争议材料", OPEN, None, HANDLERS, "条例第四十五条"),
        Step("add_cleaned_copy", "存入遮盖件", OPEN, None, HANDLERS, "《行政复议法》第四十七条"),
        Step(
            "order_bundle",
            "生成卷宗",
            OPEN,
            None,
            (*HANDLERS, D.ARCHIVIST, D.HEAD),
            "《行政复议法》第四十七条、第四十八条",
        ),
        Step(
            "record_result",
            "登记结果",
            PENDING,
            S.DECIDED,
            (*HANDLERS, D.HEAD),
            "《行政复议法》第七十五条、《行政诉讼法》第八十条",
            result_is_for_this_kind,
        ),
        Step("appeal", "登记上诉", (S.DECIDED,), S.APPEALED, HANDLERS, "《行政诉讼法》第八十五条", can_be_appealed),
        Step(
            "open_redo",
            "重新答复立案",
            (S.DECIDED,),
            None,
            (D.OFFICER, D.HEAD),
            "《行政复议法》第七十七条、《行政诉讼法》第九十四条",
            new_reply_is_ordered,
        ),
        Step("close", "了结", (S.DECIDED,), S.CLOSED, (*HANDLERS, D.HEAD), "条例第四十五条", nothing_left_to_do),
    ),
)
