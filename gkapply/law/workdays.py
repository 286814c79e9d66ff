"""Working days (工作日): Monday to Friday, less holidays and shifted rest days, plus make-up days (调休上班日).

A calendar is data: the yearly notices of 国务院办公厅 on holidays, kept in ``calendar_cn.json`` with each year's 文号.
Beyond the last published year only weekends are known; those dates are provisional (暂按周末推算) and say so.

A date is answered from a table of prefix counts by day ordinal, so that "received + 20 working days" is two list
look-ups however many holidays lie between.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from operator import itemgetter
from typing import Any

from gkapply.law.json_values import read_date
from gkapply.law.refusal import Refusal

NATIONAL = "CN"
WEEKEND = "周末"
PROVISIONAL_YEARS = 10
_SATURDAY = 5
_LONGEST_HOLIDAY = 31


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
        years = _published_years(payload)
        holidays: dict[int, str] = {}
        makeup: set[int] = set()
        for year, notice in years:
            holidays.update(_holiday_names(year, notice))
            makeup.update(_days(year, notice, "makeup_workdays"))
        both = holidays.keys() & makeup
        if both:
            raise Refusal(f"日历中 {date.fromordinal(min(both))} 既是放假日又是调休上班日", field="years")
        first, last = date(years[0][0], 1, 1), date(years[-1][0], 12, 31)
        known_until = date(last.year + PROVISIONAL_YEARS, 12, 31)
        positions: list[int] = []
        workdays: list[date] = []
        for ordinal in range(first.toordinal(), known_until.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if ordinal in makeup or (ordinal not in holidays and day.weekday() < _SATURDAY):
                workdays.append(day)
            positions.append(len(workdays))
        return cls(
            code=_text(payload, "code"),
            version=_text(payload, "version"),
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
def national_calendar() -> Calendar:
    """The calendar of the whole country that comes with the program; built once."""
    text = files("gkapply.law").joinpath("calendar_cn.json").read_text(encoding="utf-8")
    return Calendar.from_payload(json.loads(text))


def calendar(code: str) -> Calendar:
    """The calendar of a region by its code. Raises Refusal when there is none."""
    if code == NATIONAL:
        return national_calendar()
    raise Refusal(f"没有代码为「{code}」的工作日日历", do=f"全国日历的代码是 {NATIONAL}", field="calendar")


def _published_years(payload: Mapping[str, Any]) -> list[tuple[int, Mapping[str, Any]]]:
    """The years with a notice, in order and without a gap."""
    entries = payload.get("years")
    if not isinstance(entries, Mapping):
        raise Refusal("日历缺少各年安排", field="years")
    years: list[tuple[int, Mapping[str, Any]]] = []
    for year, notice in entries.items():
        if not (isinstance(year, str) and re.fullmatch(r"(19|20)[0-9]{2}", year) and isinstance(notice, Mapping)):
            raise Refusal(f"日历的年份 {year!r} 应为四位年号及其安排", field="years")
        if "off_days" in notice:
            years.append((int(year), notice))
    if not years:
        raise Refusal("日历中没有任何已公布的年份", field="years")
    years.sort(key=itemgetter(0))
    for (earlier, _), (later, _) in pairwise(years):
        if later != earlier + 1:
            raise Refusal(f"日历缺少 {earlier + 1} 年的安排", field="years")
    return years


def _holiday_names(year: int, notice: Mapping[str, Any]) -> dict[int, str]:
    """The holiday's name by ordinal of the day off. Days off and named holidays must cover each other exactly."""
    names: dict[int, str] = {}
    for holiday in _entries(year, notice, "holidays"):
        if not isinstance(holiday, Mapping):
            raise Refusal(f"{year} 年日历的 holidays 应为对象的列表", field="holidays")
        first = read_date(holiday.get("off_from"), f"{year}.holidays.off_from")
        last = read_date(holiday.get("off_to"), f"{year}.holidays.off_to")
        if not 0 <= (last - first).days < _LONGEST_HOLIDAY:
            raise Refusal(f"{year} 年日历的放假区间 {first} 至 {last} 不合常理", field="holidays")
        for day in _range(first, last):
            names[day.toordinal()] = _text(holiday, "name")
    unmatched = names.keys() ^ set(_days(year, notice, "off_days"))
    if unmatched:
        raise Refusal(f"{year} 年日历的放假日与放假区间不一致：{date.fromordinal(min(unmatched))}", field="off_days")
    return names


def _days(year: int, notice: Mapping[str, Any], name: str) -> list[int]:
    return [read_date(value, f"{year}.{name}").toordinal() for value in _entries(year, notice, name)]


def _entries(year: int, notice: Mapping[str, Any], name: str) -> list[Any]:
    value = notice.get(name)
    if not isinstance(value, list):
        raise Refusal(f"{year} 年日历的 {name} 应为列表", field=name)
    return value


def _range(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def _text(payload: Mapping[str, Any], name: str) -> str:
    value = payload.get(name)
    if not isinstance(value, str) or not value:
        raise Refusal(f"日历缺少 {name}", field=name)
    return value
