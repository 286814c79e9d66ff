"""Claims with numbers that the text of an annual report makes, each bound to the figure that it states.

The same pattern writes a claim and finds it again in a text, so that a sentence which was taken over and edited is still held
against the tables. ``{name}`` is a figure, what stands in ``[…]`` is left out where its figures are not known.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from gkapply.law.annual_rows import ROWS

Values = Mapping[str, str]
"""Figures as text by name; what is not known is missing."""

_TAIL = re.compile(r"(\[[^\]]*\])")
_SLOT = re.compile(r"(\{\w+\})")
_COUNT, _DECIMAL = r"\d+", r"\d+(?:\.\d+)?"
_CHANGE = rf"与上年持平|比上年(?:增加|减少)\d+件(?:，(?:增长|下降){_DECIMAL}%)?"
_BETWEEN = "(?:共计|共|为|了)?"
"""What people put between the words and the number."""
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_GROUPED = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_BLANK = re.compile(r"[ \t\u3000\xa0]+")
_OF_ANOTHER_YEAR = re.compile(r"(?:上年度?|上一年度?|去年|往年|\d{4}年度?，?)[^，。；、\n]{0,12}$")
_TOGETHER = re.compile(r"(?:(?:公开|提供|处理)(?:以及|和|及|与|或|、)|(?:新收|收到|申请)(?:以及|和|及|与))$")
"""What stands before a head whose number is that of several heads together."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: how it is written, what of the tables it states, and other heads by which people begin it."""

    code: str
    text: str
    where: str
    heads: str = ""
    """A regular expression in the place of the words before the first figure."""
    cells: tuple[tuple[str, str], ...] = ()
    """Table and row of each figure that it adds up."""


@dataclass(frozen=True, slots=True)
class Found:
    """A claim as it stands in a text: its words, and the figures it gives by name."""

    claim: Claim
    words: str
    figures: Values


def say(claim: Claim, values: Values) -> str:
    """The claim with its figures, as far as they are known; empty when one before every ``[…]`` is not."""
    said = ""
    for piece in _TAIL.split(claim.text):
        inner = piece[1:-1] if piece.startswith("[") else piece
        names = [slot[1:-1] for slot in _SLOT.findall(inner)]
        if all(name in values for name in names):
            said += inner.format_map(values)
        elif inner is piece:
            return ""
    return said


def plain(text: str) -> str:
    """The text as claims are looked for in it: half-width digits, no separators of thousands, no blanks."""
    return _GROUPED.sub("", _BLANK.sub("", text.translate(_FULL_WIDTH)))


def found_in(text: str, year: int | None = None) -> Iterator[Found]:
    """Every claim that stands in ``text`` (``plain``), wherever it stands; what is said of another year is left aside.

    So is the number of several heads together (不予公开和无法提供12件), unless a claim of its own states their sum.
    """
    for claim in CLAIMS:
        for match in _pattern(claim).finditer(text):
            ahead = text[max(0, match.start() - 30) : match.start()]
            before = _OF_ANOTHER_YEAR.search(ahead)
            if _TOGETHER.search(ahead) or (before and (year is None or not before.group().startswith(str(year)))):
                continue
            yield Found(claim, match.group(), {name: one for name, one in match.groupdict().items() if one})


def change(now: int, before: int) -> str:
    """How a number stands to that of the year before, in number and per cent."""
    if now == before:
        return "与上年持平"
    more, by = ("增加", "增长") if now > before else ("减少", "下降")
    number = abs(now - before)
    return f"比上年{more}{number}件" + (f"，{by}{share(number, before)}%" if before else "")


def share(part: int, of: int) -> str:
    """Per cent with one decimal, rounded half up, without a final nought."""
    tenths = (2000 * part + of) // (2 * of)
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


@lru_cache(maxsize=256)
def _pattern(claim: Claim) -> re.Pattern[str]:
    made, first = "", True
    for piece in _TAIL.split(claim.text):
        inner = piece[1:-1] if piece.startswith("[") else piece
        part = ""
        for token in _SLOT.split(inner):
            if _SLOT.fullmatch(token):
                part += f"{'' if token.endswith('_change}') else _BETWEEN}(?P<{token[1:-1]}>{_of(token[1:-1])})"
            elif token:
                literal = re.escape(token)
                part += f"(?:{literal}|{claim.heads})" if first and claim.heads else literal
                first = False
        made += f"(?:{part})?" if inner is not piece else part
    return re.compile(made)


def _of(name: str) -> str:
    if name.endswith("_change"):
        return _CHANGE
    return _DECIMAL if name.endswith(("_share", "_yuan")) else _COUNT


def _rows(begins: str) -> tuple[tuple[str, str], ...]:
    return tuple(("3", row.code) for row in ROWS if row.code == begins or row.code.startswith(f"{begins}."))


_ASKED = r"(?:(?:政府)?信息公开(?:的)?申请|依申请公开(?:政府信息)?(?:申请)?|申请)"
_RESULTS = "[，其中结果维持{%(of)s_upheld}件、结果纠正{%(of)s_corrected}件、其他结果{%(of)s_other}件、尚未审结{%(of)s_pending}件]"
_CAME = rf"(?:新收到?|受理|(?:本年度?|全年|共)收到)(?:的)?{_ASKED}?|(?:收到|接到)(?:的)?{_ASKED}"
NEW = Claim("new", "新收政府信息公开申请{new}件[，{new_change}]", "表三第一项总计", _CAME, _rows("1"))
CARRIED_IN = Claim(
    "carried_in", "上年结转{carried_in}件", "表三第二项总计", rf"上年度?结转(?:的)?{_ASKED}?", _rows("2")
)
DONE = Claim(
    "done",
    "办结{done}件[，{done_change}]",
    "表三第三项（七）总计",
    rf"(?:办结|办理答复|(?:均已|共|已)答复)(?:的)?{_ASKED}?",
    _rows("3.7"),
)
OPEN = Claim(
    "open",
    "结转下年度继续办理{open}件",
    "表三第四项总计",
    rf"结转下(?:一)?年度?(?:继续办理)?(?:的)?{_ASKED}?",
    _rows("4"),
)
NATURAL = Claim("natural", "自然人申请{natural}件[，占{natural_share}%]", "表三第一项自然人", "", _rows("1"))
LEGAL = Claim(
    "legal", "法人或者其他组织申请{legal}件", "表三第一项法人或其他组织之和", "法人(?:和|及|或)其他组织申请", _rows("1")
)
DISCLOSED = Claim("disclosed", "予以公开{disclosed}件", "表三第三项（一）总计", "全部公开", _rows("3.1"))
PARTIAL = Claim("partial", "部分公开{partial}件", "表三第三项（二）总计", "", _rows("3.2"))
REFUSED = Claim("refused", "不予公开{refused}件", "表三第三项（三）各行之和", "", _rows("3.3"))
UNABLE = Claim("unable", "无法提供{unable}件", "表三第三项（四）各行之和", "", _rows("3.4"))
UNTREATED = Claim("untreated", "不予处理{untreated}件", "表三第三项（五）各行之和", "", _rows("3.5"))
OTHER = Claim("other", "其他处理{other}件", "表三第三项（六）各行之和", "", _rows("3.6"))
GIVEN = Claim(
    "given",
    "予以公开和部分公开占办结的{given_share}%",
    "表三第三项（一）（二）与（七）总计",
    "",
    (*_rows("3.1"), *_rows("3.2")),
)
GIVEN_TOGETHER = Claim(
    "given_together",
    "予以公开和部分公开{given}件",
    "表三第三项（一）（二）总计之和",
    "(?:予以|全部)公开(?:以及|和|及|与|、)部分公开",
    (*_rows("3.1"), *_rows("3.2")),
)
REVIEW = Claim(
    "review",
    "行政复议{review}件[，{review_change}]" + _RESULTS % {"of": "review"},
    "表四行政复议",
    "行政复议案件",
    (("4", "review"),),
)
SUIT = Claim(
    "suit",
    "行政诉讼{suit}件[，{suit_change}]" + _RESULTS % {"of": "suit"},
    "表四行政诉讼两类之和",
    "行政诉讼案件",
    (("4", "suit_direct"), ("4", "suit_after_review")),
)
RULES = Claim(
    "rules",
    "本年制发行政规范性文件{rules_made}件、废止{rules_repealed}件，现行有效{rules_valid}件",
    "表二行政规范性文件",
    "",
    (("2", "normative"),),
)
REGULATIONS = Claim(
    "regulations",
    "本年制发规章{regulations_made}件、废止{regulations_repealed}件，现行有效{regulations_valid}件",
    "表二规章",
    "",
    (("2", "regulations"),),
)
LICENCES = Claim("licences", "行政许可处理决定{licences}件", "表二行政许可", "", (("2", "licences"),))
PENALTIES = Claim("penalties", "行政处罚处理决定{penalties}件", "表二行政处罚", "", (("2", "penalties"),))
COERCION = Claim("coercion", "行政强制处理决定{coercion}件", "表二行政强制", "", (("2", "coercion"),))
FEES = Claim(
    "fees",
    "收取信息处理费的申请{fee_requests}件[，共{fee_yuan}元]",
    "信息处理费缴费记录",
    "(?:收取|收缴)信息处理费(?:的申请)?",
)
CLAIMS: tuple[Claim, ...] = (
    NEW, CARRIED_IN, DONE, OPEN, NATURAL, LEGAL, DISCLOSED, PARTIAL, REFUSED, UNABLE, UNTREATED, OTHER, GIVEN, GIVEN_TOGETHER,
    REVIEW, SUIT, RULES, REGULATIONS, LICENCES, PENALTIES, COERCION, FEES,
)  # fmt: skip
"""Every claim that is looked for in a text."""
