"""What a referral demands, and what a referral that is still open demands of its case."""

from collections.abc import Mapping
from typing import Any

from gkapply.law.refusal import Refusal

LONGEST_REASON = 500
WAITED_FOR = ("sent", "accepted")
"""Codes of the states in which something is awaited from the unit."""


def case_is_open(referral: Any, given: Mapping[str, Any]) -> None:
    """Nothing changes in a file that is in the archive."""
    if referral.case.archived_on is not None:
        raise Refusal("案卷已经归档，不能再变动", "条例第四十五条")


def reason_is_given(referral: Any, given: Mapping[str, Any]) -> None:
    """Sending back and withdrawing say why: 防止因内部衔接不畅遗漏、延误."""
    if "reason" in given and not 2 <= len(given["reason"].strip()) <= LONGEST_REASON:
        raise Refusal(f"请写明理由（2至{LONGEST_REASON}个字）", "条例第四十五条", field="reason")


def nothing_is_awaited_from_units(case: Any, given: Mapping[str, Any]) -> None:
    """A file is closed only when every unit has answered, or its referral was withdrawn."""
    waiting = [one for one in case.referrals if one.state.value in WAITED_FOR]
    if waiting:
        names = "、".join(dict.fromkeys(one.unit.name for one in waiting))
        raise Refusal(
            f"还有{len(waiting)}件转办没有反馈（{names}），不能归档",
            "条例第四十五条",
            do="请催办取得反馈，不再需要的请撤回转办",
        )


def officers_may_claim(case: Any, given: Mapping[str, Any]) -> None:
    """An officer takes a request that nobody handles yet, where the office has chosen so."""
    if not case.office_settings().officers_claim:
        raise Refusal(
            "本机关没有开启承办人自行认领",
            "条例第四十五条",
            do="请由登记员或者公开机构负责人分办；需要认领的，由系统管理员在设置中开启",
        )
