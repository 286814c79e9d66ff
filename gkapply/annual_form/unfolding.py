"""Tables with merged cells laid out as plain grids, and tables that only hold others taken apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gkapply.annual_form.published import MOST_COLUMNS, Allowance, Block, Grid
from gkapply.annual_form.spelling import squeezed
from gkapply.law.refusal import Refusal

DEEPEST = 6
"""Tables inside tables that are followed."""
_SIGNS = (
    "本年新收政府信息公开申请",
    "上年结转政府信息公开申请",
    "结果维持",
    "尚未审结",
    "行政规范性文件",
    "本年处理决定数量",
    "处理决定数量",
)
"""Words by which one of the report's tables is known."""


@dataclass(slots=True)
class RawCell:
    """A cell as the file has it: what stands in it, what it spans, whether it goes on from the cell above it."""

    blocks: list[Block] = field(default_factory=list)
    rows: int = 1
    columns: int = 1
    continues: bool = False

    @property
    def text(self) -> str:
        """All its words; those of tables in it as well."""
        lines = (block if isinstance(block, str) else "\n".join(_words(block)) for block in self.blocks)
        return "\n".join(lines)


def refuse_depth(depth: int) -> None:
    """Raises Refusal for a table that lies too deep in others."""
    if depth > DEEPEST:
        raise Refusal("文件中的表格嵌套过深，不能读取", do="请把表格单独复制到新文件后再试", field="file")


def unfolded(rows: Sequence[Sequence[RawCell]], allowance: Allowance) -> list[Block]:
    """A table as a grid; one that holds a table of the report is only its frame, and gives what stands in it instead.

    Raises Refusal for what exceeds the allowance.
    """
    inside = [block for row in rows for cell in row for block in cell.blocks]
    if any(not isinstance(block, str) and is_known(block) for block in inside):
        return inside
    allowance.take_grid()
    return [_grid(rows, allowance)]


def is_known(grid: Grid) -> bool:
    """Whether the grid holds words of one of the report's tables."""
    return any(sign in label for label in map(squeezed, _words(grid)) for sign in _SIGNS)


def _words(grid: Grid) -> Iterable[str]:
    """The words of a grid, those of a merged cell once in each row."""
    for row in grid:
        yield from (text for place, text in enumerate(row) if text and (place == 0 or row[place - 1] != text))


def _grid(rows: Sequence[Sequence[RawCell]], allowance: Allowance) -> Grid:
    """Every place of the grid with the words of the cell that covers it."""
    grid: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}
    for cells in rows:
        row: list[str] = []
        for cell in cells:
            _hang(row, hanging)
            above = grid[-1][len(row)] if cell.continues and grid and len(row) < len(grid[-1]) else ""
            text = above if cell.continues else cell.text
            for _ in range(min(cell.columns, MOST_COLUMNS - len(row))):
                if cell.rows > 1:
                    hanging[len(row)] = (cell.rows - 1, text)
                row.append(text)
        _hang(row, hanging)
        allowance.take_cells(1 + len(row))
        allowance.take_row(row)
        grid.append(row)
    return grid


def _hang(row: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    """Fill the places that cells of earlier rows reach down to."""
    while len(row) in hanging:
        left, text = hanging.pop(len(row))
        if left > 1:
            hanging[len(row)] = (left - 1, text)
        row.append(text)
