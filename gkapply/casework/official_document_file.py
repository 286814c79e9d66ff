"""Reading a table of official documents (公文公开属性登记表), csv or xlsx: every bad cell is named, and one refuses the whole file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gkapply.casework.catalogue_columns import clean, plain_head
from gkapply.casework.official_document_columns import BY_CODE, FILE_COLUMNS, HEADS, READ
from gkapply.casework.official_documents import DocumentDetails, checked, known_by
from gkapply.law.bad_cells import BadCells, Problem
from gkapply.law.refusal import Refusal
from gkapply.sheets import decoded, read_csv
from gkapply.workbooks import Sheet, is_workbook, read_workbook

LARGEST, MOST_ROWS = 10 << 20, 20_000
"""Bytes and rows of the largest file that is read."""
HEAD_WITHIN = 15
"""The heads stand in one of the first rows; titles may stand above them."""
SHOWN = 60
"""Characters of a wrong value that are repeated."""


class BadDocuments(BadCells):
    """A table of documents that may not be imported."""


@dataclass(frozen=True, slots=True)
class Row:
    """One sound row: where it stands, what it says, what tells its document from others."""

    sheet: str
    line: int
    details: DocumentDetails
    known_by: str
    columns: frozenset[str]
    """Codes of the columns that the file has."""


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """What a file says, and the heads of columns that are not used."""

    rows: Sequence[Row]
    unused: Sequence[str]


def read_documents(content: bytes, today: date) -> DocumentFile:
    """The documents of a file. Raises BadDocuments naming every bad cell, Refusal for what cannot be read."""
    if len(content) > LARGEST:
        raise Refusal(f"文件超过{LARGEST >> 20} MB", do="请分开导入", field="file")
    headed = [(sheet, head) for sheet in _sheets(content) if (head := _head_of(sheet)) is not None]
    if not headed:
        heads = "、".join(f"「{one.head}」" for one in FILE_COLUMNS if one.needed)
        raise Refusal("没有找到表头", do=f"表头至少应有{heads}两列；可以下载空表填写", field="file")
    reader = _Reader(today)
    rows = [row for sheet, head in headed for row in reader.rows(sheet, head)]
    if reader.problems:
        raise BadDocuments(reader.problems)
    if not rows:
        raise Refusal("表头下面没有任何公文", field="file", do="请核对文件")
    return DocumentFile(rows, list(dict.fromkeys(text for _, head in headed for text in head.unused)))


def _sheets(content: bytes) -> list[Sheet]:
    if is_workbook(content):
        return read_workbook(content, most_rows=MOST_ROWS, most_bytes=LARGEST)
    text = decoded(content)
    if "\x00" in text:
        raise Refusal("文件不是 csv 表格，也不是 xlsx 工作簿", do="请另存为 xlsx 或者 csv", field="file")
    rows = read_csv(text)
    if len(rows) > MOST_ROWS:
        raise Refusal(f"超过{MOST_ROWS}行", do="请分开导入", field="file")
    return [Sheet("", rows)]


@dataclass(frozen=True, slots=True)
class _Head:
    """Which column of the sheet means what, and the line after which the documents begin."""

    line: int
    columns: Mapping[int, str]
    unused: Sequence[str]


def _head_of(sheet: Sheet) -> _Head | None:
    """The heads of a sheet; None when it has none. Raises Refusal for two columns that mean the same."""
    for line, cells in sheet.rows[:HEAD_WITHIN]:
        columns = {place: code for place, text in enumerate(cells) if (code := HEADS.get(plain_head(text)))}
        if not {"title", "attribute"} <= set(columns.values()):
            continue
        codes = list(columns.values())
        double = [BY_CODE[code].head for code in dict.fromkeys(codes) if codes.count(code) > 1]
        if double:
            raise Refusal(f"第{line}行有两列都表示「{'」「'.join(double)}」", do="请只保留一列", field="file")
        unused = [text[:SHOWN] for place, text in enumerate(cells) if text and place not in columns and text != "序号"]
        return _Head(line, columns, unused)
    return None


class _Reader:
    """Reads the rows of all sheets of a file, and collects what is wrong with them."""

    def __init__(self, today: date):
        self.today = today
        self.problems: list[Problem] = []
        self._seen: dict[str, tuple[str, int]] = {}

    def rows(self, sheet: Sheet, head: _Head) -> Iterator[Row]:
        """The sound rows of a sheet."""
        for line, cells in sheet.rows:
            if line <= head.line:
                continue
            told = {code: cells[place] if place < len(cells) else "" for place, code in head.columns.items()}
            if not any(told.values()):
                continue  # empty but for a number
            before = len(self.problems)
            row = self._row(sheet.name, line, told)
            if row is not None and len(self.problems) == before:
                yield row

    def _row(self, sheet: str, line: int, told: Mapping[str, str]) -> Row | None:
        values = {code: self._value(sheet, line, code, text) for code, text in told.items()}
        if any(value is _Reader for value in values.values()):
            return None
        details = DocumentDetails(**values)
        try:
            checked(details, self.today)
        except Refusal as refusal:
            code = refusal.field or "title"
            self._wrong(sheet, line, code, told.get(code, ""), refusal.reason)
            return None
        row = Row(sheet, line, details, known_by(details), frozenset(told))
        earlier = self._seen.setdefault(row.known_by, (sheet, line))
        if earlier != (sheet, line):
            place = f"工作表「{earlier[0]}」第{earlier[1]}行" if earlier[0] != sheet else f"第{earlier[1]}行"
            code = "number" if details.number else "title"
            self._wrong(sheet, line, code, told.get(code, ""), f"与{place}重复")
        return row

    def _value(self, sheet: str, line: int, code: str, text: str) -> Any:
        """The value of a cell as it is kept; what is wrong with it is noted, and ``_Reader`` stands in its place."""
        if text.startswith("="):
            return self._wrong(sheet, line, code, text, "是公式，请改为公式算出的文字")
        value = clean(text)
        if not value and BY_CODE[code].needed:
            return self._wrong(sheet, line, code, "", "没有填写")
        try:
            return READ[code](value) if code in READ else value
        except Refusal as refusal:
            return self._wrong(sheet, line, code, text, refusal.reason)

    def _wrong(self, sheet: str, line: int, code: str, value: str, reason: str) -> Any:
        self.problems.append(Problem(sheet, line, BY_CODE[code].head, value[:SHOWN], reason))
        return _Reader
