"""A table handed out as csv: opened in a spreadsheet, no cell is taken for a formula."""

from collections.abc import Iterable, Sequence

from werkzeug.wrappers import Response

from gkapply.sheets import write_csv
from gkapply.web.attachment import attachment

CSV_TYPE = "text/csv"
"""The charset is added by the answer itself."""


def csv_file(heads: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> Response:
    """The answer that hands the rows out as ``name``: UTF-8 with BOM, as spreadsheets expect it."""
    return attachment(write_csv(heads, rows), CSV_TYPE, name)
