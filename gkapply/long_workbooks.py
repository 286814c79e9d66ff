"""Long .xlsx workbooks, read row by row and never written; nothing is trusted, as in ``workbooks``, but the bounds are those of a register.

A formula comes as a ``Formula`` and is never reckoned. Merged cells come as the first of them alone; where they
lie is told, so that whoever reads the table can refuse those that are no heads.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from gkapply.law.refusal import Refusal
from gkapply.law.register_words import Formula
from gkapply.sheets import FORMULAS

LARGEST = 128 << 20
MOST_UNFOLDED, LARGEST_RATIO, MOST_WORDS = 1 << 30, 100, 192 << 20
"""Bytes to which all parts, and the part of shared texts, may unfold; how many times its own size the file may."""
MOST_MEMBERS, MOST_SHEETS, MOST_COLUMNS = 500, 60, 60
MOST_ROWS = 300_000
MOST_MERGED = 20_000
MOST_EMPTY = 50_000
"""Rows with nothing in them, one after the other."""
_CHUNK = 1 << 20
_OVERLAP = 256
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']")
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def looks_like_workbook(file: BinaryIO) -> bool:
    """Whether the file begins like a zip container."""
    file.seek(0)
    return file.read(4) == b"PK\x03\x04"


class LongWorkbook:
    """An open workbook; only its visible sheets are there. Making one raises Refusal for what may not be opened."""

    def __init__(self, file: BinaryIO):
        self._merged = _check(file)
        file.seek(0)
        try:
            self._book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        except Exception as error:  # openpyxl raises whatever a broken part makes it raise
            raise _refused("文件已损坏，或者不是 xlsx 工作簿") from error
        if len(self._book.worksheets) > MOST_SHEETS:
            raise _refused(f"工作表超过{MOST_SHEETS}张", "请分开导入")
        self._sheets = {one.title: one for one in self._book.worksheets if one.sheet_state == "visible"}

    @property
    def names(self) -> list[str]:
        """The visible sheets in their order."""
        return list(self._sheets)

    def close(self) -> None:
        """Close the workbook."""
        self._book.close()

    def merged_below(self, name: str, line: int) -> list[str]:
        """The ranges of merged cells (``A5:A7``) that reach below a row."""
        ranges = self._merged.get(self._sheets[name]._worksheet_path, [])
        return [one for one in ranges if max(range_boundaries(one)[1::2]) > line]

    def lines(self, name: str) -> Iterator[tuple[int, list[str]]]:
        """Every row of a sheet that holds anything, with its number. Raises Refusal."""
        sheet = self._sheets[name]
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        number = empty = 0
        while True:
            try:
                cells = next(rows, None)
            except Exception as error:  # as above: the rows are parsed only now
                raise _refused(f"文件已损坏，无法读取工作表「{name}」第{number + 1}行") from error
            if cells is None:
                return
            if empty > MOST_EMPTY:
                raise _refused(
                    f"工作表「{name}」第{number}行以上有{MOST_EMPTY}个以上连续的空行",
                    "请删除表格下方的空行和格式后重新保存",
                )
            number += 1
            if number > MOST_ROWS:
                raise _refused(f"工作表「{name}」超过{MOST_ROWS}行", "请分开导入")
            texts = [_text(value) for value in cells]
            empty = 0 if any(texts) else empty + 1
            if not empty:
                yield number, texts


def _check(file: BinaryIO) -> dict[str, list[str]]:
    """The merged ranges, by the path of their sheet. Raises Refusal for what may not be opened."""
    file.seek(0, 2)
    size = file.tell()
    if size > LARGEST:
        raise _refused(f"文件超过{LARGEST >> 20} MB", "请分开导入，或者另存为 csv")
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            names = {one.filename for one in members}
            if any(one.flag_bits & 0x1 for one in members):
                raise _refused("文件有密码，无法读取")
            if "xl/workbook.xml" not in names:
                raise _refused("文件不是 xlsx 工作簿")
            if any(name.endswith("vbaProject.bin") for name in names):
                raise _refused("文件含有宏，不能导入")
            most = min(MOST_UNFOLDED, max(LARGEST_RATIO * size, 1 << 20))
            if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > most:
                raise _refused("文件解压后过大，不能导入", "请删除多余的工作表、图片和格式后重新保存")
            return {one.filename: _look_through(archive, one) for one in members if _is_xml(one)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise _refused("文件已损坏，无法打开") from error


def _is_xml(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().endswith((".xml", ".rels"))


def _look_through(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> list[str]:
    """The merged ranges in one part, which is read piece by piece. Raises Refusal for declarations and lies."""
    if member.filename.endswith("sharedStrings.xml") and member.file_size > MOST_WORDS:
        raise _refused("文件中的文字过多，不能导入", "请另存为 csv，或者分开导入")
    merged: dict[str, None] = {}
    read, before = 0, b""
    with archive.open(member) as part:
        while chunk := part.read(_CHUNK):
            read += len(chunk)
            piece = before + chunk
            if read > member.file_size or b"\x00" in piece[:200] or _DECLARES.search(piece):
                raise _refused("文件中有不应出现的声明，不能导入")
            for found in _MERGED.finditer(piece):
                merged[found[1].decode()] = None
            if len(merged) > MOST_MERGED:
                raise _refused("合并的单元格过多", "请取消合并单元格后重新保存")
            before = piece[-_OVERLAP:]
    return list(merged)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return without_apostrophe(str(value).strip())


def without_apostrophe(text: str) -> str:
    """The text of a cell: an apostrophe that keeps it from being a formula is left out; what is one says so."""
    if text[:1] == "'" and text[1:].startswith(FORMULAS):
        return text[1:]
    return Formula(text) if text.startswith(("=", "＝")) else text


def _refused(reason: str, do: str = "请用 WPS 或者 Excel 另存为不含宏、没有密码的 xlsx，或者 csv") -> Refusal:
    return Refusal(reason, do=do, field="file")
