"""The practice mode (练习环境): a copy of the demonstration to learn on, apart from the office's own data, thrown away at will."""

import shutil
from dataclasses import replace
from pathlib import Path

import click

from gkapply import clock, database
from gkapply import demo as demonstration
from gkapply.casework import passwords, schema
from gkapply.casework.schema import State
from gkapply.casework.services import open_installation
from gkapply.cli.chinese import ChineseCommand
from gkapply.cli.serving import require_free, run_server
from gkapply.config import Settings, read_settings

FOLDER = Path("instance") / "practice"
WHOLE = "whole"
"""File that says that the master copy was made to its end."""
PASSWORD = "password"


@click.command(cls=ChineseCommand, help="启动练习环境：演示数据的一份副本，与正式数据分开，可以随时重来")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
@click.option("--port", type=click.IntRange(1, 65535), default=8010, show_default=True, help="端口")
@click.option("--again", is_flag=True, help="丢弃上次的练习，从头再来")
def practice(host: str, port: int, again: bool) -> None:
    """Serve the practice copy; make it when there is none, when it is of another edition, or ``again``."""
    require_free(host, port)
    settings = prepare(FOLDER.resolve(), again=again)
    click.echo("练习环境：数据都是演示的，页面顶部有“练习”字样；邮件、短信不会发出，文书落款带“练习”字样。")
    click.echo(f"账号以职责命名（登记员、承办人、审核人、签发人、负责人……），口令：{settings.demo_password}")
    click.echo("从头再来：gkapply practice --again")
    run_server(settings, host, port, 1)


def prepare(folder: Path, *, again: bool = False) -> Settings:
    """The settings of the practice copy under ``folder``, with its database open for this process.

    Nothing of the environment reaches it: no database, no store, no way out for messages, no broker of the office.
    """
    master, current = folder / "master", folder / "current"
    if not _usable(master):
        _remake(master)
        again = True
    if again or not _usable(current):
        shutil.rmtree(current, ignore_errors=True)
        shutil.copytree(master, current)
    settings = _settings(current)
    open_installation(settings)
    return settings


def _settings(place: Path) -> Settings:
    """What holds in one copy: everything under its own folder, marked as practice."""
    found = read_settings({}, folder=place)
    password = (place / PASSWORD).read_text(encoding="ascii").strip()
    return replace(found, demo_password=password, site=replace(found.site, practice=True))


def _usable(place: Path) -> bool:
    """Whether the copy is whole and of this edition."""
    return (place / WHOLE).exists() and schema.state_of(read_settings({}, folder=place).database_url) is State.CURRENT


def _remake(master: Path) -> None:
    """Make the copy that every practice begins from."""
    shutil.rmtree(master, ignore_errors=True)
    (master / "instance").mkdir(parents=True)
    (master / PASSWORD).write_text(passwords.generate(), encoding="ascii")
    (master / PASSWORD).chmod(0o600)
    settings = _settings(master)
    schema.upgrade(settings.database_url)
    open_installation(settings)
    click.echo("正在建立练习数据，约需一分钟……", err=True)
    demonstration.prepare(settings, clock.now())
    # No file may change while it is copied.
    database.engine().dispose()
    (master / WHOLE).touch()
