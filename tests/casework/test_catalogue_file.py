"""Reading catalogue files: the usual layouts are understood, every bad cell is named, hostile files are refused before they unfold."""

import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook

from gkapply.casework.catalogue_columns import WRITTEN
from gkapply.casework.catalogue_file import MOST_ROWS, BadCatalogue, read_catalogue
from gkapply.demo.county import DEPARTMENTS
from gkapply.law.areas import area_called, areas
from gkapply.law.refusal import Refusal
from gkapply.sheets import write_csv
from gkapply.workbooks import write_workbook

HEADS = [one.head for one in WRITTEN]
ROW = [
    "社会救助",
    "低保",
    "低保标准",
    "标准",
    "《社会救助暂行办法》",
    "20日",
    "县民政局",
    "政府网站",
    "全社会",
    "主动",
    "县级",
    "",
]


def with_cell(head: str, text: str) -> bytes:
    """A file of two rows, the second with ``text`` in a column."""
    second = [*ROW[:2], "低保资金", *ROW[3:]]
    second[HEADS.index(head)] = text
    return write_csv(HEADS, [ROW]) + (",".join(f'"{cell}"' for cell in second) + "\r\n").encode()


def workbook(fill: Callable[[Workbook], object]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    fill(book)
    book.save(out)
    return out.getvalue()


def test_the_areas_and_their_departments_are_those_of_the_demonstration_county() -> None:
    assert len(areas()) == 30
    assert sum(len(one.pilot) for one in areas()) == 26
    county = {area: department.name for department in DEPARTMENTS for area in department.areas}
    assert {one.name for one in areas()} == county.keys()
    assert all(county[one.name].endswith(one.department.removeprefix("县")) for one in areas())
    assert (area_called("环境保护领域"), area_called("医疗卫生"), area_called("太空")) == ("生态环境", "卫生健康", None)


def test_what_is_written_is_read_again() -> None:
    rows = [
        ROW,
        [
            *ROW[:2],
            "-3%的调整",
            "=不是公式",
            *ROW[4:8],
            "特定群体（申请人）",
            "主动、依申请",
            "县级、乡级",
            "https://example.gov.cn/a",
        ],
    ]
    table = write_csv(HEADS, rows), write_workbook("目录", HEADS, rows, [10] * len(HEADS))
    for content in table:
        first, second = read_catalogue(content).items
        assert first.values["name"] == "低保标准"
        assert [second.values[one.code] for one in WRITTEN[1:]] == rows[1][1:]
    sheet = load_workbook(io.BytesIO(table[1])).active
    assert sheet is not None
    assert [cell.value[0] for cell in sheet[3][2:4]] == ["'", "'"]  # no cell is taken for a formula


def standard_layout(book: Workbook) -> None:
    """The two rows of heads of the ministries' guides, with merged cells and ticks."""
    sheet = book.worksheets[0]
    sheet.title = "社会救助领域"
    sheet.append(["某县社会救助领域基层政务公开标准目录"])
    sheet.merge_cells("A1:N1")
    upper = ["序号", "公开事项", None, "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体"]
    sheet.append([*upper, "公开对象", None, "公开方式", None, "公开层级", None])
    lower = ["一级事项", "二级事项", *[None] * 5, "全社会", "特定群体（请写明）", "主动", "依申请公开", "县级", "乡级"]
    sheet.append([None, *lower])
    for place in ("A2:A3", "B2:C2", *(f"{letter}2:{letter}3" for letter in "DEFGH"), "I2:J2", "K2:L2", "M2:N2"):
        sheet.merge_cells(place)
    sheet.append(
        [1, "低保", "办事指南", "条件", "依据", "20日", "县民政局", "■政府网站", "√", None, "√", None, "√", "√"]
    )
    sheet.append(
        [2, None, "审核信息", "名单", None, "7日", "县民政局", "■公示栏", None, "√（申请人）", "√", "√", None, "√"]
    )
    sheet.merge_cells("B4:B5")
    sheet.merge_cells("E4:E5")


def test_the_layout_of_the_standard_guides_is_understood() -> None:
    first, second = read_catalogue(workbook(standard_layout)).items
    assert (first.area, first.values["heading"], first.values["level"]) == ("社会救助", "低保", "县级、乡级")
    assert (second.values["heading"], second.values["basis"]) == ("低保", "依据")
    assert (second.values["audience"], second.values["way"]) == ("特定群体（申请人）", "主动、依申请")


@pytest.mark.parametrize("heads", ["领域,类别,事项名称,公开要素,法律依据,公开期限,责任单位,公开载体,对象,方式,层级"])
def test_usual_synonyms_of_heads_are_understood_and_others_are_told(heads: str) -> None:
    read = read_catalogue(f"{heads}\n{','.join(ROW[:11])}\n".encode("gb18030"))
    assert (read.items[0].values["name"], read.items[0].values["term"]) == ("低保标准", "20日")
    assert read.unused == ["类别"]


@pytest.mark.parametrize(
    ("head", "text", "reason"),
    [
        ("二级事项", "", "没有填写"),
        ("公开依据", "=HYPERLINK(1)", "是公式"),
        ("公开时限", "长" * 301, "超过300个字"),
        ("公开领域", "星际航行", "不是公开领域"),
        ("公开对象", "部分人", "全社会"),
        ("公开方式", "随意", "应为「主动」"),
        ("公开层级", "国家级", "县级"),
        ("公开地址", "javascript:alert(1)", "http://"),
        ("公开内容（要素）", "机密★10年", "国家秘密标志"),
        ("二级事项", "低保标准", "与第2行重复"),
    ],
)
def test_a_bad_cell_is_named_and_refuses_the_whole_file(head: str, text: str, reason: str) -> None:
    with pytest.raises(BadCatalogue) as refused:
        read_catalogue(with_cell(head, text))
    (problem,) = refused.value.problems
    assert (problem.line, problem.column, problem.value) == (3, head, text[:60])
    assert reason in problem.reason


def test_every_bad_row_is_named() -> None:
    rows = [[*ROW[:2], f"第{number}项", *ROW[3:9], "随意", *ROW[10:]] for number in range(5)]
    with pytest.raises(BadCatalogue, match="5处错误") as refused:
        read_catalogue(write_csv(HEADS, [ROW, *rows]))
    assert [one.line for one in refused.value.problems] == [3, 4, 5, 6, 7]


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"xl/workbook.xml": b"<workbook/>", **members}.items():
            archive.writestr(name, content)
    return out.getvalue()


HOSTILE = {
    "not a table": (b"\x00\x01\x02 nothing", "不是 csv"),
    "no zip": (b"PK\x03\x04 broken", "损坏"),
    "a bomb": (zipped(bomb=b"0" * (20 << 20)), "解压后过大"),
    "many members": (zipped(**{f"x{number}": b"" for number in range(600)}), "解压后过大"),
    "entities": (zipped(**{"xl/a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "不应出现的声明"),
    "another encoding": (zipped(**{"xl/a.xml": "<!DOCTYPE a>".encode("utf-16")}), "不应出现的声明"),
    "macros": (zipped(**{"xl/vbaProject.bin": b""}), "宏"),
    "no workbook": (zipped(), "损坏"),
    "too long": (b"a" * (11 << 20), "超过10 MB"),
    "too many rows": (b"\n".join([b"a,b"] * (MOST_ROWS + 1)), "超过20000行"),
    "no heads": ("甲,乙\n1,2\n".encode(), "没有找到表头"),
    "columns missing": ("事项名称,公开内容,公开依据,公开主体\n1,2,3,4\n".encode(), "缺少列"),
    "two columns alike": (f"{','.join(HEADS)},事项名称\n".encode(), "有两列"),
    "heads alone": (write_csv(HEADS, []), "没有任何事项"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_a_catalogue_is_refused(name: str) -> None:
    content, reason = HOSTILE[name]
    with pytest.raises(Refusal, match=reason):
        read_catalogue(content)


def test_merged_cells_that_cover_the_sheet_are_refused() -> None:
    with pytest.raises(Refusal, match="合并的单元格过多"):
        read_catalogue(merged())


def merged() -> bytes:
    """A workbook whose merged range was written by hand: openpyxl itself would make every cell of it."""
    plain = io.BytesIO(write_workbook("目录", HEADS, [ROW], [10]))
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            if name.startswith("xl/worksheets/"):
                text = text.replace(
                    b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A2:Z900000"/></mergeCells>'
                )
            target.writestr(name, text)
    return out.getvalue()
