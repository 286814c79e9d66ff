"""What must hold before the steps of ``workflows.ending_rows``; like every guard, these only read."""

from collections.abc import Mapping
from typing import Any

from gkapply.law.facts import Fact, FactKind
from gkapply.law.refusal import Refusal
from workflows.application_guards import judge

LAPSE = "条例第三十条、国办函〔2020〕109号"


def lapse_is_proposed(case: Any, given: Mapping[str, Any]) -> None:
    """Time has proposed it, and the head has not put it off to a later day."""
    if case.lapse_proposed_on is None:
        raise Refusal(
            "尚未提请认定视为放弃",
            LAPSE,
            do="申请人的期限和邮路宽限届满、有送达凭证而仍无补正或者缴费的，由系统提请",
        )
    waits = case.lapse_waits_until
    if waits is not None and given["today"] <= waits:
        raise Refusal(f"公开机构负责人已决定继续等待到 {waits}", LAPSE)


def lapse_can_be_confirmed(case: Any, given: Mapping[str, Any]) -> None:
    """Proposed, lawful on the day, and nothing handed in online that nobody has looked at."""
    lapse_is_proposed(case, given)
    if case.correction_waiting or case.payment_waiting:
        raise Refusal("申请人已在网上提交补正或者缴费凭证，尚未核对，不能认定视为放弃", LAPSE, do="请先登记收到")
    judge(case, Fact(FactKind.LAPSED, given["today"]))


def lapsed_for_want_of_correction(case: Any, given: Mapping[str, Any]) -> None:
    """The request lapsed because no correction came; one that comes after all is judged by a person."""
    if not case.correction_is_open:
        raise Refusal("本件不是因逾期不补正而视为放弃的", "条例第三十条")
    judge(case, Fact(FactKind.CORRECTION_RECEIVED, given.get("on") or given["today"]))


def lapsed_for_want_of_payment(case: Any, given: Mapping[str, Any]) -> None:
    """The request lapsed because the fee was not paid."""
    if case.fee is None or case.fee.paid_on is not None:
        raise Refusal("本件不是因逾期不缴费而视为放弃的", "国办函〔2020〕109号")
    judge(case, Fact(FactKind.FEE_PAID, given.get("on") or given["today"]))


def closing_notice_is_missing(case: Any, given: Mapping[str, Any]) -> None:
    """The applicant is told once that the request is closed."""
    kind = {"lapsed": "lapse_notice", "withdrawn": "withdrawal_notice"}[case.state.value]
    if any(letter.kind == kind and letter.state != "discarded" for letter in case.letters):
        raise Refusal("结案的告知书已经起草", "条例第四十五条")
