"""A list handed out as a file, csv or workbook, row by row as it is read; who took what is noted before the first row."""

from collections.abc import Callable, Iterable, Sequence

from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework.access import Actor
from gkapply.casework.access_log import note_access
from gkapply.database import transaction
from gkapply.sheets import csv_rows
from gkapply.web.attachment import name_attachment
from gkapply.web.csv_file import CSV_TYPE
from gkapply.workbook_stream import Table, workbook_pieces
from gkapply.workbooks import WORKBOOK_TYPE

Rows = Callable[[], Iterable[Sequence[object]]]
WIDTH = 18
"""Characters that a column of a workbook is wide."""


def hand_out(
    form: str, name: str, heads: Sequence[str], rows: Rows, actor: Actor, *, which: str, filters: str
) -> Response:
    """The answer that hands the rows out as ``form`` (csv or xlsx); no cell is taken for a formula.

    ``which`` list and which ``filters`` go into the log of accesses: codes, never words that somebody searched for.
    """
    with transaction() as session:
        note_access(session, actor, "list.exported", clock.now(), form=form, which=which, filters=filters)
    file_name = f"{name}-{clock.today().isoformat()}.{form}"
    if form == "xlsx":
        answer = FlaskResponse(workbook_pieces([Table(name, heads, rows(), WIDTH)]), mimetype=WORKBOOK_TYPE)
    else:
        answer = FlaskResponse(csv_rows(heads, rows()), mimetype=CSV_TYPE)
    name_attachment(answer, file_name)
    return answer
