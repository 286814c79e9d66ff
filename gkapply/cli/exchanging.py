"""Exchange of register rows with other platforms, from the command line: granting, handing out, taking in."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from gkapply import clock
from gkapply.casework import accounts, exchange_in, exchange_out, exchange_platforms
from gkapply.casework.exchange_records import ExchangePlatform
from gkapply.cli.chinese import ChineseGroup, failure
from gkapply.cli.installation import opened
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound

REFUSED = 1


@click.group(cls=ChineseGroup, help="与其他平台交换台账")
def exchange() -> None:
    """Exchange with other platforms."""


@exchange.command("grant", help="授权一个平台读取台账，显示令牌（只显示一次）")
@click.argument("name", metavar="平台名称")
@click.option("--organ", "codes", multiple=True, required=True, help="机关代码，可以写几个")
@click.option("--names", is_flag=True, help="提供申请人姓名和申请原文（不写的，隐去）")
def grant(name: str, codes: Sequence[str], names: bool) -> None:
    """Grant, and print the token."""
    opened()
    with transaction() as session:
        one, token = exchange_platforms.grant(session, name, codes, accounts.operator(), clock.now(), names=names)
    click.echo(f"授权{one.id}：{one.name}。令牌只显示这一次，请交给对方妥善保存：", err=True)
    click.echo(token)


@exchange.command("end", help="停用一项授权")
@click.argument("number", metavar="授权号", type=int)
def end(number: int) -> None:
    """End a grant."""
    opened()
    with transaction() as session:
        one = exchange_platforms.end(session, number, accounts.operator(), clock.now())
    click.echo(f"授权{one.id}（{one.name}）已停用")


@exchange.command("out", help="把授权范围内的台账行写成文件（由对方平台接收）")
@click.argument("number", metavar="授权号", type=int)
@click.option("--since", default="", help="上一次的位置；不写的，从头写起")
@click.option(
    "--output", type=click.Path(dir_okay=False, writable=True, path_type=Path), required=True, help="输出文件"
)
def write(number: int, since: str, output: Path) -> None:
    """Write one page; the place from which to go on is printed."""
    opened()
    with reading() as session:
        platform = session.get(ExchangePlatform, number)
        if platform is None or platform.ended_at is not None:
            raise NotFound("没有这项授权，或者已经停用")
        told = exchange_out.page(session, platform, since, clock.now())
    output.write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")
    click.echo(told["next"])
    click.echo(f"已写出{len(told['rows'])}行" + ("，还有后续，请从以上位置继续" if told["more"] else ""), err=True)


@exchange.command("in", help="接收另一平台的台账行：所属机关须不在本平台接收申请")
@click.argument("file", metavar="文件")
def read(file: str) -> int:
    """Take one document; exit code 1 when an organ's rows may not come in."""
    try:
        content = Path(file).read_bytes()
    except OSError as error:
        raise click.BadParameter(failure(error), param_hint=f"文件「{file}」") from error
    opened()
    done = exchange_in.receive(content, clock.now())
    for one in done:
        for problem in one.problems:
            click.echo(f"{one.organ}：{problem}", err=True)
        for number in one.gone:
            click.echo(f"{one.organ}：{number} 在对方平台已不计入，请核对", err=True)
        click.echo(f"{one.organ}：新增{one.new}件，更新{one.changed}件，相同{one.same}件")
    return REFUSED if any(one.problems for one in done) else 0
