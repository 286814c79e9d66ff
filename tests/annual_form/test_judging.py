"""A published report passes every rule; one with one figure changed names the figure, by row and column, and what it should be."""

import copy
from typing import Any

import pytest

from gkapply.annual_form.judging import filled, judge
from gkapply.annual_form.published import Published
from gkapply.law.annual_checks import HEADS
from tests.annual_form.published import TABLE3, report

CODES = [line.split()[0] for line in TABLE3.strip().splitlines()]


def changed(code: str, place: int, by: int) -> dict[str, Any]:
    made = copy.deepcopy(report())
    row = next(row for row in made["table3"]["rows"] if row["code"] == code)
    row["values"][place] += by
    return made


def test_the_published_sums_hold() -> None:
    judged = judge(Published(report()))
    assert judged.ok
    assert [one.name for one in judged.checks if one.ok][:4] == [
        "一加二等于三（七）加四",
        "三（七）等于三（一）至（六）之和",
        "总计等于各类申请人之和",
        "上年结转等于上一年度报告的结转下年度",
    ]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("place", [0, 4, 6])
def test_a_single_wrong_figure_is_named(code: str, place: int) -> None:
    made = changed(code, place, 100)
    judged = judge(Published(made))
    value = next(row for row in made["table3"]["rows"] if row["code"] == code)["values"][place]
    assert not judged.ok
    assert [(one.place.column, one.value, one.fits) for one in judged.suspects] == [(HEADS[place], value, value - 100)]
    label = next(row["label"] for row in made["table3"]["rows"] if row["code"] == code)
    assert judged.suspects[0].place.row.endswith(label)


def test_where_it_stands_and_what_is_broken_is_told_in_words() -> None:
    judged = judge(Published(changed("3.3.7", 0, 1)))
    assert [(one.check.name, one.check.detail) for one in judged.broken] == [
        ("三（七）等于三（一）至（六）之和", "自然人：13364≠13365"),
        ("总计等于各类申请人之和", "（三）不予公开7.属于行政执法案卷：287≠286"),
    ]
    assert [one.words for broken in judged.broken for one in broken.places] == [
        "表三，（七）总计，自然人",
        "表三，（三）不予公开7.属于行政执法案卷，总计",
    ]
    suspect = judged.suspects[0]
    assert (suspect.place.words, suspect.value, suspect.fits) == (
        "表三，（三）不予公开7.属于行政执法案卷，自然人",
        283,
        282,
    )


def test_two_wrong_figures_are_both_named() -> None:
    made = changed("3.4.2", 1, 7)
    next(row for row in made["table3"]["rows"] if row["code"] == "4")["values"][0] -= 3
    assert [one.place.words for one in judge(Published(made)).suspects] == [
        "表三，（四）无法提供2.没有现成信息需要另行制作，商业企业",
        "表三，四、结转下年度继续办理，自然人",
    ]


def test_a_wrong_sum_of_table_four_and_last_years_figures() -> None:
    made = report()
    made["table4"] = {**made["table4"], "suit_direct": [16, 1, 12, 27, 65]}
    judged = judge(Published(made), changed("4", 6, -8) | {"table2": None})
    assert [[one.words for one in broken.places] for broken in judged.broken] == [
        ["表三，二、上年结转政府信息公开申请数量，自然人", "表三，二、上年结转政府信息公开申请数量，社会公益组织",
         "表三，二、上年结转政府信息公开申请数量，法律服务机构", "表三，二、上年结转政府信息公开申请数量，其他",
         "表三，二、上年结转政府信息公开申请数量，总计"],
        ["表四，未经复议直接起诉，总计"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("read", "whole"),
    [
        ([376, 97, 196, 121, None], [376, 97, 196, 121, 790]),
        ([376, 97, None, 121, 790], [376, 97, 196, 121, 790]),
        ([376, 97, None, 121, None], [376, 97, 0, 121, 594]),
        ([None, None, 196, 121, 790], [0, 0, 196, 121, 790]),
        ([376, None, 196, 121, 500], [376, 0, 196, 121, 500]),
        ([None] * 5, [0] * 5),
    ],
)
def test_a_missing_figure_is_what_the_others_leave_else_nought(read: list[int | None], whole: list[int]) -> None:
    made = report()
    made["table4"] = {**made["table4"], "review": read}
    assert filled(made)["table4"]["review"] == whole
    assert made["table4"]["review"] == read
