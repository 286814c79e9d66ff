"""Rows by which a request ends without a reply: the applicant withdraws, or there is no applicant any more."""

from workflows.case_states import BEFORE_THE_REPLY, CaseState
from workflows.duties import Duty
from workflows.step import Step

S, D = CaseState, Duty

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
)
"""Part of ``workflows.application``."""
