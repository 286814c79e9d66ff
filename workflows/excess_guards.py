"""What must hold before the steps of ``workflows.excess_rows``; like every guard, these only read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gkapply.law.facts import Fact, FactKind
from gkapply.law.refusal import Refusal
from workflows.application_guards import judge

EXCESS = "条例第三十五条"
_SOME_LATER_DAY = date.max
"""Stands for a day that is still to be chosen."""


def explanation_not_sent(case: Any, given: Mapping[str, Any]) -> None:
    """The applicant is asked for the reasons of their requests once."""
    if case.explanation_asked_on is not None:
        raise Refusal(f"本件已于 {case.explanation_asked_on} 要求申请人说明理由", EXCESS)


def explanation_not_asked(case: Any, given: Mapping[str, Any]) -> None:
    """Neither asked nor about to be asked."""
    explanation_not_sent(case, given)
    _no_letter_under_way(case, "explanation_notice", EXCESS)


def explanation_can_be_judged(case: Any, given: Mapping[str, Any]) -> None:
    """The applicant was asked, and has answered or let the term pass; it is judged once."""
    if case.explanation_asked_on is None:
        raise Refusal("没有要求申请人说明理由，无从认定", EXCESS, do="请先发出说明理由告知书")
    if case.explanation_verdict:
        raise Refusal("理由是否合理已经认定", EXCESS)
    if case.explanation_received_on is not None:
        return
    if case.explanation_due_on is None:
        raise Refusal(
            "没有申请人收到说明理由告知书的凭证，说明理由的期限尚未起算", EXCESS, do="请先登记告知书的送达日期"
        )
    if given["today"] <= case.explanation_due_on:
        raise Refusal(f"申请人说明理由的期限至 {case.explanation_due_on} 届满，尚不能认定", EXCESS)


def delay_is_possible(case: Any, given: Mapping[str, Any]) -> None:
    """The reasons were found good, and the law allows a later day."""
    if case.explanation_verdict != "reasonable":
        raise Refusal("只有公开机构负责人认定申请理由合理的，才能延迟答复", EXCESS)
    _no_letter_under_way(case, "delay_notice", EXCESS)
    on: date = given.get("on") or given["today"]
    judge(case, Fact(FactKind.DELAYED, on, until=given.get("until") or _SOME_LATER_DAY))


def fee_is_possible(case: Any, given: Mapping[str, Any]) -> None:
    """Once, within the reply term, and only for one of the two tariffs."""
    judge(case, Fact(FactKind.FEE_NOTICED, given.get("on") or given["today"]))
    if "on" not in given:
        _no_letter_under_way(case, "fee_notice", "国办函〔2020〕109号")


def payment_is_missing(case: Any, given: Mapping[str, Any]) -> None:
    """A fee was asked for, is not entered as paid, and no proof waits for the office."""
    if case.fee is None or case.fee.paid_on is not None:
        raise Refusal("本件没有待缴的信息处理费", "国办函〔2020〕109号")
    if case.payment_waiting:
        raise Refusal("缴费凭证已提交，正等待行政机关核对", "国办函〔2020〕109号")


def payment_can_be_received(case: Any, given: Mapping[str, Any]) -> None:
    """A payment answers a notice."""
    judge(case, Fact(FactKind.FEE_PAID, given.get("on") or given["today"]))


def _no_letter_under_way(case: Any, kind: str, article: str) -> None:
    if any(letter.kind == kind and letter.state != "discarded" for letter in case.letters):
        raise Refusal("这一文书已在办理", article, do="请修改或者作废原稿")
