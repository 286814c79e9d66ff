"""Every check of an annual report is able to fail, and says where."""

from collections.abc import Callable
from typing import Any

import pytest

from gkapply.law.annual_checks import Cell, Check, Weight, check
from gkapply.law.annual_report import build
from tests.law.test_annual_report import COUNTS, report, values

Spoil = Callable[[dict[str, Any]], object]
LAST = build(
    "安岳县人民政府", 2024, {"1": {"natural_person": 1}, "4": {"natural_person": 1}}, {"review": {"pending": 1}}
)
DISPUTES = {"review": {"upheld": 2, "pending": 1}, "suit_direct": {"corrected": 1}}
TABLE2 = {"regulations": [1, 0, 3], "normative": [2, 1, 9]}


def whole() -> dict[str, Any]:
    return {**report(disputes=DISPUTES, last_year=LAST), "table2": TABLE2, "parts": {"1": "", "5": "", "6": ""}}


def failing(found: dict[str, Any], last_year: dict[str, Any] | None = None) -> list[Check]:
    before = {**LAST, "table2": {"regulations": [0, 0, 2], "normative": [0, 0, 8]}} if last_year is None else last_year
    return [one for one in check(found, before) if not one.ok]


def test_a_consistent_year_passes_every_check() -> None:
    assert failing(whole()) == []
    codes = [one.code for one in check(whole(), LAST)]
    assert codes == ["balance", "sums", "columns", "carried", "disputes", "disputes_carried", "valid", "text"]


def test_nothing_to_compare_with_is_said() -> None:
    found = {one.code: one for one in check(whole())}
    for code in ("carried", "disputes_carried", "valid"):
        assert found[code].ok
        assert found[code].detail == "没有上一年度的数据可供核对"


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
    assert all(one["ok"] for one in found["checks"])


def test_a_lost_case_is_seen_in_its_column() -> None:
    found = report(counts={**COUNTS, "4": {"natural_person": 1, "enterprise": 1}})["checks"][0]
    assert (found["code"], found["ok"], found["detail"]) == ("balance", False, "自然人：8≠7；总计：10≠9")
    assert ["3", "4", "natural_person"] in found["cells"]
    assert found["do"]


def cell(row: str, place: int, value: int) -> Spoil:
    return lambda found: values(found)[row].__setitem__(place, value)


@pytest.mark.parametrize(
    ("spoil", "code", "detail", "where"),
    [
        (cell("3.7", 0, 5), "sums", "自然人：5≠6", Cell("3", "3.7", "natural_person")),
        (cell("3.2", 6, 1), "columns", "（二）部分公开", Cell("3", "3.2")),
        (cell("2", 0, 2), "carried", "自然人：2≠1", Cell("3", "2", "natural_person")),
        (lambda found: found["table4"]["review"].__setitem__(4, 9), "disputes", "行政复议：3≠9", Cell("4", "review")),
        (
            lambda found: found["table4"].__setitem__("review", [0] * 5),
            "disputes_carried",
            "上年尚未审结1件，本年总计0件",
            Cell("4", "review"),
        ),
        (
            lambda found: found.__setitem__("table2", {**TABLE2, "normative": [2, 1, 8]}),
            "valid",
            "行政规范性文件：9≠8",
            Cell("2", "normative", "valid"),
        ),
        (
            lambda found: found["parts"].__setitem__("1", "全年新收政府信息公开申请１2件。"),
            "text",
            "写的是“新收政府信息公开申请12件”，表三第一项总计为“新收政府信息公开申请9件”",
            Cell("3", "1"),
        ),
    ],
)
def test_each_check_names_its_cells(spoil: Spoil, code: str, detail: str, where: Cell) -> None:
    found = whole()
    spoil(found)
    broken = {one.code: one for one in failing(found)}
    assert detail in broken[code].detail
    assert where in broken[code].cells
    assert (broken[code].weight is Weight.WARNING) == (code in ("disputes_carried", "valid", "text"))


def test_the_form_of_2019_has_one_row_for_other_handling() -> None:
    old = report(counts={"1": {"other": 2}, "3.6.3": {"other": 2}})
    rows = [row for row in old["table3"]["rows"] if not row["code"].startswith("3.6")]
    rows.append({"code": "3.6", "label": "（六）其他处理", "values": [0, 0, 0, 0, 0, 2, 2]})
    old["table3"]["rows"] = rows
    assert [one.code for one in check(old) if not one.ok] == []
