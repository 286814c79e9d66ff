"""What is odd about a sound row of a register: told (提示), never refused."""

from collections.abc import Iterator

from gkapply.law.periods import PeriodName, period
from gkapply.law.register_facts import Standing
from gkapply.law.register_rows import Odd, RegisterRow
from gkapply.law.workdays import Calendar


def oddities(row: RegisterRow, calendar: Calendar, standing: Standing | None) -> Iterator[Odd]:
    """What is odd about a row, with what its facts come to where it has any."""
    if row.is_open and standing is None:
        yield Odd.UNCHECKED
    if row.replied_on is None or row.replied_on < calendar.published_from:
        return
    if not calendar.is_workday(row.replied_on):
        yield Odd.REST_DAY
    if row.answered_on is not None:
        if row.delivered_on is None:
            yield Odd.NO_PROOF
        yield from _late(row, calendar, standing)


def _late(row: RegisterRow, calendar: Calendar, standing: Standing | None) -> Iterator[Odd]:
    assert row.answered_on is not None
    if standing is not None:
        due_on = standing.reckoning.reply_due_on
        if due_on is not None and row.answered_on > due_on:
            yield Odd.OVERDUE
    elif row.received_on >= calendar.published_from:
        term = period(PeriodName.REPLY, row.received_on)
        if row.answered_on > calendar.add(row.received_on, term.amount):
            yield Odd.LATE
