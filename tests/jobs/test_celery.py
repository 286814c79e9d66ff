"""The server profile: real workers over Redis and PostgreSQL; killed in the middle of a letter they lose and double nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from gkapply import clock
from gkapply.casework import outbox
from gkapply.casework.outbox import Errand
from gkapply.config import Settings
from gkapply.database import reading
from gkapply.jobs import make_celery
from tests.cli.conftest import environment
from tests.jobs.conftest import DATA_KEYS, Signed, until

pytestmark = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
LEASE = 6
"""Seconds: long enough for a letter, short enough to wait for."""
Start = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def start_worker(settings: Settings, redis_url: str, tmp_path: Path) -> Iterator[Start]:
    """Starts ``gkapply worker`` with all its processes in a group of their own; what is left is killed afterwards."""
    told = environment(
        GKAPPLY_BROKER_URL=redis_url,
        GKAPPLY_DATABASE_URL=settings.database_url,
        GKAPPLY_STORE=str(settings.store),
        GKAPPLY_ANCHORS=str(settings.anchors),
        GKAPPLY_SECRET_KEY="s" * 48,
        GKAPPLY_DATA_KEYS=DATA_KEYS,
    )
    del told["PYTHONWARNINGS"]  # what Celery and its parts warn of is not ours
    started: list[subprocess.Popen[bytes]] = []
    command = [sys.executable, "-m", "gkapply", "worker", "--processes", "1", "--lease", str(LEASE)]
    with (tmp_path / "worker.log").open("wb") as log:

        def start() -> subprocess.Popen[bytes]:
            worker = subprocess.Popen(
                command,
                cwd=tmp_path,
                env=told,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
            started.append(worker)
            return worker

        yield start
        for worker in started:
            if worker.poll() is None:
                kill(worker)


def kill(worker: subprocess.Popen[bytes]) -> None:
    """Kill -9 for the worker, its children and its beat."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def left_to_do() -> int:
    """Errands that are not done; mail to applicants may wait for the morning, for the workers go by the real clock."""
    with reading() as session:
        left = select(func.count()).select_from(Errand).where(Errand.done_at.is_(None))
        return session.scalar(left.where(Errand.task != outbox.SEND_MESSAGE)) or 0


def test_a_worker_does_what_is_due_and_stops_when_told(
    sign_one: Callable[[], Signed], start_worker: Start, settings: Settings
) -> None:
    letters = [sign_one() for _ in range(3)]
    worker = start_worker()
    until(lambda: left_to_do() == 0)
    for signed in letters:
        assert signed.store.get(signed.file()).startswith(b"PK")
        assert (signed.errand().attempts, signed.times_rendered()) == (1, 1)
    worker.terminate()
    assert worker.wait(30) == 0


def test_a_worker_killed_in_the_middle_of_a_letter_loses_and_doubles_nothing(
    sign_one: Callable[[], Signed], start_worker: Start
) -> None:
    signed = sign_one()
    before = {path.name for path in signed.store.all()}
    with signed.stuck():
        worker = start_worker()
        until(lambda: signed.errand().attempts == 1)
        kill(worker)
    errand = signed.errand()
    assert (signed.file(), errand.done_at) == ("", None)
    assert errand.lease_until is not None
    start_worker()
    until(lambda: signed.errand().done_at is not None)
    done = signed.errand()
    assert done.done_at is not None
    assert done.done_at >= errand.lease_until, "begun again only when the lease was over"
    assert (done.attempts, signed.times_rendered()) == (2, 1)
    assert {path.name for path in signed.store.all()} == {*before, signed.file()}
    assert signed.store.get(signed.file()).startswith(b"PK")


def test_an_errand_that_hangs_is_given_up_and_tried_again(sign_one: Callable[[], Signed], start_worker: Start) -> None:
    signed = sign_one()
    with signed.stuck():
        start_worker()
        until(lambda: signed.errand().last_error)
    assert "SoftTimeLimitExceeded" in signed.errand().last_error
    until(lambda: signed.errand().done_at is not None)
    assert signed.times_rendered() == 1


def test_a_message_delivered_twice_is_worked_on_once(
    sign_one: Callable[[], Signed], start_worker: Start, settings: Settings, redis_url: str
) -> None:
    signed = sign_one()
    app = make_celery(replace(settings, broker_url=redis_url))
    for handed in outbox.hand_out(clock.now(), limit=100):
        for _ in range(3):
            app.tasks[handed.task].apply_async(args=[handed.id, handed.lease_until.isoformat()])
    app.close()
    start_worker()
    until(lambda: left_to_do() == 0)
    assert (signed.errand().attempts, signed.times_rendered()) == (1, 1)


def test_errands_survive_a_broker_that_forgets(
    sign_one: Callable[[], Signed], start_worker: Start, settings: Settings, redis_url: str
) -> None:
    """Handed out, and then Redis lost everything: when the lease is over, they are handed out again."""
    signed = sign_one()
    handed = outbox.hand_out(clock.now(), limit=100, lease=timedelta(seconds=LEASE))
    assert handed, "there was something to forget"
    start_worker()
    until(lambda: left_to_do() == 0)
    assert (signed.errand().attempts, signed.times_rendered()) == (1, 1)
    assert signed.errand().done_at >= handed[0].lease_until  # type: ignore[operator]
