"""Reviews and suits from the command line."""

from pathlib import Path

import click

from gkapply import clock
from gkapply.casework import dispute_import, organs
from gkapply.casework.dispute_file import BadDisputes
from gkapply.cli.chinese import ChineseGroup, failure
from gkapply.cli.installation import opened
from gkapply.database import transaction


@click.group(cls=ChineseGroup, help="复议、诉讼")
def dispute() -> None:
    """Reviews and suits."""


@dispute.command("import", help="导入复议、诉讼台账（csv 或者 xlsx）：有一处错误的，整个文件不导入")
@click.argument("file", metavar="文件")
@click.option("--organ", "organ_code", required=True, help="机关代码")
def import_file(file: str, organ_code: str) -> None:
    """Enter what the file says, or name every bad cell."""
    try:
        content = Path(file).read_bytes()
    except OSError as error:
        raise click.BadParameter(failure(error), param_hint=f"文件「{file}」") from error
    opened()
    try:
        with transaction() as session:
            organ = organs.find_organ(session, organ_code)
            done = dispute_import.carry_out(session, organ, content, dispute_import.operator_in(organ), clock.now())
    except BadDisputes as refusal:
        for problem in refusal.problems:
            click.echo(str(problem), err=True)
        raise
    click.echo(f"新登记{done.new}件，补充登记{done.further}件，{done.unchanged}件与系统中的相同")
