"""Reading a catalogue file, xlsx or csv: every bad row is named with its line, column, value and reason, and one refuses the whole file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gkapply.casework.catalogue_columns import (
    BY_CODE,
    FILE_COLUMNS,
    TICKS,
    checked,
    column_headed,
    tick_headed,
)
from gkapply.law.areas import area_called
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
NEEDED = tuple(one for one in FILE_COLUMNS if one.needed)
FILLED_DOWN = ("area", "heading")
"""Left empty, they are those of the row above: that is how the offices print them."""


class BadCatalogue(BadCells):
    """A catalogue that may not be imported."""


@dataclass(frozen=True, slots=True)
class Item:
    """One sound row: where it stands, its area, the code of its organ where the file names one, its columns."""

    sheet: str
    line: int
    area: str
    organ: str
    values: Mapping[str, str]

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from other items of its area."""
        return self.values["heading"], self.values["name"], self.values["subject"]


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """What a file says, and the heads of columns that are not used."""

    items: Sequence[Item]
    unused: Sequence[str]


def read_catalogue(content: bytes, area: str = "", known_areas: Sequence[str] = ()) -> CatalogueFile:
    """The items of a file; ``area`` is meant where neither a column nor the sheet's name says one.

    ``known_areas`` are the offices' own besides the 30. Raises BadCatalogue naming every bad cell, Refusal for what cannot be read.
    """
    if len(content) > LARGEST:
        raise Refusal(f"文件超过{LARGEST >> 20} MB", do="请分开导入", field="file")
    sheets = _sheets(content)
    reader = _Reader(area.strip(), frozenset(known_areas))
    found = [head for sheet in sheets if (head := _head_of(sheet)) is not None]
    if not found:
        heads = "、".join(one.head for one in NEEDED)
        raise Refusal("没有找到表头", do=f"表头应有：{heads}；可以用政务公开事项标准目录的格式", field="file")
    items = [item for sheet in sheets if (head := _head_of(sheet)) is not None for item in reader.items(sheet, head)]
    if reader.problems:
        raise BadCatalogue(reader.problems)
    if not items:
        raise Refusal("表头下面没有任何事项", field="file", do="请核对文件")
    return CatalogueFile(items, list(dict.fromkeys(unused for head in found for unused in head.unused)))


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
    """Which column of the sheet means what, and the line after which the items begin."""

    last_line: int
    columns: Mapping[int, str]
    ticks: Mapping[int, tuple[str, str]]
    unused: Sequence[str]


def _head_of(sheet: Sheet) -> _Head | None:
    """The heads of a sheet, in one row or in two; None when the sheet has none. Raises Refusal for columns that are missing or double."""
    for place, (line, upper) in enumerate(sheet.rows[:HEAD_WITHIN]):
        codes = {column_headed(text) for text in upper} - {None}
        if len(codes & {"name", "content", "basis", "subject"}) < 3:
            continue
        below = sheet.rows[place + 1] if place + 1 < len(sheet.rows) else (line, [])
        double = _goes_on(upper, below[1])
        return _read_head(sheet, below[0] if double else line, upper, below[1] if double else [])
    return None


def _goes_on(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether the row below belongs to the heads: nothing new stands under the columns that an item must fill."""
    under = dict(zip(upper, lower, strict=False))
    items = [
        text for head, text in under.items() if column_headed(head) in ("content", "basis") and text not in ("", head)
    ]
    return not items and sum(1 for text in lower if column_headed(text) or tick_headed(text)) >= 2


def _read_head(sheet: Sheet, line: int, upper: Sequence[str], lower: Sequence[str]) -> _Head:
    columns: dict[int, str] = {}
    ticks: dict[int, tuple[str, str]] = {}
    unused = []
    for number in range(max(len(upper), len(lower))):
        above = upper[number] if number < len(upper) else ""
        under = lower[number] if number < len(lower) else ""
        text = under or above
        if code := column_headed(text):
            columns[number] = code
        elif tick := tick_headed(text):
            ticks[number] = tick
        elif text and text != "序号":
            unused.append(text[:SHOWN])
    where = f"工作表「{sheet.name}」第{line}行" if sheet.name else f"第{line}行"
    present = [*columns.values(), *dict.fromkeys(code for code, _ in ticks.values())]
    missing = [one.head for one in NEEDED if one.code not in present]
    if missing:
        raise Refusal(f"{where}缺少列：{'、'.join(missing)}", do="请补上后重新选择文件", field="file")
    double = [BY_CODE[code].head for code in dict.fromkeys(present) if present.count(code) > 1]
    if double:
        raise Refusal(f"{where}有两列都表示「{'」「'.join(double)}」", do="请只保留一列", field="file")
    return _Head(line, columns, ticks, unused)


class _Reader:
    """Reads the rows of all sheets of a file, and collects what is wrong with them."""

    def __init__(self, area: str, known_areas: frozenset[str]):
        self.area, self.known_areas = area, known_areas
        self.problems: list[Problem] = []
        self._seen: dict[tuple[str, ...], tuple[str, int]] = {}

    def items(self, sheet: Sheet, head: _Head) -> Iterator[Item]:
        """The sound rows of a sheet."""
        above: dict[str, str] = {}
        area_of_sheet = self.area or (sheet.name if self._area(sheet.name) else "")
        for line, cells in sheet.rows:
            if line <= head.last_line:
                continue
            row = _row(cells, head)
            told = {text for code, text in row.items() if code not in FILLED_DOWN}
            if not any(told) or (len(row) > 3 and len(set(row.values())) == 1):
                continue  # empty but for a number, or a title across the whole table
            for code in FILLED_DOWN:
                row[code] = above[code] = row.get(code) or above.get(code, "")
            row["area"] = row["area"] or area_of_sheet
            before = len(self.problems)
            item = self._item(sheet.name, line, row)
            if len(self.problems) == before:
                yield item

    def _item(self, sheet: str, line: int, row: Mapping[str, str]) -> Item:
        values = {
            one.code: self._value(sheet, line, one.code, row.get(one.code, ""))
            for one in FILE_COLUMNS
            if one.code != "area"
        }
        area = self._area(row["area"])
        if area is None:
            reason = "不是公开领域" if row["area"] else "没有写明公开领域，请补上或者在导入时选择"
            self._wrong(sheet, line, "area", row["area"], reason)
        item = Item(sheet, line, area or "", values.pop("organ"), values)
        earlier = self._seen.setdefault((item.area, *item.key), (sheet, line))
        if earlier != (sheet, line):
            place = f"工作表「{earlier[0]}」第{earlier[1]}行" if earlier[0] != sheet else f"第{earlier[1]}行"
            self._wrong(sheet, line, "name", item.values["name"], f"与{place}重复")
        return item

    def _area(self, text: str) -> str | None:
        plain = text.strip()
        return area_called(plain) or (plain if plain in self.known_areas else None)

    def _value(self, sheet: str, line: int, code: str, text: str) -> str:
        """The value of a cell as it is kept; what is wrong with it is noted."""
        try:
            return checked(code, text)
        except Refusal as refusal:
            return self._wrong(sheet, line, code, text, refusal.reason)

    def _wrong(self, sheet: str, line: int, code: str, value: str, reason: str) -> str:
        self.problems.append(Problem(sheet, line, BY_CODE[code].head, value[:SHOWN], reason))
        return ""


def _row(cells: Sequence[str], head: _Head) -> dict[str, str]:
    """The cells of a row by column, ticks put into words."""
    row = {code: cells[number] if number < len(cells) else "" for number, code in head.columns.items()}
    ticked: dict[str, list[str]] = {}
    for number, (code, value) in head.ticks.items():
        text = cells[number].strip() if number < len(cells) else ""
        if text and text[0] in TICKS:
            who = text[1:].strip("（）() ：:")
            ticked.setdefault(code, []).append(f"{value}（{who}）" if who else value)
        elif text:
            ticked.setdefault(code, []).append(f"{value}（{text}）" if code == "audience" else text)
    row.update({code: "、".join(ticked.get(code, ())) for code in dict.fromkeys(c for c, _ in head.ticks.values())})
    return row
