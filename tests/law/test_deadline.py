"""The clocks of single cases: dates worked out by hand on the 2026 calendar, written as literals."""

from datetime import date
from typing import Any

import pytest

from gkapply.law.clocks import reckon
from gkapply.law.deadline_json import answer
from gkapply.law.facts import Fact, FactKind
from gkapply.law.refusal import Refusal
from gkapply.law.setting_choices import StopBegins
from gkapply.law.settings import ClockSettings
from gkapply.law.workdays import national_calendar
from tests.law.fact_files import Facts, asked, case, corrected, extended, organ, third, third_answered

CN = national_calendar()


@pytest.mark.parametrize(
    ("what", "payload", "due"),
    [
        ("nothing happens", case("2026-03-02"), "2026-03-30"),
        ("over the national day", case("2026-09-18"), "2026-10-22"),
        ("the longest term", case("2026-09-18", extended("2026-10-20", "2026-10-22", 20)), "2026-11-19"),
        ("third party answers", case("2026-03-02", third("2026-03-10"), third_answered("2026-03-25")), "2026-04-15"),
        (
            "and the term is extended on its shifted last day",
            case(
                "2026-03-02",
                third("2026-03-10"),
                third_answered("2026-03-25"),
                extended("2026-04-15", "2026-04-15"),
            ),
            "2026-04-29",
        ),
        (
            "the extension is told while a question is out",
            case(
                "2026-03-02",
                third("2026-03-10", received_on="2026-03-12"),
                third_answered("2026-03-25"),
                extended("2026-03-27", "2026-03-28"),
            ),
            "2026-04-29",
        ),
        ("third party is silent", case("2026-03-02", third("2026-03-10", received_on="2026-03-12")), "2026-04-23"),
        ("the letter comes back", case("2026-03-02", third("2026-03-10", returned_on="2026-03-18")), "2026-04-08"),
        ("another organ is silent", case("2026-03-02", organ("2026-03-10", received_on="2026-03-11")), "2026-04-22"),
        (
            "a co-producer is silent for its statutory term",
            case("2026-03-02", organ("2026-03-10", received_on="2026-03-11", co_producer=True)),
            "2026-04-22",
        ),
        (
            "another organ has five working days by the letter",
            case("2026-03-02", organ("2026-03-10", received_on="2026-03-11", answer_within=5)),
            "2026-04-08",
        ),
        (
            "a late answer changes nothing",
            case(
                "2026-03-02",
                organ("2026-03-10", received_on="2026-03-11", answer_within=5),
                {"kind": "organ_answered", "on": "2026-04-07", "party": "市水务局"},
            ),
            "2026-04-08",
        ),
        (
            "two questions overlap and count once",
            case(
                "2026-03-02",
                third("2026-03-10"),
                third("2026-03-12", "乙公司"),
                third_answered("2026-03-18"),
                third_answered("2026-03-25", "乙公司"),
            ),
            "2026-04-15",
        ),
        (
            "the same party is asked again after its letter came back",
            case(
                "2026-03-02",
                third("2026-03-10", returned_on="2026-03-13"),
                third("2026-03-16"),
                third_answered("2026-03-18"),
            ),
            "2026-04-07",
        ),
        (
            "the clock restarts with the correction",
            case("2026-03-02", asked("2026-03-11"), corrected("2026-03-20")),
            "2026-04-20",
        ),
        (
            "a correction on a rest day counts from the next working day",
            case("2026-03-02", asked("2026-03-11"), corrected("2026-03-21")),
            "2026-04-20",
        ),
        (
            "the restart drops the stop and the extension before it",
            case(
                "2026-03-02",
                third("2026-03-04", received_on="2026-03-05"),
                extended("2026-03-05", "2026-03-05", 20),
                asked("2026-03-11"),
                corrected("2026-03-20"),
            ),
            "2026-04-20",
        ),
        (
            "a question after the restart stops the new term",
            case(
                "2026-03-02",
                asked("2026-03-11"),
                corrected("2026-03-20"),
                third("2026-03-23"),
                third_answered("2026-03-25"),
            ),
            "2026-04-22",
        ),
        (
            "a late correction, let through by the head, moves nothing",
            case("2026-03-02", asked("2026-03-12", override=True), corrected("2026-03-20")),
            "2026-03-30",
        ),
        (
            "a question after the term cannot save it",
            case("2026-03-02", third("2026-03-31")),
            "2026-03-30",
        ),
        ("a question on the last day cannot move it", case("2026-03-02", third("2026-03-30")), "2026-03-30"),
        (
            "an opinion before the letter's receipt ends the stop",
            case("2026-03-02", third("2026-03-10", received_on="2026-03-17"), third_answered("2026-03-12")),
            "2026-04-01",
        ),
        (
            "asked and answered on one day",
            case("2026-03-02", third("2026-03-10"), third_answered("2026-03-10")),
            "2026-03-30",
        ),
        ("received on a Saturday", case("2026-03-07"), "2026-04-03"),
        ("beyond the published calendar", case("2026-12-21"), "2027-01-18"),
    ],
)
def test_the_reply_is_due(what: str, payload: dict[str, Any], due: str) -> None:
    found = answer(payload)
    assert found["reply_due_on"] == due, what
    assert found["provisional"] is due.startswith("2027")
    counted = [day for day in found["days"] if day["counts"]]
    assert counted[-1]["on"] == found["days"][-1]["on"] == due
    assert [day["number"] for day in counted] == list(range(1, len(counted) + 1))


@pytest.mark.parametrize(
    ("received_on", "latest"),
    [("2026-03-02", "2026-03-11"), ("2026-09-18", "2026-09-29"), ("2026-02-12", "2026-02-28")],
)
def test_the_last_day_for_asking_a_correction(received_on: str, latest: str) -> None:
    assert answer(case(received_on))["running"][1] == {
        "clock": "correction_notice",
        "due_on": latest,
        "article": "条例第三十条",
    }
    answer(case(received_on, asked(latest)))


def test_the_answer_has_the_shape_of_the_contract() -> None:
    found = answer(
        case(
            "2026-03-02",
            third("2026-03-10", "A", received_on="2026-03-12"),
            third_answered("2026-03-25", "A"),
            extended("2026-03-27", "2026-03-28"),
        )
    )
    assert list(found) == ["reply_due_on", "provisional", "running", "days"]
    assert found["running"] == [{"clock": "reply", "due_on": "2026-04-29", "article": "条例第三十三条第二款"}]
    assert found["days"][:9] == [
        {"on": "2026-03-03", "counts": True, "number": 1},
        {"on": "2026-03-04", "counts": True, "number": 2},
        {"on": "2026-03-05", "counts": True, "number": 3},
        {"on": "2026-03-06", "counts": True, "number": 4},
        {"on": "2026-03-07", "counts": False, "because": "周末"},
        {"on": "2026-03-08", "counts": False, "because": "周末"},
        {"on": "2026-03-09", "counts": True, "number": 5},
        {"on": "2026-03-10", "counts": True, "number": 6},
        {"on": "2026-03-11", "counts": False, "because": "征求第三方意见", "article": "条例第三十三条第三款"},
    ]
    by_day = {day["on"]: day for day in found["days"]}
    assert by_day["2026-03-14"] == {"on": "2026-03-14", "counts": False, "because": "周末"}
    assert by_day["2026-03-25"]["because"] == "征求第三方意见"
    assert by_day["2026-03-26"] == {"on": "2026-03-26", "counts": True, "number": 7}
    assert by_day["2026-04-06"] == {"on": "2026-04-06", "counts": False, "because": "清明节"}


def test_an_open_stop_holds_the_clock() -> None:
    found = answer(case("2026-03-02", third("2026-03-10"), organ("2026-03-12")))
    assert found["reply_due_on"] is None
    assert found["stopped_since"] == "2026-03-10"
    assert found["running"] == [
        {"clock": "reply", "due_on": None, "article": "条例第三十三条第二款"},
        {"clock": "third_party_opinion", "due_on": None, "article": "条例第三十二条", "party": "甲公司"},
        {"clock": "organ_opinion", "due_on": None, "article": "条例第三十三条第三款", "party": "市水务局"},
    ]
    assert [day["on"] for day in found["days"]][-1] == "2026-03-12"
    assert found["days"][-1]["because"] == "征求第三方意见"


@pytest.mark.parametrize(
    ("facts", "since"),
    [
        ([third("2026-03-05"), third_answered("2026-03-11"), third("2026-03-10", "乙公司")], "2026-03-05"),
        ([third("2026-03-05"), third_answered("2026-03-09"), third("2026-03-10", "乙公司")], "2026-03-10"),
        ([third("2026-03-10"), third_answered("2026-03-10"), third("2026-03-10", "乙公司")], "2026-03-10"),
        ([third("2026-03-06"), third_answered("2026-03-06"), third("2026-03-07", "乙公司")], "2026-03-07"),
        (
            [
                third("2026-03-03", returned_on="2026-03-20"),
                third("2026-03-04", "乙公司", returned_on="2026-03-06"),
                third("2026-03-12", "丙公司"),
            ],
            "2026-03-03",
        ),
        ([asked("2026-03-11")], "2026-03-11"),
    ],
)
def test_the_clock_has_stood_since_the_unbroken_stretch_began(facts: Facts, since: str) -> None:
    assert answer(case("2026-03-02", *facts))["stopped_since"] == since


def test_days_while_a_correction_is_awaited() -> None:
    found = answer(case("2026-03-02", asked("2026-03-04", received_on="2026-03-05"), third("2026-03-09")))
    assert found["days"][2:] == [
        {"on": "2026-03-05", "counts": False, "because": "等待补正", "article": "条例第三十条"},
        {"on": "2026-03-06", "counts": False, "because": "等待补正", "article": "条例第三十条"},
        {"on": "2026-03-07", "counts": False, "because": "周末"},
        {"on": "2026-03-08", "counts": False, "because": "周末"},
        {"on": "2026-03-09", "counts": False, "because": "等待补正", "article": "条例第三十条"},
    ]


@pytest.mark.parametrize(
    ("facts", "running"),
    [
        ([], ["reply 2026-03-30", "correction_notice 2026-03-11"]),
        ([asked("2026-03-05")], ["reply None", "correction_answer None"]),
        ([asked("2026-03-05", received_on="2026-03-06")], ["reply None", "correction_answer 2026-03-27"]),
        (
            [asked("2026-03-05", received_on="2026-03-06", answer_within=7)],
            ["reply None", "correction_answer 2026-03-17"],
        ),
        (
            [asked("2026-03-12", received_on="2026-03-13", override=True)],
            ["reply 2026-03-30", "correction_answer 2026-04-03"],
        ),
        ([asked("2026-03-05"), corrected("2026-03-09")], ["reply 2026-04-07"]),
        ([third("2026-03-10", received_on="2026-03-12")], ["reply 2026-04-23", "third_party_opinion 2026-04-02"]),
        ([third("2026-03-10", returned_on="2026-03-12")], ["reply 2026-04-01"]),
        (
            [third("2026-03-10", received_on="2026-03-12"), extended("2026-04-02", "2026-04-02", 1)],
            ["reply 2026-04-24", "third_party_opinion 2026-04-02"],
        ),
        (
            [third("2026-03-10", received_on="2026-03-12"), extended("2026-04-03", "2026-04-03", 1)],
            ["reply 2026-04-24"],
        ),
        (
            [organ("2026-03-10", received_on="2026-03-11", co_producer=True), third("2026-03-10")],
            ["reply None", "third_party_opinion None", "organ_opinion 2026-04-01"],
        ),
        (
            [third("2026-03-04", received_on="2026-03-05"), asked("2026-03-05"), corrected("2026-03-09")],
            ["reply 2026-04-07", "third_party_opinion 2026-03-26"],
        ),
        ([{"kind": "replied", "on": "2026-03-30"}], []),
    ],
)
def test_the_running_clocks(facts: Facts, running: list[str]) -> None:
    found = answer(case("2026-03-02", *facts))["running"]
    assert [f"{clock['clock']} {clock['due_on']}" for clock in found] == running


def test_a_co_producers_clock_names_its_article() -> None:
    running = answer(case("2026-03-02", organ("2026-03-10", co_producer=True)))["running"]
    assert running[1]["article"] == "条例第三十四条"


@pytest.mark.parametrize(
    ("facts", "in_time"),
    [
        ([{"kind": "replied", "on": "2026-03-02"}], True),
        ([{"kind": "replied", "on": "2026-03-30"}], True),
        ([{"kind": "replied", "on": "2026-03-31"}], False),
        ([{"kind": "withdrawn", "on": "2026-03-31"}], False),
        ([{"kind": "withdrawn", "on": "2026-03-12"}], True),
        ([third("2026-03-10"), {"kind": "replied", "on": "2026-06-30"}], True),
        ([third("2026-03-31"), {"kind": "replied", "on": "2026-04-01"}], False),
    ],
)
def test_a_case_that_has_ended(facts: Facts, in_time: bool) -> None:
    found = answer(case("2026-03-02", *facts))
    assert found["in_time"] is in_time
    assert found["days"] == found["running"] == []


def test_a_reply_on_a_rest_day_after_the_last_day_is_late() -> None:
    found = answer(case("2026-03-06", {"kind": "replied", "on": "2026-04-04"}))
    assert (found["reply_due_on"], found["in_time"]) == ("2026-04-03", False)


def test_the_order_of_the_file_does_not_matter_between_days() -> None:
    facts = [third_answered("2026-03-25"), extended("2026-03-27", "2026-03-27"), third("2026-03-10")]
    assert answer(case("2026-03-02", *facts))["reply_due_on"] == "2026-04-29"


def test_a_late_correction_restarts_where_the_office_says_so() -> None:
    payload = case("2026-03-02", asked("2026-03-12", override=True), corrected("2026-03-20"))
    assert answer(payload, ClockSettings(late_correction_restarts=True))["reply_due_on"] == "2026-04-20"
    assert answer(payload, ClockSettings())["reply_due_on"] == "2026-03-30"


def test_a_restart_does_not_heal_an_extension_told_too_late() -> None:
    payload = case(
        "2026-03-02",
        extended("2026-03-30", "2026-03-31"),
        asked("2026-04-01", override=True),
        corrected("2026-04-03"),
    )
    with pytest.raises(Refusal, match="晚于答复期限届满之日 2026-03-30"):
        answer(payload, ClockSettings(late_correction_restarts=True))


def test_a_stop_may_begin_with_the_receipt() -> None:
    settings = ClockSettings(stop_begins=StopBegins.RECEIVED)
    received = case("2026-03-02", third("2026-03-10", received_on="2026-03-12"), third_answered("2026-03-25"))
    assert answer(received, settings)["reply_due_on"] == "2026-04-13"
    unknown = case("2026-03-02", third("2026-03-10"))
    assert answer(unknown, settings)["reply_due_on"] == "2026-03-30"
    out_of_order = case(
        "2026-03-02",
        third("2026-03-10", received_on="2026-03-18"),
        third("2026-03-11", "乙公司", received_on="2026-03-12"),
        third_answered("2026-03-20"),
        third_answered("2026-03-20", "乙公司"),
    )
    assert answer(out_of_order, settings)["reply_due_on"] == "2026-04-08"


def test_the_office_may_set_the_terms_that_the_law_leaves_open() -> None:
    settings = ClockSettings(correction_answer=7, organ_answer=5)
    corrections = answer(case("2026-03-02", asked("2026-03-05", received_on="2026-03-06")), settings)
    assert corrections["running"][1]["due_on"] == "2026-03-17"
    organs = answer(case("2026-03-02", organ("2026-03-10", received_on="2026-03-11")), settings)
    assert organs["reply_due_on"] == "2026-04-08"


def test_a_reckoning_tells_what_the_desk_keeps() -> None:
    facts = [
        Fact(FactKind.CORRECTION_ASKED, date(2026, 3, 11)),
        Fact(FactKind.CORRECTION_RECEIVED, date(2026, 3, 20)),
        Fact(FactKind.REPLIED, date(2026, 4, 20)),
    ]
    found = reckon(date(2026, 3, 2), facts, CN)
    assert found.clock_from == date(2026, 3, 20)
    assert found.correction_notice_due_on == date(2026, 3, 11)
    assert found.ended_on == date(2026, 4, 20)
    assert found.in_time is True
    open_case = reckon(date(2026, 3, 2), facts[:2], CN)
    assert (open_case.ended_on, open_case.in_time, open_case.stopped_since) == (None, None, None)


def test_a_date_beyond_every_calendar_is_refused() -> None:
    with pytest.raises(Refusal, match="超出工作日日历"):
        answer(case("2018-12-31"))
    with pytest.raises(Refusal, match="超出工作日日历"):
        answer(case("2036-12-31"))
