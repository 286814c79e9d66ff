"""Numbers of persons in a folded text: by their shape, their check digits, and the words that stand around them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from gkapply.law.identifiers import identity_number
from gkapply.law.refusal import Refusal
from gkapply.traces.trace import TraceKind

_GAP = r"[ \t\-–—‐‑·_]{0,2}"
_WIDE_GAP = r"(?:[ \t\-–—‐‑·*_]{0,2}|[ \t]?\r?\n)"
_BETWEEN = r"[ \t\-–—‐‑·]{1,2}"
_NO_AMOUNT = r"(?![0-9])(?!\.[0-9])(?!,[0-9]{3})(?!\s{0,2}(?:元|万|亿|平方|m2|吨|公里|千米|米|立方|千瓦|股|份|字节|%|人民币|美元))"
_NUMBER_BEFORE = r"(?<![0-9])(?<![0-9]\.)(?<![0-9],)(?<![¥$])"
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
_LATEST = date(2099, 12, 31)
_LONG_CODE = 20
"""Characters of a run of letters and digits that is a digest or a key, not a number of a person."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How one kind of number is written; ``fits`` looks at its bare characters and at the words before it."""

    kind: TraceKind
    pattern: re.Pattern[str]
    fits: Callable[[str, str], bool]
    group: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the folded text."""

    kind: TraceKind
    start: int
    end: int
    key: str


def numbers_in(text: str) -> Iterator[Hit]:
    """Every number of a person in the folded ``text``; places may overlap."""
    for shape in SHAPES:
        for match in shape.pattern.finditer(text):
            start, end = match.span(shape.group)
            bare = re.sub(r"[^0-9A-Za-z@.]", "", text[start:end]).upper()
            if shape.fits(bare, text[max(0, start - 16) : start]) and not _in_a_code(text, start, end):
                yield Hit(shape.kind, start, end, bare)


def _in_a_code(text: str, start: int, end: int) -> bool:
    """Whether the hit lies inside a long run of letters and digits (a digest, an address of a page)."""
    before = re.search(r"[0-9A-Za-z]*\Z", text[max(0, start - 64) : start])
    after = re.match(r"[0-9A-Za-z]*", text[end : end + 64])
    run = (before.group() if before else "") + text[start:end] + (after.group() if after else "")
    return len(run) > end - start and len(run) >= _LONG_CODE and any(sign.isalpha() for sign in run[:-1])


def is_identity(number: str) -> bool:
    """Whether these 18 characters are an identity number by region, birth date and check digit."""
    try:
        identity_number(number, _LATEST)
    except Refusal:
        return False
    return number[:2] in _PROVINCES


def is_card(number: str) -> bool:
    """Whether these digits pass Luhn's sum."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_day(digits: str) -> bool:
    """Whether eight digits are a day of this or the last century."""
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).year <= _LATEST.year
    except ValueError:
        return False


def _identity(number: str, before: str) -> bool:
    told = re.search(r"身份证|公民身份|证件号", before) is not None
    return is_identity(number) or (told and is_day(number[6:14]))


def _old_identity(number: str, before: str) -> bool:
    day = is_day(f"19{number[6:12]}")
    return number[:2] in _PROVINCES and day and not re.search(r"注册号|许可证|编号|文号|流水|订单|代码|条码", before)


def _bank_card(number: str, before: str) -> bool:
    begins = re.match(r"62|60|69|4|5[1-5]|35|9[4-9]", number) is not None
    labelled = re.search(r"(?:项目|信用|组织机构)?代码\W{0,3}$|(?:编|文|订单|流水|序列|条码)号?\W{0,3}$", before)
    return 16 <= len(number) <= 19 and begins and is_card(number) and labelled is None


def _landline(number: str, before: str) -> bool:
    return not is_day(number[-8:]) or re.search(r"电话|传真|座机|TEL", before.upper()) is not None


def _passport(number: str, before: str) -> bool:
    told = re.search(r"护照|通行证|证件|台胞证|回乡证", before) is not None
    return told or not is_day(number[-8:])


def _always(number: str, before: str) -> bool:
    return True


_MOBILE_GROUPS = "|".join(
    (
        rf"1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}",
        r"1[3-9][0-9][.\n][0-9]{4}[.\n][0-9]{4}",
        r"1[3-9][0-9]{5}\r?\n[0-9]{4}|1[3-9][0-9]\r?\n[0-9]{8}",
        rf"1[3-9][0-9]{{2}}{_BETWEEN}[0-9]{{3}}{_BETWEEN}[0-9]{{4}}",
        rf"1[3-9][0-9]{_BETWEEN}[0-9]{{3}}{_BETWEEN}[0-9]{{5}}",
        rf"1[3-9][0-9]{{2}}{_BETWEEN}[0-9]{{4}}{_BETWEEN}[0-9]{{3}}",
        rf"1[3-9][0-9]{{3}}{_BETWEEN}[0-9]{{6}}",
        rf"1{_BETWEEN}[3-9](?:{_BETWEEN}[0-9]){{9}}",
    )
)
_AREA = r"\(?0(?:10|2[0-9]|[3-9][0-9]{2})\)?"
SHAPES = (
    Shape(
        TraceKind.IDENTITY,
        re.compile(rf"(?<![0-9])[1-8](?:{_WIDE_GAP}[0-9]){{16}}{_WIDE_GAP}[0-9Xx](?![0-9A-Za-z])"),
        _identity,
    ),
    Shape(TraceKind.IDENTITY, re.compile(r"(?<![0-9A-Za-z])[1-8][0-9]{14}(?![0-9A-Za-z])"), _old_identity),
    Shape(
        TraceKind.BANK,
        re.compile(
            rf"(?<![0-9])(?:[0-9]{{16,19}}|[0-9]{{4}}(?:{_BETWEEN}[0-9]{{4}}){{3}}(?:{_BETWEEN}[0-9]{{1,3}})?"
            rf"|[0-9]{{6}}{_BETWEEN}[0-9]{{10,13}}){_NO_AMOUNT}"
        ),
        _bank_card,
    ),
    Shape(
        TraceKind.BANK,
        re.compile(
            r"(?:银行卡号?|卡号|账号|帐号|账户|帐户|存折号?)[^0-9A-Za-z\n]{0,12}([0-9](?:[ \-]?[0-9]){8,29})(?![0-9])"
        ),
        _always,
        1,
    ),
    Shape(
        TraceKind.MOBILE,
        re.compile(rf"{_NUMBER_BEFORE}(?:(?:\+|00)?86{_GAP})?(?:{_MOBILE_GROUPS}){_NO_AMOUNT}"),
        _always,
    ),
    Shape(
        TraceKind.LANDLINE,
        re.compile(
            rf"{_NUMBER_BEFORE}(?:{_AREA}{_GAP}|\+?86{_GAP}(?:10|2[0-9]|[3-9][0-9]{{2}}){_BETWEEN})"
            rf"[2-8][0-9]{{2,3}}{_GAP}[0-9]{{4}}{_NO_AMOUNT}(?:{_GAP}(?:转|\-)[0-9]{{1,6}})?"
        ),
        _landline,
    ),
    Shape(
        TraceKind.LANDLINE,
        re.compile(r"(?i:电话|座机|传真|\bTEL)[^0-9\n]{0,6}([2-8][0-9]{2,3}[- ]?[0-9]{4})(?![0-9])"),
        _always,
        1,
    ),
    Shape(
        TraceKind.EMAIL,
        # With bounds (RFC 5321, 4.5.3.1): without, a long run of letters would be walked to its end from each of them.
        re.compile(
            r"[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}\s?@\s?[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){0,9}\.[A-Za-z]{2,63}"
        ),
        _always,
    ),
    Shape(
        TraceKind.ACCOUNT,
        re.compile(r"(?i:QQ|微信|WeChat)(?:号码?|账号|帐号|(?i:ID))?\s{0,2}[::为是]?\s{0,2}([A-Za-z0-9_\-]{5,20})"),
        _always,
        1,
    ),
    Shape(
        TraceKind.PASSPORT,
        re.compile(
            r"(?<![0-9A-Za-z])(?:[EGPSDKCWHM][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|[HM][0-9]{10}|K[A-Z][0-9]{7})(?![0-9A-Za-z])"
        ),
        _passport,
    ),
    Shape(
        TraceKind.PLATE,
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• \-]?"
            r"(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[挂学警港澳])(?![0-9A-Za-z])"
        ),
        lambda number, before: sum(sign.isdigit() for sign in number) >= 2,
    ),
)
"""Every shape, the surest first: where two overlap the first one holds."""
