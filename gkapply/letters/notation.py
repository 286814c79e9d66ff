"""How dates, articles and counts are written in a letter."""

import re
from datetime import date

_CHINESE_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def chinese_date(day: date) -> str:
    """The date as a letter writes it, without leading zeros: 「2026年3月2日」 (GB/T 9704-2012)."""
    return f"{day.year}年{day.month}月{day.day}日"


def read_chinese_date(text: str) -> date | None:
    """The date that ``chinese_date`` wrote; None when the text is no date."""
    found = _CHINESE_DATE.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def working_days(count: int) -> str:
    """A term in a letter: 「15个工作日」."""
    return f"{count}个工作日"


def cite(article: str) -> str:
    """An article as a letter cites it once 《条例》 is introduced: 「条例第三十条」 becomes 「《条例》第三十条」.

    Provisions of other laws, which name their law in 书名号, stay as they are.
    """
    return f"《条例》{article.removeprefix('条例')}" if article.startswith("条例") else article


def sentence(text: object) -> str:
    """The text with a full stop, unless it ends with a mark of its own: what officials type often lacks it."""
    written = str(text).rstrip()
    if not written or written[-1] in "。！？；…":
        return written
    if written[-1] in "”’）」』" and len(written) > 1 and written[-2] in "。！？…":
        return written
    return written.rstrip(".;，,、") + "。"
