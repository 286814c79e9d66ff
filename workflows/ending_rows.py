"""Rows by which a request ends without a reply, and by which one that was given up comes back."""

from workflows import ending_guards as guards
from workflows.case_states import AWAITING_APPLICANT, BEFORE_THE_REPLY, CaseState
from workflows.duties import Duty
from workflows.step import Step

S, D = CaseState, Duty
LAPSE = "条例第三十条、国办函〔2020〕109号"

ENDING = (
    Step("withdraw", "撤回申请", BEFORE_THE_REPLY, S.WITHDRAWN, (D.APPLICANT,), "条例第二十七条"),
    Step("record_withdrawal", "登记申请人撤回", BEFORE_THE_REPLY, S.WITHDRAWN, (D.REGISTRAR,), "条例第二十七条"),
    Step(
        "end_without_applicant",
        "申请人死亡或者终止，终止办理",
        BEFORE_THE_REPLY,
        S.ENDED,
        (D.HEAD,),
        "条例第四十五条",
    ),
    Step(
        "confirm_lapse",
        "认定视为放弃申请",
        AWAITING_APPLICANT,
        S.LAPSED,
        (D.HEAD,),
        LAPSE,
        guards.lapse_can_be_confirmed,
    ),
    Step(
        "reject_lapse",
        "不认定视为放弃，继续等待",
        AWAITING_APPLICANT,
        None,
        (D.HEAD,),
        LAPSE,
        guards.lapse_is_proposed,
    ),
    Step(
        "reopen_corrected",
        "补正到达，恢复办理",
        (S.LAPSED,),
        S.REVIEWING,
        (D.REGISTRAR, D.HEAD),
        "条例第三十条",
        guards.lapsed_for_want_of_correction,
    ),
    Step(
        "reopen_paid",
        "缴费到账，恢复办理",
        (S.LAPSED,),
        S.HANDLING,
        (D.REGISTRAR, D.HEAD),
        "国办函〔2020〕109号",
        guards.lapsed_for_want_of_payment,
    ),
    Step(
        "propose_closing_notice",
        "拟结案的告知书",
        (S.LAPSED, S.WITHDRAWN),
        None,
        (D.OFFICER,),
        "条例第四十五条",
        guards.closing_notice_is_missing,
    ),
)
"""Part of ``workflows.application``."""
