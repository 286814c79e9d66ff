"""The text and tables of a workbook: each sheet that is seen is one table, and its rows with one text are lines."""

from collections.abc import Iterator

from gkapply.annual_form.published import Allowance, Block
from gkapply.workbooks import Sheet, read_workbook

MOST_ROWS, MOST_BYTES = 5_000, 20 << 20


def blocks(content: bytes) -> list[Block]:
    """What stands in the visible sheets; a formula counts as the figure that was reckoned last. Raises Refusal."""
    written = read_workbook(content, most_rows=MOST_ROWS, most_bytes=MOST_BYTES)
    if any(cell.startswith("=") for sheet in written for _, row in sheet.rows for cell in row):
        reckoned = read_workbook(content, most_rows=MOST_ROWS, most_bytes=MOST_BYTES, reckoned=True)
        written = [_reckoned(sheet, other) for sheet, other in zip(written, reckoned, strict=True)]
    allowance = Allowance()
    return [block for sheet in written for block in _blocks(sheet, allowance)]


def _reckoned(written: Sheet, reckoned: Sheet) -> Sheet:
    """The sheet with its figures in the place of formulas; a formula that nobody reckoned stays and is read as none."""
    known = dict(reckoned.rows)
    rows = []
    for number, row in written.rows:
        values = known.get(number, [])
        cells = [
            values[place] if text.startswith("=") and place < len(values) and values[place] else text
            for place, text in enumerate(row)
        ]
        rows.append((number, cells))
    return Sheet(written.name, rows)


def _blocks(sheet: Sheet, allowance: Allowance) -> Iterator[Block]:
    width = max((place for _, row in sheet.rows for place, text in enumerate(row, start=1) if text), default=0)
    grid = [(row + [""] * width)[:width] for _, row in sheet.rows]
    allowance.take_cells(sum(map(len, grid)))
    allowance.take_grid()
    for row in grid:
        allowance.take_row(row)
    yield grid
    for row in grid:
        said = set(filter(None, row))
        if len(said) == 1:
            for line in said.pop().splitlines():
                allowance.take_line()
                yield line.strip()
