"""The annual report from the command line."""

import json
from pathlib import Path

import click

from gkapply.casework import organs
from gkapply.casework.report import annual as annual_figures
from gkapply.cli.chinese import ChineseGroup
from gkapply.cli.installation import opened
from gkapply.database import reading
from gkapply.law.refusal import NotYetProvided


@click.group(cls=ChineseGroup, help="报告")
def report() -> None:
    """Reports."""


@report.command(help="年度报告表三、表四")
@click.option("--organ", "organ_code", required=True, help="机关代码")
@click.option("--year", type=int, required=True, help="年度")
@click.option("--format", "form", type=click.Choice(["json", "xlsx", "docx", "html"]), default="json", help="格式")
@click.option("--rollup", is_flag=True, help="含下级机关")
@click.option(
    "--output", type=click.Path(dir_okay=False, writable=True, path_type=Path), required=True, help="输出文件"
)
def annual(organ_code: str, year: int, form: str, rollup: bool, output: Path) -> None:
    """Write tables 三 and 四 of one organ and year."""
    if form != "json" or rollup:
        raise NotYetProvided("汇总下级机关的年度报告" if rollup else f"{form} 格式的年度报告")
    opened()
    with reading() as session:
        figures = annual_figures(session, organs.find_organ(session, organ_code), year)
    output.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    broken = [check["name"] for check in figures["checks"] if not check["ok"]]
    click.echo(f"已写入 {output}" + (f"；勾稽关系不符：{'、'.join(broken)}" if broken else ""))
