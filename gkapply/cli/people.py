"""Organs and accounts from the command line."""

import json
import sys

import click

from gkapply import clock
from gkapply.casework import accounts, organs
from gkapply.casework.duties import grant_duty
from gkapply.casework.people import ORGAN_KINDS
from gkapply.cli.chinese import ChineseGroup
from gkapply.cli.installation import opened
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from workflows.duties import ADMINISTRATORS, OFFICIAL_DUTIES, Duty


@click.group(cls=ChineseGroup, help="机关")
def organ() -> None:
    """Organs."""


@organ.command("add", help="新增机关")
@click.argument("code", metavar="代码")
@click.argument("name", metavar="名称")
@click.option("--kind", type=click.Choice(list(ORGAN_KINDS)), default="government", help="机关类型")
@click.option("--parent", help="上级机关代码")
def add_organ(code: str, name: str, kind: str, parent: str | None) -> None:
    """Enter an organ."""
    opened()
    with transaction() as session:
        details = organs.OrganDetails(name=name, kind=kind, parent=parent)
        organs.add_organ(session, code, details, accounts.operator(), clock.now())
    click.echo(f"已新增机关 {code} {name}。制发文书之前，请在管理页面登记其落款名称、复议机关和法院。")


@organ.command("list", help="列出机关")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def list_organs(as_json: bool) -> None:
    """List the organs."""
    opened()
    with reading() as session:
        found = organs.list_organs(session)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1, default=str))
    else:
        for one in found:
            click.echo(f"{one['code']:<20}{one['name']}")


@click.group(cls=ChineseGroup, help="账号")
def user() -> None:
    """Accounts."""


@user.command("add", help="新增账号并授予职责；口令从标准输入读取，或以 --generate 生成")
@click.argument("login", metavar="登录名")
@click.option("--organ", "organ_code", required=True, help="机关代码")
@click.option("--duty", type=click.Choice([duty.value for duty in OFFICIAL_DUTIES]), required=True, help="职责")
@click.option("--name", default="", help="姓名（默认为职责名称）")
@click.option("--generate", is_flag=True, help="由系统生成口令并显示一次")
def add_user(login: str, organ_code: str, duty: str, name: str, generate: bool) -> None:
    """Open an account with one duty."""
    opened()
    password = None if generate else _asked_password()
    held = next(one for one in OFFICIAL_DUTIES if one.value == duty)
    with transaction() as session:
        actor, now = accounts.operator(), clock.now()
        where = organs.find_organ(session, organ_code)
        opened_user, given = accounts.add_user(session, login, name or held.label, actor, now, password=password)
        grant_duty(session, opened_user, held, None if held in ADMINISTRATORS else where, actor, now)
    click.echo(f"已新增账号 {login}（{_named(held)}）")
    if generate:
        click.echo(f"初始口令：{given}（首次登录须修改）")


def _asked_password() -> str:
    """What is typed twice at a terminal, else the first line of the standard input. Raises Refusal when there is none."""
    if sys.stdin.isatty():
        return str(click.prompt("口令", hide_input=True, confirmation_prompt="再输一次口令", err=True))
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise Refusal("没有给出口令", do="请在标准输入的第一行给出口令，或者使用 --generate")
    return password


def _named(duty: Duty) -> str:
    return f"{duty.label}，{duty.value}"
