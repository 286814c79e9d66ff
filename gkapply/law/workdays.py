"""Working days (工作日): Monday to Friday, less holidays and shifted rest days, plus make-up days (调休上班日).

A calendar is data: the yearly notices of 国务院办公厅 on holidays, kept in ``calendar_cn.json`` with each year's 文号.
Beyond the last published year only weekends are known; those dates are provisional (暂按周末推算) and say so.

A date is answered from a table of prefix counts by day ordinal, so that "received + 20 working days" is two list
look-ups however many holidays lie between.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise, takewhile
from operator import attrgetter
from typing import Any

from gkapply.law.holiday_notice import SATURDAY, HolidayNotice, read_notices
from gkapply.law.refusal import Refusal

NATIONAL = "CN"
WEEKEND = "周末"
PROVISIONAL_YEARS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The working days of one region, immutable, from ``published_from`` to ten years beyond ``published_until``.

    ``code`` names the region (CN = the whole country), ``version`` the edition of the data: both belong in whatever
    keeps a date that was computed with it.
    """

    code: str
    version: str
    published_from: date
    published_until: date
    known_until: date
    _holidays: Mapping[int, str] = field(repr=False)
    _first_ordinal: int = field(repr=False)
    _positions: tuple[int, ...] = field(repr=False)
    _workdays: tuple[date, ...] = field(repr=False)

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> "Calendar":
        """The calendar that a payload of the shape of ``calendar_cn.json`` describes.

        A year whose notice is not out yet carries no ``off_days`` and ends the published part. Raises Refusal naming
        the year and the day when a day is no date, is both off and make-up, belongs to no named holiday, or a year is
        missing.
        """
        return cls.assemble(_text(payload, "code"), _text(payload, "version"), read_notices(payload))

    @classmethod
    def assemble(
        cls, code: str, version: str, national: Iterable[HolidayNotice], regional: Iterable[HolidayNotice] = ()
    ) -> "Calendar":
        """The calendar of a region from the notices of the whole country and those of the region's own festivals.

        A year that is only planned (预排) gives its days, but ends the published part. On a day of which both speak the
        region's notice holds. Raises Refusal when there is no published year, or one between two others is missing.
        """
        years = sorted(national, key=attrgetter("year"))
        first, last = _published(years)
        holidays: dict[int, str] = {}
        makeup: set[int] = set()
        for notice in (*years, *sorted(regional, key=attrgetter("year"))):
            holidays = {day: name for day, name in holidays.items() if day not in notice.makeup} | dict(notice.off)
            makeup = (makeup - notice.off.keys()) | notice.makeup
        known_until = date(last.year + PROVISIONAL_YEARS, 12, 31)
        positions: list[int] = []
        workdays: list[date] = []
        for ordinal in range(first.toordinal(), known_until.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if ordinal in makeup or (ordinal not in holidays and day.weekday() < SATURDAY):
                workdays.append(day)
            positions.append(len(workdays))
        return cls(
            code=code,
            version=version,
            published_from=first,
            published_until=last,
            known_until=known_until,
            _holidays=holidays,
            _first_ordinal=first.toordinal(),
            _positions=tuple(positions),
            _workdays=tuple(workdays),
        )

    def add(self, day: date, count: int) -> date:
        """The ``count``-th working day strictly after ``day`` (《民法典》第二百零一条: the first day does not count).

        ``count`` is at least 1 (ValueError otherwise). Raises Refusal when the calendar does not reach that far.
        """
        index = day.toordinal() - self._first_ordinal
        if count < 1:
            raise ValueError("count must be at least 1")
        if index < 0:
            raise self._unknown(day)
        try:
            return self._workdays[self._positions[index] + count - 1]
        except IndexError:
            raise self._unknown(day) from None

    def position(self, day: date) -> int:
        """How many working days the calendar holds up to and including ``day``: dates as numbers to count with.

        Raises Refusal when the day lies outside the calendar.
        """
        index = day.toordinal() - self._first_ordinal
        if index < 0:
            raise self._unknown(day)
        try:
            return self._positions[index]
        except IndexError:
            raise self._unknown(day) from None

    def workday_at(self, position: int) -> date:
        """The working day whose ``position`` is this one (1 or more). Raises Refusal beyond the calendar."""
        if position < 1:
            raise ValueError("position must be at least 1")
        try:
            return self._workdays[position - 1]
        except IndexError:
            raise self._unknown(self.known_until) from None

    def count(self, after: date, until: date) -> int:
        """Working days w with ``after`` < w <= ``until``; negative when ``until`` lies before ``after``."""
        return self.position(until) - self.position(after)

    def is_workday(self, day: date) -> bool:
        """Whether the office works on that day. Raises Refusal when the day lies outside the calendar."""
        position = self.position(day)
        return position > 0 and self._workdays[position - 1] == day

    def why_off(self, day: date) -> str | None:
        """Why the day is no working day: the holiday's name (「国庆节」) or 「周末」; None on a working day."""
        if self.is_workday(day):
            return None
        return self._holidays.get(day.toordinal(), WEEKEND)

    def is_provisional(self, day: date) -> bool:
        """Whether the day lies beyond the published notices, where only weekends are known."""
        return day > self.published_until

    def _unknown(self, day: date) -> Refusal:
        return Refusal(
            f"日期超出工作日日历（{self.code}，{self.published_from} 至 {self.known_until}），无法从 {day} 起推算",
            do="请核对日期；确需推算的，先导入相应年份的放假安排",
        )


@cache
def shipped_notices() -> tuple[HolidayNotice, ...]:
    """The notices of the whole country that come with the program, in the order of their years."""
    return read_notices(_shipped())


@cache
def national_calendar() -> Calendar:
    """The calendar of the whole country that comes with the program; built once."""
    return Calendar.from_payload(_shipped())


def _shipped() -> dict[str, Any]:
    payload = json.loads(files("gkapply.law").joinpath("calendar_cn.json").read_text(encoding="utf-8"))
    assert isinstance(payload, dict)
    return payload


def calendar(code: str) -> Calendar:
    """The calendar of a region by its code. Raises Refusal when there is none."""
    if code == NATIONAL:
        return national_calendar()
    raise Refusal(f"没有代码为「{code}」的工作日日历", do=f"全国日历的代码是 {NATIONAL}", field="calendar")


def _published(years: Sequence[HolidayNotice]) -> tuple[date, date]:
    """The first and the last day of the published years. Raises Refusal for none, or for a gap."""
    for earlier, later in pairwise(years):
        if later.year != earlier.year + 1:
            raise Refusal(f"日历缺少 {earlier.year + 1} 年的安排", do="请先导入缺少的年份", field="years")
    published = list(takewhile(attrgetter("published"), years))
    if not published:
        raise Refusal("日历中没有任何已公布的年份", field="years")
    return date(published[0].year, 1, 1), date(published[-1].year, 12, 31)


def _text(payload: Mapping[str, Any], name: str) -> str:
    value = payload.get(name)
    if not isinstance(value, str) or not value:
        raise Refusal(f"日历缺少 {name}", field=name)
    return value
