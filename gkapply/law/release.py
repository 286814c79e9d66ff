"""When information may leave against a third party's wish: the notice first, then a pause, then the information (条例第三十二条)."""

from datetime import date

from gkapply.law.workdays import Calendar


def held_through(delivered_on: date, hold_days: int, calendar: Calendar) -> date:
    """The last day on which the information is still held after the third party got the notice on ``delivered_on``.

    ``hold_days`` are working days; with none it may leave on the day of the delivery, and the day before is the last.
    """
    return calendar.add(delivered_on, hold_days) if hold_days else date.fromordinal(delivered_on.toordinal() - 1)


def free_from(delivered_on: date, hold_days: int, calendar: Calendar) -> date:
    """The first working day on which the information may leave (with no pause: the day of the delivery)."""
    return calendar.add(delivered_on, hold_days + 1) if hold_days else delivered_on
