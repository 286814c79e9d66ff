"""A report that somebody published, as it was found in a file: its text and tables in order, and what came of reading them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gkapply.law.refusal import Refusal

MOST_CELLS, MOST_COLUMNS, MOST_GRIDS, MOST_LINES = 60_000, 60, 300, 40_000
"""What a file may hold that calls itself an annual report: cells in all its tables, columns of one, tables, lines of text."""
MOST_LETTERS = 3_000_000
"""Characters in all its tables: those of a merged cell count in every place, for there they are read."""

Grid = Sequence[Sequence[str]]
"""The rows of a table; what a merged cell covers holds its words in every place."""
Block = str | Grid
"""A line of text, or a table."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the report that a reader can find: the table (二, 三, 四 or a part), its row and its column by their labels."""

    table: str
    row: str = ""
    column: str = ""

    @property
    def words(self) -> str:
        """The place in one line."""
        return "，".join(filter(None, (self.table, self.row, self.column)))


@dataclass(frozen=True, slots=True)
class Published:
    """A report as it was read: the dict of the program's own reports, None where a figure could not be found.

    ``missing`` names what was not found, ``notes`` what was read by a rule that a reader should know of.
    """

    report: dict[str, Any]
    missing: Sequence[Place] = ()
    notes: Sequence[str] = ()


@dataclass(slots=True)
class Allowance:
    """How much of a file is still read; the whole of what is read from one file has one allowance."""

    cells: int = MOST_CELLS
    lines: int = MOST_LINES
    grids: int = MOST_GRIDS
    letters: int = MOST_LETTERS

    def take_cells(self, number: int) -> None:
        """Raises Refusal when the tables are too large."""
        self.cells -= number
        if self.cells < 0:
            raise _too_much("表格过大")

    def take_row(self, row: Sequence[str]) -> None:
        """Raises Refusal when the tables hold too many words."""
        self.letters -= sum(map(len, row))
        if self.letters < 0:
            raise _too_much("表格文字过多")

    def take_line(self) -> None:
        """Raises Refusal when the text is too long."""
        self.lines -= 1
        if self.lines < 0:
            raise _too_much("文字过多")

    def take_grid(self) -> None:
        """Raises Refusal when there are too many tables."""
        self.grids -= 1
        if self.grids < 0:
            raise _too_much("表格过多")


def _too_much(what: str) -> Refusal:
    return Refusal(f"文件中的{what}，不像一份年度报告", do="请只保留年度报告的正文和三张表后重新保存", field="file")
