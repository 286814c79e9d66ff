"""The flow chart from the rows of the workflows."""

import click

from gkapply.cli.chinese import ChineseGroup
from workflows.application import APPLICATION
from workflows.chart import mermaid, svg


@click.group(cls=ChineseGroup, help="流程")
def workflow() -> None:
    """Workflows."""


@workflow.command(help="输出依申请公开工作流程图")
@click.option("--format", "form", type=click.Choice(["mermaid", "svg"]), default="mermaid", help="格式")
def chart(form: str) -> None:
    """Print the flow chart of a request."""
    click.echo(mermaid(APPLICATION) if form == "mermaid" else svg(APPLICATION))
