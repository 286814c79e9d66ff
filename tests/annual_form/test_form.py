"""The official form to the letter: every cell of every file against a list typed from the published form, merged ranges included."""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from docx import Document
from lxml import html
from openpyxl import load_workbook

from gkapply.annual_form import docx_file, html_page, xlsx_file
from gkapply.annual_form.layout import PARTS, TABLES
from tests.annual_form.published import report

FORM = {
    "2": """
1 1 1x4 第二十条第（一）项
2 1 1x1 信息内容
2 2 1x1 本年制发件数
2 3 1x1 本年废止件数
2 4 1x1 现行有效件数
3 1 1x1 规章
4 1 1x1 行政规范性文件
5 1 1x4 第二十条第（五）项
6 1 1x1 信息内容
6 2 1x3 本年处理决定数量
7 1 1x1 行政许可
8 1 1x4 第二十条第（六）项
9 1 1x1 信息内容
9 2 1x3 本年处理决定数量
10 1 1x1 行政处罚
11 1 1x1 行政强制
12 1 1x4 第二十条第（八）项
13 1 1x1 信息内容
13 2 1x3 本年收费金额（单位：万元）
14 1 1x1 行政事业性收费
""",
    "3": """
1 1 3x3 （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）
1 4 1x7 申请人情况
2 4 2x1 自然人
2 5 1x5 法人或其他组织
2 10 2x1 总计
3 5 1x1 商业企业
3 6 1x1 科研机构
3 7 1x1 社会公益组织
3 8 1x1 法律服务机构
3 9 1x1 其他
4 1 1x3 一、本年新收政府信息公开申请数量
5 1 1x3 二、上年结转政府信息公开申请数量
6 1 22x1 三、本年度办理结果
6 2 1x2 （一）予以公开
7 2 1x2 （二）部分公开（区分处理的，只计这一情形，不计其他情形）
8 2 8x1 （三）不予公开
8 3 1x1 1.属于国家秘密
9 3 1x1 2.其他法律行政法规禁止公开
10 3 1x1 3.危及“三安全一稳定”
11 3 1x1 4.保护第三方合法权益
12 3 1x1 5.属于三类内部事务信息
13 3 1x1 6.属于四类过程性信息
14 3 1x1 7.属于行政执法案卷
15 3 1x1 8.属于行政查询事项
16 2 3x1 （四）无法提供
16 3 1x1 1.本机关不掌握相关政府信息
17 3 1x1 2.没有现成信息需要另行制作
18 3 1x1 3.补正后申请内容仍不明确
19 2 5x1 （五）不予处理
19 3 1x1 1.信访举报投诉类申请
20 3 1x1 2.重复申请
21 3 1x1 3.要求提供公开出版物
22 3 1x1 4.无正当理由大量反复申请
23 3 1x1 5.要求行政机关确认或重新出具已获取信息
24 2 3x1 （六）其他处理
24 3 1x1 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请
25 3 1x1 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请
26 3 1x1 3.其他
27 2 1x2 （七）总计
28 1 1x3 四、结转下年度继续办理
""",
    "4": """
1 1 1x5 行政复议
1 6 1x10 行政诉讼
2 1 2x1 结果维持
2 2 2x1 结果纠正
2 3 2x1 其他结果
2 4 2x1 尚未审结
2 5 2x1 总计
2 6 1x5 未经复议直接起诉
2 11 1x5 复议后起诉
3 6 1x1 结果维持
3 7 1x1 结果纠正
3 8 1x1 其他结果
3 9 1x1 尚未审结
3 10 1x1 总计
3 11 1x1 结果维持
3 12 1x1 结果纠正
3 13 1x1 其他结果
3 14 1x1 尚未审结
3 15 1x1 总计
""",
}
"""Row, column, rows x columns that the cell covers, its words: 国办公开办函〔2021〕30号, typed from the published form."""
HEADINGS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]
Cells = dict[tuple[int, int, str], str]


def expected(part: str) -> Cells:
    lines = (line.split(" ", 3) for line in FORM[part].strip().splitlines())
    return {(int(row), int(column), span): words for row, column, span, words in lines}


def of_docx() -> tuple[list[str], dict[str, Cells]]:
    document = Document(io.BytesIO(docx_file.write(report(on="2026-01-20"))))
    headings = [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"]
    return headings, dict(zip("234", map(_cells_of_docx, document.tables), strict=True))


def _cells_of_docx(table: Any) -> Cells:
    """A cell of several rows is begun by its first and goes on in the others of the same column."""
    found: dict[int, tuple[int, int, int]] = {}
    cells: Cells = {}
    for number, row in enumerate(table._tbl.tr_lst, start=1):
        column = 1
        for cell in row.tc_lst:
            merge, width = cell.vMerge, cell.grid_span
            if merge == "continue":
                begun, rows, columns = found[column]
                cells[begun, column, f"{rows + 1}x{columns}"] = cells.pop((begun, column, f"{rows}x{columns}"))
                found[column] = (begun, rows + 1, columns)
            else:
                cells[number, column, f"1x{width}"] = "".join(
                    one.text or "" for one in cell.iter() if one.tag[-2:] == "}t"
                )
                found[column] = (number, 1, width)
            column += width
    return cells


def of_xlsx() -> tuple[list[str], dict[str, Cells]]:
    book = load_workbook(io.BytesIO(xlsx_file.write(report(on="2026-01-20"))))
    over = xlsx_file.FIRST - 1
    return book.sheetnames, {part: _cells_of_xlsx(book[PARTS[part]], over) for part in "234"}


def _cells_of_xlsx(sheet: Any, over: int) -> Cells:
    spans = {(one.min_row, one.min_col): (one.max_row, one.max_col) for one in sheet.merged_cells.ranges}
    cells: Cells = {}
    for row in sheet.iter_rows(min_row=over + 1):
        for cell in row:
            if cell.value is not None:
                last, right = spans.get((cell.row, cell.column), (cell.row, cell.column))
                cells[cell.row - over, cell.column, f"{last - cell.row + 1}x{right - cell.column + 1}"] = str(
                    cell.value
                )
    return cells


def of_html() -> tuple[list[str], dict[str, Cells]]:
    page = html.document_fromstring(html_page.page(report(on="2026-01-20")).decode())
    headings = [str(one.text_content()) for one in page.xpath("//h2")]
    return headings, dict(zip("234", map(_cells_of_html, page.xpath("//table")), strict=True))


def _cells_of_html(table: Any) -> Cells:
    taken: set[tuple[int, int]] = set()
    cells: Cells = {}
    for row, line in enumerate(table.xpath(".//tr"), start=1):
        column = 1
        for cell in line.xpath("th|td"):
            while (row, column) in taken:
                column += 1
            rows, columns = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            cells[row, column, f"{rows}x{columns}"] = cell.text_content()
            taken |= {(row + down, column + right) for down in range(rows) for right in range(columns)}
    return cells


@pytest.mark.parametrize("found", [of_docx, of_xlsx, of_html])
def test_every_label_and_merged_cell_is_that_of_the_form(
    found: Callable[[], tuple[list[str], dict[str, Cells]]],
) -> None:
    headings, tables = found()
    assert headings == HEADINGS
    for part, cells in tables.items():
        labels = {place: words for place, words in cells.items() if not re.fullmatch(r"\d+(\.\d+)?", words)}
        assert labels == expected(part), part
        assert len(cells) - len(labels) == {"2": 10, "3": 175, "4": 15}[part]


def test_every_figure_stands_in_its_place() -> None:
    _, tables = of_html()
    by_place = {
        part: {(row, column): words for (row, column, _), words in cells.items()} for part, cells in tables.items()
    }
    assert [by_place["2"][place] for place in [(3, 2), (3, 4), (4, 3), (7, 2), (11, 2), (14, 2)]] == [
        "3", "74", "984", "11398889", "166105", "316441",
    ]  # fmt: skip
    assert [by_place["3"][4, column] for column in range(4, 11)] == ["13612", "252", "0", "45", "128", "32", "14069"]
    assert [by_place["3"][27, column] for column in (4, 10)] == ["13364", "13810"]
    assert [by_place["4"][4, column] for column in (1, 5, 6, 15)] == ["376", "790", "16", "156"]
    assert of_docx()[1] == tables == of_xlsx()[1]


def test_figures_of_a_workbook_are_numbers_and_words_are_no_formulas() -> None:
    made = report(parts={"1": "=1+1\n无", "5": "", "6": ""}, table2={"fees": "12.34"})
    book = load_workbook(io.BytesIO(xlsx_file.write(made)))
    sheet = book[PARTS["3"]]
    assert (sheet["D6"].value, sheet["D6"].data_type) == (13612, "n")
    assert (book[PARTS["2"]]["B16"].value, book[PARTS["2"]]["B16"].data_type) == (12.34, "n")
    assert book[PARTS["2"]]["B5"].value is None, "nothing filled in"
    assert (book[PARTS["1"]]["A3"].value, book[PARTS["1"]]["A3"].data_type) == ("=1+1", "s")
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$3:$5", "D6")
    pages = [(one.page_setup.fitToWidth, one.page_setup.fitToHeight) for one in book.worksheets]
    assert pages == [(1, 0), (1, 1), (1, 1), (1, 1), (1, 0), (1, 0)], (
        "a table with its notes on one page, text on as many as it takes"
    )


def test_the_page_of_the_document_and_its_heads() -> None:
    document = Document(io.BytesIO(docx_file.write(report())))
    section = document.sections[0]
    assert [one and round(one.mm) for one in (section.page_width, section.page_height, section.top_margin, section.left_margin)] == [
        210, 297, 37, 28,
    ]  # fmt: skip
    for part, table in zip("234", document.tables, strict=True):
        heads = [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows]
        assert heads == [number < TABLES[part].heads for number in range(len(heads))]
        assert sum(int(one.get(one.keys()[0])) for one in table._tbl.tblGrid.gridCol_lst) <= 156 * 1440 / 25.4 + 8


@pytest.mark.parametrize("write", [docx_file.write, xlsx_file.write, html_page.page])
def test_equal_reports_give_equal_bytes_on_every_day(write: Callable[[dict[str, Any]], bytes]) -> None:
    with time_machine.travel(datetime(2026, 1, 20, tzinfo=UTC), tick=False):
        first = write(report())
    with time_machine.travel(datetime(2027, 1, 20, tzinfo=UTC), tick=False):
        assert write(report()) == first


def test_nothing_of_a_text_becomes_markup() -> None:
    made = report(organ="<b>县\x00", parts={"1": "<script>alert(1)</script>&\x0b", "5": "", "6": ""})
    page = html_page.page(made).decode()
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;</p>" in page
    assert docx_file.write(made)
    assert xlsx_file.write(made)


def test_a_reader_of_the_page_hears_row_and_column_of_a_figure() -> None:
    page = html.document_fromstring(html_page.page(report()).decode())
    cell = next(one for one in page.xpath("//td") if one.text == "3075")
    heads = [page.get_element_by_id(name).text for name in cell.get("headers").split()]
    assert heads == ["申请人情况", "自然人", "三、本年度办理结果", "（四）无法提供", "1.本机关不掌握相关政府信息"]
    cell = next(one for one in page.xpath("//td") if one.text == "51")
    assert [page.get_element_by_id(name).text for name in cell.get("headers").split()][:2] in (
        ["申请人情况", "总计"],
        ["行政诉讼", "复议后起诉"],
    )
    assert {one.get("scope") for one in page.xpath("//th")} == {"col", "colgroup", "row", "rowgroup"}
    assert len(page.xpath("//caption")) == 3
