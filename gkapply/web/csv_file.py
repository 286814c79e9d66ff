"""A table handed out as csv: opened in a spreadsheet, no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from werkzeug.wrappers import Response

from gkapply.web.attachment import attachment

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
CSV_TYPE = "text/csv; charset=utf-8"


def csv_file(heads: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> Response:
    """The answer that hands the rows out as ``name``: UTF-8 with BOM, as spreadsheets expect it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return attachment(text.getvalue().encode("utf-8-sig"), CSV_TYPE, name)


def _cell(value: object) -> str:
    """The text of a cell; one that a spreadsheet would calculate gets an apostrophe before it."""
    plain = "" if value is None else str(value)
    return f"'{plain}" if plain.startswith(_BEGINS_A_FORMULA) else plain
