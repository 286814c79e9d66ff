"""By which titles the kinds of letters are recognised: as the shipped templates print them, or by the kind's own name."""

import re
from collections.abc import Mapping

from gkapply.law.letters import LetterKind

_PRINTED: Mapping[str, tuple[str, ...]] = {
    "receipt": ("政府信息公开申请收件回执", "政府信息更正申请收件回执"),
    "correction_notice": ("政府信息公开申请补正告知书", "政府信息更正申请补正告知书"),
    "extension_notice": ("政府信息公开申请延期答复告知书",),
    "third_party_inquiry": ("第三方意见征求书", "征求意见书"),
    "co_producer_inquiry": ("征求意见书",),
    "inquiry_notice": ("政府信息公开申请征求意见告知书",),
    "disclosure_notice": ("政府信息决定公开告知书",),
    "reply_public": ("政府信息公开告知书",),
    "reply_disclosed": ("政府信息公开告知书",),
    "reply_partial": ("政府信息部分公开告知书",),
    "reply_refused": ("政府信息不予公开告知书",),
    "reply_special_rule": ("政府信息依照特别规定办理告知书",),
    "reply_not_existing": ("政府信息不存在告知书",),
    "reply_not_ours": ("非本机关负责公开政府信息告知书",),
    "reply_no_processing": ("政府信息需加工、分析不予提供告知书",),
    "reply_still_unclear": ("政府信息公开申请补正后仍不明确告知书",),
    "reply_petition": ("不作为政府信息公开申请处理告知书",),
    "reply_repeated": ("政府信息公开申请不予重复处理告知书",),
    "reply_publication": ("公开出版物获取途径告知书",),
    "reply_excessive": ("政府信息公开申请不予处理告知书",),
    "reply_already_obtained": ("政府信息公开申请不予处理告知书",),
    "reply_not_information": ("非政府信息告知书",),
    "reply_archives": ("档案信息告知书",),
    "reply_enquiry": ("咨询答复",),
    "reply_combined": ("政府信息公开申请一并答复书",),
    "on_the_spot_record": ("政府信息公开申请当场答复记录",),
    "record_corrected": ("政府信息更正告知书",),
    "record_not_corrected": ("政府信息不予更正告知书",),
    "record_forwarded": ("政府信息更正申请转送告知书",),
    "explanation_notice": ("政府信息公开申请说明理由告知书",),
    "delay_notice": ("政府信息公开申请延迟答复告知书",),
    "fee_notice": ("政府信息公开信息处理费收费通知书",),
    "lapse_notice": ("政府信息公开申请不再处理告知书", "政府信息更正申请不再处理告知书"),
    "withdrawal_notice": ("政府信息公开申请终止办理告知书", "政府信息更正申请终止办理告知书"),
    "entrustment_notice": ("政府信息公开申请委托办理告知书",),
    "split_notice": ("政府信息公开申请拆分办理告知书",),
    "assistance_letter": ("政府信息公开申请协办函",),
    "transfer_notice": ("政府信息公开申请移送函",),
    "review_defence": ("行政复议答复书",),
    "suit_defence": ("行政诉讼答辩状",),
}


def _by_title() -> Mapping[str, tuple[LetterKind, ...]]:
    found: dict[str, list[LetterKind]] = {}
    for kind in LetterKind:
        for title in dict.fromkeys((*_PRINTED.get(kind.value, ()), squeezed(kind.label))):
            found.setdefault(title, []).append(kind)
    return {title: tuple(kinds) for title, kinds in sorted(found.items(), key=lambda one: -len(one[0]))}


def squeezed(text: str) -> str:
    """The text without any blanks: titles are spread and broken over lines."""
    return re.sub(r"\s+", "", text)


_TITLES = _by_title()


def split_title(title: str) -> tuple[str, tuple[LetterKind, ...]]:
    """What stands before the title proper (the organ's name, or nothing), and the kinds that it may stand for.

    The longest title counts; no kinds when it is none of ours.
    """
    written = squeezed(title)
    for known, kinds in _TITLES.items():
        if written.endswith(known):
            return written.removesuffix(known), kinds
    return "", ()


def kinds_of_title(title: str) -> tuple[LetterKind, ...]:
    """The kinds that a title ending so may stand for; empty when it is none of ours."""
    return split_title(title)[1]
