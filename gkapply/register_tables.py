"""Long tables that an office brings along, csv and xlsx, read line by line: bounded however long they are.

A csv may be UTF-8 (with or without BOM), GB18030, or UTF-16 with BOM; its cells are parted by commas, tabs or semicolons. A cell
``="0012"``, which is how spreadsheets keep leading zeros, is the text in it; an apostrophe that keeps a cell from being a formula is
left out. Every other formula comes as a ``Formula``: whoever reads the table refuses it.
"""

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, Protocol

from gkapply.law.refusal import Refusal
from gkapply.long_workbooks import LongWorkbook, looks_like_workbook, without_apostrophe

MOST_ROWS = 300_000
LARGEST = 512 << 20
"""Bytes of the largest csv."""
LONGEST_CELL = 32_767
"""Characters that a spreadsheet's cell can hold."""
_CHUNK = 1 << 20
_LITERAL = re.compile(r'="([^"]*)"')
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

Line = tuple[int, list[str]]
"""The number of a row in the file, and its cells as stripped texts; a date is YYYY-MM-DD."""


class Tables(Protocol):
    """The tables of one file."""

    @property
    def names(self) -> Sequence[str]:
        """The names of the tables; a csv has one, which has no name."""

    def lines(self, name: str) -> Iterator[Line]:
        """Every row of a table that holds anything. Raises Refusal, where it comes to it, for what cannot be read."""

    def merged_below(self, name: str, line: int) -> Sequence[str]:
        """The ranges of merged cells that reach below a row."""


@contextmanager
def open_tables(file: BinaryIO) -> Iterator[Tables]:
    """The tables of a file that can be read again from its beginning. Raises Refusal for what is no table, or too large."""
    if looks_like_workbook(file):
        book = LongWorkbook(file)
        try:
            yield book
        finally:
            book.close()
    else:
        yield _Csv(file, _encoding_of(file))


def digest_of(*files: BinaryIO | None) -> str:
    """SHA-256 of the files one after the other."""
    digest = hashlib.sha256()
    for file in files:
        if file is not None:
            file.seek(0)
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    return digest.hexdigest()


class _Csv:
    """A csv in a known encoding."""

    names = ("",)

    def __init__(self, file: BinaryIO, encoding: str):
        self._file, self._encoding = file, encoding

    def merged_below(self, name: str, line: int) -> Sequence[str]:
        """A csv has none."""
        return ()

    def lines(self, name: str) -> Iterator[Line]:
        """Every row that holds anything, with its number."""
        self._file.seek(0)
        text = io.TextIOWrapper(io.BufferedReader(_Unclosed(self._file)), encoding=self._encoding, newline="")
        sample = text.read(4096)
        text.seek(0)
        csv.field_size_limit(LONGEST_CELL * 4)
        reader = csv.reader(text, delimiter=_delimiter(sample), strict=True)
        number = 0
        try:
            for number, cells in enumerate(reader, start=1):
                if number > MOST_ROWS:
                    raise _refused(f"超过{MOST_ROWS}行", "请分开导入")
                plain = [_plain(cell) for cell in cells]
                if any(plain):
                    yield number, plain
        except csv.Error as error:
            raise _refused(f"第{number + 1}行起不是 csv 表格（引号没有配对，或者单元格过长）") from error


class _Unclosed(io.RawIOBase):
    """The file for one reading: closing the reading does not close the file."""

    def __init__(self, file: BinaryIO):
        super().__init__()
        self._file = file

    def readable(self) -> bool:
        """It is read."""
        return True

    def seekable(self) -> bool:
        """It is read again from its beginning."""
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """As of the file."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """As of the file."""
        return self._file.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """As of the file."""
        chunk = self._file.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _encoding_of(file: BinaryIO) -> str:
    """The encoding in which the whole file can be read. Raises Refusal when there is none."""
    file.seek(0)
    start = file.read(4)
    candidates = [name for mark, name in _BOMS if start.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in candidates:
        if _decodes(file, encoding):
            return encoding
    raise _refused("文件既不是 UTF-8、GB18030 编码，也不是带标记的 UTF-16 编码", "请另存为 UTF-8 编码的 csv")


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    size = 0
    try:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > LARGEST:
                raise _refused(f"文件超过{LARGEST >> 20} MB", "请分开导入")
            if "\x00" in decoder.decode(chunk):
                raise _refused("文件不是 csv 表格，也不是 xlsx 工作簿")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    if not size:
        raise _refused("文件是空的", "请核对选择的文件")
    return True


def _delimiter(sample: str) -> str:
    """What parts the cells: of comma, tab and semicolon the one that is there most often in the first lines."""
    return max((",", "\t", ";"), key=sample.count)


def _plain(cell: str) -> str:
    text = cell.strip()
    literal = _LITERAL.fullmatch(text)
    return literal[1].strip() if literal is not None else without_apostrophe(text)


def _refused(reason: str, do: str = "请用 WPS 或者 Excel 另存为 xlsx 或者 csv") -> Refusal:
    return Refusal(reason, do=do, field="file")
