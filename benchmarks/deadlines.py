"""Deadline arithmetic against the day loop of a holiday package."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar

from benchmarks.measure import Goal, in_turn
from gkapply.law.clocks import reckon
from gkapply.law.facts import Fact, FactKind
from gkapply.law.workdays import national_calendar

DATES = 2000
LOOPED = 100
TERM = 20


def day_loop(day: date, working_days: int) -> date:
    """The plain way: ask the package about one day after the other."""
    while working_days:
        day += timedelta(1)
        working_days -= chinese_calendar.is_workday(day)
    return day


def run() -> Iterator[Goal]:
    """Plain addition, and a reckoning with two stops and an extension."""
    calendar = national_calendar()
    chance = random.Random(1)
    days = [date(2019, 1, 2) + timedelta(chance.randrange(2600)) for _ in range(DATES)]
    assert all(calendar.add(day, TERM) == day_loop(day, TERM) for day in days[:300])

    def ours() -> int:
        add = calendar.add
        for day in days:
            add(day, TERM)
        return DATES

    def loop() -> int:
        for day in days[:LOOPED]:
            day_loop(day, TERM)
        return LOOPED

    received, facts = date(2026, 3, 2), eventful()

    def stopped() -> int:
        for _ in range(DATES):
            _ = reckon(received, facts, calendar).reply_due_on
        return DATES

    seconds = in_turn({"ours": ours, "loop": loop, "stopped": stopped})
    yield Goal(
        "plain deadline, times faster than the day loop",
        seconds["loop"] / seconds["ours"],
        1000,
        at_most=False,
        remark=f"{seconds['ours'] * 1e9:.0f} ns",
    )
    yield Goal("deadline with two stops and an extension", seconds["stopped"] * 1e6, 5, "µs")


def eventful() -> tuple[Fact, ...]:
    """The facts of an eventful case: a third party that answers, another that is silent, an extension."""
    return (
        Fact(FactKind.THIRD_PARTY_ASKED, date(2026, 3, 10), party="P1", received_on=date(2026, 3, 12)),
        Fact(FactKind.THIRD_PARTY_ASKED, date(2026, 3, 11), party="P2", received_on=date(2026, 3, 13)),
        Fact(FactKind.THIRD_PARTY_ANSWERED, date(2026, 3, 25), party="P1"),
        Fact(FactKind.EXTENSION, date(2026, 3, 27), working_days=10, told_on=date(2026, 3, 30)),
    )
