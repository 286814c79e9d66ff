"""The period that figures are counted over: a year of the annual report, a quarter, or any other (江西、内蒙古按季度报送)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from gkapply.law.refusal import Refusal

EARLIEST_YEAR = 2019
"""The year in which the revised 条例 came into force."""
LATEST_YEAR = 9998
QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From ``first`` up to the day before ``next_first``."""

    first: date
    next_first: date

    @classmethod
    def of_year(cls, year: int) -> Self:
        """The calendar year. Raises Refusal for one before the revised 条例, or that no calendar has."""
        if not EARLIEST_YEAR <= year <= LATEST_YEAR:
            raise Refusal(f"年度须在{EARLIEST_YEAR}年（条例修订施行）以后", "条例第五十条", field="year")
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def of_quarter(cls, year: int, quarter: int) -> Self:
        """Quarter 1 to 4 of a year. Raises Refusal for another one."""
        whole = cls.of_year(year)
        if not 1 <= quarter <= len(QUARTERS):
            raise Refusal("季度须为第一至第四季度", field="quarter")
        next_first = whole.next_first if quarter == len(QUARTERS) else date(year, 3 * quarter + 1, 1)
        return cls(date(year, 3 * quarter - 2, 1), next_first)

    @classmethod
    def between(cls, first: date, last: date) -> Self:
        """Both days included. Raises Refusal when the last is before the first, or the first before the revised 条例."""
        if last < first:
            raise Refusal("统计期间的止期早于起期", field="last")
        cls.of_year(first.year)
        cls.of_year(last.year)
        return cls(first, last + timedelta(days=1))

    @property
    def last(self) -> date:
        """The last day of it."""
        return self.next_first - timedelta(days=1)

    @property
    def year(self) -> int:
        """The year that it lies in, or begins in."""
        return self.first.year

    @property
    def is_year(self) -> bool:
        """Whether it is a whole calendar year."""
        return self == type(self).of_year(self.year)

    @property
    def label(self) -> str:
        """As a head names it: 2026年, 2026年第一季度, 2026年1月5日至2026年3月6日."""
        if self.is_year:
            return f"{self.year}年"
        for number, name in enumerate(QUARTERS, 1):
            if self == type(self).of_quarter(self.year, number):
                return f"{self.year}年{name}"
        days = (f"{day.year}年{day.month}月{day.day}日" for day in (self.first, self.last))
        return "至".join(days)
