"""Rows about requests that came with a register (原台账): their term is checked, and the register itself may be put right."""

from collections.abc import Mapping
from typing import Any

from gkapply.law.refusal import Refusal
from workflows.case_states import CaseState
from workflows.duties import Duty
from workflows.step import Step

S, D = CaseState, Duty
ARTICLE = "条例第四十五条"
BEGUN = (S.REGISTERED, S.REVIEWING, S.HANDLING)
"""Where a request stands of which nobody has said yet what happened to its clocks before."""
_DESK = (D.REGISTRAR, D.OFFICER, D.HEAD)
_TAKEN = (*_DESK, D.SYSTEM)


def term_is_unchecked(case: Any, given: Mapping[str, Any]) -> None:
    """Once, and only of a request that came without its facts."""
    if not case.term_unchecked:
        raise Refusal("本件的期限已经核对，此后的事实请在相应的步骤中登记")


def came_with_a_register(case: Any, given: Mapping[str, Any]) -> None:
    """What was entered here is never moved by a register."""
    if not case.taken_over:
        raise Refusal("本件不是由原台账导入的，台账不能改变它的办理状态")


BY_A_LATER_REGISTER = frozenset({"reopen_by_register"})
"""What follows an end all the same: the register that said so was wrong, and nobody has worked on the request here."""

REGISTERS = (
    Step("check_term", "补登期限事实", BEGUN, None, _DESK, ARTICLE, term_is_unchecked),
    Step(
        "resume_correcting",
        "依原台账转入待补正",
        BEGUN,
        S.CORRECTING,
        _TAKEN,
        "条例第三十条",
        came_with_a_register,
        via="application",
    ),
    Step(
        "resume_paying",
        "依原台账转入待缴费",
        BEGUN,
        S.PAYING,
        _TAKEN,
        "条例第四十二条",
        came_with_a_register,
        via="application",
    ),
    Step(
        "resume_handling",
        "依原台账转入办理",
        (S.REGISTERED, S.REVIEWING),
        S.HANDLING,
        _TAKEN,
        ARTICLE,
        came_with_a_register,
        via="application",
    ),
    Step(
        "resume_withdrawn",
        "依原台账登记撤回",
        BEGUN,
        S.WITHDRAWN,
        _TAKEN,
        "条例第二十七条",
        came_with_a_register,
        via="application",
    ),
    Step(
        "settle_by_register",
        "依更正的台账办结",
        (S.REGISTERED, S.CORRECTING, S.PAYING, S.HANDLING, S.WITHDRAWN),
        S.ARCHIVED,
        _TAKEN,
        ARTICLE,
        came_with_a_register,
        via="application",
    ),
    Step(
        "reopen_by_register",
        "依更正的台账恢复在办",
        (S.ARCHIVED, S.CORRECTING, S.PAYING, S.HANDLING, S.WITHDRAWN),
        S.REGISTERED,
        _TAKEN,
        ARTICLE,
        came_with_a_register,
        via="application",
    ),
)
