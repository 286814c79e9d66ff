"""Tables as .xlsx workbooks, in and out. Reading trusts nothing: what unfolds too far, hides or declares is refused before it is opened.

Formulas are never reckoned: a cell with one comes as its text, which begins with ``=``.
"""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation

from gkapply.law.refusal import Refusal
from gkapply.sheets import harmless

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_MEMBERS, MOST_SHEETS = 500, 60
MOST_UNFOLDED, LARGEST_RATIO = 60 << 20, 100
"""Bytes to which the whole file may unfold, and how many times its own size."""
MOST_COLUMNS = 60
MOST_ROWS_WALKED = 200_000
"""Rows with nothing in them count too: a row may call itself the two-thousand-millionth, and all before it would be walked."""
MOST_TAGS, TAGS_OF_A_ROW = 150_000, 200
"""Marks of XML that all parts may hold, and how many more for each row that is wanted: each of them is an object to build."""
MOST_MERGED = 20_000
"""Cells that merged ranges may cover."""
MOST_LETTERS = 20_000_000
"""Characters in all cells: one long text may be named by every cell, and each of them is read."""
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']")
_DECLARES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, and every row that holds anything with its number; a merged cell counts in all its places."""

    name: str
    rows: Sequence[tuple[int, list[str]]]


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin like a zip container."""
    return content.startswith(b"PK\x03\x04")


def read_workbook(content: bytes, *, most_rows: int, most_bytes: int, reckoned: bool = False) -> list[Sheet]:
    """The visible sheets of a workbook of at most ``most_bytes``, with ``most_rows`` rows in all. Raises Refusal.

    With ``reckoned`` a cell with a formula comes as what the program that saved it had reckoned, empty where none had.
    """
    if len(content) > most_bytes:
        raise _refused(f"文件超过{most_bytes >> 20} MB")
    _check_container(content, MOST_TAGS + TAGS_OF_A_ROW * most_rows)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=reckoned, keep_links=False)
    except Exception as error:  # openpyxl raises whatever a broken part makes it raise
        raise _refused("文件已损坏，或者不是 xlsx 工作簿") from error
    try:
        return list(_sheets(book, content, most_rows))
    except Refusal:
        raise
    except Exception as error:  # as above: the rows are parsed only now
        raise _refused("文件已损坏，无法读取其中的单元格") from error
    finally:
        book.close()


def _refused(reason: str, do: str = "请用 WPS 或者 Excel 另存为不含宏、没有密码的 xlsx，或者 csv") -> Refusal:
    return Refusal(reason, do=do, field="file")


def _check_container(content: bytes, most_tags: int) -> None:
    """Raises Refusal for what is no workbook, has a password or macros, unfolds too far or declares entities."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            names = {one.filename for one in members}
            if any(one.flag_bits & 0x1 for one in members):
                raise _refused("文件有密码，无法读取")
            if "xl/workbook.xml" not in names:
                raise _refused("文件不是 xlsx 工作簿")
            if any(name.endswith("vbaProject.bin") for name in names):
                raise _refused("文件含有宏，不能导入")
            most = min(MOST_UNFOLDED, max(LARGEST_RATIO * len(content), 1 << 20))
            if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > most:
                raise _too_far()
            if sum(_tags_of(archive, one) for one in members) > most_tags:
                raise _too_far()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise _refused("文件已损坏，无法打开") from error


def _too_far() -> Refusal:
    return _refused("文件解压后过大，不能导入", "请删除多余的工作表、图片和格式后重新保存")


def _tags_of(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """The marks in a part of XML; 0 for every other. Raises Refusal for one that is longer than its directory says or could unfold by itself."""
    if not member.filename.lower().endswith((".xml", ".rels")):
        return 0
    with archive.open(member) as part:
        text = part.read(member.file_size + 1)
    if len(text) > member.file_size or b"\x00" in text[:200] or _DECLARES.search(text):
        raise _refused("文件中有不应出现的声明，不能导入")
    return text.count(b"<")


def _sheets(book: Any, content: bytes, most_rows: int) -> Iterator[Sheet]:
    if len(book.worksheets) > MOST_SHEETS:
        raise _refused(f"工作表超过{MOST_SHEETS}张", "请分开导入")
    left, walked, letters = most_rows, 0, MOST_LETTERS
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            merged = _merged(archive, sheet._worksheet_path)
            rows: dict[int, list[str]] = {}
            sheet.reset_dimensions()
            for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
                walked += 1
                if walked > MOST_ROWS_WALKED:
                    raise _refused("工作表下方的空行过多", "请删除表格下方的空行和格式后重新保存")
                texts = [_text(value) for value in cells]
                for column, (row, origin) in merged.get(number, {}).items():
                    source = texts if row == number else rows.get(row, [])
                    texts += [""] * (column + 1 - len(texts))
                    texts[column] = source[origin] if origin < len(source) else ""
                if not any(texts):
                    continue
                left, letters = left - 1, letters - sum(map(len, texts))
                if letters < 0:
                    raise _refused("单元格中的文字过多", "请删除过长的文字后重新保存")
                if left < 0:
                    raise _refused(f"超过{most_rows}行", "请分开导入")
                rows[number] = texts
            yield Sheet(sheet.title, list(rows.items()))


def _merged(archive: zipfile.ZipFile, path: str) -> dict[int, dict[int, tuple[int, int]]]:
    """By row and column (from 0) of a covered cell: row and column of the cell whose text counts there."""
    covered: dict[int, dict[int, tuple[int, int]]] = {}
    count = 0
    for match in _MERGED.finditer(archive.read(path)):
        one, upper, other, lower = range_boundaries(match[1].decode())
        # A range may be written from its end: without order its size would be counted below zero.
        (left, right), (top, bottom) = sorted((one, other)), sorted((upper, lower))
        right = min(right, MOST_COLUMNS)
        count += max(0, right - left + 1) * (bottom - top + 1)
        if count > MOST_MERGED:
            raise _refused("合并的单元格过多", "请取消大范围的合并单元格后重新保存")
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    covered.setdefault(row, {})[column - 1] = (top, left - 1)
    return covered


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def write_workbook(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]], widths: Sequence[int]) -> bytes:
    """A workbook with one sheet; every cell is text, and none of them is taken for a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, head, bold=True) for head in heads])
    for row in rows:
        sheet.append([_cell(sheet, harmless(cell)) for cell in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def write_form(
    title: str, hints: Mapping[str, str], lists: Mapping[str, Sequence[str]], rows: int, width: int
) -> bytes:
    """A workbook to be filled in: a sheet with the heads of ``hints`` and ``rows`` rows of text cells, the hints on a second sheet.

    ``lists``: head → the words that its cells offer to choose among. Every column is ``width`` characters wide.
    """
    book = Workbook()
    sheet, told, offered = book.active, book.create_sheet("填写说明"), book.create_sheet("选项")
    sheet.title, sheet.freeze_panes, offered.sheet_state = title[:31], "A2", "hidden"
    sheet.append(list(hints))
    for number, head in enumerate(hints, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = width
        sheet[f"{letter}1"].font = Font(bold=True)
        for row in range(2, rows + 2):
            sheet[f"{letter}{row}"].number_format = "@"
            sheet[f"{letter}{row}"].alignment = Alignment(wrap_text=True, vertical="top")
        if words := lists.get(head, ()):
            for row, word in enumerate(words, start=1):
                offered[f"{letter}{row}"] = word
            choice = DataValidation("list", formula1=f"选项!${letter}$1:${letter}${len(words)}", allow_blank=True)
            choice.add(f"{letter}2:{letter}{rows + 1}")
            sheet.add_data_validation(choice)
    for line in hints.items():
        told.append(line)
    told.column_dimensions["A"].width, told.column_dimensions["B"].width = width, 4 * width
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, text: str, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell
