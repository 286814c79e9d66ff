"""Labels and figures as people print them: other widths of letters, blanks and line breaks inside, other signs for nothing."""

import re
import unicodedata

from gkapply.annual_form.figures import amount

LONGEST_NUMBER = 15
_KEPT = re.compile(r"[^0-9a-z\u3400-\u9fff]")
_NUMBERING = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?=\D)")
_NOTHING = frozenset({"", "/", "\\", "-", "--", "—", "——", "－", "–", "无", "零", "〇", "○", "./.", "n/a"})
_COUNT = re.compile(r"(\d+)(?:\.0+)?(?:件|个|次|条|项|宗|部)?")
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(万元|元)?")
_THOUSANDS = re.compile(r"(?<=\d)[,\s](?=\d{3}(?:\D|$))")
_BLANKS = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
"""Blanks anywhere but between two digits: there they may part two numbers."""
_YUAN = 4
"""Decimal places between 元 and 万元."""


def squeezed(text: str) -> str:
    """A label with nothing but its characters, letters and digits, in half width: however it was spaced, broken or pointed."""
    return _KEPT.sub("", unicodedata.normalize("NFKC", text).lower())


def core(text: str) -> str:
    """The squeezed label without its number: 「1．属于国家秘密」 and 「（1） 属于国家秘密」 are one."""
    return _NUMBERING.sub("", squeezed(text))


def count(text: str) -> int | None:
    """The number in a cell of tables 三 and 四; 0 for what people write where there is nothing. None for what is no number."""
    plain = _plain(text)
    if plain in _NOTHING:
        return 0
    match = _COUNT.fullmatch(plain)
    return int(match[1]) if match and len(match[1]) <= LONGEST_NUMBER else None


def is_blank(text: str) -> bool:
    """Whether the cell holds nothing at all."""
    return not _plain(text)


def money(text: str) -> str | None:
    """The amount in a cell, in 万元 as decimal text; what is given in 元 is turned into it. None for what is no amount."""
    plain = _plain(text)
    if plain in _NOTHING:
        return "0"
    match = _AMOUNT.fullmatch(plain)
    if match is None or len(match[1]) > LONGEST_NUMBER:
        return None
    return amount(f"{match[1]}e-{_YUAN}" if match[2] == "元" else match[1])


def _plain(text: str) -> str:
    # A formula-proof apostrophe and the quotes of pasted cells say nothing.
    stripped = unicodedata.normalize("NFKC", text).replace("\u200b", "").strip().strip("'\"").lower()
    return _BLANKS.sub("", _THOUSANDS.sub("", stripped))
