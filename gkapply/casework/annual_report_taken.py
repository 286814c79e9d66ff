"""A report that was made elsewhere, in the form that the program keeps: typed figures, or what was read from a published file."""

from collections.abc import Mapping
from typing import Any

from gkapply.casework.people import Organ
from gkapply.law import annual_table2
from gkapply.law.annual_report import DisputePath, DisputeResult
from gkapply.law.annual_rows import CARRIED_OUT, COLUMNS, FORMAT, ROWS, TOTAL_LABEL
from gkapply.law.refusal import Refusal

HEADS = (*(column.label for column in COLUMNS), TOTAL_LABEL)
_ROWS = {row.code: row for row in ROWS}
_RESULTS = len(DisputeResult) + 1
_ARTICLE = "国办公开办函〔2021〕30号"
_DIGITS = 8


def settled(organ: Organ, year: int, report: Mapping[str, Any]) -> dict[str, Any]:
    """The report with every part in its place, so far as it holds them: a row with a figure that was not read is left out.

    Raises Refusal for another year, for impossible figures, and without row 四.
    """
    if report.get("year") not in (None, year):
        raise Refusal(f"这份报告是{report['year']}年度的，不是{year}年度的", _ARTICLE, field="year")
    rows = [_row(row) for row in (report.get("table3") or {}).get("rows", ()) if None not in row["values"]]
    if CARRIED_OUT not in {row["code"] for row in rows}:
        raise Refusal("报告中没有「四、结转下年度继续办理」的数据，下一年度无法衔接", _ARTICLE, field="row_4")
    parts = report.get("parts") or {}
    return {
        "organ": organ.name,
        "year": year,
        "format": str(report.get("format") or FORMAT),
        "table3": {"columns": list(HEADS), "rows": rows},
        "table4": _table4(report.get("table4") or {}),
        "checks": list(report.get("checks") or ()),
        "parts": {number: str(parts.get(number) or "") for number in ("1", "5", "6")},
        "table2": annual_table2.read(annual_table2.typed(report.get("table2"))),
    }


def only_carried_out(values: list[int]) -> dict[str, Any]:
    """A report of which only row 四 is known: six figures by kind of applicant, the sum is added here."""
    return {"table3": {"rows": [{"code": CARRIED_OUT, "values": [*values, sum(values)]}]}}


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    code, values = str(row.get("code", "")), list(row.get("values") or ())
    label = _ROWS[code].label if code in _ROWS else str(row.get("label") or "")
    if not label or len(values) != len(HEADS) or not all(_is_count(one) for one in values):
        raise Refusal(f"表三「{label or code}」应有{len(HEADS)}个不小于0的整数", _ARTICLE, field=f"row_{code}")
    group = _ROWS[code].group if code in _ROWS else row.get("group")
    return {"code": code, "label": label, **({"group": group} if group else {}), "values": values}


def _table4(table: Mapping[str, Any]) -> dict[str, list[int]]:
    found = {}
    for path in DisputePath:
        values = list(table.get(path.value) or ())
        if not values or None in values:
            continue
        if len(values) != _RESULTS or not all(_is_count(one) for one in values):
            raise Refusal(f"表四每类应有{_RESULTS}个不小于0的整数", _ARTICLE, field="table4")
        found[path.value] = values
    return found


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def typed_report(
    typed: Mapping[str, str], carried: Mapping[str, str], disputes: Mapping[tuple[DisputePath, DisputeResult], str]
) -> dict[str, Any]:
    """A report from what a form holds: row 四 by column, table 二, and table 四 where any of its cells was filled in.

    ``carried`` and ``disputes`` name the fields. Raises Refusal at the field that is no number.
    """
    report = only_carried_out([_number(typed, carried[column.code]) for column in COLUMNS])
    report["table2"] = annual_table2.read(typed)
    if any(typed.get(name, "").strip() for name in disputes.values()):
        report["table4"] = {}
        for path in DisputePath:
            values = [_number(typed, disputes[path, result]) for result in DisputeResult]
            report["table4"][path.value] = [*values, sum(values)]
    return report


def _number(typed: Mapping[str, str], name: str) -> int:
    text = typed.get(name, "").strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        raise Refusal("须为0或者正整数", _ARTICLE, do="没有的请填0", field=name)
    return int(text)
