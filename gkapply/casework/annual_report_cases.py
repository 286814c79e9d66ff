"""The cases that a year's report counts, one by one, so that a later change of one is found beside the frozen figures."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gkapply.casework.journal import canonical
from gkapply.casework.records import Case
from gkapply.casework.report_conditions import COLUMN_CODES, counting
from gkapply.law.annual_rows import CARRIED_IN, CARRIED_OUT, COLUMNS, NEW
from gkapply.law.report_spans import Span


@dataclass(frozen=True, slots=True)
class Counted:
    """Where one case stands in table 三: its column, whether it was received in the year, its result row."""

    column: str
    new: bool
    row: str
    """Empty while it is open at the end of the year."""

    @property
    def cells(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """The two cells in which it counts one: row and column code each."""
        return (NEW if self.new else CARRIED_IN, self.column), (self.row or CARRIED_OUT, self.column)

    @property
    def carried_out(self) -> bool:
        """Whether it goes on into the next year."""
        return not self.row


@dataclass(frozen=True, slots=True)
class Change:
    """A case that counts otherwise than before; None where it did not count, or does not any more."""

    case_id: int
    was: Counted | None
    now: Counted | None

    @property
    def cells(self) -> Mapping[tuple[str, str], int]:
        """By how much each cell differs: +1 or -1."""
        found: dict[tuple[str, str], int] = {}
        for one, sign in ((self.was, -1), (self.now, 1)):
            for cell in one.cells if one else ():
                found[cell] = found.get(cell, 0) + sign
        return {cell: by for cell, by in found.items() if by}


def counted(session: Session, organ_id: int, year: int) -> dict[int, Counted]:
    """Every case that table 三 of the organ and year counts, by its key."""
    span = Span.of_year(year)
    conditions = counting([organ_id], span)
    query = select(Case.id, Case.applicant_kind, Case.received_on, Case.ended_on, Case.report_row).where(
        conditions.here,
        or_(conditions.new, conditions.carried_in),
        Case.applicant_kind.in_(COLUMN_CODES),
    )
    found = {}
    for case_id, column, received, ended, row in session.execute(query):
        assert received is not None
        over = ended is not None and ended < span.next_first
        found[case_id] = Counted(column, received >= span.first, (row or "") if over else "")
    return found


def written(cases: Mapping[int, Counted]) -> str:
    """The cases as a version keeps them."""
    places = {column.code: place for place, column in enumerate(COLUMNS)}
    return canonical([[key, places[one.column], int(one.new), one.row] for key, one in sorted(cases.items())])


def read(text: str) -> dict[int, Counted]:
    """The cases that a version kept; none for one that was not made here."""
    kept = json.loads(text) if text else []
    return {key: Counted(COLUMNS[place].code, bool(new), row) for key, place, new, row in kept}


def changes(was: Mapping[int, Counted], now: Mapping[int, Counted]) -> list[Change]:
    """Every case that counts otherwise, by its key."""
    keys = sorted(was.keys() | now.keys())
    return [Change(key, was.get(key), now.get(key)) for key in keys if was.get(key) != now.get(key)]
