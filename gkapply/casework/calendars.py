"""Which working-day calendar applies: the shipped one of the whole country, overlaid by the editions that were imported.

An organ's row names its region and the newest edition that its calendar rests on. Editions are never changed, so the two
together fix the calendar: a process keeps it under them, and sees an import made by another process with the next organ that
it reads, at no statement more.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, object_session

from gkapply.casework.calendar_records import CalendarEdition
from gkapply.casework.people import Organ
from gkapply.law.holiday_notice import HolidayNotice, read_notice
from gkapply.law.refusal import Refusal
from gkapply.law.workdays import NATIONAL, Calendar, national_calendar, shipped_notices

SHELF = "calendars"
"""Under this name a session carries the calendars that its process has built for its database."""
NATIONAL_NAME = "全国"
_MOST_KEPT = 64

Notices = dict[tuple[str, int], HolidayNotice]
"""The notice in force of each region and year."""


@dataclass(frozen=True, slots=True)
class YearInForce:
    """One year of a region's calendar as it holds now: its notice, and the edition it came with (None: shipped)."""

    region: str
    notice: HolidayNotice
    edition: CalendarEdition | None


def calendar_of(organ: Organ) -> Calendar:
    """The calendar by which the organ counts."""
    if organ.calendar == NATIONAL and not organ.calendar_edition:
        return national_calendar()
    session = object_session(organ)
    if session is None:
        raise RuntimeError("the organ's calendar is in the database: ask for it within the unit that read the organ")
    return calendar_at(session, organ.calendar, organ.calendar_edition)


def calendar_at(session: Session, region: str, edition: int) -> Calendar:
    """The calendar of a region as the editions up to that one make it."""
    if region == NATIONAL and not edition:
        return national_calendar()
    shelf: dict[tuple[str, int], Calendar] = session.info.get(SHELF, {})
    found = shelf.get((region, edition))
    if found is None:
        found = assemble(region, notices(session, region, edition), f"{region}-{edition}")
        if len(shelf) >= _MOST_KEPT:
            shelf.clear()
        shelf[region, edition] = found
    return found


def assemble(region: str, found: Notices, version: str) -> Calendar:
    """The region's calendar from the notices in force, those of the country among them. Raises Refusal for a gap."""
    national = [notice for (of, _), notice in found.items() if of == NATIONAL]
    regional = [notice for (of, _), notice in found.items() if of == region != NATIONAL]
    return Calendar.assemble(region, version, national, regional)


def notices(session: Session, region: str, edition: int | None = None) -> Notices:
    """The notices of the country and of the region that are in force, or were with ``edition`` as the newest."""
    found = {(NATIONAL, notice.year): notice for notice in shipped_notices()}
    for row in session.scalars(_editions(region, edition)):
        found[row.region, row.year] = notice_of(row)
    return found


def notice_of(edition: CalendarEdition) -> HolidayNotice:
    """The notice that an edition holds."""
    return read_notice(edition.year, json.loads(edition.payload))


def newest_edition(session: Session, region: str) -> int:
    """The key of the newest edition that the region's calendar rests on; 0 when it rests on the shipped one alone."""
    query = select(func.max(CalendarEdition.id)).where(CalendarEdition.region.in_({NATIONAL, region}))
    return session.scalar(query) or 0


def regions(session: Session) -> dict[str, str]:
    """Code and name of every region that has a calendar, the whole country first."""
    query = select(CalendarEdition.region, CalendarEdition.region_name).order_by(CalendarEdition.id)
    named = dict(session.execute(query.where(CalendarEdition.region != NATIONAL)).all())
    return {NATIONAL: NATIONAL_NAME, **dict(sorted(named.items()))}


def require_region(session: Session, code: str) -> None:
    """Raises Refusal when no calendar has that code."""
    known = regions(session)
    if code not in known:
        told = "、".join(f"{one}（{name}）" for one, name in known.items())
        raise Refusal(f"没有代码为「{code}」的工作日日历", do=f"现有：{told}", field="calendar")


def years_in_force(session: Session) -> Iterator[YearInForce]:
    """Every region's years as they hold now, the country first, the newest year first."""
    found = {(NATIONAL, one.year): YearInForce(NATIONAL, one, None) for one in shipped_notices()}
    for row in session.scalars(select(CalendarEdition).order_by(CalendarEdition.id)):
        found[row.region, row.year] = YearInForce(row.region, notice_of(row), row)
    yield from sorted(found.values(), key=lambda one: (one.region != NATIONAL, one.region, -one.notice.year))


def regions_resting_on(region: str, used: Iterable[str]) -> set[str]:
    """The regions among ``used`` whose calendar changes with an edition of ``region``."""
    return set(used) if region == NATIONAL else {region} & set(used)


def _editions(region: str, edition: int | None) -> Select[CalendarEdition]:
    query = select(CalendarEdition).where(CalendarEdition.region.in_({NATIONAL, region})).order_by(CalendarEdition.id)
    return query if edition is None else query.where(CalendarEdition.id <= edition)
