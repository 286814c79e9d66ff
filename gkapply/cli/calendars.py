"""Working-day calendars from the command line: import of holidays, and a look at a year."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from gkapply import clock
from gkapply.casework import accounts, calendar_import, calendar_view, redating
from gkapply.casework.calendar_file import HolidayFile, read_file
from gkapply.casework.calendar_import import Preview
from gkapply.casework.calendar_records import Redating
from gkapply.casework.calendar_view import Year
from gkapply.cli.chinese import ChineseGroup, failure
from gkapply.cli.installation import opened
from gkapply.database import reading, transaction
from gkapply.law.workdays import NATIONAL


@click.group(cls=ChineseGroup, help="工作日日历")
def calendar() -> None:
    """Working-day calendars."""


@calendar.command("import", help="导入放假安排（json 或者 csv），并重算在办申请的期限")
@click.argument("file", metavar="文件")
@click.option("--region", help="地区代码（默认为文件写明的地区，没有写明的为全国）")
@click.option("--notice", default="", help="通知的文号（文件没有写明时）")
@click.option("--preview", "only_preview", is_flag=True, help="只显示会变动什么，不写入")
@click.option("--yes", is_flag=True, help="不再询问，直接导入")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def import_file(file: str, region: str | None, notice: str, only_preview: bool, yes: bool, as_json: bool) -> None:
    """Show what would move, then import and re-date."""
    opened()
    holidays = read_file(_read(file), region).with_source(notice=notice)
    with reading() as session:
        found = calendar_import.preview(session, holidays, listed=None)
    if not as_json:
        for line in _about(found):
            click.echo(line)
    applied = bool(found.changed) and not only_preview and _confirmed(yes or as_json)
    if applied:
        _import(holidays, found.basis)
    if as_json:
        click.echo(json.dumps({**_as_json(found), "applied": applied}, ensure_ascii=False, indent=1))


@calendar.command("show", help="查看某年的放假日和调休上班日")
@click.argument("year", metavar="年份", type=int)
@click.option("--region", default=NATIONAL, help="地区代码（默认为全国）")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def show(year: int, region: str, as_json: bool) -> None:
    """Print one year."""
    opened()
    with reading() as session:
        found = calendar_view.year_of(session, region, year)
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        for line in _table(found):
            click.echo(line)


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise click.BadParameter(failure(error), param_hint=f"文件「{name}」") from error


def _confirmed(given: bool) -> bool:
    """Whether to go on: asked at a terminal only, so that a script is not kept waiting."""
    return given or not sys.stdin.isatty() or click.confirm("确认导入", err=True)


def _import(holidays: HolidayFile, basis: int) -> None:
    with transaction() as session:
        done = calendar_import.import_holidays(session, holidays, accounts.operator(), clock.now(), basis=basis)
    if done.run is None:
        return
    while redating.carry_on(done.run.id, clock.now(), units=1):
        _progress(done.run.id)
    with reading() as session:
        run = session.get_one(Redating, done.run.id)
        told = f"已核对{run.looked_at}件在办申请，{run.moved}件的期限变动"
        if run.refused:
            told += f"，{run.refused}件与新的安排不合、没有改动，请在「工作日日历」页面查看"
    click.echo(f"已导入。{told}。", err=True)


def _progress(run_id: int) -> None:
    with reading() as session:
        click.echo(f"已核对{session.get_one(Redating, run_id).looked_at}件……", err=True)


def _about(found: Preview) -> Iterator[str]:
    yield f"{found.region_name}（{found.region}）"
    for year in found.unchanged:
        yield f"{year}年：与现行的相同，不需导入"
    for one in found.changed:
        yield f"{one.year}年：放假{len(one.off)}日，调休上班{len(one.makeup)}日；{one.notice or '没有写明文号'}"
    for warning in found.warnings:
        yield f"注意：{warning}"
    if found.changed:
        yield f"在办申请{found.looked_at}件，其中{found.moved}件的答复期限变动"
    for case in found.cases:
        yield f"  {case.reference}  {_moves(case.old_due, case.new_due, case.problem)}"


def _moves(old: object, new: object, problem: str) -> str:
    return f"无法重算：{problem}" if problem else f"{old or '未定'} → {new or '未定'}"


def _as_json(found: Preview) -> dict[str, Any]:
    return {
        "region": found.region,
        "changed": [one.year for one in found.changed],
        "unchanged": list(found.unchanged),
        "warnings": list(found.warnings),
        "open": found.looked_at,
        "moved": found.moved,
        "refused": found.refused,
        "cases": [
            {
                "number": case.reference,
                "old": case.old_due and case.old_due.isoformat(),
                "new": case.new_due and case.new_due.isoformat(),
                "problem": case.problem or None,
            }
            for case in found.cases
        ],
    }


def _table(found: Year) -> Iterator[str]:
    yield f"{found.region_name}（{found.region}）{found.year}年：工作日{found.workdays}天"
    for one in found.notices:
        yield f"来源：{'  '.join(filter(None, (one.notice, one.title, one.address))) or '没有写明'}"
    if not found.published:
        yield "注意：国务院办公厅的放假安排尚未公布或者尚未导入，日期为暂定"
    yield "月份  工作日  放假和调休"
    for month in found.months:
        off = "、".join(f"{day.day}日（{name}）" for day, name in month.off)
        makeup = "、".join(f"{day.day}日" for day in month.makeup)
        told = "；".join(filter(None, (off and f"放假：{off}", makeup and f"上班：{makeup}")))
        yield f"{month.number:>2}月  {month.workdays:>4}    {told}".rstrip()
