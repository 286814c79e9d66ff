"""What the law alone answers, without a database: the clocks of one case from its facts, and the processing fee."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from gkapply.cli.chinese import ChineseCommand, failure
from gkapply.clock import today
from gkapply.law.deadline_json import answer, read_json
from gkapply.law.fees import FeeMode, fee_of_items, fee_of_pages
from gkapply.law.refusal import Refusal

_CLOCKS = {
    "reply": "答复",
    "correction_notice": "补正告知",
    "correction_answer": "申请人补正",
    "third_party_opinion": "第三方意见",
    "organ_opinion": "其他机关意见",
    "payment": "缴费",
}


@click.command(cls=ChineseCommand, help="按事实文件（FACTS.json，- 为标准输入）计算各项法定期限。")
@click.argument("facts", metavar="FACTS.json")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def deadline(facts: str, as_json: bool) -> None:
    """Print every clock of the case; refused facts come with reason and article."""
    result = answer(read_json(_read(facts)))
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        for line in _sentences(result):
            click.echo(line)


@click.command(cls=ChineseCommand, help="计算信息处理费：按件（一名申请人当月的全部申请）或者按量（一件申请的页数）。")
@click.option("--mode", type=click.Choice([mode.value for mode in FeeMode]), required=True, help="item 按件，page 按量")
@click.option("--count", type=int, help="按件：同一申请人当月向本机关申请的件数")
@click.option("--pages", type=int, help="按量：一件申请所提供信息的页数")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def fee(mode: str, count: int | None, pages: int | None, as_json: bool) -> None:
    """Print the fee by today's tariff and how it comes about; the two tariffs are never added up."""
    if mode == FeeMode.ITEM:
        found = fee_of_items(_number("--count", count, "--pages", pages), today())
    else:
        found = fee_of_pages(_number("--pages", pages, "--count", count), today())
    if as_json:
        click.echo(json.dumps({"yuan": found.yuan, "working": list(found.working)}, ensure_ascii=False, indent=1))
    else:
        for line in found.working:
            click.echo(line)


def _number(option: str, number: int | None, other_option: str, other: int | None) -> int:
    """The number that belongs to the mode; the other mode's may not stand beside it."""
    if number is None:
        raise click.BadParameter("应当写明", param_hint=option)
    if other is not None:
        raise click.BadParameter("只能选择一种计收方式，不能同时写明", param_hint=other_option)
    return number


def _read(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise click.BadParameter(failure(error), param_hint=f"文件「{name}」") from error
    except UnicodeDecodeError as error:
        raise Refusal(f"文件「{name}」不是 UTF-8 编码", do="请另存为 UTF-8 编码") from error


def _sentences(result: dict[str, Any]) -> list[str]:
    lines = []
    if "in_time" in result:
        lines.append("已答复、撤回或者视为放弃，" + ("在期限内" if result["in_time"] else "超过期限"))
    elif result["reply_due_on"] is None:
        lines.append(f"答复期限自 {result['stopped_since']} 起停止计算，尚不能确定届满日")
    else:
        lines.append(f"答复期限届满日：{result['reply_due_on']}")
    if result["provisional"]:
        lines.append("注意：所涉年份的节假日安排尚未公布，日期为暂定，只扣除了周末")
    for clock in result["running"]:
        party = f"（{clock['party']}）" if "party" in clock else ""
        lines.append(f"  {_CLOCKS[clock['clock']]}{party}：{clock['due_on'] or '未定'}  {clock['article']}")
    for day in result["days"]:
        why = f"第{day['number']}日" if day["counts"] else f"不计：{day['because']}"
        lines.append(f"  {day['on']}  {why}" + (f"（{day['article']}）" if day.get("article") else ""))
    return lines
