"""Runs ``gkapply`` as a user does: a process of its own, in a folder of its own."""

import io
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from gkapply import database
from gkapply.cli import main

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]


def environment(**settings: str) -> dict[str, str]:
    """The process environment without settings of the program, and with these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GKAPPLY_")}
    # No PDF beside what a test is about: the tests of PDF ask for theirs.
    return {**kept, "PYTHONWARNINGS": "error", "GKAPPLY_PDF": "0", **settings}


@pytest.fixture
def gkapply(tmp_path: Path) -> Run:
    """Runs a command in the test's own folder, where the embedded profile makes its ``instance/``."""

    def run(*arguments: str, stdin: str | bytes = "", **settings: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "gkapply", *arguments],
            cwd=tmp_path,
            env=environment(**settings),
            input=stdin if isinstance(stdin, bytes) else stdin.encode(),
            capture_output=True,
            timeout=120,
        )
        return Done(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port on which somebody listens already."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Run]:
    """Runs a command in this very process and in the test's own folder: quick, for the many that need no process of their own."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: str = "", **settings: str) -> Done:
        with monkeypatch.context() as patch:
            for name in list(os.environ):
                if name.startswith("GKAPPLY_"):
                    patch.delenv(name)
            for name, value in settings.items():
                patch.setenv(name, value)
            patch.setattr("sys.stdin", io.StringIO(stdin))
            with pytest.raises(SystemExit) as left:
                main(arguments)
        written = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return Done(arguments, left.value.code, written.out, written.err)

    yield run
    with suppress(RuntimeError):  # a command that needs no database
        database.engine().dispose()
