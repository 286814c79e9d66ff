"""The register (台账) from the command line."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from gkapply import clock
from gkapply.casework import accounts, organs, register_checking, register_import
from gkapply.casework.people import Organ
from gkapply.casework.register_checking import Checked
from gkapply.cli.chinese import ChineseGroup, failure
from gkapply.cli.installation import opened
from gkapply.cli.ledger_export import export
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.law.register_rows import Odd
from gkapply.register_tables import digest_of

REFUSED = 1
_TOLD = 20
"""Odd rows that are listed one by one."""


@click.group(cls=ChineseGroup, help="台账")
def ledger() -> None:
    """Registers."""


ledger.add_command(export)


@ledger.command("import", help="导入原来的台账（csv 或者 xlsx）：先核对全部行，有一行不对则全部不导入")
@click.argument("file", metavar="文件", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organ", "organ_code", required=True, help="机关代码")
@click.option("--facts", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="另一份文件中的期限事实")
@click.option("--dry-run", is_flag=True, help="只核对，不导入")
@click.option("--update", "changing", is_flag=True, help="已经导入过而内容不同的，予以更新")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def import_file(file: Path, organ_code: str, facts: Path | None, dry_run: bool, changing: bool, as_json: bool) -> int:
    """Check a register and take it over; exit code 1 when a row of it may not come in."""
    opened()
    with reading() as session:
        organ_id = organs.find_organ(session, organ_code).id
        unfinished = register_import.taking(session, organ_id)
        waiting = unfinished.id if unfinished is not None else None
    if waiting is not None and not dry_run:
        click.echo("上一次导入没有完成，先继续完成", err=True)
        _take(waiting)
    found = _checked(file, facts, organ_id, dry_run, changing)
    _tell(found, as_json)
    if not found.sound:
        if found.run is not None:
            register_checking.forget(found.run)
        return REFUSED
    if found.run is not None and not found.fresh and not found.changed:
        register_checking.forget(found.run)
    elif found.run is not None:
        _begin(found.run)
        _take(found.run)
    _conclude(found, dry_run, as_json)
    return 0


def _checked(file: Path, facts: Path | None, organ_id: int, dry_run: bool, changing: bool) -> Checked:
    try:
        with ExitStack() as files:
            content = files.enter_context(file.open("rb"))
            more = files.enter_context(facts.open("rb")) if facts is not None else None
            run = None if dry_run else _new_run(file.name, digest_of(content, more), organ_id, changing)
            progress = files.enter_context(_bar("核对"))
            return register_checking.check(
                organ_id, content, clock.now(), run_id=run, facts=more, changing=changing, progress=progress
            )
    except OSError as error:
        raise click.BadParameter(failure(error), param_hint=f"文件「{file}」") from error


def _new_run(name: str, digest: str, organ_id: int, changing: bool) -> int:
    with transaction() as session:
        organ = session.get_one(Organ, organ_id)
        actor = accounts.operator().signature
        return register_checking.new_run(session, organ, name, digest, actor, clock.now(), changing=changing).id


def _begin(run_id: int) -> None:
    """Begin to take; a run that may not begin any more leaves nothing behind."""
    try:
        with transaction() as session:
            register_import.begin(session, run_id, clock.now())
    except Refusal:
        register_checking.forget(run_id)
        raise


def _take(run_id: int) -> None:
    with _bar("导入") as progress:
        while register_import.carry_on(run_id, clock.now(), units=1):
            with reading() as session:
                progress(register_import.find(session, run_id).done_rows)


@contextmanager
def _bar(what: str) -> Iterator[Callable[[int], None]]:
    """A line on the terminal that says how far it has come; nothing where nobody watches."""
    shown = sys.stderr.isatty()

    def tell(rows: int) -> None:
        if shown:
            click.echo(f"\r{what}：{rows} 行", err=True, nl=False)

    yield tell
    if shown:
        click.echo(err=True)


def _tell(found: Checked, as_json: bool) -> None:
    """Every bad row on the error output; odd rows by their number, the first of them one by one."""
    for problem in found.problems:
        click.echo(str(problem), err=True)
    if not found.sound:
        click.echo(f"文件中有{len(found.problems)}处错误，没有导入任何一行。", err=True)
    if as_json:
        click.echo(json.dumps(_as_json(found), ensure_ascii=False, indent=1))
        return
    for code, count in sorted(found.odd.items()):
        lines = [one.line for one in found.warned if one.odd.value == code][:_TOLD]
        more = "等" if count > len(lines) else ""
        click.echo(f"提示：{Odd(code).label}：{count}行（第{'、'.join(map(str, lines))}{more}行）", err=True)
    if found.unused:
        click.echo(f"提示：没有使用的列：{'、'.join(found.unused)}", err=True)


def _conclude(found: Checked, dry_run: bool, as_json: bool) -> None:
    if as_json:
        return
    counted = f"共{found.rows}行：新增{found.fresh}件，更新{found.changed}件，没有变化{found.same}件"
    click.echo(f"核对无误，{counted}；没有导入（--dry-run）。" if dry_run else f"已导入。{counted}。")


def _as_json(found: Checked) -> dict[str, Any]:
    return {
        "ok": found.sound,
        "rows": found.rows,
        "new": found.fresh,
        "updated": found.changed,
        "unchanged": found.same,
        "open": found.open_rows,
        "problems": [asdict(one) for one in found.problems],
        "warnings": _warnings(found),
        "unused_columns": list(found.unused),
    }


def _warnings(found: Checked) -> Sequence[dict[str, Any]]:
    return [
        {"sheet": one.sheet, "line": one.line, "number": one.number, "warning": one.odd.value, "reason": one.odd.label}
        for one in found.warned
    ]
