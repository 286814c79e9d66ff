"""What is given out has been reviewed for secrets first, one by one (先审查、后公开; 条例第十七条、《保守国家秘密法》第三十五条)."""

from collections.abc import Mapping
from typing import Any

from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy_results import ARTICLE


def something_is_given(case: Any, given: Mapping[str, Any]) -> None:
    """An item is answered by giving information."""
    if not case.releases:
        raise Refusal("没有认定为予以公开、部分公开的事项，不需要保密审查", ARTICLE, do="请先逐项认定")


def not_by_whoever_decided(case: Any, given: Mapping[str, Any]) -> None:
    """Whoever handles the request, or has decided on one of its items, does not review it."""
    reviewer = given["actor"].user_id
    if reviewer == case.officer_id or any(item.decided_by == reviewer for item in case.items):
        raise Refusal(
            "承办人不得审查自己认定的信息", ARTICLE, do="请由审核人、公开机构负责人、签发人或者其他承办人审查"
        )


def all_given_is_reviewed(letter: Any, given: Mapping[str, Any]) -> None:
    """Everything that the reply gives out has a review over its present content, by somebody other than the author."""
    if not LetterKind(letter.kind).ends_case:
        return
    faults = [
        f"{one.title}{fault}"
        for case in letter.cases
        if case.organ.office_settings().secrecy_review_before_signing
        for one in case.releases
        if (fault := one.fault(letter.authors))
    ]
    if faults:
        more = f"等{len(faults)}件" if len(faults) > 3 else ""
        raise Refusal(
            f"{'；'.join(faults[:3])}{more}，答复书不能签发",
            ARTICLE,
            do="请由起草人以外的审核人、公开机构负责人、签发人或者承办人在案件页面「记录保密审查」",
        )
