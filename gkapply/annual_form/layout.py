"""The form of the annual report, described once (国办公开办函〔2021〕30号): its six parts, and the cells of tables 二, 三 and 四.

Every label is literal. Three columns of labels carry table 三, as in published reports: 「三、本年度办理结果」 spans the 22 rows of the
section, the heads （三） to （六） span theirs, and what has no row of its own below reaches over to the figures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from gkapply.annual_form.words import printable
from gkapply.law.annual_rows import COLUMNS, RESULT_GROUP, ROWS, TOTAL_LABEL, Row
from gkapply.law.dispute_blocks import DisputePath, DisputeResult

FORM = "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）"
TITLE = "政府信息公开工作年度报告"
LONGEST_TITLE = 20
"""Characters of a title that fit on one line at 22 pt."""
PARTS: dict[str, str] = {
    "1": "一、总体情况",
    "2": "二、主动公开政府信息情况",
    "3": "三、收到和处理政府信息公开申请情况",
    "4": "四、政府信息公开行政复议、行政诉讼情况",
    "5": "五、存在的主要问题及改进情况",
    "6": "六、其他需要报告的事项",
}
"""The headings of the six parts by the keys of the report's texts."""
TEXTS = ("1", "5", "6")
"""The parts that are written in words; the others are tables."""
NOTES = "统计口径"
"""What the settings under a table are called."""

Key = tuple[str, int]
"""A figure's place in the report: the code of its row (or its name in tables 二 and 四) and its place in that row."""


@dataclass(frozen=True, slots=True)
class Label:
    """A cell with words; it covers ``rows`` by ``columns`` places of the grid, counted from 0."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell with a figure; ``money`` is an amount in 万元, everything else a count."""

    key: Key
    row: int
    column: int
    columns: int = 1
    money: bool = False
    rows: int = 1


Cell = Label | Figure


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the widths of its columns in millimetres, how many rows are heads, its cells row by row."""

    part: str
    widths: Sequence[float]
    heads: int
    cells: Sequence[Cell]

    @property
    def height(self) -> int:
        """Rows of the grid."""
        return 1 + max(cell.row for cell in self.cells)

    def rows(self) -> Iterator[list[Cell]]:
        """The cells that begin in each row, from the left."""
        for _, cells in groupby(sorted(self.cells, key=_place), key=lambda cell: cell.row):
            yield list(cells)

    def places(self) -> Iterator[list[Cell]]:
        """The cells that each row shows or lies under, from the left: a cell of several rows stands in each of them."""
        for row in range(self.height):
            lying = (cell for cell in self.cells if cell.row <= row < cell.row + cell.rows)
            yield sorted(lying, key=lambda cell: cell.column)

    def names_row(self, label: Label) -> bool:
        """Whether the label says what the figures to its right are, and not those under it; a narrow head over rows does not."""
        return (
            label.row >= self.heads and label.rows == 1 and label.columns < len(self.widths) and self._has_figure(label)
        )

    def figures(self) -> Iterator[Figure]:
        """The cells that hold figures."""
        return (cell for cell in self.cells if isinstance(cell, Figure))

    def labels_of(self, figure: Figure) -> tuple[list[Label], list[Label]]:
        """The labels over a figure, from above, and those beside it, from the left: what its column and its row are called."""
        beside = [one for one in self._labels() if one.row <= figure.row < one.row + one.rows]
        beside = [one for one in beside if one.column < figure.column]
        above: list[Label] = []
        for row in range(figure.row - 1, -1, -1):
            met = self._at(row, figure.column)
            if isinstance(met, Figure):
                if above:
                    break
            elif met not in above:
                above.append(met)
        return above[::-1], sorted(beside, key=_place)

    def _labels(self) -> Iterator[Label]:
        return (cell for cell in self.cells if isinstance(cell, Label))

    def _has_figure(self, label: Label) -> bool:
        return any(one.row == label.row for one in self.figures())

    def _at(self, row: int, column: int) -> Cell:
        for cell in self.cells:
            if cell.row <= row < cell.row + cell.rows and cell.column <= column < cell.column + cell.columns:
                return cell
        raise LookupError(f"no cell at row {row}, column {column}")


def title(report: dict[str, Any]) -> str:
    """The title of a report: organ, year, and what it is."""
    return "".join(title_lines(report))


def title_lines(report: dict[str, Any]) -> list[str]:
    """The title in one line, or in two where it is too long for one."""
    organ, rest = printable(str(report["organ"])), f"{report['year']}年{TITLE}"
    return [organ + rest] if len(organ + rest) <= LONGEST_TITLE else [organ, rest]


def day_of(report: dict[str, Any]) -> str:
    """The day under the title, as it is written; empty for a report that is not settled yet."""
    if not report.get("on"):
        return ""
    on = date.fromisoformat(report["on"])
    return f"{on.year}年{on.month}月{on.day}日"


def settled_on(report: dict[str, Any]) -> date:
    """The day of the report, for the file's own data: that under its title, else the first on which its year is over."""
    return date.fromisoformat(report["on"]) if report.get("on") else date(report["year"] + 1, 1, 1)


def basis(report: dict[str, Any]) -> str:
    """The sentence under the title: by which rule it is made, and for which time."""
    year = report["year"]
    return f"本报告根据《中华人民共和国政府信息公开条例》第五十条和{FORM}编制，所列数据的统计期限为{year}年1月1日至12月31日。"


def _place(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column


_BLOCKS = (
    ("第二十条第（一）项", ("本年制发件数", "本年废止件数", "现行有效件数"), (("规章", "regulations"), ("行政规范性文件", "normative"))),
    ("第二十条第（五）项", ("本年处理决定数量",), (("行政许可", "licences"),)),
    ("第二十条第（六）项", ("本年处理决定数量",), (("行政处罚", "penalties"), ("行政强制", "coercion"))),
    ("第二十条第（八）项", ("本年收费金额（单位：万元）",), (("行政事业性收费", "fees"),)),
)  # fmt: skip
"""Table 二: the item of 条例第二十条, the heads, and the rows with their names in the report."""
MONEY = "fees"
_HEAD = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def _table2() -> Iterator[Cell]:
    row = 0
    for item, heads, lines in _BLOCKS:
        span = 3 // len(heads)
        yield Label(item, row, 0, columns=4)
        yield Label("信息内容", row + 1, 0)
        for place, head in enumerate(heads):
            yield Label(head, row + 1, 1 + place * span, columns=span)
        for number, (label, name) in enumerate(lines, start=row + 2):
            yield Label(label, number, 0)
            for place in range(len(heads)):
                yield Figure((name, place), number, 1 + place * span, columns=span, money=name == MONEY)
        row += 2 + len(lines)


def _table3() -> Iterator[Cell]:
    yield Label(_HEAD, 0, 0, rows=3, columns=3)
    yield Label("申请人情况", 0, 3, columns=7)
    person, *others = COLUMNS
    yield Label(person.label, 1, 3, rows=2)
    yield Label("法人或其他组织", 1, 4, columns=len(others))
    for place, column in enumerate(others, start=4):
        yield Label(column.label, 2, place)
    yield Label(TOTAL_LABEL, 1, 9, rows=2)
    results = [row for row in ROWS if row.group is not None]
    begun: set[str] = set()
    for number, row in enumerate(ROWS, start=3):
        yield from _labels3(row, number, begun, results)
        for place in range(7):
            yield Figure((row.code, place), number, 3 + place)


def _labels3(row: Row, number: int, begun: set[str], results: Sequence[Row]) -> Iterator[Label]:
    """The labels that begin with this row."""
    if row.group is None:
        yield Label(row.label, number, 0, columns=3)
        return
    if not begun:
        yield Label(RESULT_GROUP, number, 0, rows=len(results))
        begun.add(RESULT_GROUP)
    if row.group == RESULT_GROUP:
        yield Label(row.label, number, 1, columns=2)
        return
    if row.group not in begun:
        yield Label(row.group, number, 1, rows=sum(one.group == row.group for one in results))
        begun.add(row.group)
    yield Label(row.label, number, 2)


_PATHS = {DisputePath.SUIT_DIRECT: "未经复议直接起诉", DisputePath.SUIT_AFTER_REVIEW: "复议后起诉"}
"""The two kinds of suits; a review has no such head of its own."""


def _table4() -> Iterator[Cell]:
    heads = [*(one.label for one in DisputeResult), TOTAL_LABEL]
    yield Label("行政复议", 0, 0, columns=5)
    yield Label("行政诉讼", 0, 5, columns=10)
    for number, path in enumerate(DisputePath):
        suit = _PATHS.get(path)
        if suit:
            yield Label(suit, 1, 5 * number, columns=5)
        for place, head in enumerate(heads, start=5 * number):
            yield Label(head, 2, place) if suit else Label(head, 1, place, rows=2)
            yield Figure((str(path), place - 5 * number), 3, place)


TABLE2 = Table("2", (51, 35, 35, 35), 0, tuple(_table2()))
TABLE3 = Table("3", (11, 19, 49, *[11] * 7), 3, tuple(_table3()))
TABLE4 = Table("4", [10.4] * 15, 3, tuple(_table4()))
TABLES: dict[str, Table] = {table.part: table for table in (TABLE2, TABLE3, TABLE4)}
