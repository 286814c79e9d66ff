"""The processes that run: the web server and the worker."""

from collections.abc import Callable
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from gkapply import clock, create_app
from gkapply import demo as demonstration
from gkapply.cli.installation import opened
from gkapply.config import Settings
from gkapply.jobs import run_worker

THREADS = 8


class _Server(BaseApplication):
    """gunicorn with the application made after the fork, so that connections and the relay belong to the worker."""

    def __init__(self, settings: Settings, address: str, processes: int):
        self._settings, self._address, self._processes = settings, address, processes
        super().__init__()

    def load_config(self) -> None:
        """One process in the embedded profile, since it alone may write to SQLite in turn."""
        for name, value in {
            "bind": self._address,
            "workers": self._processes,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": 120,
            "accesslog": None,
            "loglevel": "warning",
            "proc_name": "gkapply",
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """The WSGI application."""
        return create_app(self._settings)


@click.command(help="启动网站")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="端口")
@click.option("--processes", type=click.IntRange(1, 64), default=2, show_default=True, help="服务器部署的进程数")
def serve(host: str, port: int, processes: int) -> None:
    """Serve the web; the embedded profile is one process with its own relay."""
    _serve(opened(), host, port, processes)


@click.command(help="建立演示数据（数据库为空时）并启动网站")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="端口")
def demo(host: str, port: int) -> None:
    """Make the demonstration and serve it."""
    settings = opened()
    for line in demonstration.prepare(settings, clock.now()).sentences():
        click.echo(line)
    click.echo(f"申请人页面：http://{host}:{port}/    工作人员登录：http://{host}:{port}/login    按 Ctrl+C 停止")
    _serve(settings, host, port, 1)


@click.command(help="启动后台任务（服务器部署，需设置 GKAPPLY_BROKER_URL）")
@click.option("--processes", type=click.IntRange(1, 64), default=2, show_default=True, help="进程数")
def worker(processes: int) -> int:
    """Run errands as a Celery worker."""
    return run_worker(opened(), processes=processes)


def _serve(settings: Settings, host: str, port: int, processes: int) -> None:
    _Server(settings, f"{host}:{port}", 1 if settings.embedded else processes).run()
