"""The annual report: labels literal, every figure placed and summed, every check able to fail."""

from collections.abc import Callable
from typing import Any

import pytest

from gkapply.law.annual_report import CaseRow, MixedResultRule, build, checks, row_of_case
from gkapply.law.annual_rows import COLUMNS, RESULT_ROWS, ROWS, result_row, weight

LABELS = """
1     一、本年新收政府信息公开申请数量
2     二、上年结转政府信息公开申请数量
3.1   （一）予以公开
3.2   （二）部分公开（区分处理的，只计这一情形，不计其他情形）
3.3.1 1.属于国家秘密
3.3.2 2.其他法律行政法规禁止公开
3.3.3 3.危及“三安全一稳定”
3.3.4 4.保护第三方合法权益
3.3.5 5.属于三类内部事务信息
3.3.6 6.属于四类过程性信息
3.3.7 7.属于行政执法案卷
3.3.8 8.属于行政查询事项
3.4.1 1.本机关不掌握相关政府信息
3.4.2 2.没有现成信息需要另行制作
3.4.3 3.补正后申请内容仍不明确
3.5.1 1.信访举报投诉类申请
3.5.2 2.重复申请
3.5.3 3.要求提供公开出版物
3.5.4 4.无正当理由大量反复申请
3.5.5 5.要求行政机关确认或重新出具已获取信息
3.6.1 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请
3.6.2 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请
3.6.3 3.其他
3.7   （七）总计
4     四、结转下年度继续办理
"""
COUNTS = {
    "1": {"natural_person": 7, "enterprise": 2},
    "2": {"natural_person": 1},
    "3.1": {"natural_person": 3, "enterprise": 1},
    "3.3.4": {"natural_person": 1},
    "3.6.3": {"natural_person": 2},
    "4": {"natural_person": 2, "enterprise": 1},
}


def report(**more: Any) -> dict[str, Any]:
    return build("安岳县人民政府", 2025, **{"counts": COUNTS, "disputes": {}, **more})


def values(found: dict[str, Any]) -> dict[str, list[int]]:
    return {row["code"]: row["values"] for row in found["table3"]["rows"]}


def outcome(found: dict[str, Any]) -> dict[str, bool]:
    return {check["name"]: check["ok"] for check in found["checks"]}


def test_the_rows_stand_in_the_official_order_with_their_labels() -> None:
    assert [f"{row.code:<5} {row.label}" for row in ROWS] == LABELS.strip().splitlines()
    assert len(RESULT_ROWS) == 21


def test_the_heads_of_the_rows_and_columns() -> None:
    groups = {row.code: row.group for row in ROWS}
    assert groups["1"] is groups["2"] is groups["4"] is None
    assert groups["3.1"] == groups["3.7"] == "三、本年度办理结果"
    assert groups["3.3.8"] == "（三）不予公开"
    assert groups["3.4.1"] == "（四）无法提供"
    assert groups["3.5.5"] == "（五）不予处理"
    assert groups["3.6.1"] == "（六）其他处理"
    assert report()["table3"]["columns"] == [
        "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计",
    ]  # fmt: skip


def test_the_figures_are_placed_and_summed() -> None:
    found = report()
    assert (found["organ"], found["year"], found["format"]) == ("安岳县人民政府", 2025, "30号-2021")
    figures = values(found)
    assert figures["1"] == [7, 2, 0, 0, 0, 0, 9]
    assert figures["3.1"] == [3, 1, 0, 0, 0, 0, 4]
    assert figures["3.7"] == [6, 1, 0, 0, 0, 0, 7]
    assert figures["3.2"] == [0] * 7
    assert found["table3"]["rows"][0] == {
        "code": "1",
        "label": "一、本年新收政府信息公开申请数量",
        "values": [7, 2, 0, 0, 0, 0, 9],
    }
    assert found["table3"]["rows"][4]["group"] == "（三）不予公开"


def test_every_column_takes_its_own_count() -> None:
    counts = {"3.1": {column.code: number for number, column in enumerate(COLUMNS, start=1)}}
    assert values(report(counts=counts))["3.1"] == [1, 2, 3, 4, 5, 6, 21]


def test_table_four_is_empty_without_disputes() -> None:
    assert report()["table4"] == {
        "review": [0, 0, 0, 0, 0],
        "suit_direct": [0, 0, 0, 0, 0],
        "suit_after_review": [0, 0, 0, 0, 0],
    }


def test_table_four_sums_each_block() -> None:
    disputes = {
        "review": {"upheld": 376, "corrected": 97, "other": 196, "pending": 121},
        "suit_after_review": {"upheld": 74, "corrected": 1, "other": 30, "pending": 51},
    }
    assert report(disputes=disputes)["table4"] == {
        "review": [376, 97, 196, 121, 790],
        "suit_direct": [0, 0, 0, 0, 0],
        "suit_after_review": [74, 1, 30, 51, 156],
    }


def test_a_consistent_year_passes_every_check() -> None:
    found = report(last_year_open={"natural_person": 1})
    assert outcome(found) == {
        "一加二等于三（七）加四": True,
        "三（七）等于三（一）至（六）之和": True,
        "总计等于各类申请人之和": True,
        "上年结转等于上一年度报告的结转下年度": True,
    }


def test_published_figures_of_a_city_agree() -> None:
    counts = {
        "1": {"natural_person": 13612, "enterprise": 252, "welfare": 45, "legal_service": 128, "other": 32},
        "2": {"natural_person": 535, "enterprise": 25},
        "3.1": {"natural_person": 13364, "enterprise": 277, "welfare": 45, "legal_service": 124},
        "4": {"natural_person": 783, "legal_service": 4, "other": 32},
    }
    found = report(counts=counts)
    assert values(found)["1"][6] == 14069
    assert values(found)["3.7"][6] == 13810
    assert all(outcome(found).values())


def test_a_lost_case_is_seen_in_its_column() -> None:
    found = report(counts={**COUNTS, "4": {"natural_person": 1, "enterprise": 1}})
    check = found["checks"][0]
    assert check == {"name": "一加二等于三（七）加四", "ok": False, "detail": "自然人：8≠7；总计：10≠9"}


def test_what_was_carried_over_must_arrive() -> None:
    check = report(last_year_open={"natural_person": 2})["checks"][3]
    assert not check["ok"]
    assert check["detail"] == "自然人：1≠2；总计：1≠2"
    assert report()["checks"][3]["detail"] == "没有上一年度的数据可供核对"


@pytest.mark.parametrize(
    ("spoil", "name", "detail"),
    [
        (lambda figures: figures["3.7"].__setitem__(0, 5), "三（七）等于三（一）至（六）之和", "自然人：5≠6"),
        (lambda figures: figures["3.2"].__setitem__(6, 1), "总计等于各类申请人之和", "（二）部分公开"),
    ],
)
def test_figures_from_elsewhere_are_checked_too(
    spoil: Callable[[dict[str, list[int]]], None], name: str, detail: str
) -> None:
    figures = values(report())
    spoil(figures)
    found = {check.name: check for check in checks(figures)}
    assert not found[name].ok
    assert detail in found[name].detail


@pytest.mark.parametrize(
    "more",
    [
        {"counts": {"3.9": {"other": 1}}},
        {"counts": {"3.7": {"other": 1}}},
        {"counts": {"3.1": {"citizen": 1}}},
        {"counts": {"3.1": {"other": -1}}},
        {"disputes": {"appeal": {"upheld": 1}}},
        {"disputes": {"review": {"won": 1}}},
    ],
)
def test_a_count_without_a_place_is_a_mistake_of_the_caller(more: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"unknown|negative"):
        report(**more)


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        (["3.1"], "3.1"),
        (["3.1", "3.1"], "3.1"),
        (["3.2"], "3.2"),
        (["3.1", "3.2"], "3.2"),
        (["3.2", "3.3.1", "3.4.1"], "3.2"),
        (["3.1", "3.3.4"], "3.2"),
        (["3.5.2", "3.1"], "3.2"),
        (["3.4.1", "3.3.7"], "3.3.7"),
        (["3.3.6", "3.3.1"], "3.3.1"),
        (["3.6.3", "3.4.1", "3.5.2"], "3.4.1"),
        (["3.6.3", "3.5.2"], "3.5.2"),
        (["3.6.3"], "3.6.3"),
    ],
)
def test_a_case_counts_in_one_row(rows: list[str], row: str) -> None:
    found = row_of_case(rows)
    assert found.code == row
    assert found == row_of_case(list(reversed(rows)))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (["3.6.3"], "各项结果相同，计入“（六）其他处理3.其他”"),
        (["3.1"], "各项结果相同，计入“（一）予以公开”"),
        (["3.2", "3.4.1"], "有一项作了区分处理，只计部分公开，不计其他情形"),
        (["3.1", "3.4.1"], "有的项予以公开，有的项为其他结果，按混合结果规则计入部分公开"),
        (
            ["3.4.1", "3.3.4"],
            "各项均未公开且结果不同，按混合结果规则计入次序在先的“（三）不予公开4.保护第三方合法权益”",
        ),
    ],
)
def test_the_row_says_why(rows: list[str], reason: str) -> None:
    assert row_of_case(rows) == CaseRow(row_of_case(rows).code, reason)


def test_the_rule_prints_itself_under_the_table() -> None:
    assert "计入部分公开" in MixedResultRule.PARTIAL_THEN_WEIGHTIEST.label


@pytest.mark.parametrize("rows", [[], ["1"], ["3.7"], ["disclosed"]])
def test_a_case_without_a_result_row_is_a_mistake_of_the_caller(rows: list[str]) -> None:
    with pytest.raises(ValueError, match=r"no result row|without items"):
        row_of_case(rows)


def test_result_rows_are_weighed_in_the_order_of_the_table() -> None:
    assert result_row("3.4.2").label == "2.没有现成信息需要另行制作"
    assert weight("3.3.8") < weight("3.4.1") < weight("3.5.1") < weight("3.6.1")
