"""Which steps belong to which kind of case: the correction of records (更正申请) has neither extension nor fee."""

from collections.abc import Callable, Mapping
from typing import Any

from gkapply.law.case_kinds import CaseKind
from gkapply.law.refusal import WrongState

Guard = Callable[[Any, Mapping[str, Any]], None]


def of_requests_only(guard: Guard | None = None) -> Guard:
    """A guard: the step is of the Regulation's terms for requests, which 条例第四十一条 does not know; then ``guard`` is asked."""

    def check(case: Any, given: Mapping[str, Any]) -> None:
        if case.kind is CaseKind.RECORD_CORRECTION:
            raise WrongState("更正申请没有这一步骤：只适用于政府信息公开申请", "条例第四十一条")
        if guard is not None:
            guard(case, given)

    return check
