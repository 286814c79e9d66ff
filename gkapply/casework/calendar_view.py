"""A year of a calendar as people look at it: month by month, with where its days were published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import calendars
from gkapply.law.holiday_notice import SATURDAY, HolidayNotice
from gkapply.law.refusal import Refusal
from gkapply.law.workdays import NATIONAL, WEEKEND, Calendar


@dataclass(frozen=True, slots=True)
class Month:
    """One month: how many working days, the days off with the holiday's name, the make-up days."""

    number: int
    workdays: int
    off: tuple[tuple[date, str], ...]
    makeup: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a region: whether its notice is out, what was published where, the twelve months."""

    region: str
    region_name: str
    year: int
    published: bool
    version: str
    notices: tuple[HolidayNotice, ...]
    """That of the country, then that of the region; either may be missing."""
    months: tuple[Month, ...]

    @property
    def workdays(self) -> int:
        """Working days of the whole year."""
        return sum(month.workdays for month in self.months)

    def as_json(self) -> dict[str, Any]:
        """The answer of ``gkapply calendar show --json``."""
        return {
            "region": self.region,
            "name": self.region_name,
            "year": self.year,
            "version": self.version,
            "published": self.published,
            "notice": "；".join(one.notice for one in self.notices if one.notice) or None,
            "sources": [_source(one) for one in self.notices],
            "off_days": [day.isoformat() for month in self.months for day, _ in month.off],
            "makeup_workdays": [day.isoformat() for month in self.months for day in month.makeup],
            "workdays": self.workdays,
            "months": [_month(month) for month in self.months],
        }


def year_of(session: Session, region: str, year: int) -> Year:
    """The year as it is counted by in the region. Raises Refusal for an unknown region or a year beyond the calendar."""
    names = calendars.regions(session)
    calendars.require_region(session, region)
    calendar = calendars.calendar_at(session, region, calendars.newest_edition(session, region))
    if not calendar.published_from.year <= year <= calendar.known_until.year:
        raise Refusal(
            f"日历只有 {calendar.published_from.year} 至 {calendar.known_until.year} 年", do="请核对年份", field="year"
        )
    found = calendars.notices(session, region)
    told = tuple(found[of, year] for of in dict.fromkeys((NATIONAL, region)) if (of, year) in found)
    return Year(
        region=region,
        region_name=names[region],
        year=year,
        published=not calendar.is_provisional(date(year, 12, 31)),
        version=calendar.version,
        notices=told,
        months=tuple(_months(calendar, year)),
    )


def _months(calendar: Calendar, year: int) -> Iterator[Month]:
    """A day off is one that a notice names; weekends without a name are not listed."""
    day, days = date(year, 1, 1), []
    while day.year == year:
        days.append(day)
        day += timedelta(days=1)
    for number in range(1, 13):
        here = [one for one in days if one.month == number]
        working = [one for one in here if calendar.is_workday(one)]
        off = ((one, calendar.why_off(one) or WEEKEND) for one in here if not calendar.is_workday(one))
        yield Month(
            number,
            len(working),
            tuple((one, name) for one, name in off if name != WEEKEND),
            tuple(one for one in working if one.weekday() >= SATURDAY),
        )


def _source(notice: HolidayNotice) -> Mapping[str, Any]:
    return {
        "notice": notice.notice,
        "title": notice.title,
        "address": notice.address,
        "provisional": not notice.published,
    }


def _month(month: Month) -> Mapping[str, Any]:
    return {
        "month": month.number,
        "workdays": month.workdays,
        "off": [{"on": day.isoformat(), "name": name} for day, name in month.off],
        "makeup": [day.isoformat() for day in month.makeup],
    }
