"""What a register would say of requests that this system handles itself: so that what was handed out can be read back and changes nothing."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy.orm import Session

from gkapply.casework.among import among, as_keys
from gkapply.casework.records import Case
from gkapply.casework.register_columns import CONTACT
from gkapply.casework.register_entries import entries, opened
from gkapply.casework.register_file import columns
from gkapply.law.register_heads import COLUMNS
from gkapply.law.register_rows import RegisterRow, read_row

_SHOWN = columns(in_clear=True)[: len(COLUMNS)]
_NEEDS = frozenset(column.need for column in _SHOWN) - {"", CONTACT}
_OF_THESE = entries().where(among(Case.id, "cases"))


def told(session: Session, cases: Collection[int]) -> Mapping[str, RegisterRow]:
    """By number, the row that an export would write of each of these requests; those of which it could write none are left out."""
    rows = session.connection().execute(_OF_THESE, {"cases": as_keys(cases)}).all()
    found = {}
    for entry in opened(session, rows, _NEEDS, contact=True):
        cells = {heading.code: column.text(entry, date.max) for heading, column in zip(COLUMNS, _SHOWN, strict=True)}
        row = read_row("", 0, cells, date.max, [])
        if row is not None:
            found[entry.row.number] = row
    return found


def says_the_same(row: RegisterRow, own: RegisterRow | None) -> bool:
    """Whether a row of a file says of a request what an export would; what the file hides is not compared."""
    if own is None:
        return False
    said = own.said()
    return all(said[code] == value for code, value in row.said().items() if code not in row.hidden)
