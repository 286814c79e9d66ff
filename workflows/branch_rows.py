"""Rows of the ways beside the straight one: a request divided into several, answered on the spot, answered with others."""

from workflows import branch_guards as guards
from workflows.case_states import CaseState
from workflows.duties import Duty
from workflows.step import Step

S, D = CaseState, Duty

BRANCHING = (
    Step("split_off", "登记拆分出的申请", (S.NEW,), S.REGISTERED, (D.OFFICER, D.HEAD), "条例第四十五条"),
    Step(
        "divide",
        "拆分为多件申请",
        (S.REGISTERED, S.REVIEWING, S.HANDLING),
        S.DIVIDED,
        (D.OFFICER, D.HEAD),
        "条例第四十五条",
        guards.only_the_receipt_was_issued,
    ),
)
"""Part of ``workflows.application``."""
