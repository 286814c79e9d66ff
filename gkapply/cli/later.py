"""Commands that are promised and not provided yet: they say so, with exit code 2."""

import click

from gkapply.cli.chinese import ChineseCommand
from gkapply.law.refusal import NotYetProvided


def _later(name: str, what: str) -> click.Command:
    """A command that takes anything and answers 「尚未提供」."""

    @click.command(
        name=name,
        cls=ChineseCommand,
        help=f"{what}（尚未提供）",
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    )
    def command() -> None:
        raise NotYetProvided(what)

    return command


dispute = _later("dispute", "行政复议、行政诉讼的导入")
