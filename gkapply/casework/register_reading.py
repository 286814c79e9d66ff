"""Reading a register (台账) file row by row: every bad row is told, every odd one counted; the sound ones are handed on."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice

from gkapply.law.refusal import Refusal
from gkapply.law.register_heads import COLUMNS, FACTS_SHEET, HEAD_WITHIN, Head, RegisterColumn, find_head
from gkapply.law.register_rows import SHOWN, Odd, Problem, RegisterRow, number_key, oddities, read_row
from gkapply.law.workdays import Calendar
from gkapply.register_tables import Line, Tables

EXPLAINING = frozenset(("填写说明", "说明", "选项"))
"""Sheets that hold no rows."""
_SHOWN_RANGES = 5


@dataclass(frozen=True, slots=True)
class Warned:
    """A sound row of which something is told all the same."""

    sheet: str
    line: int
    number: str
    odd: Odd


@dataclass(frozen=True, slots=True)
class Entry:
    """A sound row with its sheet."""

    sheet: str
    row: RegisterRow

    @property
    def key(self) -> str:
        """By what its number is known again."""
        return number_key(self.row.number)

    def content(self) -> dict[str, object]:
        """What is kept of it and compared."""
        return {"row": self.row.said()}


@dataclass(slots=True)
class Reader:
    """One reading of one file. After ``entries`` has been walked through, ``problems`` says what is wrong with it."""

    tables: Tables
    today: date
    calendar: Calendar
    problems: list[Problem] = field(default_factory=list)
    warned: list[Warned] = field(default_factory=list)
    odd: Counter[str] = field(default_factory=Counter)
    unused: dict[str, None] = field(default_factory=dict)
    rows: int = 0
    _lines: dict[str, tuple[str, int]] = field(default_factory=dict)

    def entries(self) -> Iterator[Entry]:
        """The sound rows. Raises Refusal for a file that cannot be read, has no heads, or no rows."""
        for name in self.tables.names:
            if name != FACTS_SHEET and name not in EXPLAINING:
                yield from self._of_sheet(name)
        if not self.rows:
            raise Refusal("表头下面没有任何记录", do="请核对文件", field="file")

    def warn(self, entry: Entry, odd: Odd) -> None:
        """Count something odd, and keep where it stands."""
        self.odd[odd.value] += 1
        self.warned.append(Warned(entry.sheet, entry.row.line, entry.row.number, odd))

    def _of_sheet(self, name: str) -> Iterator[Entry]:
        for line, cells in cells_of(self.tables, name, COLUMNS, self.unused, self.problems):
            self.rows += 1
            row = read_row(name, line, cells, self.today, self.problems)
            if row is None or self._is_double(name, row):
                continue
            entry = Entry(name, row)
            for odd in oddities(row, self.calendar):
                self.warn(entry, odd)
            yield entry

    def _is_double(self, name: str, row: RegisterRow) -> bool:
        earlier = self._lines.setdefault(number_key(row.number), (name, row.line))
        if earlier == (name, row.line):
            return False
        where = f"工作表「{earlier[0]}」第{earlier[1]}行" if earlier[0] != name else f"第{earlier[1]}行"
        self.problems.append(Problem(name, row.line, "登记编号", row.number[:SHOWN], f"与{where}重复"))
        return True


def cells_of(
    tables: Tables,
    name: str,
    columns: Sequence[RegisterColumn],
    unused: dict[str, None],
    problems: list[Problem],
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows below the heads of a table: line, and the texts by column; rows that are longer than the heads are problems.

    Raises Refusal for a table without heads, and one with merged cells below them.
    """
    lines = tables.lines(name)
    first = list(islice(lines, HEAD_WITHIN + 1))
    if not first:
        return
    head = find_head(first, columns, name)
    unused.update(dict.fromkeys(head.unused))
    _refuse_merged(tables.merged_below(name, head.last_line), name)
    for line, cells in chain(first, lines):
        if line > head.last_line:
            beyond = _beyond(cells, head)
            if beyond:
                problems.append(Problem(name, line, "", beyond[:SHOWN], "比表头多出内容，可能是内容中的逗号没有加引号"))
            else:
                yield line, _by_column((line, cells), head)


def _by_column(line: Line, head: Head) -> Mapping[str, str]:
    cells = line[1]
    return {code: cells[place] if place < len(cells) else "" for place, code in head.places.items()}


def _beyond(cells: Sequence[str], head: Head) -> str:
    """What stands beyond the last head."""
    return " ".join(cell for cell in cells[head.width :] if cell)


def _refuse_merged(ranges: Sequence[str], name: str) -> None:
    if ranges:
        told = "、".join(ranges[:_SHOWN_RANGES]) + (f" 等{len(ranges)}处" if len(ranges) > _SHOWN_RANGES else "")
        raise Refusal(
            f"工作表「{name}」的表头以下有合并的单元格（{told}），无法知道其内容属于哪一行",
            do="请取消合并，逐行填写",
            field="file",
        )
