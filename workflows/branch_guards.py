"""What must hold before one of the steps of ``workflows.branch_rows`` may be taken."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.replies import ReplyKind
from workflows.application_guards import every_item_decided


def only_the_receipt_was_issued(case: Any, given: Mapping[str, Any]) -> None:
    """No letter but the 收件回执 has been sent or is on its way: nobody has been told of the request as it is."""
    others = [one for one in case.letters if one.kind != LetterKind.RECEIPT and one.state.value != "discarded"]
    if not others:
        return
    title = LetterKind(others[0].kind).label
    if any(one.sent_on is not None for one in others):
        raise Refusal(
            f"已经发出《{title}》，不能再拆分或者当场答复", "条例第四十五条", do="请按原申请继续办理，逐项答复"
        )
    raise Refusal(f"《{title}》正在办理", "条例第四十五条", do="请先作废这份文书")


def may_be_answered_in_a_letter_of_its_own(case: Any, given: Mapping[str, Any]) -> None:
    """Every item is decided, and no 一并答复 in another file answers the request already."""
    every_item_decided(case, given)
    together = [one for one in case.answered_with if one.state.value != "discarded"]
    if together:
        raise Refusal(
            f"本件已并入申请 {together[0].case.reference} 的《一并答复》",
            "条例第三十六条",
            do="要单独答复的，请先作废那份一并答复",
        )


def can_be_answered_on_the_spot(case: Any, given: Mapping[str, Any]) -> None:
    """Soon after its receipt, and before anything else was begun (条例第三十三条第一款)."""
    only_the_receipt_was_issued(case, given)
    on: date = given.get("on") or given["today"]
    within = case.organ.office_settings().on_the_spot_within
    last = case.calendar().add(case.received_on, within) if within else case.received_on
    if not case.received_on <= on <= last:
        raise Refusal(
            f"当场答复须在收到申请之日起{within}个工作日内（最迟{last.isoformat()}）"
            if within
            else "当场答复须在收到申请的当日",
            "条例第三十三条第一款",
            do="请按一般程序起草答复书",
        )


def not_yet_entrusted(case: Any, given: Mapping[str, Any]) -> None:
    """One department answers by entrustment; the organ stays the one that answers (67号)."""
    if any(one.kind == LetterKind.ENTRUSTMENT_NOTICE and one.state.value != "discarded" for one in case.letters):
        raise Refusal("本件已经委托办理", "国办公开办函〔2014〕67号")


def assistance_was_asked(case: Any, given: Mapping[str, Any]) -> None:
    """There is a 协办函 that has left."""
    if not any(one.kind == LetterKind.ASSISTANCE_LETTER and one.sent_on is not None for one in case.letters):
        raise Refusal("没有已经发出的协办函", "条例第四十五条", do="请先请求协办，协办函发出后再登记答复")


def another_organ_is_responsible(case: Any, given: Mapping[str, Any]) -> None:
    """Some item is not for this organ to answer; the courtesy never takes the place of the reply."""
    if not any(item.outcome == ReplyKind.NOT_OURS for item in case.items):
        raise Refusal(
            "没有认定为“非本机关负责公开”的事项，不能移送", "条例第三十六条第五项", do="请先逐项认定，并答复申请人"
        )
