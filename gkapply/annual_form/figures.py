"""The figures of a report by their places in the form, and the texts beside them."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from gkapply.annual_form.layout import MONEY, NOTES, TABLE2, TABLE3, TABLE4, Key
from gkapply.annual_form.words import printable
from gkapply.law.annual_rows import COLUMNS, ROWS, TOTAL_LABEL
from gkapply.law.refusal import Refusal

Value = int | str | None
"""A count, an amount as decimal text, or nothing filled in."""
Values = Mapping[Key, Value]
LONGEST_PARAGRAPH = 30_000
"""Characters: a cell of a spreadsheet holds no more than 32 767."""


def values_of(report: Mapping[str, Any]) -> dict[Key, Value]:
    """Every figure of the report by its place; None where nothing is filled in, or the report has no such table."""
    found: dict[Key, Value] = dict.fromkeys(_KEYS)
    for row in (report.get("table3") or {}).get("rows", ()):
        found |= {(row["code"], place): value for place, value in enumerate(row["values"])}
    for name in ("table2", "table4"):
        for key, value in (report.get(name) or {}).items():
            found |= (
                {(key, place): one for place, one in enumerate(value)} if isinstance(value, list) else {(key, 0): value}
            )
    return {key: found[key] for key in _KEYS}


def tables_of(values: Values) -> dict[str, Any]:
    """``table2``, ``table3`` and ``table4`` of a report with these figures; what is missing is None."""
    rows = []
    for row in ROWS:
        written: dict[str, Any] = {"code": row.code, "label": row.label}
        if row.group is not None:
            written["group"] = row.group
        rows.append({**written, "values": [values.get((row.code, place)) for place in range(7)]})
    return {
        "table2": _by_name(TABLE2.figures(), values),
        "table3": {"columns": [*(column.label for column in COLUMNS), TOTAL_LABEL], "rows": rows},
        "table4": _by_name(TABLE4.figures(), values),
    }


def _by_name(figures: Any, values: Values) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for figure in figures:
        found.setdefault(figure.key[0], []).append(values.get(figure.key))
    return {name: line[0] if len(line) == 1 else line for name, line in found.items()}


def paragraphs_of(report: Mapping[str, Any], part: str) -> list[str]:
    """The paragraphs of a part that is written in words; none when nothing is. Raises Refusal for one too long to print."""
    text = printable(str((report.get("parts") or {}).get(part) or ""))
    lines = [line.strip() for line in text.splitlines()]
    if any(len(line) > LONGEST_PARAGRAPH for line in lines):
        raise Refusal(f"年度报告有一段文字超过{LONGEST_PARAGRAPH}字", do="请分段后再导出")
    return [line for line in lines if line]


def notes_of(report: Mapping[str, Any], part: str) -> list[str]:
    """The settings by which a table was counted, as they are named under it: a line for each, numbered where there are several."""
    notes = [printable(str(note)) for note in (report.get("notes") or {}).get(f"table{part}", ())]
    if len(notes) > 1:
        notes = [f"{number}.{note}" for number, note in enumerate(notes, start=1)]
    return [
        f"{NOTES}：{note}" if first else note for first, note in zip([True, *[False] * len(notes)], notes, strict=False)
    ]


def amount(text: str) -> str | None:
    """An amount in 万元 as plain decimal text without idle noughts; None for what is none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or number < 0 or abs(number.adjusted()) > 15:
        return None
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def shown(value: Value) -> str:
    """A figure as it is printed."""
    return "" if value is None else str(value)


_KEYS = tuple(figure.key for table in (TABLE2, TABLE3, TABLE4) for figure in table.figures())
MONEY_KEY: Key = (MONEY, 0)
