"""By which words the answer to an item is recognised, which provisions belong to it, and what it must say besides.

An answer goes by the code of the letter of its kind (``LetterKind``); the words are looked for outside of quotations, so that
an office may word its own templates.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gkapply.law.evidence import PUBLIC_BODY_ARTICLE, PUBLIC_BODY_WORDS
from gkapply.law.provisions import Provision
from gkapply.law.replies import ReplyKind

REFUSED, PARTIAL = "reply_refused", "reply_partial"
GIVEN = frozenset({"reply_public", "reply_disclosed"})
DEFINING = frozenset({"reply_not_information", "reply_already_obtained", "reply_enquiry"})
WHO = "(?:您|贵单位|贵方|贵机关|你)"


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that an answer must say: by which words it is recognised, what is missing without them."""

    pattern: re.Pattern[str]
    missing: str
    do: str


@dataclass(frozen=True, slots=True)
class Sign:
    """How one answer is recognised and what it must say.

    ``fixed`` matches the sentences of the standard wording: where ``reason`` is demanded, something else must stand beside them.
    """

    decision: re.Pattern[str]
    demands: tuple[Demand, ...] = ()
    reason: str = ""
    fixed: re.Pattern[str] = re.compile(r"^依照")


def _demand(pattern: str, missing: str, do: str = "") -> Demand:
    return Demand(re.compile(pattern), missing, do or f"请补充{missing}")


_EARLIER = (
    _demand(r"〔\d{4}〕\s*\d+号|文号[：:]\s*[^）)\s]{3,}", "此前答复的文号"),
    _demand(r"\d{4}年\d{1,2}月\d{1,2}日", "此前答复的日期"),
)
SIGNS: Mapping[str, Sign] = {
    "reply_public": Sign(
        re.compile(r"已经?主动公开|已经公开"),
        (_demand(r"途径[^：:。]*[：:]\s*[^\s。]{2,}|网址|查阅", "获取该信息的方式、途径"),),
    ),
    "reply_disclosed": Sign(
        re.compile(
            rf"(?<!部分)(?<!不)可以公开[。，；]|(?<!不)予以公开|(?<!不)向(?:{WHO}|申请人)提供该?(?:项|政府)?信息"
        ),
    ),
    PARTIAL: Sign(re.compile(r"部分(?:可以)?公开|区分处理，向|提供可以公开的")),
    REFUSED: Sign(
        # That it belongs to what is not disclosed is the reason; the decision is a sentence of its own.
        re.compile(r"(?:决定|本机关|该信息|依法)[^。；]{0,12}(?<!属于)不予公开"),
        reason="不予公开的理由",
        fixed=re.compile(r"属于不予公开的政府信息$|不能作区分处理$|^依照.*不予公开$"),
    ),
    "reply_not_existing": Sign(
        re.compile(r"不存在"),
        (
            _demand(
                r"检索了(?!的)[^，。]{3,}|(?:查找|查询|检索)[^，。]{2,}(?:系统|档案|科|室|股|处|局)", "检索的科室和系统"
            ),
            _demand(r"时段为?[：:]?[^，。]{2,}|\d{4}年[^，。]*至[^，。]{2,}", "检索的起止时段"),
            _demand(r"检索词为?[：:]?\s*[^，。\s]+|关键词[^，。]{2,}", "检索用词"),
            _demand(r"检索结果为?[：:]\s*[^。\s]{2,}|(?:没有|未)(?:找到|查到|检索到|制作)", "检索结果"),
        ),
    ),
    "reply_not_ours": Sign(
        re.compile(r"不(?:属于|由|是)[^，。]{0,8}(?:本机关|本行政机关|本单位|[我本][局办委])"),
        (
            _demand(
                r"负责公开该信息的行政机关(?:[：:是为])\s*[^。\s]{2,}|不能确定|可以向",
                "负责公开该信息的行政机关的名称、联系方式",
            ),
        ),
        reason="不属于本机关负责公开的理由",
        fixed=re.compile(r"不属于本机关负责公开$|^依照|向该机关提出申请$"),
    ),
    "reply_not_information": Sign(
        re.compile(r"不属于[^，。]{0,12}政府信息|不是政府信息|不适用政府信息公开申请的规定|不作为政府信息提供"),
        reason="不属于政府信息的理由",
        fixed=re.compile(r"不属于政府信息$|不适用政府信息公开申请的规定$|^依照.*不作为政府信息提供$|申诉$"),
    ),
    "reply_repeated": Sign(re.compile(r"不予重复|不再重复"), _EARLIER),
    "reply_special_rule": Sign(
        re.compile(r"特别规定"),
        (
            _demand(
                r"《(?!条例|中华人民共和国政府信息公开条例)[^》]+》第[一二三四五六七八九十百零]+条",
                "所依照的法律、行政法规及条款",
            ),
            _demand(r"(?:地点|方式|途径)[^：:。]*[：:]\s*[^。\s]{2,}", "查询的地点和方式"),
        ),
    ),
    "reply_no_processing": Sign(
        re.compile(r"(?s)(?:加工|分析|汇总).*(?:不予|不能|无法)提供"),
        reason="需要加工、分析的理由",
        fixed=re.compile(r"没有现成的信息|^依照"),
    ),
    "reply_still_unclear": Sign(
        re.compile(r"(?s)仍然?不(?:明确|清).*(?:无法|不予|不能)"),
        (_demand(r"不(?:明确|清)[：:]\s*[^。\s]{2,}", "补正后仍不明确之处"),),
    ),
    "reply_petition": Sign(
        re.compile(r"(?s)(?:信访|投诉|举报).*不作为政府信息公开申请处理"),
        (_demand(r"(?:渠道|途径)[^：:。]*[：:]\s*[^。\s]{2,}", "信访、投诉、举报的相应渠道"),),
        reason="属于信访、投诉、举报的理由",
        fixed=re.compile(r"系以政府信息公开申请的形式|^依照|通过下列渠道提出"),
    ),
    "reply_publication": Sign(
        re.compile(r"公开出版物"), (_demand(r"途径[^：:。]*[：:]\s*[^。\s]{2,}", "获取公开出版物的途径"),)
    ),
    "reply_excessive": Sign(
        re.compile(r"(?s)明显超过合理范围.*不予处理"),
        (
            _demand(r"申请[^，。；]*\d+件|[一二三四五六七八九十百]+件", "申请的件数和频次"),
            _demand(r"\d[^，。]*期间|自[^，。]*至", "统计的起止时段"),
            _demand(r"不合理[：:]\s*[^。\s]{2,}", "认为申请理由不合理的判断"),
        ),
    ),
    "reply_already_obtained": Sign(re.compile(r"(?s)重新出具.*不予处理"), _EARLIER),
    "reply_archives": Sign(
        re.compile(r"档案馆"), (_demand(r"档案馆[：:]\s*[^。\s]{2,}", "国家档案馆的名称、联系方式"),)
    ),
    "reply_enquiry": Sign(re.compile(r"咨询"), (_demand(r"告知如下[：:]\s*[^。\s]{2,}", "咨询的答复内容或者渠道"),)),
    "record_corrected": Sign(
        re.compile(r"(?<!不)予以更正"),
        (
            _demand(r"经核实，\s*[^。\s]{2,}", "更正申请的核实情况"),
            _demand(r"更正[：:]\s*[^。\s]{2,}", "更正前后的记录内容"),
        ),
    ),
    "record_not_corrected": Sign(
        re.compile(r"不予更正"),
        (_demand(r"经核实，\s*[^。\s]{2,}", "更正申请的核实情况"),),
        reason="不予更正的理由",
        fixed=re.compile(r"^依照|^经核实"),
    ),
    "record_forwarded": Sign(
        re.compile(r"职能范围|有权更正的行政机关"),
        (_demand(r"行政机关[：:]\s*[^。\s]{2,}", "有权更正的行政机关的名称、联系方式"),),
        reason="不属于本机关职能范围的理由",
        fixed=re.compile(r"职能范围$|^依照"),
    ),
}
"""The answers by the code of their letter."""

_REFUSALS = (Provision(14), Provision(15), Provision(16), Provision(16, 1), Provision(16, 2), Provision(36, 0, 3))
ANSWERS_OF: Mapping[Provision, frozenset[str]] = {
    Provision(2): DEFINING,
    Provision(30): frozenset({"reply_still_unclear"}),
    Provision(35): frozenset({"reply_excessive"}),
    Provision(36, 0, 1): frozenset({"reply_public"}),
    Provision(36, 0, 2): frozenset({"reply_disclosed"}),
    **dict.fromkeys(_REFUSALS, frozenset({REFUSED})),
    Provision(36, 0, 4): frozenset({"reply_not_existing"}),
    Provision(36, 0, 5): frozenset({"reply_not_ours"}),
    Provision(36, 0, 6): frozenset({"reply_repeated"}),
    Provision(36, 0, 7): frozenset({"reply_special_rule"}),
    Provision(37): frozenset({PARTIAL}),
    Provision(38): frozenset({"reply_no_processing"}),
    Provision(39, 1): frozenset({"reply_petition"}),
    Provision(39, 2): frozenset({"reply_publication"}),
    Provision(41): frozenset({"record_corrected", "record_not_corrected", "record_forwarded"}),
    Provision(55, 1): frozenset({"reply_not_information"}),
}
"""Which answers a provision of the Regulation is the basis of."""
ARCHIVES_RULE = "国办公开办函〔2019〕14号"


def _words() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for kind in ReplyKind:
        found.setdefault(kind.article, []).append(kind.words)
    found[PUBLIC_BODY_ARTICLE] = [PUBLIC_BODY_WORDS]
    return {article: tuple(dict.fromkeys(words)) for article, words in found.items()}


WORDS_OF = _words()
"""The words that letters quote of a citation, as the table of reply kinds has them."""
