"""Table 二 of an annual report from a small file: the empty form filled in, or the table of a published report."""

from typing import Any

from gkapply.law import annual_table2
from gkapply.law.refusal import Refusal
from gkapply.sheets import decoded, read_csv
from gkapply.workbooks import is_workbook, read_workbook

MOST_ROWS, LARGEST = 500, 1 << 20
HEADS = ("项目", "本年制发件数", "本年废止件数", "现行有效件数", "本年处理决定数量", "本年收费金额（万元）")
"""Heads of the empty form; a figure that a line does not have is left empty."""


def read_table2(content: bytes) -> dict[str, Any]:
    """The table from an .xlsx or .csv file of at most LARGEST bytes. Raises Refusal, naming the field ``file``."""
    if len(content) > LARGEST:
        raise Refusal(f"文件超过{LARGEST >> 20} MB", do="请只保留表二", field="file")
    if not is_workbook(content):
        return annual_table2.from_rows(row for _, row in read_csv(decoded(content)))
    sheets = read_workbook(content, most_rows=MOST_ROWS, most_bytes=LARGEST)
    return annual_table2.from_rows(row for sheet in sheets for _, row in sheet.rows)


def empty_rows() -> list[list[str]]:
    """The lines of the empty form."""
    return [[line.label, *[""] * (len(HEADS) - 1)] for line in annual_table2.LINES]
