"""Published reports read back: as offices print and paste them, in both editions, and what we wrote ourselves."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from gkapply.annual_form import docx_file, html_page, xlsx_file
from gkapply.annual_form.figures import tables_of, values_of
from gkapply.annual_form.judging import judge
from gkapply.annual_form.layout import TABLES
from gkapply.annual_form.reading import read
from tests.annual_form import pages
from tests.annual_form.published import report

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def found(page: str) -> Any:
    return read(page.encode())


def test_a_published_page_is_read_whole() -> None:
    published = found(pages.page(pages.table3()))
    assert published.report == report()
    assert (published.missing, published.notes) == ([], [])
    judged = judge(published)
    assert judged.ok
    assert {one.code for one in judged.checks} >= {"balance", "sums", "columns", "disputes"}
    assert (judged.broken, judged.suspects) == ([], [])


@pytest.mark.parametrize(
    "third",
    [
        pytest.param(pages.table3(figure=lambda one: one.translate(WIDE)), id="full-width digits"),
        pytest.param(pages.table3(figure=lambda one: {"0": "/"}.get(one, one)), id="a stroke for nought"),
        pytest.param(pages.table3(figure=lambda one: {"0": ""}.get(one, one)), id="nothing for nought"),
        pytest.param(pages.table3(figure=lambda one: {"0": "&nbsp;—&nbsp;"}.get(one, one)), id="a dash for nought"),
        pytest.param(pages.table3(figure=lambda one: f"<p> {int(one):,} </p>"), id="thousands with a comma"),
        pytest.param(pages.table3(figure=lambda one: f"{int(one):,}".replace(",", " ") + " 件"), id="thousands with a blank"),
        pytest.param(pages.table3(label=lambda one: " ".join(one)), id="blanks in labels"),
        pytest.param(pages.table3(label=lambda one: "<br>\n".join((one[:4], one[4:]))), id="broken labels"),
        pytest.param(pages.table3(label=lambda one: one.replace(".", "．").replace("（", "(").replace("）", ")")), id="other signs"),
        pytest.param(pages.table3(label=lambda one: one.replace("“", "").replace("”", "")), id="no quotes"),
        pytest.param(pages.table3(spans=False), id="no heads and no merged cells"),
        pytest.param(f"<table><tr><td>{pages.table3()}</td></tr></table>", id="inside a table"),
        pytest.param(f"<div><table><tr><td><table><tr><td>{pages.table3()}</td></tr></table></td></tr></table></div>", id="inside two"),
        pytest.param(pages.table3(figure=lambda one: f"<table><tr><td>{one}</td></tr></table>"), id="tables in its cells"),
        pytest.param(pages.table3().replace("<td", "<TD").replace("</tr>", ""), id="tags left open"),
        pytest.param(pages.table3().replace('rowspan="22"', 'rowspan="99999"'), id="a cell that never ends"),
    ],
)  # fmt: skip
def test_table_three_is_read_however_it_was_pasted(third: str) -> None:
    published = found(pages.page(third))
    assert published.report["table3"] == report()["table3"]
    assert published.missing == []


def test_a_sum_that_nobody_printed_is_said_to_be_missing_and_reckoned() -> None:
    published = found(pages.page(pages.table3(totals=False)))
    assert [row["values"][6] for row in published.report["table3"]["rows"]] == [None] * 25
    assert published.notes == ["表三没有总计列。"]
    assert [(one.table, one.column) for one in published.missing] == [("表三", "总计")] * 25
    assert judge(published).ok


def test_what_is_no_number_is_named_with_row_and_column() -> None:
    page = pages.page(
        pages.table3().replace("<td>3075</td>", "<td>三千余</td>", 1), pages.table4().replace(">121<", ">?<")
    )
    published = found(page)
    assert [one.words for one in published.missing] == [
        "表三，（四）无法提供1.本机关不掌握相关政府信息，自然人",
        "表四，行政复议，尚未审结",
    ]


def test_rows_and_parts_that_are_not_there_are_named() -> None:
    lines = pages.table3().replace("<td>2.重复申请</td>", "<td>2.另外</td>")
    published = found(pages.page(lines).replace("六、其他需要报告的事项", ""))
    assert [one.words for one in published.missing] == ["表三，（五）不予处理2.重复申请", "六、其他需要报告的事项"]


@pytest.mark.parametrize(
    "fourth",
    [
        pytest.param(pages.table4(figure=lambda one: f"<p>{one.translate(WIDE)}</p>"), id="full-width digits"),
        pytest.param(
            "<table><tr><td>行政复议</td><td>行政诉讼</td></tr><tr>"
            + pages.RESULTS * 3 + "</tr><tr>" + pages.table4().split("<tr>")[-1], id="no merged cells",
        ),
        pytest.param(
            "<table><tr><td>类别</td>" + pages.RESULTS + "</tr><tr><td>行政复议</td><td>376</td><td>97</td><td>196</td><td>121</td>"
            "<td>790</td></tr><tr><td>未经复议直接起诉</td><td>16</td><td>1</td><td>12</td><td>27</td><td>56</td></tr>"
            "<tr><td>复议后起诉</td><td>74</td><td>1</td><td>30</td><td>51</td><td>156</td></tr></table>", id="a row each",
        ),
        pytest.param(
            '<table><tr><td colspan="5">行政复议</td></tr><tr>' + pages.RESULTS + "</tr><tr><td>376</td><td>97</td><td>196</td>"
            '<td>121</td><td>790</td></tr></table><table><tr><td colspan="10">行政诉讼</td></tr><tr><td colspan="5">未经复议直接起诉</td>'
            '<td colspan="5">复议后起诉</td></tr><tr>' + pages.RESULTS * 2 + "</tr><tr><td>16</td><td>1</td><td>12</td><td>27</td>"
            "<td>56</td><td>74</td><td>1</td><td>30</td><td>51</td><td>156</td></tr></table>", id="two tables",
        ),
    ],
)  # fmt: skip
def test_table_four_is_read_however_it_was_pasted(fourth: str) -> None:
    assert found(pages.page(pages.table3(), fourth)).report["table4"] == report()["table4"]


@pytest.mark.parametrize(
    ("printed", "fees"),
    [("316441.50", "316441.5"), ("316,441", "316441"), ("3800元", "0.38"), ("/", "0"), ("", None), ("若干", None)],
)
def test_the_amount_of_fees(printed: str, fees: str | None) -> None:
    published = found(pages.page(pages.table3(), second=pages.TABLE2.replace("316441", printed)))
    assert published.report["table2"]["fees"] == fees
    assert [one.words for one in published.missing] == (
        [] if fees else ["表二，行政事业性收费，本年收费金额（单位：万元）"]
    )


def test_the_form_of_2019_has_one_row_for_other_treatment() -> None:
    published = found(pages.old_page())
    made = published.report
    rows = {row["code"]: row["values"] for row in made["table3"]["rows"]}
    assert (made["organ"], made["year"], made["format"]) == ("上海市人民政府办公厅", 2019, "60号-2019")
    assert len(rows) == 23
    assert rows["3.6"] == [0] * 7
    assert (rows["3.4.1"][:6], rows["3.7"]) == ([252, 12, 0, 0, 1, 0], [767, 35, 0, 0, 2, 1, 805])
    assert made["table4"] == {"review": [5, 0, 0, 2, 7], "suit_direct": [8, 0, 0, 1, 9], "suit_after_review": [0] * 5}
    assert made["table2"] == {
        "regulations": [13, None, None], "normative": [60, None, None], "licences": 7,
        "penalties": None, "coercion": None, "fees": None,
    }  # fmt: skip
    assert made["parts"]["6"] == "无。"
    assert "这是2019年的格式（60号）：（六）其他处理只有一行，表二的项目不同。" in published.notes
    assert [one.words for one in published.missing if one.table == "表二"] == [
        "表二，行政处罚，本年处理决定数量",
        "表二，行政强制，本年处理决定数量",
    ]
    assert {one.column for one in published.missing if one.table == "表三"} == {"总计"}
    assert judge(published).ok, judge(published).broken


def test_of_several_tables_the_fullest_is_read() -> None:
    short = "<table><tr><td>一、本年新收政府信息公开申请数量</td>" + "<td>1</td>" * 7 + "</tr></table>"
    published = found(pages.page(short + pages.table3()))
    assert published.report["table3"] == report()["table3"]
    assert published.notes == ["文件中有2张表三，读取了数字最全的一张。"]


def test_a_document_with_its_merged_cells_split_and_its_heads_nested() -> None:
    document = Document()
    document.add_paragraph("安岳县人民政府二〇二五年政府信息公开工作年度报告")
    frame = document.add_table(1, 1).cell(0, 0)
    table = frame.add_table(len(pages.ROWS), 8)
    for row, label, (_, *figures) in zip(table.rows, pages.LABELS, pages.ROWS, strict=True):
        for cell, text in zip(row.cells, [label, *figures], strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    published = read(out.getvalue())
    assert (published.report["organ"], published.report["year"]) == ("安岳县人民政府", 2025)
    assert published.report["table3"] == report()["table3"]
    assert published.report["table4"]["review"] == [None] * 5


def test_a_workbook_with_everything_on_one_sheet() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for title in (
        "安岳县人民政府2025年政府信息公开工作年度报告",
        "一、总体情况",
        "（一）主动公开。",
        "三、收到和处理政府信息公开申请情况",
    ):
        sheet.append([title])
    for label, (_, *figures) in zip(pages.LABELS, pages.ROWS, strict=True):
        sheet.append([label, *map(int, figures)])
    sheet.append(["五、存在的主要问题及改进情况"])
    sheet.append(["无。"])
    sheet["H6"] = "=SUM(B6:G6)"
    out = io.BytesIO()
    book.save(out)
    published = read(out.getvalue())
    assert published.report["parts"] == {"1": "（一）主动公开。", "5": "无。"}
    rows = {row["code"]: row["values"] for row in published.report["table3"]["rows"]}
    assert rows["3.6.3"] == [941, 17, 0, 1, 3, 3, 965]
    assert rows["2"][6] is None, "nobody reckoned the formula"


WORDS = st.text(st.sampled_from("一二三政府信息公开（）。，：1.<>&\"'=+-@ ab　"), max_size=30)
PARTS = st.fixed_dictionaries({part: st.lists(WORDS, max_size=3).map("\n".join) for part in "156"})


@st.composite
def reports(draw: st.DrawFn) -> dict[str, Any]:
    """A report of any figures; what they add up to does not matter here."""
    values: dict[tuple[str, int], Any] = {}
    for table in TABLES.values():
        for figure in table.figures():
            number = draw(st.integers(0, 10**9)) if draw(st.booleans()) else 0
            values[figure.key] = f"{number // 100}" if figure.money else number
    parts = draw(PARTS)
    return report(**tables_of(values), parts={part: _settled(text) for part, text in parts.items()})


def _settled(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


@pytest.mark.parametrize("write", [docx_file.write, xlsx_file.write, html_page.page])
@settings(max_examples=8, deadline=None)
@given(made=reports())
def test_what_is_written_is_read_back_equal(write: Callable[[dict[str, Any]], bytes], made: dict[str, Any]) -> None:
    published = read(write(made))
    assert values_of(published.report) == values_of(made)
    assert published.report == made
