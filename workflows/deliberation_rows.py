"""Rows of a request about the joint consultation (会商): asked for, ticked, waived, departed from."""

from workflows import deliberation_guards as guards
from workflows.case_states import CaseState
from workflows.duties import Duty
from workflows.step import Step

S, D = CaseState, Duty
ARTICLE = "条例第四十五条"
UNTIL_SIGNED = (S.REVIEWING, S.HANDLING, S.EXPLAINING, S.PAYING, S.APPROVING)

DELIBERATING = (
    Step("propose_deliberation", "提请会商", UNTIL_SIGNED, None, (D.OFFICER, D.REVIEWER, D.HEAD), ARTICLE),
    Step(
        "tick_deliberation",
        "登记须会商的情形",
        UNTIL_SIGNED,
        None,
        (D.REGISTRAR, D.OFFICER, D.REVIEWER, D.HEAD),
        ARTICLE,
    ),
    Step(
        "waive_deliberation",
        "决定免予会商",
        UNTIL_SIGNED,
        None,
        (D.HEAD,),
        ARTICLE,
        guards.something_demands_it,
    ),
    Step(
        "explain_departure",
        "说明与会商结论不一致的理由",
        (S.HANDLING, S.APPROVING),
        None,
        (D.OFFICER,),
        ARTICLE,
        guards.something_departs,
    ),
)
"""Part of ``workflows.application``."""
