"""Long tables as .xlsx workbooks, piece by piece: no table is ever whole in memory or on a disk before it leaves.

Sheets are written one after the other as plain text cells, their strings in place (``inlineStr``), so that nothing has to be known in
advance. What a spreadsheet would take for a formula begins with an apostrophe, as in a csv.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZipFile

from gkapply.law.refusal import Refusal
from gkapply.sheets import FORMULAS

MOST_ROWS = 1_048_575
"""Rows beneath the heads that a sheet of the format may hold."""
PIECE = 1 << 16
"""Bytes after which a piece is handed on."""
QUICK = 3
"""How hard the compression tries: the tables are long and their reader waits."""
LONGEST_CELL = 32_767
"""Characters that a cell of the format may hold."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKUP = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACES = "http://schemas.openxmlformats.org"
_MAIN = f"{_SPACES}/spreadsheetml/2006/main"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'{_DECLARATION}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font>'
    '<font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
    '<xf fontId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name, its heads and their widths in characters, its rows (read once, while they are written)."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[object]]
    width: int = 18


class _Sink:
    """What the archive is written to: it cannot be wound back, and gives away what has come in."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._size = 0

    def write(self, content: bytes) -> int:
        self._held.append(bytes(content))
        self._size += len(content)
        return len(content)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    @property
    def is_full(self) -> bool:
        return self._size >= PIECE

    def taken(self) -> bytes:
        piece = b"".join(self._held)
        self._held.clear()
        self._size = 0
        return piece


def workbook_pieces(tables: Sequence[Table], *, large: bool = False) -> Iterator[bytes]:
    """The workbook piece by piece. ``large``: a sheet may come to more than two gigabytes before it is compressed.

    Raises Refusal for a table with more rows than a sheet may have.
    """
    sink = _Sink()
    with ZipFile(cast(IO[bytes], sink), "w", ZIP_DEFLATED, compresslevel=QUICK) as archive:
        for name, text in _frame(tables):
            archive.writestr(name, text)
        for number, table in enumerate(tables, start=1):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=large) as part:
                for text in _sheet(table):
                    part.write(text.encode())
                    if sink.is_full:
                        yield sink.taken()
    yield sink.taken()


def _sheet(table: Table) -> Iterator[str]:
    """The sheet's text, some rows at a time."""
    letters = [_letters(number) for number in range(1, len(table.heads) + 1)]
    yield (
        f'{_DECLARATION}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{len(letters)}" width="{table.width}" customWidth="1"/></cols><sheetData>'
    )
    yield _row(1, letters, table.heads, ' s="1"')
    held: list[str] = []
    for number, row in enumerate(table.rows, start=2):
        if number > MOST_ROWS + 1:
            raise Refusal(f"工作表“{table.name}”超过{MOST_ROWS}行，xlsx 写不下", do="请缩短期间，或者导出为 csv")
        held.append(_row(number, letters, row))
        if len(held) == 50:
            yield "".join(held)
            held.clear()
    yield "".join(held) + "</sheetData></worksheet>"


def _row(number: int, letters: Sequence[str], cells: Sequence[object], style: str = "") -> str:
    written = [
        f'<c r="{letter}{number}" t="inlineStr"{style}><is><t xml:space="preserve">{_text(cell)}</t></is></c>'
        for letter, cell in zip(letters, cells, strict=True)
        if cell is not None and cell != ""
    ]
    return f'<row r="{number}">{"".join(written)}</row>'


def _text(cell: object) -> str:
    """The cell as text of XML; what no workbook can hold is left out."""
    plain = str(cell)
    if plain.startswith(FORMULAS):
        plain = f"'{plain}"
    if len(plain) > LONGEST_CELL:
        plain = plain[: LONGEST_CELL - 1] + "…"
    if _MARKUP.search(plain) is None:
        return plain
    plain = _UNWRITABLE.sub("", plain.replace("\r\n", "\n").replace("\r", "\n"))
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _letters(number: int) -> str:
    """The letters of a column, from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _frame(tables: Sequence[Table]) -> Iterator[tuple[str, str]]:
    """The parts around the sheets."""
    numbers = range(1, len(tables) + 1)
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kinds}.worksheet+xml"/>' for n in numbers
    )
    yield (
        "[Content_Types].xml",
        f'{_DECLARATION}<Types xmlns="{_SPACES}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kinds}.styles+xml"/>{overrides}</Types>',
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    sheets = "".join(
        f'<sheet name="{_text(table.name[:31])}" sheetId="{n}" r:id="rId{n}"/>'
        for n, table in zip(numbers, tables, strict=True)
    )
    related = f'xmlns:r="{_SPACES}/officeDocument/2006/relationships"'
    yield (
        "xl/workbook.xml",
        f'{_DECLARATION}<workbook xmlns="{_MAIN}" {related}><sheets>{sheets}</sheets></workbook>',
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations([*(("worksheet", f"worksheets/sheet{n}.xml") for n in numbers), ("styles", "styles.xml")]),
    )
    yield "xl/styles.xml", _STYLES


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{_SPACES}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_DECLARATION}<Relationships xmlns="{_SPACES}/package/2006/relationships">{listed}</Relationships>'
