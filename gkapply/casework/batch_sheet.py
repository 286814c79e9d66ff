"""The sheet of 批量提交: its columns, what its cells may say, and every bad cell of a filled-in sheet at once.

The applicant is the account's profile; each row is one request. Nothing is guessed: an unknown column or word is named, not passed by.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gkapply.casework.application import CARRIERS, WAYS, Application
from gkapply.law.refusal import Refusal
from gkapply.sheets import decoded, read_csv
from gkapply.workbooks import is_workbook, read_workbook, write_form

ORGAN, NAME, NUMBER, DESCRIPTION = "受理机关", "信息名称", "文号", "内容描述"
CARRIER, WAY, OTHER_FORM, REASON = "载体形式", "获取方式", "同意其他形式", "建议主动公开的理由"
COLUMNS: Mapping[str, str] = {
    ORGAN: "organ",
    NAME: "information_name",
    NUMBER: "information_number",
    DESCRIPTION: "description",
    CARRIER: "carrier",
    WAY: "way",
    OTHER_FORM: "accepts_other_form",
    REASON: "suggests_disclosure",
}
"""Head of each column → the field that it fills."""
MUST_HAVE = (ORGAN, DESCRIPTION)
HINTS: Mapping[str, str] = {
    ORGAN: "必填。受理机关的全称或者代码",
    NAME: "知道的请填写",
    NUMBER: "知道的请填写",
    DESCRIPTION: "必填。写明名称、文号，或者时间、地点、事项等便于查询的特征；每行一件，最多5000字",
    CARRIER: f"{'、'.join(CARRIERS.values())}；不填为电子文档",
    WAY: f"{'、'.join(WAYS.values())}；不填为网上获取",
    OTHER_FORM: "是或者否；不填为否",
    REASON: "认为应当主动公开的，可以写明理由",
}
"""What is said beside each column."""
USUAL = {CARRIER: "electronic", WAY: "online"}
_CODES = {
    CARRIER: {label: code for code, label in CARRIERS.items()},
    WAY: {label: code for code, label in WAYS.items()},
}
_YES_NO = {"是": True, "否": False, "": False}
_LONGEST_SHOWN = 40
LARGEST = 2 * 1024 * 1024
"""Bytes of a sheet: forty requests of the longest description, and more."""
_MOST_LINES = 1000


@dataclass(frozen=True, slots=True)
class BadCell:
    """One cell that cannot be taken: the row as the spreadsheet counts it, the head of its column, what it says, why not."""

    line: int
    column: str
    value: str
    reason: str


class BadSheet(Refusal):
    """Rows of the sheet are wrong: ``cells`` names every one of them. Nothing was taken in."""

    def __init__(self, cells: Sequence[BadCell]):
        lines = len({cell.line for cell in cells})
        super().__init__(
            f"表中有{lines}行需要更正，没有提交任何一件", do="请对照下表改正后，重新上传整张表", field="file"
        )
        self.cells = tuple(cells)


@dataclass(frozen=True, slots=True)
class Row:
    """One row that can be read: the organ as it is named, and what is applied for."""

    line: int
    organ: str
    wish: Application


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sheet says, and which of its cells cannot be read."""

    rows: Sequence[Row]
    bad: Sequence[BadCell] = ()


def read_sheet(content: bytes, most: int) -> Reading:
    """What a filled-in sheet of at most ``most`` requests says. Raises Refusal for what is no such sheet."""
    lines = _lines(content)
    if not lines:
        raise _refused("文件是空的")
    (_, heads), *filled = lines
    _require_columns(heads)
    if not filled:
        raise _refused("表中没有填写任何一件申请")
    if len(filled) > most:
        raise _refused(f"一张表最多{most}件，这张表有{len(filled)}件", "请删减，或者分成几张表先后提交")
    bad: list[BadCell] = []
    rows = [_row(line, heads, cells, bad) for line, cells in filled]
    _find_doubles(rows, bad)
    return Reading(rows, bad)


def blank_workbook(organs: Sequence[str], most: int) -> bytes:
    """The empty sheet as .xlsx, with the hints on a second sheet; organs, form and way are chosen from lists."""
    lists = {ORGAN: organs, CARRIER: tuple(CARRIERS.values()), WAY: tuple(WAYS.values()), OTHER_FORM: ("是", "否")}
    return write_form("批量提交", HINTS, lists, most, width=20)


def _lines(content: bytes) -> list[tuple[int, list[str]]]:
    """Every row that holds anything, with its number; of a workbook those of the sheet with the right heads."""
    if len(content) > LARGEST:
        raise _refused(f"文件超过{LARGEST >> 20} MB")
    if not is_workbook(content):
        return read_csv(decoded(content))[:_MOST_LINES]
    sheets = [one.rows for one in read_workbook(content, most_rows=_MOST_LINES, most_bytes=LARGEST) if one.rows]
    right = [rows for rows in sheets if DESCRIPTION in rows[0][1] and ORGAN in rows[0][1]]
    return list((right or sheets or [[]])[0])


def bad_cell(line: int, column: str, value: str, reason: str) -> BadCell:
    """A bad cell with its value cut to what a page can show."""
    shown = value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"
    return BadCell(line, column, shown, reason)


def _require_columns(heads: Sequence[str]) -> None:
    unknown = [head for head in heads if head and head not in COLUMNS]
    missing = [head for head in MUST_HAVE if head not in heads]
    twice = {head for head in heads if head and heads.count(head) > 1}
    if unknown:
        raise _refused(f"表头有不认识的列：{'、'.join(unknown)[:200]}", "请使用本页下载的空白表，不要改动表头")
    if missing or twice:
        what = f"缺少{'、'.join(missing)}" if missing else f"有重复的列：{'、'.join(sorted(twice))}"
        raise _refused(f"表头{what}", "请使用本页下载的空白表，不要改动表头")


def _row(line: int, heads: Sequence[str], cells: Sequence[str], bad: list[BadCell]) -> Row:
    said = {head: cell for head, cell in zip(heads, cells, strict=False) if head}
    for column, value in said.items():
        if value.startswith("="):
            bad.append(bad_cell(line, column, value, "单元格里是公式，请改成文字"))
    if any(cells[len(heads) :]):
        bad.append(bad_cell(line, "", "".join(cells[len(heads) :]), "这一行的内容超出了表头的列，请检查是否错列"))
    for column in MUST_HAVE:
        if not said.get(column):
            bad.append(bad_cell(line, column, "", "必填，没有填写"))
    wish = Application(
        information_name=said.get(NAME, ""),
        information_number=said.get(NUMBER, ""),
        description=said.get(DESCRIPTION, ""),
        suggests_disclosure=said.get(REASON, ""),
    )
    chosen = {column: _code(line, column, said.get(column, ""), bad) for column in _CODES}
    other_form = said.get(OTHER_FORM, "")
    if other_form not in _YES_NO:
        bad.append(bad_cell(line, OTHER_FORM, other_form, "只能填写“是”或者“否”"))
    wish = replace(wish, carrier=chosen[CARRIER], way=chosen[WAY], accepts_other_form=_YES_NO.get(other_form, False))
    return Row(line, said.get(ORGAN, ""), wish)


def _code(line: int, column: str, value: str, bad: list[BadCell]) -> str:
    codes = _CODES[column]
    if value and value not in codes:
        bad.append(bad_cell(line, column, value, f"只能填写：{'、'.join(codes)}"))
    return codes.get(value, USUAL[column])


def _find_doubles(rows: Sequence[Row], bad: list[BadCell]) -> None:
    """The same request twice in one sheet is a slip of the pen: it would only be answered as a repetition (条例第三十六条第六项)."""
    first: dict[tuple[str, str, str, str], int] = {}
    for row in rows:
        wish = row.wish
        what = (row.organ, wish.information_name, wish.information_number, wish.description)
        earlier = first.setdefault(what, row.line)
        if earlier != row.line and wish.description:
            bad.append(bad_cell(row.line, DESCRIPTION, wish.description, f"与第{earlier}行的申请相同，请删去一行"))


def _refused(reason: str, do: str = "请使用本页下载的空白表填写") -> Refusal:
    return Refusal(reason, do=do, field="file")
