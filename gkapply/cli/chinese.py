"""Help and complaints of the command line in Chinese."""

import errno
from collections.abc import Mapping

import click

HELP = ("--help", "-h")
_COMPLAINTS: tuple[tuple[str, str], ...] = (
    ("is not a valid integer", "应为整数"),
    ("is not in the range", "超出允许的范围"),
    ("is not one of", "不在可选项之内"),
    ("does not exist", "文件不存在"),
    ("is a directory", "是文件夹，不是文件"),
    ("is not readable", "文件不可读"),
    ("is not writable", "文件不可写"),
)
_FAILURES: Mapping[int | None, str] = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EEXIST: "已经存在",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENOTDIR: "不是文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘是只读的",
    errno.EADDRINUSE: "地址已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
}


class ChineseCommand(click.Command):
    """A command whose help is headed in Chinese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The pieces of the usage line."""
        words = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]..."}
        return [words.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and the commands of a group."""
        found = [param.get_help_record(ctx) for param in self.get_params(ctx)]
        records = [record for record in found if record is not None]
        with formatter.section("选项"):
            formatter.write_dl([(names, "显示本说明" if "--help" in names else text) for names, text in records])
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)


class ChineseGroup(ChineseCommand, click.Group):
    """A group whose help is headed in Chinese, as is that of its commands."""

    command_class = ChineseCommand

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, each with its sentence."""
        rows = [(name, (command.help or "")) for name, command in self.commands.items()]
        with formatter.section("命令"):
            formatter.write_dl(rows)


def failure(error: OSError) -> str:
    """Why the machine could not do it."""
    return _FAILURES.get(error.errno) or error.strerror or str(error)


def complaint(wrong: click.UsageError) -> str:
    """What was wrong with the command as it was typed, and where to read how it is used."""
    where = wrong.ctx.command_path if wrong.ctx else "gkapply"
    return f"{_what_is_wrong(wrong)}。用法见 {where} --help"


def _what_is_wrong(wrong: click.UsageError) -> str:
    if isinstance(wrong, click.NoSuchOption):
        return f"没有选项 {wrong.option_name}"
    if isinstance(wrong, click.exceptions.NoSuchCommand):
        return f"没有命令 {wrong.command_name}"
    if isinstance(wrong, click.MissingParameter):
        return f"缺少 {_name(wrong)}"
    if isinstance(wrong, click.BadOptionUsage):
        return f"选项 {wrong.option_name} 的用法不对"
    if isinstance(wrong, click.BadParameter) and wrong.param is None:
        return f"{wrong.param_hint}：{wrong.message}"
    if isinstance(wrong, click.BadParameter):
        known = "值不正确" if wrong.message.isascii() else wrong.message
        reason = next((chinese for english, chinese in _COMPLAINTS if english in wrong.message), known)
        if wrong.param is not None and isinstance(wrong.param.type, click.Choice):
            reason += f"（{'、'.join(map(str, wrong.param.type.choices))}）"
        return f"{_name(wrong)}：{reason}"
    if wrong.message.startswith("Got unexpected extra argument"):
        return f"多出了参数 {wrong.message.partition('(')[2].partition(')')[0]}"
    return "命令写得不完整" if wrong.message.startswith("Missing command") else "命令的写法不对"


def _name(wrong: click.BadParameter) -> str:
    if wrong.param is None:
        return str(wrong.param_hint or "参数")
    return wrong.param.opts[0] if isinstance(wrong.param, click.Option) else wrong.param.human_readable_name
