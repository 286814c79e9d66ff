"""Terms of reviews and suits: days worked out by hand on the calendar of 2026, written as literals."""

from datetime import date, timedelta

import pytest

from gkapply.law.disputes import (
    Due,
    Stage,
    answer_due_on,
    appeal_due_on,
    remedy_terms,
    suit_after_review_due_on,
)
from gkapply.law.refusal import Refusal
from gkapply.law.workdays import national_calendar

CN = national_calendar()


def said(due: Due) -> str:
    return f"{due.on} {due.term.article}"


@pytest.mark.parametrize(
    ("stage", "simple", "received_on", "due"),
    [
        (Stage.REVIEW, True, date(2026, 9, 28), "2026-10-10 《行政复议法》第五十四条第一款"),
        (Stage.REVIEW, False, date(2026, 9, 28), "2026-10-16 《行政复议法》第四十八条"),
        (Stage.REVIEW, True, date(2026, 9, 26), "2026-10-09 《行政复议法》第五十四条第一款"),
        (Stage.SUIT, False, date(2026, 9, 22), "2026-10-08 《行政诉讼法》第六十七条第一款"),
        (Stage.SUIT, True, date(2026, 9, 22), "2026-10-08 《行政诉讼法》第六十七条第一款"),
        (Stage.SUIT, False, date(2026, 3, 2), "2026-03-17 《行政诉讼法》第六十七条第一款"),
        (Stage.SUIT, False, date(2026, 9, 5), "2026-09-20 《行政诉讼法》第六十七条第一款"),
    ],
)
def test_the_answer_is_due(stage: Stage, simple: bool, received_on: date, due: str) -> None:
    assert said(answer_due_on(stage, received_on, CN, simple=simple)) == due


def test_an_appeal_is_open_longer_against_a_judgment_than_against_a_ruling() -> None:
    assert said(appeal_due_on(date(2026, 4, 20), CN)) == "2026-05-06 《行政诉讼法》第八十五条"
    assert said(appeal_due_on(date(2026, 4, 20), CN, ruling=True)) == "2026-04-30 《行政诉讼法》第八十五条"


@pytest.mark.parametrize(
    ("delivered_on", "review", "suit"),
    [
        (date(2026, 3, 2), "2026-05-06", "2026-09-02"),
        (date(2026, 3, 12), "2026-05-11", "2026-09-14"),
        (date(2025, 8, 29), "2025-10-28", "2026-02-28"),
        (date(2025, 8, 31), "2025-10-30", "2026-02-28"),
        (date(2023, 8, 31), "2023-10-30", "2024-02-29"),
        (date(2026, 4, 7), "2026-06-08", "2026-10-08"),
    ],
)
def test_the_applicants_remedies(delivered_on: date, review: str, suit: str) -> None:
    found = remedy_terms(delivered_on, CN)
    assert said(found.review) == f"{review} 《行政复议法》第二十条第一款"
    assert said(found.suit) == f"{suit} 《行政诉讼法》第四十六条第一款"


def test_the_suit_after_a_review() -> None:
    assert said(suit_after_review_due_on(date(2026, 9, 22), CN)) == "2026-10-08 《行政诉讼法》第四十五条"


def test_no_term_of_days_ends_on_a_rest_day() -> None:
    """Every day of the published years: the term ends on the plain day, or on the first working day after rest days."""
    day = CN.published_from
    while day <= date(2026, 6, 1):
        plain, found = day + timedelta(days=15), appeal_due_on(day, CN).on
        assert CN.is_workday(found)
        assert found == plain or (found > plain and CN.count(plain - timedelta(days=1), found) == 1)
        day += timedelta(days=1)


def test_a_day_beyond_every_calendar_is_refused() -> None:
    with pytest.raises(Refusal, match="超出工作日日历"):
        remedy_terms(date(2036, 12, 1), CN)
