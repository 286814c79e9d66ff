"""The command line: it sees everything, nothing sees it.

Commands are named lazily (name → module and function), so that Celery, Word and the web load only where one needs them.
Exit codes: 0 done; 1 refused, with reason and article; 2 wrong usage, or 「尚未提供」.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

from gkapply.cli.chinese import HELP, ChineseGroup, complaint, failure
from gkapply.config import BadSettings
from gkapply.law.refusal import NotYetProvided, Refusal

REFUSED, UNUSABLE = 1, 2

_COMMANDS: Mapping[str, tuple[str, str]] = {
    "demo": ("gkapply.cli.demonstration:demo", "建立演示数据（数据库为空时）并启动"),
    "practice": ("gkapply.cli.practising:practice", "启动练习环境（演示数据的副本）"),
    "serve": ("gkapply.cli.serving:serve", "启动网站"),
    "worker": ("gkapply.cli.working:worker", "启动后台任务（服务器部署）"),
    "upgrade": ("gkapply.cli.upkeep:upgrade", "把数据库升级到最新结构"),
    "organ": ("gkapply.cli.people:organ", "机关：add 新增，list 列出"),
    "user": ("gkapply.cli.people:user", "账号：add 新增"),
    "deadline": ("gkapply.cli.law:deadline", "按事实文件计算法定期限"),
    "fee": ("gkapply.cli.law:fee", "信息处理费：按件或者按量计算"),
    "ledger": ("gkapply.cli.registers:ledger", "台账：import 导入，export 导出"),
    "dispute": ("gkapply.cli.disputes:dispute", "复议、诉讼：import 导入"),
    "exchange": ("gkapply.cli.exchanging:exchange", "与其他平台交换台账：grant 授权，end 停用，out 写出，in 接收"),
    "report": ("gkapply.cli.report:report", "年度报告：annual 输出，check 核对已公布的报告"),
    "calendar": ("gkapply.cli.calendars:calendar", "工作日日历：import 导入放假安排，show 查看某年"),
    "letter": ("gkapply.cli.letters:letter", "文书：kinds 列出，render 生成，check 体检"),
    "workflow": ("gkapply.cli.flow_chart:workflow", "流程：chart 输出流程图"),
    "bundle": ("gkapply.cli.bundles:bundle", "卷宗：verify 核验"),
    "journal": ("gkapply.cli.upkeep:journal", "操作日志：verify 核验"),
    "backup": ("gkapply.cli.upkeep:backup", "备份数据库和文件"),
    "restore": ("gkapply.cli.upkeep:restore", "从备份恢复"),
}


class _LazyGroup(ChineseGroup):
    """A group that imports a command's module when the command is called, and lists all without importing any."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the table."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table."""
        with formatter.section("命令"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(
    cls=_LazyGroup, help="gkapply：政府信息依申请公开办理系统", context_settings={"help_option_names": list(HELP)}
)
def commands() -> None:
    """The group of all commands."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave the process with its exit code; every error is mapped here, once."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        result: Any = commands(
            args=None if arguments is None else list(arguments), prog_name="gkapply", standalone_mode=False
        )
    except Refusal as refusal:
        _leave(REFUSED, str(refusal))
    except BadSettings as bad:
        _leave(REFUSED, "设置有误，没有启动：", *bad.problems)
    except NotYetProvided as later:
        _leave(UNUSABLE, str(later))
    except click.exceptions.NoArgsIsHelpError as nothing:
        _leave(UNUSABLE, nothing.format_message())
    except click.UsageError as wrong:
        _leave(UNUSABLE, complaint(wrong))
    except BrokenPipeError:
        # Whoever read the output has enough; the interpreter must not stumble over it once more while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(REFUSED)
    except OSError as failed:
        _leave(REFUSED, f"没有成功：{failure(failed)}" + (f"（{failed.filename}）" if failed.filename else ""))
    except (click.Abort, KeyboardInterrupt):
        _leave(UNUSABLE, "已中断")
    sys.exit(result if isinstance(result, int) else 0)


def _leave(code: int, *sentences: str) -> None:
    for sentence in sentences:
        click.echo(sentence, err=True)
    sys.exit(code)
