"""``gkapply serve`` as it is run: one command, one web process with its relay, stopped by a signal."""

import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import environment
from tests.jobs.conftest import until


def answers(url: str) -> int:
    """The status that the server gives, 0 while there is none."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def errands_done(file: Path) -> int:
    with closing(sqlite3.connect(file, timeout=30)) as connection:
        return int(connection.execute("SELECT count(*) FROM outbox WHERE done_at IS NOT NULL").fetchone()[0])


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_one_command_serves_and_does_errands_until_told_to_stop(tmp_path: Path, stop: signal.Signals) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    told = environment()
    del told["PYTHONWARNINGS"]  # what gunicorn and its parts warn of is not ours
    command = [sys.executable, "-m", "gkapply", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, env=told, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
        try:
            until(lambda: answers(f"http://127.0.0.1:{port}/healthz") == 200 or server.poll() is not None)
            assert server.poll() is None, "the server went away"
            until(lambda: errands_done(tmp_path / "instance" / "gkapply.db") > 0)
        finally:
            server.send_signal(stop)
        printed, _ = server.communicate(timeout=60)
    assert server.returncode == 0, printed.decode()
    assert f"http://127.0.0.1:{port}/" in printed.decode()
    assert "Traceback" not in printed.decode()
