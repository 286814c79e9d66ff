"""The term of an annual report (条例第四十九条) and who is reminded of it: the statisticians and the head, on three levels.

A department hands its report in and publishes it by 31 January, the report of a people's government is published by 31 March; an
organ for which the article names no day (乡镇, 街道 …) follows the departments. The days are settings.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from gkapply.casework import annual_reports, notification
from gkapply.casework.access import system_in
from gkapply.casework.annual_report_records import AnnualReport
from gkapply.casework.notification import Tidings, holders
from gkapply.casework.people import DutyHolding, Organ
from gkapply.clock import day_of
from workflows.annual_report import MAKERS, AnnualReportState

SOON, LAST, OVER = 1, 2, 3
"""Levels of reminding: so many days before, once more shortly before, and when the term is over."""
KINDS = {SOON: "report_due", LAST: "report_due", OVER: "report_overdue"}
GOVERNMENT = "government"
DELIVERED = AnnualReportState.DELIVERED
JANUARY, MARCH = 1, 3


class _Due(NamedTuple):
    organ: Organ
    kept: AnnualReport | None
    level: int


def due_on(organ: Organ, year: int) -> date:
    """The last day for the report of ``year``."""
    settings = organ.office_settings()
    if organ.kind == GOVERNMENT:
        return date(year + 1, MARCH, settings.report_march_day)
    return date(year + 1, JANUARY, settings.report_january_day)


def is_due(session: Session, today: date) -> bool:
    """Whether there is an organ whose people have not been reminded on today's level."""
    return bool(_due(session, today))


def remind(session: Session, now: datetime) -> None:
    """Remind the people of every such organ, each once on each level; a report that nobody has begun begins with it."""
    today = day_of(now)
    year = today.year - 1
    found = _due(session, today)
    held = holders(session, [one.organ.id for one in found], MAKERS, today)
    tidings = []
    for organ, begun, level in found:
        kept = begun or annual_reports.begin(session, organ.id, year, system_in(organ.id), now)
        kept.told = level
        users = dict.fromkeys(user for duty in MAKERS for user in held.get((organ.id, duty), ()))
        codes = {"year": year, "due_on": due_on(organ, year).isoformat()}
        tidings.append(Tidings(organ.id, tuple(users), KINDS[level], kept.uid, codes, level))
    notification.tell_all(session, tidings, now)


def _due(session: Session, today: date) -> Sequence[_Due]:
    found = []
    for organ, kept in session.execute(_waiting(today)):
        level = _level(organ, today)
        if level > (kept.told if kept else 0):
            found.append(_Due(organ, kept, level))
    return found


def _waiting(today: date) -> Select[Organ, AnnualReport]:
    """Organs with somebody to remind, whose report of last year is not known to have been delivered."""
    of = AnnualReport
    held = exists().where(
        DutyHolding.organ_id == Organ.id,
        DutyHolding.duty.in_([duty.value for duty in MAKERS]),
        DutyHolding.ended_at.is_(None),
        DutyHolding.valid_from <= today,
        or_(DutyHolding.valid_to.is_(None), DutyHolding.valid_to >= today),
    )
    return (
        select(Organ, of)
        .outerjoin(of, and_(of.organ_id == Organ.id, of.year == today.year - 1))
        .where(Organ.accepts_applications, or_(Organ.valid_to.is_(None), Organ.valid_to >= today), held)
        .where(or_(of.id.is_(None), and_(of.delivered_on.is_(None), of.state != DELIVERED, of.told < OVER)))
        .order_by(Organ.id)
    )


def _level(organ: Organ, today: date) -> int:
    settings, last = organ.office_settings(), due_on(organ, today.year - 1)
    if today > last:
        return OVER
    if today >= last - timedelta(settings.report_last_reminder):
        return LAST
    return SOON if today >= last - timedelta(settings.report_first_reminder) else 0
