"""What was judged in time when it was entered stays so: a later proof or notice of holidays does not make it late."""

from dataclasses import replace
from datetime import date

import pytest

from gkapply.law.clocks import reckon
from gkapply.law.facts import Fact, FactKind
from gkapply.law.refusal import Refusal
from gkapply.law.workdays import national_calendar

RECEIVED = date(2026, 3, 2)
CN = national_calendar()
LATE = (
    Fact(FactKind.CORRECTION_ASKED, date(2026, 3, 12)),
    Fact(FactKind.FEE_NOTICED, date(2026, 3, 31)),
    Fact(FactKind.EXTENSION, date(2026, 3, 31), working_days=10, told_on=date(2026, 3, 31)),
    Fact(FactKind.DELAYED, date(2026, 3, 31), until=date(2026, 6, 30)),
)


@pytest.mark.parametrize("fact", LATE, ids=lambda fact: fact.kind.value)
def test_a_late_fact_is_refused_when_it_is_entered_and_stands_once_settled(fact: Fact) -> None:
    with pytest.raises(Refusal, match="晚于"):
        reckon(RECEIVED, [fact], CN)
    assert reckon(RECEIVED, [replace(fact, settled=True)], CN).running


def test_a_settled_correction_restarts_the_clock_and_one_let_through_late_does_not() -> None:
    asked, received = LATE[0], Fact(FactKind.CORRECTION_RECEIVED, date(2026, 3, 20))
    in_time = reckon(RECEIVED, [replace(asked, settled=True), received], CN)
    let_through = reckon(RECEIVED, [replace(asked, settled=True, override=True), received], CN)
    assert (in_time.reply_due_on, let_through.reply_due_on) == (date(2026, 4, 20), date(2026, 3, 30))


def test_what_is_unlawful_by_itself_stays_refused() -> None:
    asked = replace(LATE[0], settled=True)
    with pytest.raises(Refusal, match="一次性"):
        reckon(RECEIVED, [asked, replace(asked, on=date(2026, 3, 13))], CN)
