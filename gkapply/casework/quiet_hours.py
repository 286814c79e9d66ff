"""Quiet hours (免打扰时段): when nobody outside is disturbed, and when officials are not. Clock times of the office's zone."""

from datetime import datetime, time, timedelta

from gkapply.casework.calendars import calendar_of
from gkapply.casework.people import Organ
from gkapply.clock import OFFICE_ZONE
from gkapply.law.settings import OfficeSettings
from gkapply.law.workdays import Calendar, national_calendar

AT_ONCE_FOR = timedelta(minutes=15)
"""So long somebody still waits for what they asked for; afterwards it is a message like any other."""
_HORIZON = 30
"""Days ahead within which every calendar has a day on which people may be told."""


def is_quiet(now: datetime, settings: OfficeSettings, calendar: Calendar) -> bool:
    """Whether officials are left in peace: on rest days, and in their quiet hours."""
    local = now.astimezone(OFFICE_ZONE)
    if not settings.quiet_until <= local.hour < settings.quiet_from:
        return True
    return not calendar.is_workday(local.date())


def goes_at(moment: datetime, organ: Organ | None, *, to_staff: bool) -> datetime:
    """The first instant from ``moment`` on at which the organ may tell people; without an organ the defaults hold."""
    settings = organ.office_settings() if organ is not None else OfficeSettings()
    calendar = calendar_of(organ) if organ is not None else national_calendar()
    if to_staff:
        opens, closes, every_day = settings.quiet_until, settings.quiet_from, False
    else:
        opens, closes = settings.citizens_quiet_until, settings.citizens_quiet_from
        every_day = not settings.citizens_rest_days_quiet
    local = moment.astimezone(OFFICE_ZONE)
    for ahead in range(_HORIZON):
        day = local.date() + timedelta(days=ahead)
        first = datetime.combine(day, time(opens), OFFICE_ZONE)
        earliest = max(first, local) if ahead == 0 else first
        if earliest.hour < closes and earliest.date() == day and (every_day or calendar.is_workday(day)):
            return earliest.astimezone(moment.tzinfo)
    return moment


def is_asked_for_now(at_once: bool, posted_at: datetime, now: datetime) -> bool:
    """Whether somebody waits for it at this moment."""
    return at_once and now - posted_at <= AT_ONCE_FOR
