"""The information processing fee (信息处理费): two progressive tariffs, of which a request bears one (国办函〔2020〕109号).

By items (按件): the requests that one applicant made to one organ in one calendar month. By pages (按量): the pages of one
request. The rows are dated; the tariff of the day of the fee notice counts. No function adds both tariffs up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gkapply.law.periods import FEE_RULES_SINCE
from gkapply.law.refusal import Refusal

FEE_ARTICLE = "国办函〔2020〕109号"


class FeeMode(StrEnum):
    """Which of the two tariffs applies to a request; the office chooses one per request."""

    ITEM = "item"
    PAGE = "page"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return "按件计收" if self is FeeMode.ITEM else "按量计收"

    @property
    def unit(self) -> str:
        """What is counted."""
        return "件" if self is FeeMode.ITEM else "页"


@dataclass(frozen=True, slots=True)
class Band:
    """From number ``first`` on each costs ``yuan``; where ``every`` is set, ``more`` is added after each so many."""

    first: int
    yuan: int
    every: int | None = None
    more: int = 0


@dataclass(frozen=True, slots=True)
class Tariff:
    """One tariff as one edition of the rules has it. The bands ascend; the first begins at 1."""

    mode: FeeMode
    since: date
    bands: tuple[Band, ...]
    article: str = FEE_ARTICLE

    def steps(self) -> Iterator[tuple[int, int | None, int]]:
        """First number, last number (None: no end) and price of each step, ascending, a growing band step by step."""
        for band, following in zip(self.bands, [*self.bands[1:], None], strict=True):
            end = None if following is None else following.first - 1
            first, yuan = band.first, band.yuan
            while band.every is not None and (end is None or first + band.every <= end):
                yield first, first + band.every - 1, yuan
                first, yuan = first + band.every, yuan + band.more
            yield first, end, yuan


TARIFFS: tuple[Tariff, ...] = (
    Tariff(FeeMode.ITEM, FEE_RULES_SINCE, (Band(1, 0), Band(11, 100), Band(31, 200, every=10, more=100))),
    Tariff(FeeMode.PAGE, FEE_RULES_SINCE, (Band(1, 0), Band(31, 10), Band(101, 20), Band(201, 40))),
)
_MOST = {FeeMode.ITEM: 9_999, FeeMode.PAGE: 999_999}


@dataclass(frozen=True, slots=True)
class Fee:
    """An amount in whole yuan, and how it came about, line by line in Chinese."""

    yuan: int
    working: tuple[str, ...]


def fee_of_items(count: int, on: date) -> Fee:
    """The fee of all ``count`` requests of one applicant to one organ in one month, by items.

    Raises Refusal for a count outside 1 to 9999 and for a day before the rules were in force.
    """
    return _progressive(_tariff(FeeMode.ITEM, on), _checked(FeeMode.ITEM, count, "count"))


def fee_of_kth(k: int, on: date) -> Fee:
    """The fee that the k-th request of the month bears alone, by items. Raises Refusal as ``fee_of_items``."""
    _checked(FeeMode.ITEM, k, "count")
    steps = _tariff(FeeMode.ITEM, on).steps()
    first, last, yuan = next(step for step in steps if step[1] is None or k <= step[1])
    price = f"{yuan}元" if yuan else "不收费"
    return Fee(yuan, (f"当月第{k}件，适用{_span(first, last)}件的标准：{price}",))


def fee_of_pages(pages: int, on: date) -> Fee:
    """The fee of one request whose answer has so many pages (A4 or smaller, one side each), by pages.

    Pages of several requests are not added up. Raises Refusal for a number outside 1 to 999999 and for a day before
    the rules were in force.
    """
    return _progressive(_tariff(FeeMode.PAGE, on), _checked(FeeMode.PAGE, pages, "pages"))


def _progressive(tariff: Tariff, number: int) -> Fee:
    """The sum over the steps that the number reaches."""
    unit = tariff.mode.unit
    total = 0
    working = []
    for first, last, yuan in tariff.steps():
        if first > number:
            break
        end = number if last is None else min(last, number)
        count = end - first + 1
        if yuan:
            total += count * yuan
            working.append(f"{_span(first, end)}{unit}：{count}{unit}×{yuan}元/{unit}＝{count * yuan}元")
        else:
            working.append(f"{_span(first, end)}{unit}：不收费")
    working.append(f"合计：{total}元")
    return Fee(total, tuple(working))


def _span(first: int, last: int | None) -> str:
    if last is None:
        return f"第{first}及以上"
    return f"第{first}" if first == last else f"第{first}—{last}"


def _tariff(mode: FeeMode, on: date) -> Tariff:
    """The row of that tariff which holds on that day."""
    rows = [row for row in TARIFFS if row.mode is mode and row.since <= on]
    if not rows:
        raise Refusal(
            f"{on} 收取信息处理费没有依据：收费办法自 {FEE_RULES_SINCE} 起施行",
            FEE_ARTICLE,
            do="此前的申请不收费",
            field="on",
        )
    return max(rows, key=_since)


def _since(row: Tariff) -> date:
    return row.since


def _checked(mode: FeeMode, number: int, field: str) -> int:
    what = "申请件数" if mode is FeeMode.ITEM else "页数"
    if number < 1:
        raise Refusal(f"{what}至少为1，收到的是 {number}", FEE_ARTICLE, do=f"请核对{what}", field=field)
    if number > _MOST[mode]:
        raise Refusal(f"{what} {number} 超出 {_MOST[mode]}，不合常理", FEE_ARTICLE, do=f"请核对{what}", field=field)
    return number
