"""The list of a 成批登记: one applicant a row, pasted or as csv or xlsx; every bad row is named at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from gkapply.casework.application import KINDS, Application
from gkapply.casework.application_check import BadForm, check
from gkapply.casework.batch_sheet import BadCell, BadSheet, bad_cell
from gkapply.casework.joint_applicants import paper_of, parts_of
from gkapply.law.refusal import Refusal
from gkapply.sheets import decoded, read_csv
from gkapply.workbooks import is_workbook, read_workbook

NAME, NUMBER, PHONE, ADDRESS, KIND = "姓名或者名称", "证件号码", "联系电话", "通信地址", "申请人类型"
COLUMNS: Mapping[str, str] = {NAME: "name", NUMBER: "id_number", PHONE: "phone", ADDRESS: "address", KIND: "kind"}
_SYNONYMS = {
    "姓名": NAME,
    "名称": NAME,
    "申请人": NAME,
    "身份证号": NUMBER,
    "身份证号码": NUMBER,
    "电话": PHONE,
    "手机": PHONE,
    "地址": ADDRESS,
    "住址": ADDRESS,
    "类型": KIND,
}
_HEADS = (NAME, NUMBER, PHONE, ADDRESS)
"""The columns of a pasted list without heads."""
_KIND_CODES = {label: code for code, label in KINDS.items()} | {"公民": "natural_person", "个人": "natural_person"}
_COLUMN_OF = {field: column for column, field in COLUMNS.items()} | {"id_type": NUMBER}
MOST = 100
"""Requests of one list: entered in one unit, so that their numbers follow one another."""
LARGEST = 1024 * 1024
LONGEST = 40_000
"""Characters of a pasted list."""
_FIELD = "file"
Rows = list[tuple[int, list[str]]]


def read_list(text: str, content: bytes | None, common: Application, today: date) -> Sequence[tuple[int, Application]]:
    """Each applicant of the list with its line, as an application of what ``common`` asks for.

    ``content`` is the file, where there is one; else ``text`` is the pasted list. Raises BadSheet with every bad cell, Refusal for what is
    no list.
    """
    rows = _file_rows(content) if content else _text_rows(text)
    heads, rows = _heads(rows)
    if not rows:
        raise Refusal("名单是空的", do="请粘贴名单，或者选择文件：每行一名申请人", field=_FIELD)
    if len(rows) > MOST:
        raise Refusal(f"一份名单最多{MOST}名，这份有{len(rows)}名", do="请分成几份先后登记", field=_FIELD)
    bad: list[BadCell] = []
    found = [(line, _row(line, heads, cells, common, today, bad)) for line, cells in rows]
    _find_doubles(found, bad)
    if bad:
        raise BadSheet(sorted(bad, key=lambda cell: cell.line))
    return found


def _file_rows(content: bytes) -> Rows:
    if len(content) > LARGEST:
        raise Refusal(f"名单文件超过{LARGEST >> 20} MB", do="请只保留名单一张表", field=_FIELD)
    if not is_workbook(content):
        return read_csv(decoded(content))[: MOST + 2]
    sheets = [one.rows for one in read_workbook(content, most_rows=MOST + 2, most_bytes=LARGEST) if one.rows]
    return list(sheets[0]) if sheets else []


def _text_rows(text: str) -> Rows:
    if len(text) > LONGEST:
        raise Refusal(f"名单最多{LONGEST}个字", do="请改用文件，或者分成几份先后登记", field=_FIELD)
    lines = enumerate((line.strip() for line in text.splitlines()), start=1)
    return [(number, list(parts_of(line))) for number, line in lines if line]


def _heads(rows: Rows) -> tuple[Sequence[str], Rows]:
    """The columns, and the rows below the heads; a list whose first row names no columns has the usual ones."""
    first = [_SYNONYMS.get(cell, cell) for cell in rows[0][1]] if rows else []
    if NAME not in first:
        return _HEADS, rows
    unknown = [head for head in first if head and head not in COLUMNS]
    if unknown:
        raise Refusal(f"表头有不认识的列：{'、'.join(unknown)[:200]}", do=f"列名请用{'、'.join(COLUMNS)}", field=_FIELD)
    return first, rows[1:]


def _row(
    line: int, heads: Sequence[str], cells: Sequence[str], common: Application, today: date, bad: list[BadCell]
) -> Application:
    said = {head: cell.strip() for head, cell in zip(heads, cells, strict=False) if head}
    if any(cells[len(heads) :]):
        bad.append(bad_cell(line, "", "".join(cells[len(heads) :]), "这一行的内容超出了各列，请检查是否错列"))
    kind = said.get(KIND, "")
    if kind and kind not in _KIND_CODES:
        bad.append(bad_cell(line, KIND, kind, f"只能填写：{'、'.join(KINDS.values())}"))
    number = said.get(NUMBER, "")
    whole = replace(
        common,
        kind=_KIND_CODES.get(kind, common.kind),
        name=said.get(NAME, ""),
        id_type=paper_of(number),
        id_number=number,
        phone=said.get(PHONE, ""),
        address=said.get(ADDRESS, ""),
    )
    try:
        return check(whole, today, on_paper=True)
    except BadForm as wrong:
        for field, error in wrong.errors.items():
            if field in _COLUMN_OF:
                column = _COLUMN_OF[field]
                bad.append(bad_cell(line, column, said.get(column, ""), str(error)))
        return whole


def _find_doubles(found: Sequence[tuple[int, Application]], bad: list[BadCell]) -> None:
    """Nobody is entered twice from one list: neither under one number nor, without numbers, under one name."""
    first: dict[str, int] = {}
    for line, one in found:
        who = one.id_number or one.name
        earlier = first.setdefault(who, line)
        if who and earlier != line:
            column = NUMBER if one.id_number else NAME
            bad.append(bad_cell(line, column, who, f"与第{earlier}行相同，请删去一行，或者写明证件号码以便区分"))
