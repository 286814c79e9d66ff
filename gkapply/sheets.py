"""Tables as files that spreadsheets open: csv, in and out.

Written as UTF-8 with BOM, so that Excel and WPS read Chinese; a cell that a spreadsheet would take for a formula begins with an
apostrophe. Read as UTF-8 (with or without BOM) or GB18030.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from gkapply.law.refusal import Refusal

PIECE = 32_768
"""Characters after which a piece of a long table is handed on."""
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table as csv with one row of heads; nothing in it is taken for a formula."""
    return b"".join(csv_rows(heads, rows))


def csv_rows(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The same piece by piece, each a number of rows, so that a long table is never whole in memory."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    text.write("\ufeff")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        if text.tell() > PIECE:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def harmless(cell: object) -> str:
    """The text of a cell as a spreadsheet shows it without reckoning; nothing for None."""
    plain = "" if cell is None else str(cell)
    return f"'{plain}" if plain.startswith(FORMULAS) else plain


def decoded(content: bytes) -> str:
    """The text of a file. Raises Refusal when it is neither UTF-8 nor GB18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal("文件既不是 UTF-8 编码，也不是 GB18030 编码", do="请另存为 UTF-8 编码的 csv", field="file")


def read_csv(text: str) -> list[tuple[int, list[str]]]:
    """Every row that holds anything, with its number in the file; cells are stripped. Raises Refusal for what is no csv."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = [(number, [cell.strip() for cell in row]) for number, row in enumerate(reader, start=1)]
    except csv.Error as error:
        raise Refusal("文件不是 csv 表格", do="请用 WPS 或者 Excel 另存为 csv", field="file") from error
    return [(number, row) for number, row in rows if any(row)]
