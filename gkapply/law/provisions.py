"""The provisions that letters cite: how many articles a law has, their paragraphs and items, their words, and since when.

Words stand here only where their wording is certain; an article without words is cited by its number alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gkapply.law.periods import REGULATION_SINCE

REGULATION = "《中华人民共和国政府信息公开条例》"
_NUMERALS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_WHERE = re.compile(
    "第([零一二三四五六七八九十百]+)条(?:之[一二三四五六七八九十])?(?:第([一二三四五六七八九十]+)款)?(?:第[（(]?([一二三四五六七八九十]+)[）)]?项)?"
)


@dataclass(frozen=True, slots=True)
class Law:
    """A law as letters cite it: ``articles`` since the day ``since``, before which it had another text."""

    name: str
    articles: int
    since: date


REGULATION_LAW = Law("《政府信息公开条例》", 56, REGULATION_SINCE)
LAWS: Mapping[str, Law] = {
    "政府信息公开条例": REGULATION_LAW,
    "行政复议法": Law("《行政复议法》", 90, date(2024, 1, 1)),
    "行政诉讼法": Law("《行政诉讼法》", 103, date(2017, 7, 1)),
}
"""By the name without 中华人民共和国."""
REPEALED: Mapping[str, tuple[date, str]] = {
    **dict.fromkeys(
        ("民法通则", "民法总则", "物权法", "合同法", "担保法", "侵权责任法", "婚姻法", "继承法", "收养法"),
        (date(2021, 1, 1), "《中华人民共和国民法典》"),
    ),
    "信访条例": (date(2022, 5, 1), "《信访工作条例》"),
    "城市房屋拆迁管理条例": (date(2011, 1, 21), "《国有土地上房屋征收与补偿条例》"),
}
"""Laws that are no longer in force: the day since which, and what took their place."""
PARTS: Mapping[int, tuple[int, int]] = {
    2: (1, 0), 10: (3, 0), 13: (2, 0), 14: (1, 0), 15: (1, 0), 16: (2, 0), 17: (3, 0), 18: (1, 0), 30: (1, 0),
    31: (1, 3), 32: (1, 0), 33: (3, 0), 34: (1, 0), 35: (1, 0), 36: (1, 7), 37: (1, 0), 38: (1, 0), 39: (2, 0),
    40: (1, 0), 41: (1, 0), 42: (2, 0), 43: (1, 0), 44: (2, 0), 45: (1, 0), 55: (2, 0),
}  # fmt: skip
"""Paragraphs (款) and items (项) of the Regulation's articles on requests."""
WORDS: Mapping[str, str] = {
    "第十四条": "依法确定为国家秘密的政府信息，法律、行政法规禁止公开的政府信息，以及公开后可能危及国家安全、公共安全、经济安全、"
    "社会稳定的政府信息，不予公开。",
    "第十五条": "涉及商业秘密、个人隐私等公开会对第三方合法权益造成损害的政府信息，行政机关不得公开。但是，第三方同意公开或者行政机关"
    "认为不公开会对公共利益造成重大影响的，予以公开。",
    "第十六条第一款": "行政机关的内部事务信息，包括人事管理、后勤管理、内部工作流程等方面的信息，可以不予公开。",
    "第三十条": "政府信息公开申请内容不明确的，行政机关应当给予指导和释明，并自收到申请之日起7个工作日内一次性告知申请人作出补正，"
    "说明需要补正的事项和合理的补正期限。答复期限自行政机关收到补正的申请之日起计算。申请人无正当理由逾期不补正的，视为放弃申请，"
    "行政机关不再处理该政府信息公开申请。",
    "第三十二条": "依申请公开的政府信息公开会损害第三方合法权益的，行政机关应当书面征求第三方的意见。第三方应当自收到征求意见书之日起"
    "15个工作日内提出意见。第三方逾期未提出意见的，由行政机关依照本条例的规定决定是否公开。第三方不同意公开且有合理理由的，行政机关"
    "不予公开。行政机关认为不公开可能对公共利益造成重大影响的，可以决定予以公开，并将决定公开的政府信息内容和理由书面告知第三方。",
    "第三十五条": "申请人申请公开政府信息的数量、频次明显超过合理范围，行政机关可以要求申请人说明理由。行政机关认为申请理由不合理的，"
    "告知申请人不予处理；行政机关认为申请理由合理，但是无法在本条例第三十三条规定的期限内答复申请人的，可以确定延迟答复的合理期限并"
    "告知申请人。",
    "第三十七条": "申请公开的信息中含有不应当公开或者不属于政府信息的内容，但是能够作区分处理的，行政机关应当向申请人提供可以公开的"
    "政府信息内容，并对不予公开的内容说明理由。",
    "第三十九条第一款": "申请人以政府信息公开申请的形式进行信访、投诉、举报等活动，行政机关应当告知申请人不作为政府信息公开申请处理"
    "并可以告知通过相应渠道提出。",
    "第四十一条": "公民、法人或者其他组织有证据证明行政机关提供的与其自身相关的政府信息记录不准确的，可以要求行政机关更正。有权更正的"
    "行政机关审核属实的，应当予以更正并告知申请人；不属于本行政机关职能范围的，行政机关可以转送有权更正的行政机关处理并告知申请人，"
    "或者告知申请人向有权更正的行政机关提出。",
}
"""Whole articles of the Regulation, for those of which letters quote a part."""


@dataclass(frozen=True, slots=True)
class Provision:
    """A place in a law: article, and paragraph and item where they are named (0: not)."""

    article: int
    paragraph: int = 0
    item: int = 0

    def exists(self) -> bool:
        """Whether the Regulation (of 2019) has it, as far as its parts are known."""
        if not 1 <= self.article <= REGULATION_LAW.articles:
            return False
        paragraphs, items = PARTS.get(self.article, (9, 99))
        return self.paragraph <= paragraphs and self.item <= items


def number(numeral: str) -> int:
    """A Chinese numeral up to 199 as a number: 三十六 → 36. Raises KeyError for a sign that is none."""
    total, digit = 0, 0
    for sign in numeral:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _NUMERALS[sign]
    return total + digit


def provisions(cited: str) -> tuple[Provision, ...]:
    """The places that a citation names, in its order: 「第三十六条第三项、第十五条」 → 36(3), 15."""
    return tuple(
        Provision(number(article), number(paragraph or "零"), number(item or "零"))
        for article, paragraph, item in _WHERE.findall(cited)
    )
