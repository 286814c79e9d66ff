"""The web server."""

import ctypes
import socket
from collections.abc import Callable
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from gkapply import create_app, database
from gkapply.cli.chinese import ChineseCommand, failure
from gkapply.cli.installation import opened
from gkapply.config import Settings
from gkapply.law.refusal import Refusal

THREADS = 8
LARGE_BLOCK = 1024 * 1024
"""Bytes from which on a block of memory is taken from the system by itself."""
_M_MMAP_THRESHOLD = -3
"""The number of that setting in glibc's malloc.h."""


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
            "control_socket_disable": True,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """The WSGI application."""
        _give_freed_memory_back()
        return create_app(self._settings)


@click.command(cls=ChineseCommand, help="启动网站")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="端口")
@click.option(
    "--processes", type=click.IntRange(1, 64), default=2, show_default=True, help="进程数（仅用于服务器部署）"
)
def serve(host: str, port: int, processes: int) -> None:
    """Serve the web; the embedded profile is one process with its own relay."""
    settings = opened()
    require_free(host, port)
    run_server(settings, host, port, processes)


def _give_freed_memory_back() -> None:
    """Have large blocks of this process returned to the system when they are freed.

    glibc takes the first such block from the system and, once it is freed, keeps all later ones of that size: checking a password
    needs 19 MiB for an instant, and each thread that ever checked one would hold them for good. Fixing the threshold prevents it;
    where the C library has no such setting nothing is changed.
    """
    adjust = getattr(ctypes.CDLL(None), "mallopt", None)
    if adjust is not None:
        adjust(_M_MMAP_THRESHOLD, LARGE_BLOCK)


def require_free(host: str, port: int) -> None:
    """Raises Refusal when the address cannot be served on, before anything is made or started."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        raise Refusal(f"不能在 {host}:{port} 上提供服务：{failure(error)}", do="请换一个端口：--port") from error


def run_server(settings: Settings, host: str, port: int, processes: int) -> None:
    """Serve until told to stop, and leave the process; the embedded profile is one process with its own relay."""
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"申请人页面：http://{shown}:{port}/    工作人员登录：http://{shown}:{port}/login    按 Ctrl+C 停止")
    # No connection may be carried over the fork: SQLite forbids it, and two processes would share one to PostgreSQL.
    database.engine().dispose()
    _Server(settings, f"{shown}:{port}", 1 if settings.embedded else processes).run()
