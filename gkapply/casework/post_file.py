"""The file that the post gives back (邮政回传文件): numbers, days of posting, delivery and return, read strictly by the line."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gkapply.casework.mail_room import Entry
from gkapply.law.refusal import Refusal
from gkapply.sheets import decoded, read_csv

COLUMNS = ("参考号", "邮件号", "交寄日期", "妥投日期", "签收人", "退回日期", "原因")
NEEDED = ("参考号", "邮件号")
LARGEST, MOST = 2 << 20, 2000
"""Bytes and rows of the largest file that is read."""
_DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?:\s.*)?"
)
_TRACKING = re.compile(r"[0-9A-Za-z]{8,30}")


@dataclass(frozen=True, slots=True)
class PostFile:
    """What the file says: the rows that can be read, and for every other its line and why."""

    entries: Sequence[Entry]
    problems: Sequence[tuple[int, str]]


def read_post_file(content: bytes, name: str) -> PostFile:
    """The rows of a csv file (UTF-8 with or without BOM, or GB18030). Raises Refusal when it has not the stated columns."""
    if len(content) > LARGEST:
        raise Refusal("文件超过2 MB", do="请分批导入", field="file")
    if content.startswith(b"PK\x03\x04"):
        raise Refusal("文件是 xlsx 工作簿", do="请用 WPS 或者 Excel 另存为 csv 后导入", field="file")
    rows = read_csv(decoded(content))
    if not rows:
        raise Refusal("文件是空的", field="file")
    head = rows[0][1]
    missing = [column for column in NEEDED if column not in head]
    if missing:
        raise Refusal(
            f"第{rows[0][0]}行缺少列：{'、'.join(missing)}", do=f"第一行应为 {','.join(COLUMNS)}", field="file"
        )
    if len(rows) > MOST + 1:
        raise Refusal(f"超过{MOST}行", do="请分批导入", field="file")
    origin = f"{name}（SHA-256 {hashlib.sha256(content).hexdigest()}）"
    entries, problems = [], []
    for number, cells in rows[1:]:
        row = {column: cell for column, cell in zip(head, cells, strict=False) if column in COLUMNS}
        try:
            entries.append(_entry(number, row, origin))
        except Refusal as refusal:
            problems.append((number, str(refusal)))
    return PostFile(entries, problems)


def _entry(line: int, row: Mapping[str, str], origin: str) -> Entry:
    tracking = row.get("邮件号", "").replace(" ", "").removeprefix("'").upper()
    if tracking and not _TRACKING.fullmatch(tracking):
        raise Refusal(f"邮件号「{tracking[:40]}」应为8至30位字母、数字", do="表格软件改成科学记数的，请按文本重新导出")
    told = "\n".join(f"{column}：{row[column]}" for column in COLUMNS if row.get(column))
    return Entry(
        line=line,
        reference=row.get("参考号", "").removeprefix("'"),
        tracking=tracking,
        posted_on=_day(row, "交寄日期"),
        delivered_on=_day(row, "妥投日期"),
        signed_by=row.get("签收人", "")[:60],
        returned_on=_day(row, "退回日期"),
        reason=row.get("原因", "")[:200],
        source=f"邮政回传文件：{origin}\n第{line}行\n{told}",
    )


def _day(row: Mapping[str, str], column: str) -> date | None:
    text = row.get(column, "")
    if not text:
        return None
    match = _DAY.fullmatch(text)
    if match is None:
        raise Refusal(f"{column}「{text[:40]}」不是日期", do="应写作 2026-03-16")
    year, *rest = (int(part) for part in match.groups() if part)
    try:
        return date(year, *rest)
    except ValueError:
        raise Refusal(f"{column}「{text[:40]}」没有这一天", do="请核对") from None
