"""When a reappraisal (评估审查) may go on: everything is decided, what turns public is reviewed, a second person confirms."""

from collections.abc import Mapping
from typing import Any

from gkapply.law.refusal import Refusal

ARTICLE = "条例第十七条、第十八条"


def is_settled(reappraisal: Any, given: Mapping[str, Any]) -> None:
    """Every thing on the list has its finding, and whatever turns public was let through by a secrecy review."""
    if not reappraisal.items:
        raise Refusal("工作清单中没有任何一项", "条例第十八条", do="没有需要评估审查的，请作废这一轮")
    open_ones = sum(1 for one in reappraisal.items if not one.outcome)
    if open_ones:
        raise Refusal(f"还有{open_ones}项没有认定", "条例第十八条")
    unreviewed = [one.ordinal for one in reappraisal.items if not one.is_released]
    if unreviewed:
        which = "、".join(f"第{number}项" for number in unreviewed[:10])
        raise Refusal(f"转为主动公开的{which}还没有通过保密审查", "条例第十七条", do="请由认定人以外的人先作保密审查")


def not_by_its_author(reappraisal: Any, given: Mapping[str, Any]) -> None:
    """Who found something, or handed the round over, does not confirm it; all is still settled."""
    is_settled(reappraisal, given)
    actor = given["actor"].user_id
    if actor in {one.decided_by for one in reappraisal.items} or actor == reappraisal.submitted_by:
        raise Refusal(
            "评估结论须由认定人、提交人以外的公开机构负责人确认", ARTICLE, do="请由他人认定、提交，或者由其他负责人确认"
        )


def not_by_who_found_it(reappraisal: Any, given: Mapping[str, Any]) -> None:
    """Who found that something may turn public does not review it for secrets."""
    item = given.get("item")
    if item is not None and item.decided_by == given["actor"].user_id:
        raise Refusal("保密审查须由认定人以外的人办理", ARTICLE, field="result")


def is_not_shown(reappraisal: Any, given: Mapping[str, Any]) -> None:
    """Nothing of it stands on the public page."""
    if reappraisal.released_at is not None:
        raise Refusal("这一轮评估审查结果已经公布", "条例第十八条")


def is_shown(reappraisal: Any, given: Mapping[str, Any]) -> None:
    """It stands on the public page."""
    if reappraisal.released_at is None:
        raise Refusal("这一轮评估审查结果没有公布", "条例第十八条")
