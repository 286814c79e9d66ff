"""Table 三 in a grid: which columns hold which applicants, which rows which figures, however the labels were printed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gkapply.annual_form.figures import Value
from gkapply.annual_form.layout import Key
from gkapply.annual_form.published import Grid
from gkapply.annual_form.spelling import core, count, is_blank, squeezed
from gkapply.law.annual_rows import CARRIED_IN, CARRIED_OUT, COLUMNS, NEW, OTHER, ROWS, TOTAL, TOTAL_LABEL

OLD_OTHER = "3.6"
"""（六）其他处理 of the format of 2019: one row."""
_HEADS = {**{column.label: place for place, column in enumerate(COLUMNS)}, TOTAL_LABEL: 6, "合计": 6}
_LABELS = {**{core(row.label): row.code for row in ROWS}, "其他处理": OLD_OTHER, "合计": TOTAL}
_WORDS = (
    ("本年新收", NEW), ("上年结转", CARRIED_IN), ("结转下", CARRIED_OUT), ("予以公开", "3.1"), ("部分公开", "3.2"),
    ("国家秘密", "3.3.1"), ("法律行政法规禁止", "3.3.2"), ("三安全一稳定", "3.3.3"), ("第三方合法权益", "3.3.4"),
    ("内部事务", "3.3.5"), ("过程性", "3.3.6"), ("执法案卷", "3.3.7"), ("行政查询", "3.3.8"), ("不掌握", "3.4.1"),
    ("没有现成", "3.4.2"), ("仍不明确", "3.4.3"), ("信访举报投诉", "3.5.1"), ("重复申请", "3.5.2"), ("公开出版物", "3.5.3"),
    ("大量反复", "3.5.4"), ("重新出具", "3.5.5"), ("逾期不补正", "3.6.1"), ("收费通知", "3.6.2"), ("缴纳费用", "3.6.2"),
)  # fmt: skip
"""Words that name a row where its label is not the form's own; the first that is met counts."""
_MOST_HEADS = 8


@dataclass(frozen=True, slots=True)
class Table3:
    """What was found: figures by place (None: no number), rows that came twice, and whether there is a column for the sum."""

    values: Mapping[Key, Value]
    twice: Sequence[str]
    totals: bool
    old: bool
    """Whether it is the form of 2019."""


def find(grid: Grid) -> Table3 | None:
    """Table 三 of a grid; None where there is none."""
    first = next((number for number, row in enumerate(grid) if _code(row, len(row)) == NEW), None)
    if first is None:
        return None
    places = _places(grid[max(0, first - _MOST_HEADS) : first], grid[first])
    if places is None:
        return None
    values: dict[Key, Value] = {}
    twice: list[str] = []
    for row in grid[first:]:
        figures = {place: row[column] for place, column in places.items() if -column <= len(row)}
        code = _code(row, len(row) - len(figures))
        if code is None or len(row) <= len(figures):
            continue
        met = dict(_read(code, figures))
        if (code, 0) not in values:
            values |= met
        elif any(values[key] != value for key, value in met.items()):
            twice.append(code)
        if code == CARRIED_OUT:
            break
    old = not any((code, 0) in values for code in ("3.6.1", "3.6.2", OTHER))
    if not old:
        values = {key: value for key, value in values.items() if key[0] != OLD_OTHER}
    return Table3(values, twice, 6 in places, old and (OLD_OTHER, 0) in values)


def _code(row: Sequence[str], labels: int) -> str | None:
    """The row that the labels name: the last of them is its own, those before are heads."""
    own = next((text for text in reversed(row[:labels]) if not is_blank(text) and count(text) is None), "")
    name = core(own)
    if not name:
        return None
    return _LABELS.get(name) or next((code for words, code in _WORDS if words in squeezed(own)), None)


def _places(heads: Grid, first: Sequence[str]) -> dict[int, int] | None:
    """By kind of applicant (0 to 5, 6 the sum) its column, counted from the end of the row; None where no columns can be told."""
    found: dict[int, int] = {}
    for row in heads:
        for column, text in enumerate(row):
            place = _HEADS.get(squeezed(text))
            if place is not None and len(row) == len(first):
                found[place] = column - len(first)
    in_order = [found[place] for place in sorted(found)]
    if set(range(6)) <= found.keys() and in_order == sorted(set(in_order)):
        return found
    figures = 0
    while figures < min(7, len(first)) and count(first[-1 - figures]) is not None:
        figures += 1
    return {place: place - figures for place in range(figures)} if figures >= 6 else None


def _read(code: str, figures: Mapping[int, str]) -> Iterator[tuple[Key, Value]]:
    """The figures of a row. An empty sum beside figures was not filled in; any other empty cell is nought."""
    single = [count(figures[place]) for place in sorted(figures) if place < 6]
    for place in range(6):
        yield (code, place), single[place] if place < len(single) else None
    if 6 in figures:
        left_out = is_blank(figures[6]) and any(single)
        yield (code, 6), None if left_out else count(figures[6])
    else:
        yield (code, 6), None
