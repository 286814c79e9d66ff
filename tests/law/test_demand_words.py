"""What of a request's text becomes terms of the analysis, and which themes of a quarter are called new or rising."""

from datetime import date

import pytest

from gkapply.law.demand_words import MOST_WORDS, term_of, terms
from gkapply.law.rising import Rule, last_of_quarter, quarter_start, rises, start_of_before


def test_themes_are_known_words_and_what_is_left_are_words_of_their_own() -> None:
    found = terms("请公开岳阳镇充电桩安装的审批材料，低保金发放名单和低保户评议记录。")
    assert found.themes == ("最低生活保障",)
    assert "充电桩安装" in found.words


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("请公开申请人甲乙丙的宅基地档案", "甲乙丙"),
        ("请公开幸福花园3栋502室的测绘图", "幸福花园"),
        ("请公开红星村的账目", "红星村"),
        ("王某某主任的任命文件", "某主任"),
    ],
)
def test_names_places_and_numbers_become_no_terms(text: str, hidden: str) -> None:
    found = terms(text, ["甲乙丙"])
    assert not any(hidden in word or word in hidden for word in found.words)
    assert not any(sign.isdigit() for word in found.words for sign in word)


def test_a_long_text_counts_with_few_terms() -> None:
    assert len(terms("、".join(f"稀{one}词" for one in "甲乙丙丁戊己庚辛壬癸")).words) == MOST_WORDS
    assert term_of("低保") == term_of("低保") != term_of("五保")
    assert 0 <= term_of("低保") < 1 << 40


def test_quarters() -> None:
    assert quarter_start(date(2026, 11, 22)) == date(2026, 10, 1)
    assert last_of_quarter(date(2026, 10, 1)) == date(2026, 12, 31)
    assert last_of_quarter(date(2026, 1, 1)) == date(2026, 3, 31)
    assert start_of_before(date(2026, 4, 1)) == date(2025, 4, 1)


def test_new_and_rising_by_shares() -> None:
    rule = Rule(5, 2.0)
    # 1 is new, 2 has risen from 1 % to 10 %, 3 only grew with the quarter, 4 is too small to say.
    found = list(rises({1: 6, 2: 10, 3: 20, 4: 4}, {2: 4, 3: 80}, (100, 400), rule))
    assert [(one.term, one.times) for one in found] == [(1, None), (2, pytest.approx(10.0))]
    assert "至少5件" in rule.words
