"""Importing holidays (放假安排): what would move is shown first; then one short unit writes the editions and posts the re-dating."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from gkapply.casework import calendars, journal, redating
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.calendar_file import HolidayFile
from gkapply.casework.calendar_records import CalendarEdition, Redating
from gkapply.casework.people import Organ
from gkapply.casework.redating_stretch import Derived, Reckoner, stretches
from gkapply.law.holiday_notice import SATURDAY, HolidayNotice
from gkapply.law.refusal import Stale
from gkapply.law.workdays import NATIONAL, Calendar
from workflows.duties import Duty

LISTED = 200
"""Cases that a preview names; all are counted."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do: the years that differ from what is in force, and the open cases whose due day would move."""

    region: str
    region_name: str
    basis: int
    """The newest edition that the preview rests on."""
    changed: tuple[HolidayNotice, ...]
    unchanged: tuple[int, ...]
    looked_at: int
    moved: int
    refused: int
    cases: tuple[Derived, ...]
    """The first LISTED of those that would move or could not be derived."""
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """The editions written and the run that re-dates the open cases; none when the file says nothing new."""

    editions: tuple[CalendarEdition, ...]
    run: Redating | None


def preview(session: Session, file: HolidayFile, *, listed: int | None = LISTED) -> Preview:
    """What importing ``file`` would do; writes nothing. Raises Refusal when the years would leave a gap."""
    changed = _changed(session, file)
    looked_at = moved = refused = 0
    cases: list[Derived] = []
    if changed:
        would_be = _would_be(session, file)
        for organ in session.scalars(_organs(file.region)).all():
            reckoner = Reckoner(would_be[organ.calendar], organ.office_settings())
            for one in stretches(session, organ.id, reckoner, redating.BATCH):
                looked_at += 1
                moved += one.moved
                refused += bool(one.problem)
                if (one.moved or one.problem) and (listed is None or len(cases) < listed):
                    cases.append(one)
    return Preview(
        region=file.region,
        region_name=file.region_name,
        basis=calendars.newest_edition(session, file.region),
        changed=changed,
        unchanged=tuple(one.year for one in file.notices if one not in changed),
        looked_at=looked_at,
        moved=moved,
        refused=refused,
        cases=tuple(cases),
        warnings=tuple(_warnings(file.region, changed)),
    )


def import_holidays(
    session: Session, file: HolidayFile, actor: Actor, now: datetime, *, basis: int | None = None
) -> Imported:
    """Write an edition of each year that differs from what is in force, and post the run that re-dates the open cases.

    ``basis`` is that of the preview. Raises NotPermitted unless the actor is the system administrator, Refusal when a year
    would be missing between others, Stale when another import came between preview and confirmation.
    """
    require(actor, Duty.SYSADMIN)
    session.execute(select(Organ.id).order_by(Organ.id).with_for_update(key_share=True)).all()
    changed = _changed(session, file)
    if not changed:
        return Imported((), None)
    if basis is not None and basis != calendars.newest_edition(session, file.region):
        raise Stale("预览之后，放假安排又有更新", do="请重新预览后再确认")
    _would_be(session, file)
    editions = [_edition(session, file, notice, actor, now) for notice in changed]
    session.add_all(editions)
    session.flush()
    newest = max(edition.id for edition in editions)
    counting_by = [] if file.region == NATIONAL else [Organ.calendar == file.region]
    session.execute(update(Organ).where(*counting_by).values(calendar_edition=newest))
    for one in editions:
        told: dict[str, Any] = {"region": one.region, "year": one.year, "calendar_version": one.version}
        journal.record(session, None, "calendar.import", actor.signature, now, **told, sha256=one.sha256)
    run = redating.begin(session, redating.IMPORT, actor.signature, now, region=file.region)
    return Imported(tuple(editions), run)


def _changed(session: Session, file: HolidayFile) -> tuple[HolidayNotice, ...]:
    """The years of the file that are not in force just so."""
    in_force = calendars.notices(session, file.region)
    return tuple(one for one in file.notices if in_force.get((file.region, one.year)) != one)


def _would_be(session: Session, file: HolidayFile) -> Mapping[str, Calendar]:
    """The calendar of each region that the file touches, as it would be with it. Raises Refusal for a gap."""
    used = {file.region, *calendars.regions(session), *session.scalars(select(Organ.calendar))}
    new = {(file.region, notice.year): notice for notice in file.notices}
    return {
        region: calendars.assemble(region, calendars.notices(session, region) | new, f"{region}-preview")
        for region in calendars.regions_resting_on(file.region, used)
    }


def _organs(region: str) -> Any:
    query = select(Organ).order_by(Organ.id)
    return query if region == NATIONAL else query.where(Organ.calendar == region)


def _edition(
    session: Session, file: HolidayFile, notice: HolidayNotice, actor: Actor, now: datetime
) -> CalendarEdition:
    earlier = select(CalendarEdition.version).where(
        CalendarEdition.region == file.region, CalendarEdition.year == notice.year
    )
    payload = journal.canonical(notice.payload())
    return CalendarEdition(
        region=file.region,
        region_name=file.region_name,
        year=notice.year,
        version=max(session.scalars(earlier), default=0) + 1,
        notice=notice.notice,
        title=notice.title,
        address=notice.address,
        published=notice.published,
        payload=payload,
        sha256=hashlib.sha256(payload.encode()).hexdigest(),
        imported_at=now,
        imported_by=actor.signature,
    )


def _warnings(region: str, notices: Sequence[HolidayNotice]) -> list[str]:
    """What is odd in the file and may still be right."""
    told = []
    for one in notices:
        if not one.notice:
            told.append(f"{one.year}年没有写明通知的文号，请补填后再确认")
        if region == NATIONAL and one.missing:
            told.append(f"{one.year}年没有{'、'.join(one.missing)}的放假日，请与通知核对")
        weekday_rest = [day for day in one.off if date.fromordinal(day).weekday() < SATURDAY]
        if region == NATIONAL and not weekday_rest:
            told.append(f"{one.year}年的放假日都是周末，请与通知核对")
        if not one.published:
            told.append(f"{one.year}年是预排，日期仍标为暂定")
    return told
