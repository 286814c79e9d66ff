"""Rows about what a leader wrote on a matter (领导批示)."""

from collections.abc import Mapping
from typing import Any

from gkapply.law.refusal import Refusal
from workflows.case_states import BEING_WORKED_ON, OVER_WITHOUT_REPLY, CaseState
from workflows.duties import Duty
from workflows.step import Step

S, D = CaseState, Duty


def instruction_is_open(case: Any, given: Mapping[str, Any]) -> None:
    """There is one of which nobody has said yet what came of it."""
    if all(one.done_on is not None for one in case.instructions):
        raise Refusal("没有尚未落实的领导批示")


def instructions_are_carried_out(case: Any, given: Mapping[str, Any]) -> None:
    """A file is not closed over an instruction of which nobody has said what came of it."""
    if any(one.done_on is None for one in case.instructions):
        raise Refusal("有领导批示没有登记落实情况，不能归档", "条例第四十五条", do="请先登记落实情况")


INSTRUCTING = (
    Step(
        "record_instruction",
        "登记领导批示",
        (*BEING_WORKED_ON, S.REPLIED, *OVER_WITHOUT_REPLY),
        None,
        (D.REGISTRAR, D.OFFICER, D.HEAD),
        "条例第四十五条",
    ),
    Step(
        "carry_out_instruction",
        "登记批示落实情况",
        (*BEING_WORKED_ON, S.REPLIED, *OVER_WITHOUT_REPLY, S.VOIDED),
        None,
        (D.REGISTRAR, D.OFFICER, D.HEAD),
        "条例第四十五条",
        instruction_is_open,
    ),
)
