"""Every rule that the figures of an annual report must obey, asked of the report's own json: ours or one read from elsewhere.

国办公开办函〔2021〕30号: 一加二等于三（七）加四, every sum, what one year carries into the next, and what the text says beside the tables.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from gkapply.law.annual_rows import CARRIED_IN, CARRIED_OUT, COLUMNS, NEW, RESULT_ROWS, ROWS, TOTAL, TOTAL_LABEL
from gkapply.law.annual_sentences import text_findings
from gkapply.law.annual_stated import Besides
from gkapply.law.dispute_blocks import DisputePath, DisputeResult

Report = Mapping[str, Any]
HEADS = (*(column.label for column in COLUMNS), TOTAL_LABEL)
COLUMN_CODES = (*(column.code for column in COLUMNS), "")
"""Codes of the seven columns of table 三 in their order; the sum has none."""
RESULT_CODES = (*(result.value for result in DisputeResult), "")
"""Codes of the five columns of a block of table 四; the sum has none."""
OLD_OTHER = "3.6"
"""（六）其他处理 as the format of 2019 has it: one row."""
_BLOCKS = tuple((path.value, path.label) for path in DisputePath)
LABELS = {row.code: f"{row.group}{row.label}" if row.group and row.code[:3] != "3.7" else row.label for row in ROWS}


class Weight(StrEnum):
    """What a failing check means."""

    ERROR = "error"
    """The report may not be published so."""
    WARNING = "warning"
    """A person looks at it: there may be a reason."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a report: ``table`` "2", "3" or "4", and its row and column by code."""

    table: str
    row: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule and whether it holds. ``detail`` says where it does not, or why nothing could be compared; ``do`` what to do."""

    code: str
    name: str
    ok: bool
    detail: str = ""
    cells: tuple[Cell, ...] = ()
    do: str = ""
    weight: Weight = Weight.ERROR

    def written(self) -> dict[str, Any]:
        """The check as the report's json states it; cells, advice and weight only where it fails."""
        told: dict[str, Any] = {"code": self.code, "name": self.name, "ok": self.ok, "detail": self.detail}
        if not self.ok:
            told["cells"] = [[cell.table, cell.row, cell.column] for cell in self.cells]
            told |= {"do": self.do, "weight": self.weight.value}
        return told


@dataclass(slots=True)
class _Found:
    """Where a rule is broken, as it is found out."""

    wrong: list[str] = field(default_factory=list)
    cells: dict[Cell, None] = field(default_factory=dict)

    def differ(self, place: str, left: int, right: int, cells: Iterable[Cell]) -> None:
        """Keep the place when the two are not equal."""
        if left != right:
            self.wrong.append(f"{place}：{left}≠{right}")
            self.cells.update(dict.fromkeys(cells))


def check(report: Report, last_year: Report | None = None, besides: Besides | None = None) -> list[Check]:
    """Every rule over the tables that ``report`` has; ``last_year`` is the report of the year before, where there is one.

    Table 二 and the text are asked only where they are filled in; ``besides`` is what the text states and no table holds. A row
    that the report does not have counts nothing.
    """
    return [
        *checks_of_table3(values_of(report), None if last_year is None else values_of(last_year)),
        *checks_of_table4(report["table4"], None if last_year is None else last_year.get("table4")),
        *(_valid_pieces(report["table2"], (last_year or {}).get("table2")) if report.get("table2") else ()),
        *(_text_agrees(report, last_year, besides) if report.get("parts") else ()),
    ]


def values_of(report: Report) -> dict[str, Sequence[int]]:
    """The seven figures of each row of table 三 by its code."""
    return {row["code"]: row["values"] for row in report["table3"]["rows"]}


def checks_of_table3(
    values: Mapping[str, Sequence[int]], last_year: Mapping[str, Sequence[int]] | None = None
) -> list[Check]:
    """Whether the seven figures of every row agree with each other and with row 四 of the year before."""
    return [_balance(values), _sums(values), _total_column(values), _carried(values, last_year)]


_NOTHING = (0,) * len(HEADS)
_SUMMED = (*(row.code for row in RESULT_ROWS), OLD_OTHER)


def _seven(values: Mapping[str, Sequence[int]], row: str) -> list[int]:
    """The figures of a row; what a report from elsewhere does not have counts nothing."""
    figures = values.get(row, _NOTHING)
    return list(figures) if len(figures) == len(HEADS) else [*figures, *_NOTHING][: len(HEADS)]


def _settled_by_column(
    code: str, name: str, left: Sequence[int], right: Sequence[int], rows: Sequence[str], do: str
) -> Check:
    """Whether two sides of an equation agree in each of the seven columns; ``rows`` are the rows that they are made of."""
    if left == right:
        return Check(code, name, ok=True)
    found = _Found()
    for head, column, one, other in zip(HEADS, COLUMN_CODES, left, right, strict=True):
        found.differ(head, one, other, [Cell("3", row, column) for row in rows])
    return _settled(code, name, found, do)


def _balance(values: Mapping[str, Sequence[int]]) -> Check:
    rows = (NEW, CARRIED_IN, TOTAL, CARRIED_OUT)
    new, carried_in, total, carried_out = (_seven(values, row) for row in rows)
    came = [one + other for one, other in zip(new, carried_in, strict=True)]
    went = [one + other for one, other in zip(total, carried_out, strict=True)]
    do = "请核对这一列的新收、上年结转、办理结果和结转下年度，逐件查找多计或者漏计的申请"
    return _settled_by_column("balance", "一加二等于三（七）加四", came, went, rows, do)


def _sums(values: Mapping[str, Sequence[int]]) -> Check:
    summed = [*map(sum, zip(_NOTHING, *(_seven(values, row) for row in _SUMMED if row in values), strict=True))]
    total = _seven(values, TOTAL)
    do = "请核对这一列的各行结果与（七）总计"
    return _settled_by_column("sums", "三（七）等于三（一）至（六）之和", total, summed, (TOTAL,), do)


def _total_column(values: Mapping[str, Sequence[int]]) -> Check:
    found = _Found()
    for code, figures in values.items():
        if sum(figures) != 2 * figures[-1]:
            found.differ(LABELS.get(code, code), sum(figures[:-1]), figures[-1], [Cell("3", code)])
    do = "请核对这一行的各类申请人与总计"
    return _settled("columns", "总计等于各类申请人之和", found, do)


_CARRIED = "上年结转等于上一年度报告的结转下年度"


def _carried(values: Mapping[str, Sequence[int]], last_year: Mapping[str, Sequence[int]] | None) -> Check:
    if last_year is None:
        return Check("carried", _CARRIED, ok=True, detail="没有上一年度的数据可供核对")
    now, then = _seven(values, CARRIED_IN), _seven(last_year, CARRIED_OUT)
    do = "请逐件核对上一年度报告发布以后补登、更正的申请，并在报告第六部分说明"
    return _settled_by_column("carried", _CARRIED, now, then, (CARRIED_IN,), do)


def checks_of_table4(
    table: Mapping[str, Sequence[int]], last_year: Mapping[str, Sequence[int]] | None = None
) -> list[Check]:
    """Whether the sums of table 四 are right, and whether what was pending last year is still counted."""
    found = _Found()
    for path, label in _BLOCKS:
        *single, total = table[path]
        found.differ(label, sum(single), total, [Cell("4", path)])
    sums = _settled("disputes", "表四各项总计等于四项结果之和", found, "请核对这一类的四项结果与总计")
    return [sums, _disputes_carried(table, last_year)]


def _disputes_carried(table: Mapping[str, Sequence[int]], last_year: Mapping[str, Sequence[int]] | None) -> Check:
    name, pending = "上年尚未审结的复议、诉讼仍在表四中", RESULT_CODES.index(DisputeResult.PENDING.value)
    if not last_year:
        return Check("disputes_carried", name, ok=True, detail="没有上一年度的数据可供核对", weight=Weight.WARNING)
    found = _Found()
    for path, label in _BLOCKS:
        if path not in last_year:
            continue
        before, now = last_year[path][pending], table[path][-1]
        if now < before:
            found.wrong.append(f"{label}：上年尚未审结{before}件，本年总计{now}件")
            found.cells[Cell("4", path)] = None
    do = "请核对上年尚未审结的案件是否已登记结果；本机关不结转计数的，请核对设置"
    return _settled("disputes_carried", name, found, do, Weight.WARNING)


_PIECES = {"regulations": "规章", "normative": "行政规范性文件"}


def _valid_pieces(table: Mapping[str, Any], last_year: Mapping[str, Any] | None) -> Iterable[Check]:
    """现行有效 is last year's, plus what was made, less what was repealed: by our own reading, so only a warning."""
    name, found, compared = "现行有效件数等于上年现行有效加制发减废止", _Found(), False
    for row, label in _PIECES.items():
        now, before = table.get(row), (last_year or {}).get(row)
        if now is None or before is None or None in (*now, before[2]):
            continue
        compared = True
        made, repealed, valid = now
        cells = [Cell("2", row, column) for column in ("made", "repealed", "valid")]
        found.differ(label, before[2] + made - repealed, valid, cells)
    if not compared:
        yield Check("valid", name, ok=True, detail="没有上一年度的数据可供核对", weight=Weight.WARNING)
        return
    do = "请核对制发、废止的件数；因清理、失效等其他原因变化的，请在报告中说明"
    yield _settled("valid", name, found, do, Weight.WARNING)


def _text_agrees(report: Report, last_year: Report | None, besides: Besides | None) -> Iterable[Check]:
    """What parts 一, 五 and 六 say in numbers beside what the tables say."""
    found = _Found()
    for one in text_findings(report["parts"], report, last_year, besides):
        found.wrong.append(one.sentence)
        found.cells.update(dict.fromkeys(Cell(table, row) for table, row in one.cells))
    do = "请改正文字，或者核对表中的数字；文字所说不是本年度数字的，请写明"
    yield _settled("text", "文字与表格的数字一致", found, do, Weight.WARNING)


def _settled(code: str, name: str, found: _Found, do: str, weight: Weight = Weight.ERROR) -> Check:
    return Check(code, name, not found.wrong, "；".join(found.wrong), tuple(found.cells), do, weight)
