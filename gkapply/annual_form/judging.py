"""Which figures of a read report break which rule, and which single figure would explain it.

The rules are those of ``law.annual_checks``. A wrong figure breaks the sum of its row and the sums of its column: where one
change puts both right, that figure is named with what it should be.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gkapply.annual_form.layout import TABLE2
from gkapply.annual_form.published import Place, Published
from gkapply.annual_form.reading import row_label
from gkapply.law import annual_checks
from gkapply.law.annual_checks import COLUMN_CODES, HEADS, OLD_OTHER, RESULT_CODES, Cell, Check
from gkapply.law.annual_rows import CARRIED_IN, CARRIED_OUT, NEW, RESULT_ROWS, TOTAL, TOTAL_LABEL
from gkapply.law.dispute_blocks import DisputePath, DisputeResult

_RESULTS = frozenset({*(row.code for row in RESULT_ROWS), OLD_OTHER})
_CAME, _WENT = (NEW, CARRIED_IN), (TOTAL, CARRIED_OUT)
_SUM = len(HEADS) - 1
_PIECES = {"made": "本年制发件数", "repealed": "本年废止件数", "valid": "现行有效件数"}


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that the report breaks, where, and by which figures."""

    check: Check
    places: Sequence[Place]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure that, were it ``fits``, would put right every sum that it takes part in."""

    place: Place
    value: int
    fits: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of checking a report: the rules that were asked, those that are broken, and the figures that explain it."""

    checks: Sequence[Check]
    broken: Sequence[Broken]
    suspects: Sequence[Suspect]

    @property
    def ok(self) -> bool:
        """Whether no rule is broken that must hold."""
        return not any(one.check.weight is annual_checks.Weight.ERROR for one in self.broken)


def judge(published: Published, last_year: Mapping[str, Any] | None = None) -> Judgement:
    """Every rule asked of the report as it was read; a missing figure is what the others of its row leave, else nought."""
    report = filled(published.report)
    asked = annual_checks.check(report, last_year)
    broken = [Broken(one, [place_of(report, cell) for cell in one.cells]) for one in asked if not one.ok]
    return Judgement(asked, broken, list(_suspects(report)))


def filled(report: Mapping[str, Any]) -> dict[str, Any]:
    """The report with a number in every place of tables 三 and 四."""
    rows = [{**row, "values": _whole(row["values"])} for row in report["table3"]["rows"]]
    table4 = {path: _whole(values) for path, values in report["table4"].items()}
    return {**report, "table3": {**report["table3"], "rows": rows}, "table4": table4}


def takeable(published: Published) -> dict[str, Any]:
    """The report as it may be kept: every row that was found, whole; a row or block of which nothing was found is left out."""
    report = filled(published.report)
    found = {row["code"] for row in published.report["table3"]["rows"] if any(one is not None for one in row["values"])}
    rows = [row for row in report["table3"]["rows"] if row["code"] in found]
    paths = {path for path, values in published.report["table4"].items() if any(one is not None for one in values)}
    table4 = {path: values for path, values in report["table4"].items() if path in paths}
    return {**report, "table3": {**report["table3"], "rows": rows}, "table4": table4}


def _whole(values: Sequence[int | None]) -> list[int]:
    """The figures of a row: an empty sum is that of the others, a single missing one what the sum leaves, others are nought."""
    *single, total = values
    known = [value or 0 for value in single]
    if total is None:
        return [*known, sum(known)]
    left = total - sum(known)
    if single.count(None) == 1 and left >= 0:
        known[single.index(None)] = left
    return [*known, total]


def place_of(report: Mapping[str, Any], cell: Cell) -> Place:
    """The place that a check names by codes, by the words that a reader finds it under."""
    if cell.table == "3":
        row = next((row for row in report["table3"]["rows"] if row["code"] == cell.row), None)
        label = row_label(row) if row else cell.row
        return Place("表三", label, HEADS[COLUMN_CODES.index(cell.column)])
    if cell.table == "4":
        result = DisputeResult(cell.column).label if cell.column in RESULT_CODES[:-1] else TOTAL_LABEL
        return Place("表四", DisputePath(cell.row).label, result)
    beside = next(TABLE2.labels_of(one)[1] for one in TABLE2.figures() if one.key[0] == cell.row)
    return Place("表二", beside[-1].text, _PIECES.get(cell.column, ""))


def _suspects(report: Mapping[str, Any]) -> Iterator[Suspect]:
    """Of every row and column that are both wrong, the figure where they cross, if one number puts both right."""
    values = annual_checks.values_of(report)
    wrong = {place: _errors(values, place) for place in range(len(HEADS))}
    for code, figures in values.items():
        short = figures[_SUM] - sum(figures[:_SUM])
        for place in range(len(HEADS)):
            by = -short if place == _SUM else short
            if by and wrong[place] != (0, 0) and _mended(wrong[place], code, by) and figures[place] + by >= 0:
                cell = Cell("3", code, COLUMN_CODES[place])
                yield Suspect(place_of(report, cell), figures[place], figures[place] + by)


def _errors(values: Mapping[str, Sequence[int]], place: int) -> tuple[int, int]:
    """By how much a column is out: in 一加二等于三（七）加四, and in the sum of its results."""

    def total(codes: Iterator[str] | Sequence[str]) -> int:
        return sum(values[code][place] for code in codes if code in values)

    return total(_CAME) - total(_WENT), total([TOTAL]) - total([code for code in values if code in _RESULTS])


def _mended(errors: tuple[int, int], code: str, by: int) -> bool:
    """Whether a column is right when its figure in that row is changed by so much."""
    balance, summed = errors
    balance += by if code in _CAME else -by if code in _WENT else 0
    summed += by if code == TOTAL else -by if code in _RESULTS else 0
    return (balance, summed) == (0, 0)
