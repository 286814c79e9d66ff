"""Fees, delayed replies, lapses and ordered days: dates worked out by hand on the 2026 calendar, written as literals."""

from typing import Any

import pytest

from gkapply.law.deadline_json import answer
from gkapply.law.refusal import Refusal
from gkapply.law.setting_choices import StopBegins
from gkapply.law.settings import ClockSettings
from tests.law.fact_files import (
    Facts,
    asked,
    case,
    corrected,
    delayed,
    ended,
    extended,
    fee,
    ordered,
    paid,
    third,
    third_answered,
)

FEE = "国办函〔2020〕109号"
LATE_QUESTION = asked("2026-03-05", received_on="2026-03-06")
NOTICE = fee("2026-03-23", "2026-03-24")


def of(*facts: dict[str, Any]) -> dict[str, Any]:
    return answer(case("2026-03-02", *facts))


@pytest.mark.parametrize(
    ("what", "facts", "due"),
    [
        ("paid in full", [NOTICE, paid("2026-03-31")], "2026-04-29"),
        ("paid after the term for paying", [NOTICE, paid("2026-04-27")], "2026-05-27"),
        ("paid on a rest day", [NOTICE, paid("2026-03-28")], "2026-04-27"),
        ("paid on the day of the notice", [fee("2026-03-30"), paid("2026-03-30")], "2026-04-28"),
        (
            "payment drops stop and extension before it",
            [third("2026-03-10"), extended("2026-03-20", "2026-03-20", 20), NOTICE, paid("2026-03-31")],
            "2026-04-29",
        ),
        (
            "a question after the payment stops the new term",
            [NOTICE, paid("2026-03-31"), third("2026-04-08"), third_answered("2026-04-10")],
            "2026-05-06",
        ),
        (
            "the new term is extended for the first time",
            [NOTICE, paid("2026-03-31"), extended("2026-04-29", "2026-04-29", 1)],
            "2026-04-30",
        ),
        ("the correction opens a new term, the fee notwithstanding", [LATE_QUESTION, fee("2026-03-06"), corrected("2026-03-20")], "2026-04-20"),
        ("payment opens a new term, the correction notwithstanding", [LATE_QUESTION, fee("2026-03-06"), paid("2026-03-20")], "2026-04-20"),
        ("delayed", [delayed("2026-03-20", "2026-06-30")], "2026-06-30"),
        ("delayed on the last day", [delayed("2026-03-30", "2026-03-31")], "2026-03-31"),
        ("delayed to a rest day", [delayed("2026-03-20", "2026-05-02")], "2026-05-02"),
        ("delayed from the extended term", [extended("2026-03-20", "2026-03-20"), delayed("2026-04-14", "2026-04-15")], "2026-04-15"),
        ("a question does not move the day that was told", [delayed("2026-03-20", "2026-04-30"), third("2026-03-23")], "2026-04-30"),
        ("delayed while a question is out", [third("2026-03-10", received_on="2026-03-12"), delayed("2026-04-23", "2026-06-30")], "2026-06-30"),
        ("a fee after the delay", [delayed("2026-03-20", "2026-06-30"), fee("2026-05-06"), paid("2026-05-11")], "2026-06-08"),
        ("a correction after the delay", [delayed("2026-03-04", "2026-06-30"), asked("2026-03-05"), corrected("2026-03-20")], "2026-04-20"),
        ("a question before the restart does not keep the delay back",
         [third("2026-03-04"), asked("2026-03-05"), corrected("2026-03-20"), delayed("2026-03-23", "2026-06-30")], "2026-06-30"),
        ("a late correction leaves the delay", [delayed("2026-03-04", "2026-06-30"), asked("2026-03-20", override=True), corrected("2026-03-24")],
         "2026-06-30"),
        ("an order that is longer than the term", [ordered("2026-03-02", "2026-05-29")], "2026-05-29"),
        ("an order that is shorter", [ordered("2026-03-03", "2026-03-13"), third("2026-03-05")], "2026-03-13"),
        ("corrected after the lapse", [LATE_QUESTION, ended("lapsed", "2026-04-03"), corrected("2026-04-08")], "2026-05-09"),
        ("paid after the lapse", [NOTICE, ended("lapsed", "2026-04-23"), paid("2026-04-27")], "2026-05-27"),
        ("a late correction after the lapse restarts nothing",
         [asked("2026-03-12", received_on="2026-03-13", override=True), ended("lapsed", "2026-04-07"), corrected("2026-04-08")], "2026-03-30"),
        ("lapsed twice over, paid in the end",
         [LATE_QUESTION, ended("lapsed", "2026-04-03"), corrected("2026-04-08"), fee("2026-04-09", "2026-04-10"),
          ended("lapsed", "2026-05-13"), paid("2026-05-14")], "2026-06-11"),
    ],
)  # fmt: skip
def test_the_reply_is_due(what: str, facts: Facts, due: str) -> None:
    assert of(*facts)["reply_due_on"] == due, what


@pytest.mark.parametrize(
    ("what", "facts", "since"),
    [
        ("not paid yet", [NOTICE], "2026-03-23"),
        ("noticed on the last day", [fee("2026-03-30")], "2026-03-30"),
        ("noticed on the last day of the extended term", [extended("2026-03-20", "2026-03-20"), fee("2026-04-14")], "2026-04-14"),
        ("the term for paying is over", [NOTICE, third("2026-05-20")], "2026-03-23"),
        ("a question was out already", [third("2026-03-10"), NOTICE], "2026-03-10"),
        ("a question has been answered", [third("2026-03-10"), third_answered("2026-03-12"), NOTICE], "2026-03-23"),
        ("on a day that was told, questions stop nothing", [delayed("2026-03-20", "2026-06-30"), third("2026-04-28"), fee("2026-05-06")],
         "2026-05-06"),
        ("a correction is awaited after the delay", [delayed("2026-03-04", "2026-06-30"), asked("2026-03-05")], "2026-03-05"),
    ],
)  # fmt: skip
def test_the_clock_stands_still(what: str, facts: Facts, since: str) -> None:
    found = of(*facts)
    assert (found["reply_due_on"], found["stopped_since"]) == (None, since), what


def test_the_fee_stops_with_its_notice_whatever_the_office_says_of_questions() -> None:
    for notice in (fee("2026-03-30"), NOTICE):
        found = answer(case("2026-03-02", notice), ClockSettings(stop_begins=StopBegins.RECEIVED))
        assert found["stopped_since"] == notice["on"]


def test_no_delay_before_a_receipt_that_would_begin_a_stop() -> None:
    unproved = case("2026-03-02", third("2026-03-10"), delayed("2026-03-20", "2026-06-30"))
    with pytest.raises(Refusal, match="尚不能确定"):
        answer(unproved, ClockSettings(stop_begins=StopBegins.RECEIVED))


@pytest.mark.parametrize(
    ("facts", "running"),
    [
        ([fee("2026-03-23")], ["reply None 条例第三十三条第二款", f"payment None {FEE}"]),
        ([NOTICE], ["reply None 条例第三十三条第二款", f"payment 2026-04-22 {FEE}"]),
        ([NOTICE, paid("2026-03-31")], ["reply 2026-04-29 条例第三十三条第二款"]),
        ([delayed("2026-03-20", "2026-06-30")], ["reply 2026-06-30 条例第三十五条"]),
        ([ordered("2026-03-02", "2026-04-10")], ["reply 2026-04-10 《行政复议法》第七十七条、《行政诉讼法》第九十四条"]),
        (
            [LATE_QUESTION, fee("2026-03-06", "2026-03-09")],
            ["reply None 条例第三十三条第二款", "correction_answer 2026-03-27 条例第三十条", f"payment 2026-04-07 {FEE}"],
        ),
        ([NOTICE, ended("lapsed", "2026-04-23")], []),
    ],
)  # fmt: skip
def test_the_running_clocks(facts: Facts, running: list[str]) -> None:
    found = of(*facts)["running"]
    assert [f"{clock['clock']} {clock['due_on']} {clock['article']}" for clock in found] == running


def test_days_while_the_fee_is_awaited() -> None:
    found = of(fee("2026-03-26"), third("2026-03-30"))
    assert found["days"][-5:] == [
        {"on": "2026-03-26", "counts": True, "number": 18},
        {"on": "2026-03-27", "counts": False, "because": "等待缴费", "article": FEE},
        {"on": "2026-03-28", "counts": False, "because": "周末"},
        {"on": "2026-03-29", "counts": False, "because": "周末"},
        {"on": "2026-03-30", "counts": False, "because": "等待缴费", "article": FEE},
    ]
    again = of(NOTICE, paid("2026-03-31"))["days"]
    assert again[0] == {"on": "2026-04-01", "counts": True, "number": 1}
    assert again[-1] == {"on": "2026-04-29", "counts": True, "number": 20}


def test_days_up_to_the_day_that_was_told() -> None:
    days = of(
        third("2026-03-10"), third_answered("2026-03-13"), delayed("2026-03-20", "2026-05-02"), third("2026-03-23", "乙公司")
    )["days"]  # fmt: skip
    left_out = [day["on"] for day in days if day.get("because") == "征求第三方意见"]
    assert left_out == ["2026-03-11", "2026-03-12", "2026-03-13"], "nothing is left out any more once the day is told"
    assert [day["number"] for day in days if day["counts"]] == list(range(1, 40))
    assert days[-2:] == [
        {"on": "2026-05-01", "counts": False, "because": "劳动节"},
        {"on": "2026-05-02", "counts": False, "because": "劳动节"},
    ]


@pytest.mark.parametrize(
    ("facts", "in_time"),
    [
        ([delayed("2026-03-20", "2026-06-30"), ended("replied", "2026-06-30")], True),
        ([delayed("2026-03-20", "2026-06-30"), ended("replied", "2026-07-01")], False),
        ([NOTICE, paid("2026-03-31"), ended("replied", "2026-04-30")], False),
        ([NOTICE, ended("replied", "2026-06-30")], True),
        ([NOTICE, ended("lapsed", "2026-04-23")], True),
        ([NOTICE, ended("lapsed", "2026-04-23"), paid("2026-04-27"), ended("replied", "2026-05-27")], True),
        ([ordered("2026-03-02", "2026-03-13"), ended("replied", "2026-03-16")], False),
        ([LATE_QUESTION, NOTICE, ended("lapsed", "2026-03-30")], True),
    ],
)  # fmt: skip
def test_a_case_that_has_ended(facts: Facts, in_time: bool) -> None:
    found = of(*facts)
    assert found["in_time"] is in_time
    assert found["days"] == found["running"] == []
