"""Table 二 of the annual report: what was disclosed on the organ's own initiative (主动公开政府信息情况, 条例第二十条).

Its figures come from outside the register of requests: they are typed, or read from a small table or a published form. A cell that
nobody filled in is None.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from gkapply.law.refusal import Refusal

ARTICLE = "国办公开办函〔2021〕30号"
MOST = 9_999_999_999


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: its key in the report's dict, its label, the block above it, the heads of its figures."""

    key: str
    label: str
    block: str
    heads: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its figures in a form."""
        return (self.key,) if len(self.heads) == 1 else tuple(f"{self.key}_{place}" for place in range(len(self.heads)))


_RULES = ("本年制发件数", "本年废止件数", "现行有效件数")
_DECISIONS = ("本年处理决定数量",)
FEES = "fees"
LINES: tuple[Line, ...] = (
    Line("regulations", "规章", "第二十条第（一）项", _RULES),
    Line("normative", "行政规范性文件", "第二十条第（一）项", _RULES),
    Line("licences", "行政许可", "第二十条第（五）项", _DECISIONS),
    Line("penalties", "行政处罚", "第二十条第（六）项", _DECISIONS),
    Line("coercion", "行政强制", "第二十条第（六）项", _DECISIONS),
    Line(FEES, "行政事业性收费", "第二十条第（八）项", ("本年收费金额（单位：万元）",)),
)
NAMES = tuple(name for line in LINES for name in line.names)
"""Every figure by its name in a form, in the order of the table."""
_LABELS = {name: f"{line.label}{head}" for line in LINES for name, head in zip(line.names, line.heads, strict=True)}
_FEES = re.compile(r"\d{1,9}(\.\d{1,6})?")
_SPACE = re.compile(r"[\s,，]")


def empty() -> dict[str, Any]:
    """The table with nothing filled in."""
    return {line.key: [None] * len(line.heads) if len(line.heads) > 1 else None for line in LINES}


def read(typed: Mapping[str, str]) -> dict[str, Any]:
    """The table from what was typed under ``NAMES``; what is empty or missing is None.

    Counts are whole numbers from nought; the amount is in 万元 with at most six decimals, kept as it was typed. Raises Refusal
    naming the first field that is neither.
    """
    table = empty()
    for line in LINES:
        found = [_figure(name, typed.get(name, "")) for name in line.names]
        table[line.key] = found if len(found) > 1 else found[0]
    return table


def typed(table: Mapping[str, Any] | None) -> dict[str, str]:
    """The table as a form shows it: text by name, empty where nothing was filled in."""
    shown: dict[str, str] = {}
    for line in LINES:
        value = (table or {}).get(line.key)
        values = value if isinstance(value, list) else [value]
        values = [*values, *[None] * len(line.names)][: len(line.names)]
        shown.update({name: "" if one is None else str(one) for name, one in zip(line.names, values, strict=True)})
    return shown


def from_rows(rows: Iterable[Sequence[str]]) -> dict[str, Any]:
    """The table from the rows of a sheet: after the label of a line its figures, in the order of the official form.

    Labels and heads may stand anywhere; empty cells between label and figures are passed over. Raises Refusal when a line's
    figures cannot be read, or when no line of the table occurs at all.
    """
    found: dict[str, str] = {}
    labels = {line.label: line for line in LINES}
    for row in rows:
        cells = [_SPACE.sub("", cell) for cell in row]
        place = next((at for at, cell in enumerate(cells) if cell in labels), None)
        if place is None:
            continue
        line = labels[cells[place]]
        after = [cell for cell in cells[place + 1 :] if cell and cell != line.label]
        if not after:
            continue
        if len(after) < len(line.names):
            raise Refusal(
                f"表中「{line.label}」应有{len(line.names)}个数字（{'、'.join(line.heads)}），只有{len(after)}个",
                ARTICLE,
                do="没有的请填0",
                field="file",
            )
        found.update(zip(line.names, after, strict=False))
    if not found:
        raise Refusal(
            "文件里没有表二的项目（规章、行政规范性文件、行政许可、行政处罚、行政强制、行政事业性收费）",
            ARTICLE,
            do="每行第一格写项目名称，后面依次写数字；可以下载空表填写",
            field="file",
        )
    try:
        return read(found)
    except Refusal as refusal:
        raise Refusal(refusal.reason, ARTICLE, do=refusal.do, field="file") from refusal


def is_filled(table: Mapping[str, Any] | None) -> bool:
    """Whether every cell of it was filled in."""
    return all(typed(table)[name] != "" for name in NAMES)


def _figure(name: str, text: str) -> int | str | None:
    plain = _SPACE.sub("", text)
    if not plain:
        return None
    if name == FEES:
        if not _FEES.fullmatch(plain) or not _is_number(plain):
            raise Refusal(f"{_LABELS[name]}须为数字，最多六位小数", ARTICLE, do="例如 12.34", field=name)
        return plain
    if not plain.isdecimal() or not plain.isascii() or int(plain) > MOST:
        raise Refusal(f"{_LABELS[name]}须为0或者正整数", ARTICLE, do="没有的请填0", field=name)
    return int(plain)


def _is_number(text: str) -> bool:
    try:
        return Decimal(text) >= 0
    except InvalidOperation:
        return False
