"""Tables 三 and 四 of the annual report (条例第五十条, 国办公开办函〔2021〕30号), and the checks on their figures."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from gkapply.law.annual_rows import (
    CARRIED_IN,
    CARRIED_OUT,
    COLUMNS,
    DISCLOSED,
    FORMAT,
    NEW,
    PARTIAL,
    RESULT_GROUP,
    RESULT_ROWS,
    ROWS,
    TOTAL,
    TOTAL_LABEL,
    Row,
    result_row,
    weight,
)


class MixedResultRule(StrEnum):
    """How a case whose items came to different results is counted: the format leaves it open (DESIGN)."""

    PARTIAL_THEN_WEIGHTIEST = "partial_then_weightiest"

    @property
    def label(self) -> str:
        """The sentence printed under the table."""
        return (
            "一件申请含多项内容且结果不同的：有予以公开又有其他结果的，计入部分公开；均未公开的，"
            "按不予公开、无法提供、不予处理、其他处理的次序计入在先的一项。"
        )


DEFAULT_RULE = MixedResultRule.PARTIAL_THEN_WEIGHTIEST


class CaseRow(NamedTuple):
    """The one row in which a case counts, with the sentence that says why."""

    code: str
    reason: str


def row_of_case(item_rows: Collection[str], rule: MixedResultRule = DEFAULT_RULE) -> CaseRow:
    """The row in which a case with these item results counts, by ``rule``.

    ``item_rows`` are the rows of its items, one or more. Raises ValueError when there is none or one is no result row.
    """
    if not item_rows:
        raise ValueError("a case without items has no row")
    if rule is not MixedResultRule.PARTIAL_THEN_WEIGHTIEST:
        raise ValueError(f"unknown rule {rule!r}")
    codes = sorted(set(item_rows), key=weight)
    if len(codes) == 1:
        row = result_row(codes[0])
        return CaseRow(row.code, f"各项结果相同，计入“{_named(row)}”")
    if PARTIAL in codes:
        return CaseRow(PARTIAL, "有一项作了区分处理，只计部分公开，不计其他情形")
    if DISCLOSED in codes:
        return CaseRow(PARTIAL, "有的项予以公开，有的项为其他结果，按混合结果规则计入部分公开")
    row = result_row(codes[0])
    return CaseRow(row.code, f"各项均未公开且结果不同，按混合结果规则计入次序在先的“{_named(row)}”")


def _named(row: Row) -> str:
    """The row with its head: a label such as 「3.其他」 says nothing alone."""
    return row.label if row.group == RESULT_GROUP else f"{row.group}{row.label}"


class DisputePath(StrEnum):
    """The three blocks of table 四."""

    REVIEW = "review"
    SUIT_DIRECT = "suit_direct"
    SUIT_AFTER_REVIEW = "suit_after_review"


class DisputeResult(StrEnum):
    """The columns of each block of table 四, before their sum."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"
    PENDING = "pending"

    @property
    def label(self) -> str:
        """The column's head."""
        return _DISPUTE_LABELS[self]


_DISPUTE_LABELS = {
    DisputeResult.UPHELD: "结果维持",
    DisputeResult.CORRECTED: "结果纠正",
    DisputeResult.OTHER: "其他结果",
    DisputeResult.PENDING: "尚未审结",
}

Counts = Mapping[str, Mapping[str, int]]
"""Cases by row code and column code; what is missing counts nothing."""
Disputes = Mapping[str, Mapping[str, int]]
"""Disputes by ``DisputePath`` and ``DisputeResult``; what is missing counts nothing."""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule that the figures must obey; ``detail`` says where they do not, or why nothing could be compared."""

    name: str
    ok: bool
    detail: str = ""


def build(
    organ: str, year: int, counts: Counts, disputes: Disputes, last_year_open: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """The report of one organ and year as json.

    ``counts`` holds rows 1, 2, the result rows and 4; 3.7 and the last column are summed here. ``last_year_open``
    is row 四 of the year before by column, where a report of it exists. Raises ValueError for a row, column, path or
    result that the format does not know, or a count below nought.
    """
    rows = _table3(counts)
    return {
        "organ": organ,
        "year": year,
        "format": FORMAT,
        "table3": {"columns": [*(column.label for column in COLUMNS), TOTAL_LABEL], "rows": rows},
        "table4": _table4(disputes),
        "checks": [
            {"name": check.name, "ok": check.ok, "detail": check.detail}
            for check in checks({row["code"]: row["values"] for row in rows}, last_year_open)
        ],
    }


def checks(values: Mapping[str, Sequence[int]], last_year_open: Mapping[str, int] | None = None) -> list[Check]:
    """Whether the seven figures of every row code agree with each other and with the year before."""
    summed = [sum(values[row.code][place] for row in RESULT_ROWS) for place in range(len(_HEADS))]
    return [
        _compare(
            "一加二等于三（七）加四",
            [new + old for new, old in zip(values[NEW], values[CARRIED_IN], strict=True)],
            [done + still for done, still in zip(values[TOTAL], values[CARRIED_OUT], strict=True)],
        ),
        _compare("三（七）等于三（一）至（六）之和", values[TOTAL], summed),
        _check_total_column(values),
        _check_carried(values[CARRIED_IN], last_year_open),
    ]


_HEADS = (*(column.label for column in COLUMNS), TOTAL_LABEL)
_COLUMN_CODES = frozenset(column.code for column in COLUMNS)
_COUNTED_ROWS = frozenset(row.code for row in ROWS) - {TOTAL}
_CARRIED = "上年结转等于上一年度报告的结转下年度"


def _table3(counts: Counts) -> list[dict[str, Any]]:
    _known(counts, _COUNTED_ROWS, _COLUMN_CODES)
    by_row = {code: [counts.get(code, {}).get(column.code, 0) for column in COLUMNS] for code in _COUNTED_ROWS}
    by_row[TOTAL] = [sum(by_row[row.code][place] for row in RESULT_ROWS) for place in range(len(COLUMNS))]
    return [_written(row, [*by_row[row.code], sum(by_row[row.code])]) for row in ROWS]


def _written(row: Row, values: list[int]) -> dict[str, Any]:
    written: dict[str, Any] = {"code": row.code, "label": row.label}
    if row.group is not None:
        written["group"] = row.group
    written["values"] = values
    return written


def _table4(disputes: Disputes) -> dict[str, list[int]]:
    _known(disputes, frozenset(DisputePath), frozenset(DisputeResult))
    table = {}
    for path in DisputePath:
        values = [disputes.get(path, {}).get(result, 0) for result in DisputeResult]
        table[str(path)] = [*values, sum(values)]
    return table


def _known(counts: Counts, outer: Collection[str], inner: Collection[str]) -> None:
    for name, values in counts.items():
        if name not in outer:
            raise ValueError(f"unknown row {name!r}")
        for column, value in values.items():
            if column not in inner:
                raise ValueError(f"unknown column {column!r} in row {name!r}")
            if value < 0:
                raise ValueError(f"negative count in row {name!r}, column {column!r}")


def _compare(name: str, left: Iterable[int], right: Iterable[int]) -> Check:
    wrong = [f"{head}：{a}≠{b}" for head, a, b in zip(_HEADS, left, right, strict=True) if a != b]
    return Check(name, ok=not wrong, detail="；".join(wrong))


def _check_total_column(values: Mapping[str, Sequence[int]]) -> Check:
    wrong = []
    for row in ROWS:
        *single, total = values[row.code]
        if sum(single) != total:
            wrong.append(f"{row.label}：{sum(single)}≠{total}")
    return Check("总计等于各类申请人之和", ok=not wrong, detail="；".join(wrong))


def _check_carried(carried_in: Sequence[int], last_year_open: Mapping[str, int] | None) -> Check:
    if last_year_open is None:
        return Check(_CARRIED, ok=True, detail="没有上一年度的数据可供核对")
    before = [last_year_open.get(column.code, 0) for column in COLUMNS]
    return _compare(_CARRIED, carried_in, [*before, sum(before)])
