"""Why this very day: every stretch of the term, also before it began anew and after the case ended."""

from datetime import date

import pytest

from gkapply.law.explanation import Explanation, explain
from gkapply.law.facts import Fact, FactKind
from gkapply.law.settings import ClockSettings
from gkapply.law.workdays import national_calendar

RECEIVED = date(2026, 3, 2)
TODAY = date(2026, 6, 1)


def told(*facts: Fact, today: date = TODAY) -> Explanation:
    return explain(RECEIVED, facts, national_calendar(), ClockSettings(), today)


def march(day: int) -> date:
    return date(2026, 3, day)


def test_a_plain_term_is_one_stretch_of_twenty_counted_days() -> None:
    explanation = told()
    (only,) = explanation.stretches
    assert (only.begins_on, only.because, only.term, explanation.due_on) == (RECEIVED, "收到申请", 20, march(30))
    assert [day.number for day in only.days if day.counts] == list(range(1, 21))
    assert (only.days[0].on, only.days[-1].on) == (march(3), march(30))


def test_the_days_before_a_correction_are_told_as_well() -> None:
    explanation = told(Fact(FactKind.CORRECTION_ASKED, march(11)), Fact(FactKind.CORRECTION_RECEIVED, march(20)))
    first, second = explanation.stretches
    assert (first.begins_on, first.due_on, first.days[-1].on) == (RECEIVED, None, march(20))
    assert [day.number for day in first.days if day.counts] == [1, 2, 3, 4, 5, 6, 7]
    assert {day.because for day in first.days if not day.counts} == {"周末", "等待补正"}
    assert (second.begins_on, second.because) == (march(20), "收到补正的申请，答复期限重新起算")
    assert explanation.due_on == second.due_on == date(2026, 4, 20)
    assert [day.number for day in second.days if day.counts] == list(range(1, 21))


def test_a_late_correction_that_restarts_nothing_begins_no_stretch() -> None:
    explanation = told(
        Fact(FactKind.CORRECTION_ASKED, march(12), override=True), Fact(FactKind.CORRECTION_RECEIVED, march(20))
    )
    assert len(explanation.stretches) == 1
    assert explanation.due_on == march(30)


def test_paying_the_fee_begins_a_new_stretch() -> None:
    explanation = told(Fact(FactKind.FEE_NOTICED, march(20), received_on=march(24)), Fact(FactKind.FEE_PAID, march(31)))
    first, second = explanation.stretches
    assert {day.because for day in first.days if not day.counts} == {"周末", "等待缴费"}
    assert (second.begins_on, explanation.due_on) == (march(31), date(2026, 4, 29))


@pytest.mark.parametrize(("replied", "in_time"), [(march(30), True), (march(31), False)])
def test_a_case_that_has_ended_still_tells_its_days(replied: date, in_time: bool) -> None:
    explanation = told(Fact(FactKind.REPLIED, replied))
    assert (explanation.due_on, explanation.in_time) == (march(30), in_time)
    assert len([day for day in explanation.stretches[0].days if day.counts]) == 20


def test_a_clock_that_stands_still_is_told_up_to_today() -> None:
    explanation = told(Fact(FactKind.THIRD_PARTY_ASKED, march(10), party="A"), today=march(20))
    assert explanation.due_on is None
    assert explanation.stretches[0].days[-1].on == march(20)
    waiting = [day.on for day in explanation.stretches[0].days if day.because == "征求第三方意见"]
    assert waiting == [march(day) for day in (11, 12, 13, 16, 17, 18, 19, 20)]


def test_the_json_names_every_fact_and_every_day() -> None:
    answer = told(Fact(FactKind.EXTENSION, march(27), working_days=10, told_on=march(28))).as_json()
    assert answer["reply_due_on"] == "2026-04-14"
    assert answer["facts"] == [{"kind": "extension", "label": "延期", "on": "2026-03-27"}]
    assert answer["stretches"][0]["working_days"] == 30
    assert answer["stretches"][0]["days"][0] == {"on": "2026-03-03", "counts": True, "number": 1}
