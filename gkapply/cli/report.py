"""The annual report from the command line."""

from pathlib import Path

import click

from gkapply.annual_form.files import FILES
from gkapply.casework import organs
from gkapply.casework.report_form import form_of
from gkapply.casework.report_rollup import Extent
from gkapply.cli.chinese import ChineseGroup
from gkapply.cli.installation import opened
from gkapply.database import reading


@click.group(cls=ChineseGroup, help="报告")
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
    output.write_bytes(FILES[form].write(figures, None))
    broken = [check["name"] for check in figures["checks"] if not check["ok"]]
    click.echo(f"已写入 {output}" + (f"；勾稽关系不符：{'、'.join(broken)}" if broken else ""))
