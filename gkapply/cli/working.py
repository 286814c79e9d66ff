"""The errand runner of the server profile."""

from datetime import timedelta

import click

from gkapply import database
from gkapply.casework.outbox import LEASE
from gkapply.cli.chinese import ChineseCommand
from gkapply.cli.installation import opened, settings
from gkapply.jobs import run_worker
from gkapply.law.refusal import Refusal


@click.command(cls=ChineseCommand, help="启动后台任务（服务器部署，须设置 GKAPPLY_BROKER_URL）")
@click.option("--processes", type=click.IntRange(1, 64), default=2, show_default=True, help="进程数")
@click.option(
    "--lease",
    type=click.IntRange(1, 3600),
    default=int(LEASE.total_seconds()),
    show_default=True,
    help="任务中断后多少秒由别的进程接手",
)
def worker(processes: int, lease: int) -> int:
    """Run errands as a Celery worker with its beat."""
    if settings().embedded:
        raise Refusal(
            "没有设置 GKAPPLY_BROKER_URL：单机方式由 gkapply serve 自行办理后台任务", do="单机方式无需启动 worker"
        )
    found = opened()
    click.echo(f"后台任务已启动（{processes}个进程），按 Ctrl+C 停止")
    # No connection may be carried over the fork.
    database.engine().dispose()
    return run_worker(found, processes=processes, lease=timedelta(seconds=lease))
