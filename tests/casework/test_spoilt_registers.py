"""Registers as they really come: each is refused with its sentence, or read by the stated rule (docs/register.md); never half taken."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from gkapply import database
from gkapply.casework.records import Case
from gkapply.law.refusal import Refusal
from gkapply.long_workbooks import MOST_EMPTY
from tests.casework.conftest import Office
from tests.casework.registers import CLOSED, HEADS, OPEN, as_csv, as_workbook, several, take

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
ROW = [CLOSED.get(head, "") for head in HEADS]
GROUPED = {"申请人类型": "类型", "申请人": "姓名", "证件号码": "证件", "联系电话": "联系电话", "联系地址": "地址"}
Make = Callable[[], io.BytesIO]


def text(*lines: str, encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO("\r\n".join(lines).encode(encoding))


def changed(**cells: Any) -> io.BytesIO:
    """A workbook whose second of three rows has these cells."""
    rows: list[dict[str, Any]] = [dict(one) for one in several(3)]
    rows[1] |= cells
    return as_workbook(rows)


def with_grouped_heads() -> io.BytesIO:
    """A title, and 申请人 over its parts, merged."""
    upper = ["申请人" if head in GROUPED else head for head in HEADS]
    first = HEADS.index("申请人类型")
    upper = [head if head != "申请人" or place == first else "" for place, head in enumerate(upper)]
    book = as_workbook([], above=[["某县台账"], upper], merged=["A1:P1", "D2:H2"])
    return _rewritten(book, [[GROUPED.get(head, "") for head in HEADS], ROW])


def _rewritten(book: io.BytesIO, rows: list[list[str]]) -> io.BytesIO:
    """The workbook with its last row of heads replaced by these rows."""
    from openpyxl import load_workbook

    made = load_workbook(book)
    sheet = made.worksheets[0]
    last = sheet.max_row
    sheet.delete_rows(last)
    for offset, row in enumerate(rows):
        for place, value in enumerate(row, 1):
            sheet.cell(last + offset, place, value or None)
    out = io.BytesIO()
    made.save(out)
    return out


READ: dict[str, tuple[Make, int]] = {
    "utf-8": (lambda: as_csv(several(2)), 2),
    "utf-8 with BOM": (lambda: as_csv(several(2), "utf-8-sig"), 2),
    "gb18030": (lambda: as_csv(several(2), "gb18030"), 2),
    "utf-16 with BOM, tabs": (lambda: text("\t".join(HEADS), "\t".join(ROW), encoding="utf-16"), 1),
    "titles above": (lambda: text("2026年台账", "填表单位：某县", ",".join(HEADS), ",".join(ROW)), 1),
    "full width heads": (lambda: text(",".join(f"　{head}（必填）" for head in HEADS), ",".join(ROW)), 1),
    "grouped heads in a workbook": (with_grouped_heads, 1),
    "a literal as a formula": (lambda: text(",".join(HEADS), ",".join(['="0012"', *ROW[1:]])), 1),
    "an apostrophe": (lambda: as_csv([{**CLOSED, "备注": "'=不是公式"}]), 1),
    "date cells": (lambda: as_workbook([{**OPEN, "收到日期": date(2026, 3, 2)}]), 1),
    "columns in another order, one unknown": (
        lambda: as_csv(several(1), heads=["序号", *reversed(HEADS), "经办领导"]),
        1,
    ),
    "empty rows between": (lambda: text(",".join(HEADS), "", ",".join(ROW), ",,,", ""), 1),
}
"""What is repaired by a stated rule: the file, and how many requests it brings."""
BAD_ROWS: dict[str, tuple[Make, list[str]]] = {
    "1301-01-01": (lambda: changed(收到日期="1301-01-01"), ["第3行「收到日期」列（「1301-01-01」）：不可能的年份"]),
    "a day that is not": (
        lambda: changed(答复日期="2026-02-30"),
        ["第3行「答复日期」列（「2026-02-30」）：没有这一天"],
    ),
    "a serial number": (lambda: changed(收到日期=46083), ["第3行「收到日期」列（「46083」）：不是日期，像是日期序号"]),
    "tomorrow": (lambda: changed(答复日期="2026-07-02"), ["第3行「答复日期」列（「2026-07-02」）：晚于今天"]),
    "unknown kind": (lambda: changed(申请人类型="外星人"), ["第3行「申请人类型」列（「外星人」）：不认识的申请人类型"]),
    "unknown channel": (lambda: changed(受理渠道="飞鸽"), ["第3行「受理渠道」列（「飞鸽」）：不认识的受理渠道"]),
    "unknown result": (lambda: changed(处理结果="3.8"), ["第3行「处理结果」列（「3.8」）：不是年度报告表三的处理结果"]),
    "result without day": (
        lambda: changed(答复日期=None, 送达日期=None),
        ["第3行「答复日期」列（空白）：有处理结果的"],
    ),
    "double number": (
        lambda: changed(登记编号="２０２６-0001"),
        ["第3行「登记编号」列（「２０２６-0001」）：与", "第2行重复"],
    ),
    "formula": (lambda: changed(申请内容='=A1&"甲"'), ["第3行「申请内容」列", "是公式"]),
    "identity number that a spreadsheet broke": (
        lambda: changed(证件号码=513822199001011234.0),
        ["第3行「证件号码」列", "科学计数"],
    ),
    "a comma without quotes": (
        lambda: text(",".join(HEADS), ",".join([*ROW, "多出来的"])),
        ["第2行（「多出来的」）：比表头多出内容"],
    ),
    "a fact of nobody": (
        lambda: as_workbook([OPEN], [{"登记编号": "2026-9999", "事实": "缴费", "日期": "2026-03-03"}]),
        ["工作表「事实」第2行「登记编号」列（「2026-9999」）：台账中没有这个编号"],
    ),
    "an extension of twenty-one days": (
        lambda: as_workbook(
            [OPEN],
            [{"登记编号": "2026-0007", "事实": "延期", "日期": "2026-03-20", "送达日期": "2026-03-20", "工作日数": 21}],
        ),
        ["工作表「事实」第2行「工作日数」列（「21」）：延长的期限最长不得超过20个工作日"],
    ),
    "an unknown fact": (
        lambda: as_workbook([OPEN], [{"登记编号": "2026-0007", "事实": "会商", "日期": "2026-03-03"}]),
        ["工作表「事实」第2行「事实」列（「会商」）：不认识的事实"],
    ),
}
"""What is refused row by row: the file, and what its only problem says."""


def bombed() -> io.BytesIO:
    """A container that unfolds to a thousand times its size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (64 << 20))
    return out


REFUSED: dict[str, tuple[Make, str]] = {
    "empty": (lambda: io.BytesIO(b""), "文件是空的"),
    "a picture": (lambda: io.BytesIO(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "文件不是 csv 表格，也不是 xlsx 工作簿"),
    "neither encoding": (lambda: io.BytesIO(b"\xff\x81\x00\xfe,,"), "编码|不是 csv"),
    "heads alone": (lambda: as_csv([]), "表头下面没有任何记录"),
    "no heads": (lambda: text("甲,乙,丙", "1,2,3"), "没有找到表头"),
    "a head is missing": (lambda: text(",".join(HEADS[1:]), ",".join(ROW[1:])), "缺少列：登记编号"),
    "two heads for one thing": (lambda: text(",".join([*HEADS, "申请人"]), ",".join(ROW)), "两列都表示「申请人」"),
    "merged cells below the heads": (lambda: as_workbook(several(3), merged=["C3:C4"]), r"合并的单元格（C3:C4）"),
    "an open quote": (lambda: text(",".join(HEADS), '2026-0001,"2026-03-02'), "引号没有配对"),
    "a bomb": (bombed, "解压后过大"),
    "a broken workbook": (lambda: io.BytesIO(as_workbook(several(1)).getvalue()[:-200]), "文件已损坏"),
    "rows far below": (lambda: _far_below(MOST_EMPTY), "连续的空行"),
}
"""What is no register at all."""


def _far_below(rows: int) -> io.BytesIO:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(HEADS)
    for place, value in enumerate(ROW, 1):
        sheet.cell(rows + 10, place, value)
    out = io.BytesIO()
    book.save(out)
    return out


def taken() -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


@pytest.mark.parametrize("name", READ)
def test_what_offices_bring_is_read_by_the_stated_rule(office: Office, name: str) -> None:
    make, count = READ[name]
    assert [str(one) for one in take(office, make()).problems] == []
    assert taken() == count


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_spoilt_row_refuses_the_file_with_its_sentence(office: Office, name: str) -> None:
    make, said = BAD_ROWS[name]
    (problem,) = take(office, make()).problems
    for words in said:
        assert words in str(problem).replace("工作表「Sheet」", "")
    assert taken() == 0


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_register_is_refused_with_its_sentence(office: Office, name: str) -> None:
    make, said = REFUSED[name]
    with pytest.raises(Refusal, match=said):
        take(office, make())
    assert taken() == 0
