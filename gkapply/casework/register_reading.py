"""Reading a register (台账) file row by row: every bad row is told, every odd one counted; the sound ones are handed on."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice

from gkapply.casework import register_standing
from gkapply.law.bad_cells import Problem
from gkapply.law.refusal import Refusal
from gkapply.law.register_facts import FactRow, Standing, read_fact, stand
from gkapply.law.register_heads import (
    COLUMNS,
    FACT_COLUMNS,
    FACTS_SHEET,
    HEAD_WITHIN,
    Head,
    RegisterColumn,
    find_head,
)
from gkapply.law.register_oddities import oddities
from gkapply.law.register_rows import SHOWN, Odd, RegisterRow, number_key, read_row
from gkapply.law.settings import ClockSettings
from gkapply.law.workdays import Calendar
from gkapply.register_tables import Line, Tables

APART = frozenset(("填写说明", "说明", "选项", "其他案卷"))
"""Sheets that hold no requests of the register; 其他案卷 are those that an export tells apart, since no report counts them."""
MOST_WARNED = 500
"""Odd rows of one kind whose places are kept; all are counted."""
_SHOWN_RANGES = 5
_LINES = 1 << 32


@dataclass(frozen=True, slots=True)
class Warned:
    """A sound row of which something is told all the same."""

    sheet: str
    line: int
    number: str
    odd: Odd


@dataclass(frozen=True, slots=True)
class Entry:
    """A sound row with its sheet, its facts, and what these come to; nothing comes of no facts (期限未核)."""

    sheet: str
    row: RegisterRow
    facts: tuple[FactRow, ...] = ()
    standing: Standing | None = None

    @property
    def key(self) -> str:
        """By what its number is known again."""
        return number_key(self.row.number)

    def content(self) -> dict[str, object]:
        """What is kept of it and compared."""
        said: dict[str, object] = {"row": self.row.said()}
        if self.facts:
            said["facts"] = [one.said() for one in self.facts]
        return said

    def kept(self) -> register_standing.Kept | None:
        """What its facts come to, for the taking; None where there are none."""
        if self.standing is None:
            return None
        notes = {(one.kind.value, one.on, one.party): one.note for one in self.facts}
        return register_standing.kept(self.standing, notes)


@dataclass(slots=True)
class Reader:
    """One reading of one file. After ``entries`` has been walked through, ``problems`` says what is wrong with it."""

    tables: Tables
    today: date
    calendar: Calendar
    settings: ClockSettings = field(default_factory=ClockSettings)
    more_facts: Tables | None = None
    """The table of facts in a file of its own."""
    problems: list[Problem] = field(default_factory=list)
    warned: list[Warned] = field(default_factory=list)
    odd: Counter[str] = field(default_factory=Counter)
    unused: dict[str, None] = field(default_factory=dict)
    rows: int = 0
    _places: dict[str, int] = field(default_factory=dict)
    """Number → sheet and line in one whole number: nothing that the collector would walk through, however long the file."""
    _facts: dict[str, list[tuple[str, FactRow]]] = field(default_factory=dict)

    def entries(self) -> Iterator[Entry]:
        """The sound rows. Raises Refusal for a file that cannot be read, has no heads, or no rows."""
        if FACTS_SHEET in self.tables.names:
            self._read_facts(self.tables, FACTS_SHEET)
        if self.more_facts is not None:
            names = self.more_facts.names
            self._read_facts(self.more_facts, FACTS_SHEET if FACTS_SHEET in names else names[0])
        for name in self.tables.names:
            if name in APART:
                self.unused[f"工作表「{name}」"] = None
            elif name != FACTS_SHEET:
                yield from self._of_sheet(name)
        if not self.rows and not self.problems:
            raise Refusal("表头下面没有任何记录", do="请核对文件", field="file")
        for left in self._facts.values():
            for sheet, one in left:
                self.problems.append(Problem(sheet, one.line, "登记编号", one.number[:SHOWN], "台账中没有这个编号"))

    def warn(self, entry: Entry, odd: Odd) -> None:
        """Count something odd, and keep where it stands, as long as there are not too many of its kind."""
        self.odd[odd.value] += 1
        if self.odd[odd.value] <= MOST_WARNED:
            self.warned.append(Warned(entry.sheet, entry.row.line, entry.row.number, odd))

    def _of_sheet(self, name: str) -> Iterator[Entry]:
        for line, cells in cells_of(self.tables, name, COLUMNS, self.unused, self.problems):
            self.rows += 1
            row = read_row(name, line, cells, self.today, self.problems)
            if row is None or self._is_double(name, row):
                continue
            entry = self._with_facts(name, row)
            if entry is not None:
                yield entry

    def _read_facts(self, tables: Tables, name: str) -> None:
        for line, cells in cells_of(tables, name, FACT_COLUMNS, self.unused, self.problems):
            fact = read_fact(name or FACTS_SHEET, line, cells, self.today, self.problems)
            if fact is not None:
                self._facts.setdefault(number_key(fact.number), []).append((name or FACTS_SHEET, fact))

    def _with_facts(self, name: str, row: RegisterRow) -> Entry | None:
        """The row with its facts, when the law knows them; what is odd about it is counted."""
        given = self._facts.pop(number_key(row.number), [])
        facts, standing = tuple(one for _, one in given), None
        if facts and row.received_on >= self.calendar.published_from:
            try:
                standing = stand(row.received_on, facts, self.calendar, self.settings)
            except Refusal as refusal:
                sheet, first = given[0]
                reason = f"{refusal.reason}（{refusal.article}）" if refusal.article else refusal.reason
                self.problems.append(Problem(sheet, first.line, "事实", f"{row.number}"[:SHOWN], reason))
                return None
        entry = Entry(name, row, facts, standing)
        for odd in chain(oddities(row, self.calendar, standing), standing.odd if standing else ()):
            self.warn(entry, odd)
        return entry

    def _is_double(self, name: str, row: RegisterRow) -> bool:
        names = list(self.tables.names)
        place = names.index(name) * _LINES + row.line
        earlier = self._places.setdefault(number_key(row.number), place)
        if earlier == place:
            return False
        sheet, line = names[earlier // _LINES], earlier % _LINES
        where = f"工作表「{sheet}」第{line}行" if sheet != name else f"第{line}行"
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
