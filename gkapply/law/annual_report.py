"""Tables 三 and 四 of the annual report (条例第五十条, 国办公开办函〔2021〕30号) as the json that every form of it is made from."""

from collections.abc import Mapping, Sequence, Set
from typing import Any

from gkapply.law import annual_checks
from gkapply.law.annual_checks import Check
from gkapply.law.annual_rows import COLUMNS, FORMAT, RESULT_ROWS, ROWS, TOTAL, TOTAL_LABEL, Row
from gkapply.law.dispute_blocks import DisputePath, DisputeResult

__all__ = ["Check", "Counts", "DisputePath", "DisputeResult", "Disputes", "build"]

Counts = Mapping[str, Mapping[str, int]]
"""Cases by row code and column code; what is missing counts nothing."""
Disputes = Mapping[str, Mapping[str, int]]
"""Disputes by ``DisputePath`` and ``DisputeResult``; what is missing counts nothing."""


def build(
    organ: str,
    year: int,
    counts: Counts,
    disputes: Disputes,
    last_year: annual_checks.Report | None = None,
    more: Sequence[Check] = (),
) -> dict[str, Any]:
    """The report of one organ and year as json.

    ``counts`` holds rows 1, 2, the result rows and 4; 3.7 and the last column are summed here. ``last_year`` is the report of the
    year before, where there is one; ``more`` are checks that only the cases can answer. Raises ValueError for a row, column, path
    or result that the format does not know, or a count below nought.
    """
    report: dict[str, Any] = {
        "organ": organ,
        "year": year,
        "format": FORMAT,
        "table3": {"columns": [*(column.label for column in COLUMNS), TOTAL_LABEL], "rows": _table3(counts)},
        "table4": _table4(disputes),
    }
    report["checks"] = [check.written() for check in (*annual_checks.check(report, last_year), *more)]
    return report


_COLUMN_CODES = tuple(column.code for column in COLUMNS)
_COUNTED_ROWS = tuple(row.code for row in ROWS if row.code != TOTAL)
_RESULT_ROWS = tuple(row.code for row in RESULT_ROWS)
_KNOWN_ROWS, _KNOWN_COLUMNS = frozenset(_COUNTED_ROWS), frozenset(_COLUMN_CODES)
_PATHS, _RESULTS = tuple(path.value for path in DisputePath), tuple(result.value for result in DisputeResult)
_NOTHING: Mapping[str, int] = {}


def _table3(counts: Counts) -> list[dict[str, Any]]:
    _known(counts, _KNOWN_ROWS, _KNOWN_COLUMNS)
    by_row = {code: _figures(counts.get(code, _NOTHING)) for code in _COUNTED_ROWS}
    by_row[TOTAL] = [*map(sum, zip(*(by_row[code] for code in _RESULT_ROWS), strict=True))]
    return [_written(row, by_row[row.code]) for row in ROWS]


def _figures(counted: Mapping[str, int]) -> list[int]:
    if not counted:
        return [0] * (len(_COLUMN_CODES) + 1)
    figures = [counted.get(code, 0) for code in _COLUMN_CODES]
    return [*figures, sum(figures)]


def _written(row: Row, values: list[int]) -> dict[str, Any]:
    written: dict[str, Any] = {"code": row.code, "label": row.label}
    if row.group is not None:
        written["group"] = row.group
    written["values"] = values
    return written


def _table4(disputes: Disputes) -> dict[str, list[int]]:
    _known(disputes, frozenset(_PATHS), frozenset(_RESULTS))
    table = {}
    for path in _PATHS:
        counted = disputes.get(path, _NOTHING)
        values = [counted.get(result, 0) for result in _RESULTS]
        table[path] = [*values, sum(values)]
    return table


def _known(counts: Counts, outer: Set[str], inner: Set[str]) -> None:
    if not counts.keys() <= outer:
        raise ValueError(f"unknown row {min(counts.keys() - outer)!r}")
    for name, values in counts.items():
        if not values.keys() <= inner:
            raise ValueError(f"unknown column {min(values.keys() - inner)!r} in row {name!r}")
        if min(values.values(), default=0) < 0:
            raise ValueError(f"negative count in row {name!r}")
