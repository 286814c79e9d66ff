"""The demonstration: made when the database is empty, then served."""

import click

from gkapply import clock
from gkapply import demo as demonstration
from gkapply.cli.chinese import ChineseCommand
from gkapply.cli.installation import opened
from gkapply.cli.serving import require_free, run_server


@click.command(cls=ChineseCommand, help="建立演示数据（数据库为空时）并启动网站")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="端口")
def demo(host: str, port: int) -> None:
    """Make the demonstration and serve it."""
    settings = opened()
    require_free(host, port)
    for line in demonstration.prepare(settings, clock.now()).sentences():
        click.echo(line)
    run_server(settings, host, port, 1)
