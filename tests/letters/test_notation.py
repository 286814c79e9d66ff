"""How dates, articles and sentences are written."""

from datetime import date

import pytest

from gkapply.letters.notation import chinese_date, cite, read_chinese_date, sentence, working_days


def test_a_date_is_written_without_leading_zeros_and_read_back() -> None:
    assert chinese_date(date(2026, 3, 2)) == "2026年3月2日"
    assert read_chinese_date("2026年3月2日") == date(2026, 3, 2)
    for text in ("", "（日期待签发）", "2026年2月30日", "二〇二六年三月二日"):
        assert read_chinese_date(text) is None


def test_an_article_is_cited_by_the_short_name() -> None:
    assert cite("条例第三十六条第三项、第十五条") == "《条例》第三十六条第三项、第十五条"
    assert cite("《行政复议法》第二十条") == "《行政复议法》第二十条"
    assert working_days(15) == "15个工作日"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("不存在", "不存在。"),
        ("不存在。", "不存在。"),
        ("不存在 ", "不存在。"),
        ("不存在，", "不存在。"),
        ("不存在;", "不存在。"),
        ("是否存在？", "是否存在？"),
        ("他说“没有。”", "他说“没有。”"),
        ("关键词为“征地”", "关键词为“征地”。"),
        ("", ""),
    ],
)
def test_a_sentence_ends_with_one_mark(typed: str, written: str) -> None:
    assert sentence(typed) == written
