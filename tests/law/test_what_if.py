"""What an extension told today would come to."""

from datetime import date

import pytest

from gkapply.law.clocks import Reckoning, reckon
from gkapply.law.facts import Fact, FactKind
from gkapply.law.refusal import Refusal
from gkapply.law.settings import ClockSettings
from gkapply.law.what_if import if_extended
from gkapply.law.workdays import national_calendar

CN = national_calendar()
RECEIVED = date(2026, 3, 2)
CHOICES = ClockSettings()
QUESTION = [
    Fact(FactKind.THIRD_PARTY_ASKED, date(2026, 3, 10), party="甲"),
    Fact(FactKind.THIRD_PARTY_ANSWERED, date(2026, 3, 25), party="甲"),
]


def test_the_new_day_is_told_and_nothing_is_changed() -> None:
    facts = list(QUESTION)
    found = if_extended(RECEIVED, facts, CN, CHOICES, date(2026, 4, 15), 10)
    assert isinstance(found, Reckoning)
    assert found.reply_due_on == date(2026, 4, 29)
    assert facts == QUESTION
    assert reckon(RECEIVED, facts, CN).reply_due_on == date(2026, 4, 15)


@pytest.mark.parametrize(
    ("on", "working_days", "more", "sentence"),
    [
        (date(2026, 4, 16), 10, [], "晚于答复期限届满之日 2026-04-15"),
        (date(2026, 4, 15), 21, [], "最长不得超过20个工作日"),
        (date(2026, 4, 15), 5, [Fact(FactKind.DELAYED, date(2026, 4, 1), until=date(2026, 6, 30))], "不能再延长"),
        (date(2026, 4, 15), 5, [Fact(FactKind.REPLIED, date(2026, 4, 14))], "已于 2026-04-14 答复"),
    ],
)
def test_the_refusal_is_handed_back(on: date, working_days: int, more: list[Fact], sentence: str) -> None:
    found = if_extended(RECEIVED, [*QUESTION, *more], CN, CHOICES, on, working_days)
    assert isinstance(found, Refusal)
    assert sentence in found.reason
