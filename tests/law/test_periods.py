"""The statutory numbers, written down a second time, and what an amendment would do."""

from datetime import date

import pytest

from gkapply.law import periods
from gkapply.law.periods import PERIODS, Period, PeriodName, Unit, period


@pytest.mark.parametrize(
    ("name", "printed", "article"),
    [
        ("reply", "20个工作日", "条例第三十三条第二款"),
        ("extension", "20个工作日", "条例第三十三条第二款"),
        ("correction_notice", "7个工作日", "条例第三十条"),
        ("third_party_opinion", "15个工作日", "条例第三十二条"),
        ("co_producer_opinion", "15个工作日", "条例第三十四条"),
        ("review", "60日", "《行政复议法》第二十条第一款"),
        ("suit", "6个月", "《行政诉讼法》第四十六条第一款"),
        ("suit_after_review", "15日", "《行政诉讼法》第四十五条"),
        ("payment", "20个工作日", "国办函〔2020〕109号"),
        ("review_answer", "10个工作日", "《行政复议法》第四十八条"),
        ("review_answer_simple", "5个工作日", "《行政复议法》第五十四条第一款"),
        ("suit_answer", "15日", "《行政诉讼法》第六十七条第一款"),
        ("appeal_judgment", "15日", "《行政诉讼法》第八十五条"),
        ("appeal_ruling", "10日", "《行政诉讼法》第八十五条"),
    ],
)
def test_the_terms_of_today(name: str, printed: str, article: str) -> None:
    row = period(name, date(2026, 3, 2))
    assert (str(row), row.article) == (printed, article)


def test_every_named_term_has_a_row() -> None:
    assert {row.name for row in PERIODS} == set(PeriodName)


def test_an_amendment_holds_from_its_day_on(monkeypatch: pytest.MonkeyPatch) -> None:
    old = period("reply", date(2026, 3, 2))
    new = Period(PeriodName.REPLY, old.label, 15, Unit.WORKING_DAYS, "某条", date(2030, 7, 1))
    monkeypatch.setitem(periods._ROWS, PeriodName.REPLY, [old, new])
    assert period("reply", date(2030, 6, 30)) is old
    assert period("reply", date(2030, 7, 1)) is new
    assert period("reply", date(2019, 1, 2)) is old


def test_an_unknown_term_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        period("replay", date(2026, 3, 2))
