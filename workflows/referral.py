"""The life of one referral (转办) to a unit: 主办, 协办 or 调取材料. It is handling and stops no clock (条例第三十三条).

The unit accepts it (or sends it back with its reason), answers, and may hand a part of it on; the disclosure office urges
and withdraws.
"""

from workflows.duties import Duty
from workflows.referral_guards import case_is_open, reason_is_given
from workflows.step import Stage, State, Step, Workflow


class ReferralState(State):
    """Where a referral stands."""

    NEW = "new", "未转办", Stage.HANDLE
    SENT = "sent", "待签收", Stage.HANDLE
    ACCEPTED = "accepted", "已签收办理中", Stage.HANDLE
    ANSWERED = "answered", "已反馈", Stage.HANDLE
    RETURNED = "returned", "已退回", Stage.HANDLE
    WITHDRAWN = "withdrawn", "已撤回", Stage.HANDLE


S, D = ReferralState, Duty
OPEN = (S.SENT, S.ACCEPTED)
"""Something is still awaited from the unit."""
OFFICE = (D.REGISTRAR, D.OFFICER, D.HEAD)
"""Who refers, urges and withdraws."""
IN_THE_UNIT = (D.UNIT_CLERK, D.REGISTRAR, D.OFFICER, D.REVIEWER, D.SIGNER, D.HEAD)
"""Who may act for a unit that they work in."""
ARTICLE = "条例第四十五条"

REFERRAL = Workflow(
    name="referral",
    label="转办",
    states=ReferralState,
    start=S.NEW,
    ends=(S.ANSWERED, S.RETURNED, S.WITHDRAWN),
    steps=(
        Step("send", "转办", (S.NEW,), S.SENT, IN_THE_UNIT, ARTICLE, case_is_open),
        Step("accept", "签收", (S.SENT,), S.ACCEPTED, (*IN_THE_UNIT, D.LINK), ARTICLE, case_is_open),
        Step("answer", "反馈办理结果", OPEN, S.ANSWERED, (*IN_THE_UNIT, D.LINK), ARTICLE, case_is_open),
        Step("send_back", "退回", OPEN, S.RETURNED, (*IN_THE_UNIT, D.LINK), ARTICLE, reason_is_given),
        Step("hand_on", "转交一部分", (S.ACCEPTED,), None, IN_THE_UNIT, ARTICLE, case_is_open),
        Step("hand_over", "移交经办人", (S.ACCEPTED,), None, (D.HEAD,), ARTICLE),
        Step("urge", "催办", OPEN, None, OFFICE, ARTICLE, case_is_open),
        Step("withdraw", "撤回转办", OPEN, S.WITHDRAWN, OFFICE, ARTICLE, reason_is_given),
        Step("settle", "知悉退回", (S.RETURNED,), None, OFFICE, ARTICLE),
    ),
)
