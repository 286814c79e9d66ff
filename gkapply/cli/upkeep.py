"""Keeping an installation: migrations, journal, backup."""

from pathlib import Path

import click

from gkapply.casework import backup as archives
from gkapply.casework import schema
from gkapply.casework.verification import verify as verify_journal
from gkapply.cli.installation import opened, settings
from gkapply.database import reading
from gkapply.law.refusal import Refusal


@click.command(help="把数据库升级到最新结构")
def upgrade() -> None:
    """Run the migrations."""
    schema.upgrade(settings().database_url)
    click.echo("数据库已是最新结构")


@click.group(help="操作日志")
def journal() -> None:
    """The journal."""


@journal.command(help="核验操作日志是否完整")
@click.option("--files", is_flag=True, help="同时核验文件库中的每个文件")
def verify(files: bool) -> None:
    """Find the first changed, removed, inserted or cut-off entry."""
    found = opened()
    assert found.anchors is not None
    with reading() as session:
        finding = verify_journal(session, found.anchors, files=files)
    if finding is not None:
        raise Refusal(finding.sentence)
    click.echo("操作日志完整，没有发现改动、删除、插入或截断")


@click.command(help="把数据库和文件备份为一个归档文件")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write one verified archive; keys are never inside."""
    for line in archives.backup(opened(), file):
        click.echo(line)


@click.command(help="从归档文件恢复到空的数据库")
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
def restore(file: Path) -> None:
    """Restore an archive into an empty installation."""
    for line in archives.restore(settings(), file):
        click.echo(line)
