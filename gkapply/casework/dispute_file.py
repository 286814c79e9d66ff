"""Reading a register of disputes (复议诉讼台账), xlsx or csv: every bad cell is named, and one refuses the whole file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gkapply.law import dispute_words as words
from gkapply.law.annual_report import DisputeResult
from gkapply.law.bad_cells import BadCells, Problem
from gkapply.law.dispute_kinds import DisputeKind
from gkapply.law.refusal import Refusal
from gkapply.sheets import decoded, read_csv
from gkapply.workbooks import Sheet, is_workbook, read_workbook

LARGEST, MOST_ROWS = 5 << 20, 2_000
"""Bytes and rows of the largest file: it is taken in one unit."""
HEAD_WITHIN = 15
LONGEST = 100
SHOWN = 60
NUMBER, KIND, FILED, RESULT, CLOSED = "登记编号", "类型", "提出日期", "结果", "办结日期"
CASE_NUMBER, AUTHORITY, INSTANCE, RECEIVED = "案号", "复议机关或法院", "审级", "收到日期"
APPELLANT, REDO = "上诉人", "责令重新答复"
HEADS = (NUMBER, KIND, FILED, RESULT, CLOSED, CASE_NUMBER, AUTHORITY, INSTANCE, RECEIVED, APPELLANT, REDO)
NEEDED = HEADS[:5]
_SYNONYMS: Mapping[str, str] = {
    **dict.fromkeys(("编号", "申请编号", "申请登记编号"), NUMBER),
    **dict.fromkeys(("争议类型", "案件类型"), KIND),
    **dict.fromkeys(("申请日期", "起诉日期", "复议申请日期", "上诉日期"), FILED),
    **dict.fromkeys(("审理结果", "裁判结果", "复议结果"), RESULT),
    **dict.fromkeys(("审结日期", "结案日期", "作出日期"), CLOSED),
    **dict.fromkeys(("文书编号", "复议案号", "诉讼案号"), CASE_NUMBER),
    **dict.fromkeys(("复议机关", "法院", "受理机关", "审理机关", "复议机关、法院"), AUTHORITY),
}
Key = tuple[str, DisputeKind]


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """One sound row: one instance of one dispute. ``received_on``: when the organ got the decision, or the copy of a pending one."""

    sheet: str
    line: int
    number: str
    kind: DisputeKind
    filed_on: date
    result: DisputeResult | None
    decided_on: date | None
    case_number: str
    authority: str
    instance: int
    received_on: date | None
    appellant: str
    orders_redo: bool

    def problem(self, column: str, value: object, reason: str) -> Problem:
        """What is wrong with one of its cells."""
        return Problem(self.sheet, self.line, column, str(value)[:SHOWN], reason)


class BadDisputes(BadCells):
    """A register of disputes that may not be imported."""

    def __init__(self, problems: Sequence[Problem]):
        super().__init__(problems, do="请按所列各处改正后重新导入")


def read_disputes(content: bytes, today: date) -> Sequence[DisputeRow]:
    """The rows of a file. Raises BadDisputes naming every bad cell, Refusal for what cannot be read."""
    reader = _Reader(today)
    sheets = _sheets(content)
    headed = [(sheet, head) for sheet in sheets if (head := _head(sheet)) is not None]
    if not headed:
        raise Refusal("没有找到表头", do=f"表头应有：{'、'.join(NEEDED)}", field="file")
    for sheet, (line, places) in headed:
        for number, cells in sheet.rows:
            if number > line:
                reader.take(sheet.name, number, {head: _at(cells, place) for head, place in places.items()})
    if reader.problems:
        raise BadDisputes(reader.problems)
    if not reader.rows:
        raise Refusal("表头下面没有任何一行", do="请核对文件", field="file")
    return reader.rows


def _sheets(content: bytes) -> Sequence[Sheet]:
    if is_workbook(content):
        return read_workbook(content, most_rows=MOST_ROWS, most_bytes=LARGEST)
    if len(content) > LARGEST:
        raise Refusal(f"文件超过{LARGEST >> 20} MB", do="请分开导入", field="file")
    text = decoded(content)
    if "\x00" in text:
        raise Refusal("文件不是 csv 表格，也不是 xlsx 工作簿", do="请另存为 xlsx 或者 csv", field="file")
    rows = read_csv(text)
    if len(rows) > MOST_ROWS + 1:
        raise Refusal(f"超过{MOST_ROWS}行", do="请分开导入", field="file")
    return [Sheet("", rows)]


def _head(sheet: Sheet) -> tuple[int, Mapping[str, int]] | None:
    """The line of the heads and the place of each; None for a sheet of something else. Raises Refusal for missing and double heads."""
    for line, cells in sheet.rows[:HEAD_WITHIN]:
        places: dict[str, int] = {}
        for place, cell in enumerate(cells):
            head = _SYNONYMS.get("".join(cell.split()), "".join(cell.split()))
            if head in HEADS and head in places:
                raise Refusal(f"第{line}行的表头有两列都表示「{head}」", do="请只保留一列", field="file")
            if head in HEADS:
                places[head] = place
        if NUMBER in places and len(places) > 2:
            if missing := [head for head in NEEDED if head not in places]:
                raise Refusal(f"第{line}行的表头缺少列：{'、'.join(missing)}", do="请补上后重新导入", field="file")
            return line, places
    return None


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


@dataclass
class _Reader:
    """Reads row after row and gathers what is wrong."""

    today: date
    rows: list[DisputeRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def take(self, sheet: str, line: int, cells: Mapping[str, str]) -> None:
        """One row."""
        before, values = len(self.problems), dict[str, Any]()

        def bad(head: str, reason: str) -> None:
            self.problems.append(Problem(sheet, line, head, cells.get(head, "")[:SHOWN], reason))

        def value(head: str, read: Callable[[str], Any], *, needed: bool = False) -> None:
            text = cells.get(head, "")
            if needed and not text:
                bad(head, "不能为空")
                return
            try:
                values[head] = read(text)
            except Refusal as refusal:
                bad(head, refusal.reason)

        value(NUMBER, _short, needed=True)
        value(KIND, words.read_kind, needed=True)
        value(FILED, self._day, needed=True)
        value(RESULT, words.read_result)
        value(CLOSED, self._day_or_none)
        value(CASE_NUMBER, _short)
        value(AUTHORITY, _short)
        value(INSTANCE, lambda text: words.read_instance(text, values.get(KIND, DisputeKind.SUIT_DIRECT)))
        value(RECEIVED, self._day_or_none)
        value(APPELLANT, words.read_appellant)
        value(REDO, words.read_yes)
        if len(self.problems) == before:
            row = DisputeRow(sheet, line, *(values[head] for head in HEADS))
            self.problems += _contradictions(row)
            self.rows.append(row)

    def _day(self, text: str) -> date:
        return words.read_day(text, self.today)

    def _day_or_none(self, text: str) -> date | None:
        return words.read_day(text, self.today) if text else None


def _short(text: str) -> str:
    if text.startswith("="):
        raise Refusal("单元格是公式，请改为数值")
    if len(text) > LONGEST:
        raise Refusal(f"超过{LONGEST}个字")
    return text


def _contradictions(row: DisputeRow) -> list[Problem]:
    """What of a row cannot go together."""
    found = []
    if row.result is not None and row.decided_on is None:
        found.append(row.problem(CLOSED, "", "有结果的，须填办结日期"))
    if row.result is None and row.decided_on is not None:
        found.append(row.problem(RESULT, "", "有办结日期的，须填结果"))
    if row.decided_on is not None and row.decided_on < row.filed_on:
        found.append(row.problem(CLOSED, row.decided_on, f"早于提出日期 {row.filed_on}"))
    first = row.decided_on or row.filed_on
    if row.received_on is not None and row.received_on < first:
        found.append(row.problem(RECEIVED, row.received_on, f"早于{'办结' if row.decided_on else '提出'}日期 {first}"))
    if row.orders_redo and row.result is not DisputeResult.CORRECTED:
        found.append(row.problem(REDO, words_of(row.orders_redo), "只有结果纠正的，才会责令重新答复"))
    if row.appellant and row.instance == 1:
        found.append(row.problem(APPELLANT, row.appellant, "只有二审才有上诉人"))
    return found


def words_of(flag: bool) -> str:
    """The flag as the file writes it."""
    return "是" if flag else "否"
