"""What must hold before information about a third party is released (条例第十五条、第三十二条、第三十七条).

A guard reads the case and raises Refusal; it never writes.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.release import free_from, held_through
from gkapply.law.replies import ReplyKind, reply_kind

ARTICLE = "条例第三十二条"
REASONABLE, UNREASONABLE, PUBLIC_INTEREST = "reasonable", "unreasonable", "public_interest"
AGAINST = (UNREASONABLE, PUBLIC_INTEREST)
"""Weighings by which information is released although its third party does not want it."""


def opinions_are_weighed(case: Any, given: Mapping[str, Any]) -> None:
    """A third party's refusal and every late opinion have been weighed, with a note."""
    waiting = [one.name for one in case.consultations if one.awaits_weighing]
    if waiting:
        raise Refusal(
            f"{'、'.join(waiting[:3])}{'等' if len(waiting) > 3 else ''}的意见尚未衡量，答复书不能送审、签发",
            ARTICLE,
            do="请承办人在该件征求意见中「衡量意见」，写明理由是否成立",
        )


def refusals_are_heeded(case: Any, given: Mapping[str, Any]) -> None:
    """Good reasons withhold something; what is released against them names the public interest (条例第十五条)."""
    kinds = [reply_kind(item.outcome) for item in case.items if item.outcome]
    if not any(_releases(kind) for kind in kinds):
        return
    weighed = {one.weighed for one in case.consultations if one.refuses}
    if REASONABLE in weighed and not any(kind is ReplyKind.PARTIAL or kind.ground for kind in kinds):
        raise Refusal(
            "第三方不同意公开且理由成立，答复却没有不予公开的内容",
            ARTICLE,
            do="请将相关事项认定为部分公开或者不予公开；确因公共利益决定公开的，请重新衡量意见",
        )
    named = any(json.loads(item.evidence).get("public_interest_reason") for item in case.items)
    if PUBLIC_INTEREST in weighed and not named:
        raise Refusal(
            "因公共利益决定公开的，须在该项认定中写明理由",
            "条例第十五条、第三十二条",
            do="请重新认定公开的事项，填写因公共利益予以公开的理由",
        )


def information_may_leave(case: Any, given: Mapping[str, Any]) -> None:
    """Every third party against whose word something is released has had its notice, and the pause is over."""
    if not any(_releases(reply_kind(item.outcome)) for item in case.items if item.outcome):
        return
    on: date = given.get("on") or given["today"]
    hold, calendar = case.organ.office_settings().hold_days, case.calendar()
    for party in case.consultations:
        if not (party.refuses and party.weighed in AGAINST):
            continue
        told_on = notice_delivered_on(party)
        if told_on is None:
            raise Refusal(
                f"{party.name}不同意公开，决定公开告知书尚未送达，信息不能提供",
                ARTICLE,
                do="请先发出决定公开告知书并登记送达" + (f"，送达后再等待{hold}个工作日" if hold else ""),
            )
        if on <= held_through(told_on, hold, calendar):
            day = free_from(told_on, hold, calendar)
            raise Refusal(
                f"决定公开告知书于{told_on.isoformat()}送达{party.name}，送达后{hold}个工作日内不得提供信息",
                ARTICLE,
                field="on",
                do=f"最早可以在{day.isoformat()}发出",
            )


def notice_delivered_on(party: Any) -> date | None:
    """The day on which the third party got its 决定公开告知书; None while it has not."""
    days = [one.delivered_on for one in party.letters if one.kind == LetterKind.DISCLOSURE_NOTICE and one.delivered_on]
    return min(days, default=None)


def _releases(kind: ReplyKind) -> bool:
    """Whether something leaves that was not public before."""
    return kind in (ReplyKind.DISCLOSED, ReplyKind.PARTIAL)
