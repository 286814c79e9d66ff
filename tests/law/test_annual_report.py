"""The annual report: labels literal, every figure placed and summed."""

from typing import Any

import pytest

from gkapply.law.annual_report import build
from gkapply.law.annual_rows import COLUMNS, RESULT_ROWS, ROWS

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
