"""Registers as offices bring them along: written as csv or xlsx, checked and taken."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from openpyxl import Workbook

from gkapply import database
from gkapply.casework import register_checking, register_import
from gkapply.casework.people import Organ
from gkapply.casework.register_checking import Checked
from gkapply.law.register_heads import COLUMNS, FACT_COLUMNS, FACTS_SHEET
from tests.casework.conftest import Office

NOW = datetime(2026, 7, 1, 1, tzinfo=UTC)
HEADS = [one.head for one in COLUMNS]
FACT_HEADS = [one.head for one in FACT_COLUMNS]
OPEN = {
    "登记编号": "2026-0007",
    "收到日期": "2026-03-02",
    "受理渠道": "网上",
    "申请人类型": "自然人",
    "申请人": "某甲",
    "证件号码": "513822199001011234",
    "联系电话": "028-12345678",
    "申请内容": "申请公开甲地块征地批复",
}
CLOSED = {
    **OPEN,
    "处理结果": "3.1",
    "答复日期": "2026-03-20",
    "送达方式": "邮寄",
    "送达日期": "2026-03-24",
    "答复文号": "安府公开〔2026〕7号",
    "承办机构": "政务公开股",
    "备注": "档案室存",
}
Rows = Sequence[Mapping[str, Any]]


def as_csv(rows: Rows, encoding: str = "utf-8", heads: Sequence[str] = HEADS) -> io.BytesIO:
    """A csv with one row of heads."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, heads, restval="")
    table.writeheader()
    table.writerows(rows)
    return io.BytesIO(text.getvalue().encode(encoding))


def as_workbook(
    rows: Rows, facts: Rows = (), above: Iterable[Sequence[Any]] = (), merged: Sequence[str] = ()
) -> io.BytesIO:
    """A workbook with a sheet of facts; ``above`` stands over the heads."""
    book = Workbook()
    sheet = book.active
    for line in above:
        sheet.append(list(line))
    sheet.append(HEADS)
    for row in rows:
        sheet.append([row.get(head) for head in HEADS])
    for one in merged:
        sheet.merge_cells(one)
    if facts:
        more = book.create_sheet(FACTS_SHEET)
        more.append(FACT_HEADS)
        for row in facts:
            more.append([row.get(head) for head in FACT_HEADS])
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def several(count: int, **more: str) -> list[dict[str, str]]:
    """Closed rows with numbers from 1 on."""
    return [{**CLOSED, **more, "登记编号": f"2026-{number:04d}", "证件号码": ""} for number in range(1, count + 1)]


def check(office: Office, file: io.BytesIO, *, changing: bool = False, now: datetime = NOW, **options: Any) -> Checked:
    """Check a file, and keep its sound rows."""
    with database.transaction() as session:
        organ = session.get_one(Organ, office.organ_id)
        run = register_checking.new_run(session, organ, "台账.csv", "d", "user:1", now, changing=changing)
    return register_checking.check(office.organ_id, file, now, run_id=run.id, changing=changing, **options)


def take(office: Office, file: io.BytesIO, *, now: datetime = NOW, **options: Any) -> Checked:
    """Check a file and take it whole when it is sound."""
    found = check(office, file, now=now, **options)
    if found.sound and found.run is not None and not found.fresh and not found.changed:
        register_checking.forget(found.run)
    elif found.sound and found.run is not None:
        with database.transaction() as session:
            register_import.begin(session, found.run, now)
        while register_import.carry_on(found.run, now):
            pass
    return found
