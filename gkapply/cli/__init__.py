"""The command line: it sees everything, nothing sees it.

Commands are named lazily (name → module and function), so that Celery, Word and the web load only where one needs them.
Exit codes: 0 done; 1 refused, with reason and article; 2 wrong usage, or 「尚未提供」.
"""

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from gkapply.config import BadSettings
from gkapply.law.refusal import NotYetProvided, Refusal

REFUSED, UNUSABLE = 1, 2

_COMMANDS: Mapping[str, tuple[str, str]] = {
    "demo": ("gkapply.cli.serving:demo", "建立演示数据（数据库为空时）并启动"),
    "serve": ("gkapply.cli.serving:serve", "启动网站"),
    "worker": ("gkapply.cli.serving:worker", "启动后台任务（服务器部署）"),
    "upgrade": ("gkapply.cli.upkeep:upgrade", "把数据库升级到最新结构"),
    "organ": ("gkapply.cli.people:organ", "机关：add 新增，list 列出"),
    "user": ("gkapply.cli.people:user", "账号：add 新增"),
    "deadline": ("gkapply.cli.law:deadline", "按事实文件计算法定期限"),
    "fee": ("gkapply.cli.later:fee", "信息处理费（尚未提供）"),
    "ledger": ("gkapply.cli.later:ledger", "台账的导入和导出（尚未提供）"),
    "dispute": ("gkapply.cli.later:dispute", "复议、诉讼的导入（尚未提供）"),
    "report": ("gkapply.cli.report:report", "年度报告：annual"),
    "calendar": ("gkapply.cli.later:calendar", "节假日的导入和查看（尚未提供）"),
    "letter": ("gkapply.cli.later:letter", "文书的列出、生成和检查（尚未提供）"),
    "workflow": ("gkapply.cli.flow_chart:workflow", "流程：chart 输出流程图"),
    "journal": ("gkapply.cli.upkeep:journal", "操作日志：verify 核验"),
    "backup": ("gkapply.cli.upkeep:backup", "备份数据库和文件"),
    "restore": ("gkapply.cli.upkeep:restore", "从备份恢复"),
}


class _LazyGroup(click.Group):
    """A group that imports a command's module when the command is called, and lists all without importing any."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(
    cls=_LazyGroup, help="gkapply：政府信息依申请公开办理系统", context_settings={"help_option_names": ["--help", "-h"]}
)
def commands() -> None:
    """The group of all commands."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave the process with its exit code; every error is mapped here, once."""
    try:
        result: Any = commands(args=None if arguments is None else list(arguments), standalone_mode=False)
    except Refusal as refusal:
        _leave(REFUSED, str(refusal))
    except NotYetProvided as later:
        _leave(UNUSABLE, str(later))
    except BadSettings as bad:
        _leave(UNUSABLE, *bad.problems)
    except click.exceptions.NoArgsIsHelpError as nothing:
        _leave(UNUSABLE, nothing.format_message())
    except click.UsageError as wrong:
        _leave(UNUSABLE, _in_chinese(wrong))
    except click.FileError as unreadable:
        _leave(UNUSABLE, f"文件「{unreadable.ui_filename}」打不开：{unreadable.message}")
    except click.ClickException as wrong:
        _leave(UNUSABLE, wrong.format_message())
    except (click.Abort, KeyboardInterrupt):
        _leave(UNUSABLE, "已中断")
    sys.exit(result if isinstance(result, int) else 0)


def _leave(code: int, *sentences: str) -> None:
    for sentence in sentences:
        click.echo(sentence, err=True)
    sys.exit(code)


def _in_chinese(wrong: click.UsageError) -> str:
    """What was wrong with the command as it was typed, and where to read how it is used."""
    where = wrong.ctx.command_path if wrong.ctx else "gkapply"
    return f"{_complaint(wrong)}。用法见 {where} --help"


def _complaint(wrong: click.UsageError) -> str:
    if isinstance(wrong, click.NoSuchOption):
        return f"没有选项 {wrong.option_name}"
    if isinstance(wrong, click.MissingParameter):
        name = wrong.param.human_readable_name if wrong.param else wrong.param_hint
        return f"缺少 {name}"
    if isinstance(wrong, click.BadParameter):
        name = wrong.param.human_readable_name if wrong.param else "参数"
        return f"{name} 不正确（{wrong.message}）"
    if wrong.message.startswith("No such command"):
        return f"没有这个命令（{wrong.message.partition(chr(39))[2].rstrip(chr(39) + '.')}）"
    return f"命令写法不对（{wrong.message}）"
