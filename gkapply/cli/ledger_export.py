"""The register (台账) as a file, from the command line."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from gkapply import clock
from gkapply.casework import accounts, organs, register_export
from gkapply.cli.chinese import ChineseCommand
from gkapply.cli.installation import opened
from gkapply.database import reading, transaction
from gkapply.sheets import csv_rows
from gkapply.workbook_stream import Table, workbook_pieces

CSV, WORKBOOK = ".csv", ".xlsx"


class _Day(click.ParamType):
    """A day as people type it."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day. Fails as wrong usage."""
        text = str(value).replace("/", "-")
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fail(f"「{value}」不是日期，应写作 2026-03-02", param, ctx)


@click.command("export", cls=ChineseCommand, help="导出台账（csv 或者 xlsx，按文件名的结尾）")
@click.option("--organ", "organ_code", required=True, help="机关代码")
@click.option("--from", "first", type=_Day(), required=True, help="收到日期，自何日起（含当日）")
@click.option("--to", "last", type=_Day(), required=True, help="收到日期，至何日止（含当日）")
@click.option(
    "--output", type=click.Path(dir_okay=False, writable=True, path_type=Path), required=True, help="输出文件"
)
@click.option("--in-clear", "reason", help="写明事由，导出完整的证件号码、电话和地址（不写的，隐去）；事由记入查阅记录")
def export(organ_code: str, first: date, last: date, output: Path, reason: str | None) -> None:
    """Write the register of one organ, received from day to day, with its facts and its other files."""
    form = output.suffix.lower()
    if form not in (CSV, WORKBOOK):
        raise click.BadParameter("文件名应以 .csv 或者 .xlsx 结尾", param_hint="--output")
    opened()
    with transaction() as session:
        organ = organs.find_organ(session, organ_code)
        extent = register_export.require_extent(organ, first, last, in_clear=reason is not None)
        register_export.note(session, extent, form[1:], accounts.operator(), clock.now(), reason or "")
    with reading() as session:
        rows = register_export.counted(session, extent)
        written = write_tables(
            output, register_export.tables(session, extent, clock.today()), large=rows >= register_export.MANY
        )
    click.echo(f"已导出{rows}件：{'、'.join(str(path) for path in written)}")
    if reason is None:
        click.echo("证件号码、联系电话和地址已隐去；确需完整内容的，用 --in-clear 写明事由", err=True)


def write_tables(output: Path, tables: Sequence[Table], *, large: bool = False) -> list[Path]:
    """The files written: a workbook with a sheet for each table, or a csv for each, the further ones named after theirs.

    Each is whole or not there at all.
    """
    if output.suffix.lower() == WORKBOOK:
        _write(output, workbook_pieces(tables, large=large))
        return [output]
    paths = [output, *(output.with_name(f"{output.stem}-{one.name}{output.suffix}") for one in tables[1:])]
    for path, table in zip(paths, tables, strict=True):
        _write(path, csv_rows(table.heads, table.rows))
    return paths


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with _in_place_of(path) as unfinished, open(unfinished, "wb", opener=_for_its_owner) as file:
        for piece in pieces:
            file.write(piece)


def _for_its_owner(path: str, flags: int) -> int:
    """Open a file that nobody else on the machine may read: it names applicants, and may hold their numbers."""
    return os.open(path, flags | os.O_EXCL, 0o600)


@contextmanager
def _in_place_of(path: Path) -> Iterator[Path]:
    """A file beside ``path`` that takes its place once it is whole."""
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.unlink(missing_ok=True)
    try:
        yield unfinished
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
