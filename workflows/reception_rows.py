"""Rows by which a request comes in (接收、登记): sent, taken in, registered, confirmed, or guided to a published channel."""

from workflows import application_guards as deciding
from workflows import reception_guards as guards
from workflows.case_states import BEFORE_HANDLING, CaseState
from workflows.duties import Duty
from workflows.step import Step

S, D = CaseState, Duty

RECEPTION = (
    Step("submit", "网上提交申请", (S.NEW,), S.RECEIVED, (D.APPLICANT,), "条例第二十九条"),
    Step(
        "submit_as_received",
        "网上提交申请，提交即收到",
        (S.NEW,),
        S.REGISTERED,
        (D.APPLICANT,),
        "条例第三十一条",
    ),
    Step("take_in", "登记待确认的来件", (S.NEW,), S.RECEIVED, (D.REGISTRAR,), "条例第三十一条"),
    Step("register", "登记申请", (S.NEW,), S.REGISTERED, (D.REGISTRAR,), "条例第三十一条"),
    Step("confirm", "与申请人确认并登记", (S.RECEIVED,), S.REGISTERED, (D.REGISTRAR,), "条例第三十一条"),
    Step("record_contact", "记录联系申请人", (S.RECEIVED,), None, (D.REGISTRAR,), "条例第三十一条"),
    Step(
        "advise_channel",
        "引导通过公开渠道提出",
        (S.RECEIVED,),
        None,
        (D.REGISTRAR,),
        "条例第二十八条",
        guards.came_by_no_published_channel,
    ),
)
VOIDING = (
    Step(
        "propose_void",
        "提请认定未成立",
        BEFORE_HANDLING,
        None,
        (D.REGISTRAR,),
        "条例第二十九条",
        deciding.void_not_yet_proposed,
    ),
    Step(
        "approve_void",
        "同意认定未成立",
        BEFORE_HANDLING,
        S.VOIDED,
        (D.HEAD,),
        "条例第二十九条",
        deciding.void_proposed_by_another,
    ),
    Step(
        "reject_void",
        "不同意认定未成立",
        BEFORE_HANDLING,
        None,
        (D.HEAD,),
        "条例第二十九条",
        deciding.void_is_proposed,
    ),
)
"""Both part of ``workflows.application``."""
