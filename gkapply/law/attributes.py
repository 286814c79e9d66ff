"""Attributes of official documents (公文公开属性): given at the source, when a document is drafted, and reappraised later.

条例第十三条 to 第十八条: what is not published has a reason in 第十四条, 第十五条 or 第十六条 and in nothing else.
"""

import re
from enum import StrEnum

from gkapply.law.refusal import Refusal
from gkapply.law.replies import REFUSALS, ReplyKind

ARTICLE = "条例第十三条至第十六条"


class Attribute(StrEnum):
    """How open an official document is; the value is its code, ``words`` are what a file may call it."""

    label: str
    words: tuple[str, ...]

    # The star: to a type checker, looking an attribute up by its code is this call with the code alone.
    def __new__(cls, code: str, *told: str) -> "Attribute":
        """A member is its code."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label, *others = told
        member.words = (member.label, *others)
        return member

    PROACTIVE = "proactive", "主动公开", "主动", "公开", "全文公开", "全部公开"
    ON_REQUEST = "on_request", "依申请公开", "依申请", "申请公开"
    WITHHELD = "withheld", "不予公开", "不公开", "不予", "非公开", "免予公开"


_BARE = re.compile(r"[\s“”\"'（）()。．.、，,：:]")
_KNOWN_BY = {
    ReplyKind.REFUSED_STATE_SECRET: ("国家秘密", "涉密", "涉及国家秘密"),
    ReplyKind.REFUSED_LAW_FORBIDS: ("禁止公开",),
    ReplyKind.REFUSED_SECURITY: ("三安全一稳定", "国家安全", "公共安全", "经济安全", "社会稳定"),
    ReplyKind.REFUSED_THIRD_PARTY: ("第十五条", "第三方", "商业秘密", "个人隐私"),
    ReplyKind.REFUSED_INTERNAL: ("第十六条第一款", "内部事务", "人事管理", "后勤管理", "内部工作流程"),
    ReplyKind.REFUSED_PROCESS: ("过程性", "讨论记录", "过程稿", "磋商信函", "请示报告"),
    ReplyKind.REFUSED_ENFORCEMENT: ("执法案卷",),
}
"""Words by which a ground is known in what an office has written."""
_NUMERALS = {"14": "十四", "15": "十五", "16": "十六", "1": "一", "2": "二"}


def ground_label(ground: ReplyKind) -> str:
    """What the ground of a refusal is called without the refusal: 国家秘密."""
    return ground.label.partition("（")[2].removesuffix("）")


def ground_article(ground: ReplyKind) -> str:
    """The article that allows or demands it: 条例第十四条."""
    return "条例" + ground.article.rpartition("、")[2]


def ground_words(ground: ReplyKind) -> str:
    """The ground as forms and lists call it: 国家秘密（条例第十四条）."""
    return f"{ground_label(ground)}（{ground_article(ground)}）"


def attribute_called(text: str) -> Attribute:
    """The attribute that a file calls so. Raises Refusal."""
    bare = _BARE.sub("", text)
    for one in Attribute:
        if bare in one.words:
            return one
    raise Refusal(f"应为{'、'.join(f'「{one.label}」' for one in Attribute)}之一", ARTICLE)


def ground_called(text: str) -> ReplyKind:
    """The ground that a file calls so, by its name or its article. Raises Refusal when none or several are meant."""
    bare = _BARE.sub("", text)
    for number, word in _NUMERALS.items():
        bare = bare.replace(f"第{number}条", f"第{word}条").replace(f"第{number}款", f"第{word}款")
    for ground in REFUSALS:
        if bare in (_BARE.sub("", ground_label(ground)), _BARE.sub("", ground_words(ground))):
            return ground
    found = [ground for ground, words in _KNOWN_BY.items() if any(word in bare for word in words)]
    if len(found) == 1:
        return found[0]
    what = "、".join(f"「{ground_label(ground)}」" for ground in REFUSALS)
    why = f"“{ground_label(found[0])}”和“{ground_label(found[1])}”不能并列" if found else "看不出是哪一种"
    raise Refusal(f"{why}，应为{what}之一", ARTICLE)
