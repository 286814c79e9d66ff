"""A published annual report read from a file: docx, xlsx or a web page, in the form of 2021 or of 2019."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gkapply.annual_form import finding_table2, finding_table3, finding_table4, reading_docx, reading_html, reading_xlsx
from gkapply.annual_form.container import names
from gkapply.annual_form.figures import MONEY_KEY, Value, tables_of
from gkapply.annual_form.finding_table3 import OLD_OTHER, Table3
from gkapply.annual_form.finding_texts import texts, title
from gkapply.annual_form.layout import PARTS, TABLE2, TABLE4, TEXTS, Key
from gkapply.annual_form.published import Block, Grid, Place, Published
from gkapply.law.annual_rows import COLUMNS, FORMAT, RESULT_GROUP, ROWS, TOTAL_LABEL
from gkapply.law.refusal import Refusal

OLD_FORMAT = "60号-2019"
_HEADS = (*(column.label for column in COLUMNS), TOTAL_LABEL)
_OLD_LABEL = "（六）其他处理"
_ONLY_NEW = frozenset({"3.6.1", "3.6.2", "3.6.3"})
_NOT_YET_ASKED = frozenset({*((name, place) for name in ("regulations", "normative") for place in (1, 2)), MONEY_KEY})
"""Figures of table 二 that the form of 2019 did not ask."""


LARGEST = 20 << 20
"""Bytes of a file that is read."""


def read(content: bytes) -> Published:
    """The report in a file. Raises Refusal for a file of another kind, one made to be endless, and one without any of the tables."""
    refuse_size(len(content))
    found = _blocks(content)
    lines = [block for block in found if isinstance(block, str)]
    grids = [block for block in found if not isinstance(block, str)]
    table3 = _table3(grids)
    values: dict[Key, Value] = {} if table3 is None else dict(table3.values)
    values |= (table4 := finding_table4.find(grids)) | (table2 := finding_table2.find(grids))
    if table3 is None and not table4:
        raise Refusal(
            "文件中没有找到年度报告的表三或者表四", do="请核对文件；表格是图片的，请使用含有文字的文件", field="file"
        )
    old = table3.old if table3 is not None else finding_table2.is_old(grids)
    organ, year = title(lines) or ("", None)
    parts = texts(lines, organ)
    report = {
        "organ": organ,
        "year": year,
        "format": OLD_FORMAT if old else FORMAT,
        **tables_of(values),
        "parts": parts,
    }
    if old:
        report["table3"]["rows"] = _old_rows(report["table3"]["rows"], values)
    missing = [*_missing_title(organ, year), *_missing(report, table2, table4, old=old)]
    missing += [Place(PARTS[part]) for part in TEXTS if part not in parts]
    return Published(report, missing, _notes(table3, grids, report))


def refuse_size(size: int) -> None:
    """Raises Refusal for a file that is too large to be read."""
    if size > LARGEST:
        raise Refusal(f"文件超过{LARGEST >> 20} MB", do="请删除图片后另存", field="file")


def _blocks(content: bytes) -> list[Block]:
    if content.startswith(b"PK\x03\x04"):
        inside = names(content)
        if reading_docx.MAIN in inside:
            return reading_docx.blocks(content)
        if "xl/workbook.xml" in inside:
            return reading_xlsx.blocks(content)
        raise _of_another_kind()
    if content.startswith((b"%PDF-", b"\xd0\xcf\x11\xe0")) or not content.strip():
        raise _of_another_kind()
    if b"<" not in content:
        raise _of_another_kind()
    return reading_html.blocks(content)


def _of_another_kind() -> Refusal:
    return Refusal("文件不是 docx、xlsx 或者网页", do="doc、xls、wps 和 PDF 请先另存为 docx 或者 xlsx", field="file")


def _table3(grids: Sequence[Grid]) -> Table3 | None:
    """Of several tables 三 the one with most figures, the first of those that have as many."""
    found = [table for grid in grids if (table := finding_table3.find(grid)) is not None]
    return max(found, key=lambda table: len(table.values), default=None)


def _old_rows(rows: Sequence[dict[str, Any]], values: Mapping[Key, Value]) -> list[dict[str, Any]]:
    """The rows of the form of 2019: （六）其他处理 is one."""
    made = []
    for row in rows:
        if row["code"] == "3.6.1":
            figures = [values.get((OLD_OTHER, place)) for place in range(7)]
            made.append({"code": OLD_OTHER, "label": _OLD_LABEL, "group": RESULT_GROUP, "values": figures})
        if row["code"] not in _ONLY_NEW:
            made.append(row)
    return made


def _missing_title(organ: str, year: int | None) -> Iterator[Place]:
    if not organ:
        yield Place("标题", "机关名称")
    if year is None:
        yield Place("标题", "年度")


def _missing(
    report: Mapping[str, Any], table2: Mapping[Key, Value], table4: Mapping[Key, Value], *, old: bool
) -> Iterator[Place]:
    """The places without a figure: a whole row in one line."""
    for row in report["table3"]["rows"]:
        absent = [head for head, value in zip(_HEADS, row["values"], strict=True) if value is None]
        label = row_label(row)
        yield from (
            [Place("表三", label)] if len(absent) == len(_HEADS) else (Place("表三", label, head) for head in absent)
        )
    for table, form, known in (("表二", TABLE2, table2), ("表四", TABLE4, table4)):
        for figure in form.figures():
            if known.get(figure.key) is None and not (old and figure.key in _NOT_YET_ASKED):
                above, beside = form.labels_of(figure)
                yield Place(table, *_spoken(beside, above))


def _spoken(beside: Sequence[Any], above: Sequence[Any]) -> tuple[str, str]:
    names_ = [label.text for label in (*beside, *above)]
    return names_[0], "".join(names_[-1:])


def row_label(row: Mapping[str, Any]) -> str:
    """The label of a row with its head: 「3.其他」 says nothing alone."""
    group = row.get("group")
    return row["label"] if group in (None, RESULT_GROUP) else f"{group}{row['label']}"


def _notes(table3: Table3 | None, grids: Sequence[Grid], report: Mapping[str, Any]) -> list[str]:
    """What was read by a rule that a reader should know of."""
    said = []
    several = sum(finding_table3.find(grid) is not None for grid in grids)
    if several > 1:
        said.append(f"文件中有{several}张表三，读取了数字最全的一张。")
    if table3 is not None and table3.twice:
        labels = {row.code: row_label({"label": row.label, "group": row.group}) for row in ROWS}
        twice = "、".join(labels.get(code, _OLD_LABEL) for code in dict.fromkeys(table3.twice))
        said.append(f"表三有重复的行且数字不同，读取了第一次出现的：{twice}。")
    if table3 is not None and not table3.totals:
        said.append("表三没有总计列。")
    if report["format"] == OLD_FORMAT:
        said.append("这是2019年的格式（60号）：（六）其他处理只有一行，表二的项目不同。")
    return said
