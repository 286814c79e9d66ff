"""Rows for requests whose number or frequency is excessive: explanation, delayed reply (条例第三十五条), fee (第四十二条)."""

from workflows import excess_guards as guards
from workflows.case_states import INQUIRING, CaseState
from workflows.duties import Duty
from workflows.kind_guards import of_requests_only
from workflows.step import Step

S, D = CaseState, Duty
EXCESS = "条例第三十五条"
FEE = "国办函〔2020〕109号"

EXCESSIVE = (
    Step(
        "propose_explanation",
        "拟要求说明理由",
        (S.HANDLING,),
        None,
        (D.OFFICER,),
        EXCESS,
        of_requests_only(guards.explanation_not_asked),
    ),
    Step(
        "ask_explanation",
        "发出说明理由告知书",
        (S.HANDLING,),
        S.EXPLAINING,
        (D.OFFICER, D.REGISTRAR),
        EXCESS,
        guards.explanation_not_sent,
        via="letter",
    ),
    Step("submit_explanation", "提交理由说明", (S.EXPLAINING,), S.HANDLING, (D.APPLICANT,), EXCESS),
    Step("receive_explanation", "收到理由说明", (S.EXPLAINING,), S.HANDLING, (D.REGISTRAR,), EXCESS),
    Step(
        "judge_explanation",
        "认定理由是否合理",
        INQUIRING,
        S.HANDLING,
        (D.HEAD,),
        EXCESS,
        guards.explanation_can_be_judged,
    ),
    Step(
        "propose_delay",
        "拟延迟答复",
        (S.HANDLING,),
        None,
        (D.OFFICER,),
        EXCESS,
        of_requests_only(guards.delay_is_possible),
    ),
    Step(
        "delay",
        "发出延迟答复告知书",
        (S.HANDLING,),
        None,
        (D.OFFICER, D.REGISTRAR),
        EXCESS,
        via="letter",
    ),
    Step(
        "propose_fee",
        "拟收取信息处理费",
        (S.HANDLING,),
        None,
        (D.OFFICER,),
        FEE,
        of_requests_only(guards.fee_is_possible),
    ),
    Step(
        "notice_fee",
        "发出收费通知书",
        (S.HANDLING,),
        S.PAYING,
        (D.OFFICER, D.REGISTRAR),
        FEE,
        guards.fee_is_possible,
        via="letter",
    ),
    Step(
        "submit_payment",
        "提交缴费凭证",
        (S.PAYING, S.LAPSED),
        None,
        (D.APPLICANT,),
        FEE,
        guards.payment_is_missing,
    ),
    Step("receive_payment", "登记缴费", (S.PAYING,), S.HANDLING, (D.REGISTRAR,), FEE, guards.payment_can_be_received),
)
"""Part of ``workflows.application``."""
