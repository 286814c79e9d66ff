"""What must hold before one of the steps of ``workflows.reception_rows`` may be taken."""

from collections.abc import Mapping
from typing import Any

from gkapply.law.channels import REFERRED
from gkapply.law.refusal import Refusal


def came_by_no_published_channel(case: Any, given: Mapping[str, Any]) -> None:
    """Only what was referred is guided to a published channel; nothing else may be turned away (条例第二十八条)."""
    if case.channel != REFERRED:
        raise Refusal("来件是通过公开渠道提出的，应当与申请人确认并登记，不得拒收", "条例第二十八条")
    if case.void_reason:
        raise Refusal("已经引导申请人并提请认定未成立，正等待公开机构负责人决定")
