"""Table 二 in grids: what was made and repealed, decided and collected; of the form of 2019 what the new one still asks."""

from collections.abc import Iterator, Mapping, Sequence

from gkapply.annual_form.figures import Value
from gkapply.annual_form.layout import MONEY, Key
from gkapply.annual_form.published import Grid
from gkapply.annual_form.spelling import core, count, is_blank, money, squeezed

_ROWS = {
    "规章": "regulations",
    "行政规范性文件": "normative",
    "规范性文件": "normative",
    "行政许可": "licences",
    "行政处罚": "penalties",
    "行政强制": "coercion",
    "行政事业性收费": MONEY,
}
_OF_PIECES = (("制发", 0), ("新制作", 0), ("废止", 1), ("现行有效", 2))
_OLD = ("上一年项目数量", "上年项目数量", "本年新制作", "本年增减", "对外公开总数量")
"""Heads that the form of 2019 has and the new one has not."""
_CONTENT = "信息内容"
_YUAN = "单位元"


def find(grids: Sequence[Grid]) -> dict[Key, Value]:
    """The figures of table 二 that the grids hold, the first of each place; None for what is no number, or was left empty."""
    found: dict[Key, Value] = {}
    for grid in grids:
        heads: Sequence[str] = ()
        for row in grid:
            if any(squeezed(text) == _CONTENT for text in row):
                heads = row
            name = next((_ROWS[core(text)] for text in row[:2] if core(text) in _ROWS), None)
            if name is not None:
                for key, value in _read(name, row, heads):
                    found.setdefault(key, value)
    return found


def is_old(grids: Sequence[Grid]) -> bool:
    """Whether a head is one that only the form of 2019 has."""
    return any(squeezed(text) in _OLD for grid in grids for row in grid for text in row)


def _read(name: str, row: Sequence[str], heads: Sequence[str]) -> Iterator[tuple[Key, Value]]:
    asked = {squeezed(text): place for place, text in reversed(list(enumerate(heads))) if place < len(row)}
    if name in ("regulations", "normative"):
        yield from _pieces(name, row, asked)
    elif name == MONEY:
        place = next((place for head, place in asked.items() if "收费金额" in head), None)
        if place is not None:
            in_yuan = any(_YUAN in head for head in asked)
            text = row[place]
            yield (name, 0), None if is_blank(text) else money(f"{text}元" if in_yuan and "元" not in text else text)
    else:
        place = next((place for head, place in asked.items() if "处理决定数量" in head), len(row) - 1)
        yield (name, 0), None if is_blank(row[place]) else count(row[place])


def _pieces(name: str, row: Sequence[str], asked: Mapping[str, int]) -> Iterator[tuple[Key, Value]]:
    """Made, repealed, in force; by their order where no head says so."""
    places = {which: place for head, place in asked.items() for words, which in _OF_PIECES if words in head}
    if not asked and len(row) == 4:
        places = {0: 1, 1: 2, 2: 3}
    for which, place in places.items():
        yield (name, which), None if is_blank(row[place]) else count(row[place])
