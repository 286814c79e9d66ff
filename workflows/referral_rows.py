"""Rows of giving a request to units (转办) and of an officer who takes one that nobody handles (认领)."""

from workflows.case_states import BEING_WORKED_ON, CaseState
from workflows.duties import Duty
from workflows.referral_guards import officers_may_claim
from workflows.step import Step

S, D = CaseState, Duty

REFERRING = (
    Step(
        "refer",
        "转办给承办单位",
        tuple(state for state in BEING_WORKED_ON if state is not S.DELIVERING),
        None,
        (D.REGISTRAR, D.OFFICER, D.HEAD),
        "条例第四十五条",
    ),
    Step("claim", "认领", (S.REGISTERED,), S.REVIEWING, (D.OFFICER,), "条例第四十五条", officers_may_claim),
)
"""Part of ``workflows.application``. Referring is handling: it moves no state and stops no clock."""
