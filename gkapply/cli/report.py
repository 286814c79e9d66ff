"""The annual report from the command line."""

import json
from pathlib import Path

import click

from gkapply.annual_form.files import FILES
from gkapply.annual_form.judging import judge
from gkapply.annual_form.reading import read, refuse_size
from gkapply.annual_form.verdict import as_json, lines, whole
from gkapply.casework import organs
from gkapply.casework.report_form import form_of
from gkapply.casework.report_rollup import Extent
from gkapply.cli.chinese import ChineseGroup
from gkapply.cli.installation import opened
from gkapply.database import reading

FAULTY = 1


@click.group(cls=ChineseGroup, help="年度报告：annual 输出，check 核对已公布的报告")
def report() -> None:
    """Reports."""


@report.command(help="年度报告：按国办公开办函〔2021〕30号格式输出")
@click.option("--organ", "organ_code", required=True, help="机关代码")
@click.option("--year", type=int, required=True, help="年度")
@click.option("--format", "form", type=click.Choice(sorted(FILES)), default="json", help="格式")
@click.option("--rollup", is_flag=True, help="含下级机关")
@click.option(
    "--output", type=click.Path(dir_okay=False, writable=True, path_type=Path), required=True, help="输出文件"
)
def annual(organ_code: str, year: int, form: str, rollup: bool, output: Path) -> None:
    """Write the report of one organ and year, alone or added up with every organ below it."""
    opened()
    extent = Extent.BELOW if rollup else Extent.OWN
    with reading() as session:
        figures = form_of(session, organs.find_organ(session, organ_code), year, extent)
    output.write_bytes(FILES[form].write(figures))
    broken = [check["name"] for check in figures["checks"] if not check["ok"]]
    click.echo(f"已写入 {output}" + (f"；核对不符：{'、'.join(broken)}" if broken else ""))


@report.command(help="核对一份已公布的年度报告（docx、xlsx、html）；不符或者读不全时退出码为1")
@click.argument("path", metavar="报告文件", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "in_json", is_flag=True, help="输出 JSON")
def check(path: Path, in_json: bool) -> int:
    """Which figures of a published report break which rule. No database is needed."""
    refuse_size(path.stat().st_size)
    published = read(path.read_bytes())
    judged = judge(published)
    if in_json:
        click.echo(json.dumps(as_json(published, judged), ensure_ascii=False, indent=1))
    else:
        for line in lines(published, judged):
            click.echo(line)
    return 0 if whole(published, judged) else FAULTY
