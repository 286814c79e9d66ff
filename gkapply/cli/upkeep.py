"""Keeping an installation: migrations, journal, backup, restore."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from gkapply import clock
from gkapply.casework import schema
from gkapply.casework.backup import Backup, back_up
from gkapply.casework.restore import Restored
from gkapply.casework.restore import restore as restore_archive
from gkapply.casework.schema import State
from gkapply.casework.verification import verify as verify_journal
from gkapply.cli.chinese import ChineseCommand, ChineseGroup
from gkapply.cli.installation import opened, settings, state_of_database
from gkapply.database import reading
from gkapply.law.refusal import Refusal

_WHOLE = "操作日志完整：没有发现改动、删除、插入或截断"


@click.command(cls=ChineseCommand, help="把数据库升级到本版本的结构")
def upgrade() -> None:
    """Run the migrations."""
    found = settings()
    state = state_of_database(found)
    if state in (State.NEWER, State.FOREIGN):
        raise Refusal("数据库由更新的版本或别的程序建立，没有改动", do="请核对 GKAPPLY_DATABASE_URL 和程序版本")
    schema.upgrade(found.database_url)
    click.echo("数据库已是本版本的结构" if state is State.CURRENT else "数据库已升级到本版本的结构")


@click.group(cls=ChineseGroup, help="操作日志")
def journal() -> None:
    """The journal."""


@journal.command(help="核验操作日志：完整则退出码为 0，否则为 1，并指出机关和第一条有问题的记录的编号")
@click.option("--files", is_flag=True, help="同时核验文件库中的每个文件")
def verify(files: bool) -> None:
    """Find the first changed, removed, inserted or cut-off entry."""
    found = opened()
    with reading() as session:
        finding = verify_journal(session, found.anchors, files=files)
    if finding is not None:
        raise Refusal(finding.sentence, do="请保留现场，停止改动数据库，并通知审计管理员")
    click.echo(_WHOLE)


@click.command(cls=ChineseCommand, help="把数据库和文件备份为一个归档文件（tar.gz），并读回核对")
@click.argument("file", metavar="文件", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write one verified archive; keys are never inside."""
    found = opened()
    with reading() as session:
        made = back_up(session, found.anchors, file, clock.now())
    for line in _about(made, file):
        click.echo(line)
    if made.missing:
        raise Refusal(
            f"备份已写成，但文件库缺少数据库所记的{len(made.missing)}份文件，例如 {min(made.missing)}",
            do="请从更早的备份中找回，或者运行 gkapply journal verify --files 核对",
        )


def _about(made: Backup, file: Path) -> Iterator[str]:
    manifest = made.manifest
    rows = sum(table.rows for table in manifest.tables)
    size = file.stat().st_size
    yield f"备份已写成并核对：{file}（{len(manifest.tables)}张表共{rows}行，{len(manifest.files)}份文件，{size}字节）"
    yield f"归档中没有密钥。恢复时需要编号为 {'、'.join(manifest.keys)} 的密钥，请与备份分开保管。"
    yield "归档含申请人姓名和申请内容，请按个人信息保管。"


@click.command(cls=ChineseCommand, help="从归档文件恢复到空的数据库，并核验")
@click.argument("file", metavar="文件", type=click.Path(dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Restore an archive into an empty installation."""
    found = settings()
    state_of_database(found)
    restored = restore_archive(found, file, clock.now())
    for line in _about_restored(restored):
        click.echo(line)
    if restored.finding is not None:
        raise Refusal(
            f"已按备份恢复，但核验发现：{restored.finding.sentence}", do="备份之前数据就已如此，请通知审计管理员"
        )
    click.echo(_WHOLE)


def _about_restored(restored: Restored) -> Iterator[str]:
    manifest = restored.manifest
    rows = sum(table.rows for table in manifest.tables)
    made_at = datetime.fromisoformat(manifest.made_at).astimezone(clock.OFFICE_ZONE)
    yield f"已恢复 {made_at:%Y-%m-%d %H:%M} 的备份：{len(manifest.tables)}张表共{rows}行，{len(manifest.files)}份文件"
    for organ, now, before in restored.lost:
        where = f"编号为{organ}的机关" if organ else "本系统"
        yield f"注意：{where}的操作日志在备份之后还有记录（锚点显示到第{before}号，备份只到第{now}号），备份之后的办理已丢失，请补录"
