"""The installation that a command works on."""

import click

from gkapply.casework import schema
from gkapply.casework.services import open_installation
from gkapply.config import Settings, read_settings


def settings() -> Settings:
    """The settings of this command; keys that were made just now are announced. Raises BadSettings."""
    found = read_settings()
    if found.keys_made:
        click.echo(
            "已在 instance/ 下生成密钥（secret_key、data_keys）。请另行妥善保管一份：没有密钥，备份无法恢复。", err=True
        )
    return found


def opened() -> Settings:
    """The settings, with the database migrated and open for this process."""
    found = settings()
    if found.database_url.startswith("sqlite"):
        found.store.mkdir(parents=True, exist_ok=True)
    schema.upgrade(found.database_url)
    open_installation(found)
    return found
