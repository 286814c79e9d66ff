"""What time calls for before and after the end of a term."""

from datetime import date, timedelta

import pytest

from gkapply.law.clocks import Clock, Running
from gkapply.law.prompts import NEVER, Call, Prompt, prompts
from gkapply.law.settings import OfficeSettings
from gkapply.law.workdays import national_calendar

CALENDAR = national_calendar()
REPLY = Running(Clock.REPLY, date(2026, 9, 30), "条例第三十三条第二款")
"""Ends on the day before the seven days of the National Day; 25 September is the Mid-Autumn Day, 10 October a make-up day."""
ANSWER = Running(Clock.CORRECTION_ANSWER, date(2026, 9, 30), "条例第三十条")
STANDARD = OfficeSettings()


def calls(clock: Running, today: date, settings: OfficeSettings = STANDARD) -> list[tuple[Call, int]]:
    found, _ = prompts([clock], today, CALENDAR, settings)
    return [(one.call, one.level) for one in found]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 9, 21), []),
        (date(2026, 9, 22), [(Call.REMIND, 5)]),
        (date(2026, 9, 25), [(Call.REMIND, 5)]),
        (date(2026, 9, 28), [(Call.REMIND, 2)]),
        (date(2026, 9, 29), [(Call.REMIND, 1)]),
        (date(2026, 9, 30), [(Call.REMIND, 0)]),
        (date(2026, 10, 1), []),
        (date(2026, 10, 7), []),
        (date(2026, 10, 8), [(Call.ESCALATE, 0)]),
        (date(2026, 10, 9), [(Call.ESCALATE, 0), (Call.ESCALATE, 1)]),
        (date(2026, 10, 11), [(Call.ESCALATE, 0), (Call.ESCALATE, 1)]),
        (date(2026, 10, 12), [(Call.ESCALATE, 0), (Call.ESCALATE, 1), (Call.ESCALATE, 2)]),
        (date(2026, 10, 16), [(Call.ESCALATE, level) for level in range(3)]),
        (date(2026, 10, 19), [(Call.ESCALATE, level) for level in range(4)]),
        (date(2027, 1, 1), [(Call.ESCALATE, level) for level in range(5)]),
    ],
)
def test_the_ladder_of_a_reply(today: date, expected: list[tuple[Call, int]]) -> None:
    assert calls(REPLY, today) == expected


def test_the_applicants_term_lapses_only_after_the_grace() -> None:
    grace_over = CALENDAR.add(date(2026, 9, 30), STANDARD.lapse_grace + 1)
    assert calls(ANSWER, grace_over - timedelta(days=1)) == []
    assert calls(ANSWER, grace_over) == [(Call.PROPOSE_LAPSE, 0)]


def test_a_term_whose_start_is_not_proved_calls_for_nothing() -> None:
    standing = Running(Clock.CORRECTION_ANSWER, None, "条例第三十条")
    assert prompts([standing], date(2026, 12, 1), CALENDAR, STANDARD) == ([], NEVER)


def test_the_levels_are_the_offices_own() -> None:
    eager = OfficeSettings(remind_first=10, remind_second=10, remind_third=1, escalate_signer_after=0)
    assert calls(REPLY, date(2026, 9, 14), eager) == []
    assert calls(REPLY, date(2026, 9, 16), eager) == [(Call.REMIND, 10)]
    assert calls(REPLY, date(2026, 9, 28), eager) == [(Call.REMIND, 10)]
    assert calls(REPLY, date(2026, 10, 8), eager) == [(Call.ESCALATE, 0), (Call.ESCALATE, 1)]


def test_looking_only_on_the_days_named_misses_nothing() -> None:
    """From one day named to the next, day by day: what is called for does not change but by passing the end."""
    seen: set[Prompt] = set()
    every: set[Prompt] = set()
    look_on = date(2026, 9, 1)
    for offset in range(120):
        today = date(2026, 9, 1) + timedelta(days=offset)
        found, later = prompts([REPLY, ANSWER], today, CALENDAR, STANDARD)
        every.update(found)
        if today >= look_on:
            seen.update(found)
            assert later > today
            look_on = later
    assert seen == every
    assert look_on == NEVER
