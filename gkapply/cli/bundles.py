"""The bundle that went to a review authority or a court, checked without a database."""

from pathlib import Path

import click

from gkapply.cli.chinese import ChineseGroup
from gkapply.law.refusal import Refusal
from gkapply.volume import box


@click.group(cls=ChineseGroup, help="卷宗")
def bundle() -> None:
    """Bundles."""


@bundle.command(help="核验卷宗文件：每份材料是否与清单一致")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def verify(file: Path) -> None:
    """Check every paper of a bundle against its list; raises Refusal naming each that differs."""
    findings = box.verify(file.read_bytes())
    if findings:
        raise Refusal("卷宗核验不通过：" + "；".join(findings))
    click.echo(f"卷宗完整：{box.about(file.read_bytes()).get('title', file.name)}")
