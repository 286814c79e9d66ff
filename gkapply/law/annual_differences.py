"""Two reports cell by cell: a version against the one before, a year against the last."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gkapply.law.annual_report import DisputePath, DisputeResult
from gkapply.law.annual_rows import COLUMNS, RESULT_GROUP, ROWS, TOTAL_LABEL
from gkapply.law.annual_table2 import LINES
from gkapply.law.dispute_kinds import DisputeKind

Figure = int | str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell in which two reports differ; None where a report does not hold it."""

    table: str
    row: str
    column: str
    before: Figure
    after: Figure

    @property
    def by(self) -> int | None:
        """How much more it is now, where both are counts."""
        if isinstance(self.before, int) and isinstance(self.after, int):
            return self.after - self.before
        return None


_HEADS = (*(column.label for column in COLUMNS), TOTAL_LABEL)
_RESULTS = (*(result.label for result in DisputeResult), TOTAL_LABEL)
_LABELS = {row.code: row.label if row.group in (None, RESULT_GROUP) else f"{row.group}{row.label}" for row in ROWS}
_PATHS = {kind.path: kind.label for kind in DisputeKind if kind.path is not None}


def label_of(row: str) -> str:
    """A row of table 三 in words, with the head that it stands under."""
    return _LABELS.get(row, row)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Every cell of tables 三, 四 and 二 in which the reports differ, in the order of the tables.

    A cell that one of them does not hold is left out: a report of which only some figures are known differs in nothing else.
    """
    return [*_table3(before, after), *_table4(before, after), *_table2(before, after)]


def changed_parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The numbers of the parts whose text differs."""
    was, now = before.get("parts") or {}, after.get("parts") or {}
    return [part for part in ("1", "5", "6") if (was.get(part) or "") != (now.get(part) or "")]


def _table3(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    was = {row["code"]: row["values"] for row in before["table3"]["rows"]}
    for row in after["table3"]["rows"]:
        for head, one, other in zip(_HEADS, was.get(row["code"], ()), row["values"], strict=False):
            if one != other:
                yield Difference("表三", label_of(row["code"]), head, one, other)


def _table4(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    was, now = before.get("table4") or {}, after.get("table4") or {}
    for path in DisputePath:
        for head, one, other in zip(_RESULTS, was.get(path.value, ()), now.get(path.value, ()), strict=False):
            if one != other:
                yield Difference("表四", _PATHS[path], head, one, other)


def _table2(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    was, now = before.get("table2") or {}, after.get("table2") or {}
    for line in LINES:
        for head, one, other in zip(line.heads, _cells(was.get(line.key)), _cells(now.get(line.key)), strict=False):
            if one != other:
                yield Difference("表二", line.label, head, one, other)


def _cells(value: Any) -> list[Figure]:
    return list(value) if isinstance(value, list) else [value]
