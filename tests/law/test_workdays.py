"""Working days against the published notices, as literals, and the calendar's own edges."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from importlib.resources import files

import pytest

from gkapply.law.refusal import Refusal
from gkapply.law.workdays import Calendar, calendar, national_calendar

CN = national_calendar()


def payload() -> dict:
    """A small calendar of two years that a test may spoil."""
    return {
        "code": "T",
        "version": "T-1",
        "years": {
            "2030": {
                "holidays": [{"name": "元旦", "off_from": "2030-01-01", "off_to": "2030-01-02"}],
                "off_days": ["2030-01-01", "2030-01-02"],
                "makeup_workdays": ["2030-01-05"],
            },
            "2031": {"holidays": [], "off_days": [], "makeup_workdays": []},
            "2032": {"notice": None},
        },
    }


@pytest.mark.parametrize(
    ("received", "count", "expected"),
    [
        ("2026-03-02", 7, "2026-03-11"),
        ("2026-03-02", 20, "2026-03-30"),
        ("2026-09-18", 1, "2026-09-20"),
        ("2026-09-18", 7, "2026-09-29"),
        ("2026-09-18", 20, "2026-10-22"),
        ("2026-09-18", 40, "2026-11-19"),
        ("2026-09-19", 1, "2026-09-20"),
        ("2026-03-12", 15, "2026-04-02"),
        ("2026-03-24", 20, "2026-04-22"),
        ("2026-03-31", 20, "2026-04-29"),
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2025-02-20", 20, "2025-03-20"),
        ("2020-01-23", 1, "2020-02-03"),
        ("2022-12-30", 1, "2023-01-03"),
    ],
)
def test_the_nth_working_day_after_receipt(received: str, count: int, expected: str) -> None:
    assert CN.add(date.fromisoformat(received), count).isoformat() == expected


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-03-07", "周末"),
        ("2026-10-04", "国庆节"),
        ("2026-04-06", "清明节"),
        ("2026-09-26", "中秋节"),
        ("2020-10-05", "国庆节、中秋节"),
        ("2026-10-10", None),
        ("2026-02-28", None),
        ("2026-03-02", None),
    ],
)
def test_a_rest_day_names_its_reason(day: str, why: str | None) -> None:
    assert CN.why_off(date.fromisoformat(day)) == why
    assert CN.is_workday(date.fromisoformat(day)) is (why is None)


@pytest.mark.parametrize(
    ("year", "workdays"),
    [(2019, 250), (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)],
)
def test_a_year_has_the_working_days_of_its_notice(year: int, workdays: int) -> None:
    first = date(year, 1, 1)
    days = [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]
    assert sum(CN.is_workday(day) for day in days) == workdays
    assert CN.count(days[0], days[-1]) == workdays - CN.is_workday(days[0])


def test_every_day_agrees_with_the_definition_in_the_data() -> None:
    data = json.loads(files("gkapply.law").joinpath("calendar_cn.json").read_text(encoding="utf-8"))
    off = {day for year in data["years"].values() for day in year.get("off_days", [])}
    makeup = {day for year in data["years"].values() for day in year.get("makeup_workdays", [])}
    day = CN.published_from
    while day <= CN.published_until:
        written = day.isoformat()
        assert CN.is_workday(day) is (written in makeup or (written not in off and day.isoweekday() <= 5)), written
        day += timedelta(days=1)


def test_count_and_add_are_each_others_inverse() -> None:
    day = date(2026, 9, 18)
    assert [CN.count(day, CN.add(day, number)) for number in range(1, 60)] == list(range(1, 60))
    assert CN.count(day, day) == 0
    assert CN.count(date(2026, 9, 30), date(2026, 10, 7)) == 0


def test_beyond_the_published_years_only_weekends_are_known() -> None:
    assert CN.published_until == date(2026, 12, 31)
    assert not CN.is_provisional(date(2026, 12, 31))
    assert CN.is_provisional(date(2027, 1, 1))
    assert CN.is_workday(date(2027, 10, 1))
    assert CN.why_off(date(2027, 10, 2)) == "周末"
    assert CN.add(date(2026, 12, 31), 1) == date(2027, 1, 1)


@pytest.mark.parametrize("day", [date(2018, 12, 31), date(2037, 1, 1)])
def test_outside_the_calendar_every_question_is_refused(day: date) -> None:
    for ask in (CN.is_workday, CN.why_off, CN.position, lambda day: CN.add(day, 1)):
        with pytest.raises(Refusal, match="超出工作日日历"):
            ask(day)


def test_a_date_that_runs_out_of_the_calendar_is_refused() -> None:
    with pytest.raises(Refusal, match="超出工作日日历"):
        CN.add(date(2036, 12, 30), 20)
    with pytest.raises(Refusal, match="超出工作日日历"):
        CN.workday_at(10**6)


def test_counting_no_day_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        CN.add(date(2026, 3, 2), 0)
    with pytest.raises(ValueError, match="at least 1"):
        CN.workday_at(0)


def test_calendars_are_found_by_code() -> None:
    assert calendar("CN") is national_calendar()
    with pytest.raises(Refusal, match="没有代码为「XX」的工作日日历") as refused:
        calendar("XX")
    assert refused.value.field == "calendar"


def test_a_calendar_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        CN.published_until = date(2099, 1, 1)  # type: ignore[misc]


def test_a_payload_is_read() -> None:
    made = Calendar.from_payload(payload())
    assert (made.code, made.version, made.published_until) == ("T", "T-1", date(2031, 12, 31))
    assert made.add(date(2030, 1, 1), 3) == date(2030, 1, 5)
    assert made.why_off(date(2030, 1, 2)) == "元旦"


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda years: years["2030"]["off_days"].append("2030-05-01"), "放假日与放假区间不一致：2030-05-01"),
        (lambda years: years["2030"]["off_days"].pop(), "放假日与放假区间不一致：2030-01-02"),
        (lambda years: years["2030"]["makeup_workdays"].append("2030-01-01"), "2030-01-01 既是放假日又是调休上班日"),
        (lambda years: years["2030"]["makeup_workdays"].append("2030-02-30"), "2030-02-30 不存在"),
        (lambda years: years["2030"].pop("makeup_workdays"), "makeup_workdays 应为列表"),
        (lambda years: years["2030"]["holidays"].append("元旦"), "holidays 应为对象的列表"),
        (lambda years: years["2030"]["holidays"][0].pop("name"), "缺少 name"),
        (lambda years: years["2030"]["holidays"][0].update(off_to="2029-12-31"), "不合常理"),
        (lambda years: years["2030"]["holidays"][0].update(off_to="9999-12-31"), "不合常理"),
        (lambda years: years.update({"0000": years["2031"]}), "四位年号"),
        (lambda years: years.update({"2033": years["2031"]}), "缺少 2032 年的安排"),
        (lambda years: years.update({"三零年": years["2031"]}), "四位年号"),
        (lambda years: years.clear(), "没有任何已公布的年份"),
    ],
)
def test_a_spoiled_payload_is_refused_by_name(spoil: Callable[[dict], object], sentence: str) -> None:
    spoiled = payload()
    spoil(spoiled["years"])
    with pytest.raises(Refusal, match=sentence):
        Calendar.from_payload(spoiled)


@pytest.mark.parametrize("name", ["code", "version", "years"])
def test_a_payload_without_its_head_is_refused(name: str) -> None:
    spoiled = payload()
    del spoiled[name]
    with pytest.raises(Refusal) as refused:
        Calendar.from_payload(spoiled)
    assert refused.value.field == name
