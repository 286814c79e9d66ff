"""The installation that a command works on."""

from collections.abc import Mapping
from pathlib import Path

import click
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from gkapply.casework import schema
from gkapply.casework.schema import State
from gkapply.casework.services import open_installation
from gkapply.config import Settings, read_settings
from gkapply.law.refusal import Refusal

_NOT_USABLE: Mapping[State, tuple[str, str]] = {
    State.EMPTY: ("数据库中还没有表", "请先运行 gkapply upgrade"),
    State.OLDER: ("数据库的结构比本版本旧", "请先运行 gkapply backup 备份（用原来的版本），再运行 gkapply upgrade"),
    State.NEWER: ("数据库由更新的版本建立，本版本不能使用", "请升级程序"),
    State.FOREIGN: ("数据库中有别的程序的表", "请核对 GKAPPLY_DATABASE_URL，为本系统单独建库"),
}


def settings() -> Settings:
    """The settings of this command; keys that were made just now are announced. Raises BadSettings."""
    found = read_settings()
    if found.keys_made:
        where = Path("instance").resolve()
        click.echo(f"已在 {where} 下生成密钥（secret_key、data_keys，仅本用户可读）。", err=True)
        click.echo("请另存一份，与数据库和备份分开保管：没有密钥，加密的内容和备份都无法恢复。", err=True)
    return found


def opened() -> Settings:
    """The settings, with the database at this edition's schema and open for this process.

    The embedded profile makes its database on first use; one that exists is never changed unasked. Raises Refusal when it is not at
    this edition's schema, cannot be reached, or holds data while its keys are gone.
    """
    found = settings()
    state = state_of_database(found)
    if found.keys_made and state is not State.EMPTY:
        raise Refusal(
            "数据库中已有数据，却没有找到它的密钥", do="请把原来的密钥放回 instance/，替换刚才新生成的，再重试"
        )
    if state is State.EMPTY and found.embedded:
        schema.upgrade(found.database_url)
    elif state is not State.CURRENT:
        reason, do = _NOT_USABLE[state]
        raise Refusal(reason, do=do)
    open_installation(found)
    return found


def state_of_database(found: Settings) -> State:
    """How the database stands; the folder of an SQLite file is made. Raises Refusal when it cannot be reached."""
    url = make_url(found.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    try:
        return schema.state_of(found.database_url)
    except OperationalError as error:
        raise Refusal("数据库连接不上", do="请核对 GKAPPLY_DATABASE_URL，并确认数据库服务已启动") from error
