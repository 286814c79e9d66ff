"""The embedded profile: the relay does every errand, survives what goes wrong, and loses nothing."""

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError

from gkapply import clock, jobs
from gkapply.casework import errands, outbox
from gkapply.casework.outbox import LEASE, Errand
from gkapply.config import Settings
from gkapply.database import reading, transaction
from gkapply.jobs import ErrandApp, Relay, make_celery, run_due
from gkapply.law.refusal import Refusal
from tests.cli.conftest import environment
from tests.jobs.conftest import DATA_KEYS, Signed, until

NOW = datetime(2026, 3, 9, 1, tzinfo=UTC)
LONG = 3600.0
Handle = Callable[..., None]


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> dict[str, Handle]:
    """The handlers of the errands, for a test to put its own in."""
    handlers: dict[str, Handle] = dict(errands.HANDLERS)
    monkeypatch.setattr(jobs, "HANDLERS", handlers)
    return handlers


@pytest.fixture
def relay_of(settings: Settings) -> Iterator[Callable[..., Relay]]:
    """Starts a relay, and stops it afterwards."""
    running: list[Relay] = []

    def start(*, beat: float, now: jobs.Now = clock.now) -> Relay:
        relay = Relay(make_celery(settings, now=now), beat=beat)
        running.append(relay)
        relay.start()
        return relay

    yield start
    for relay in running:
        if relay.alive:
            relay.stop()


def at(settings: Settings, now: datetime) -> ErrandApp:
    """The tasks with their clock standing at ``now``."""
    return make_celery(settings, now=lambda: now)


def post(key: str, now: datetime = NOW, task: str = outbox.SEND_MESSAGE) -> None:
    with transaction() as session:
        outbox.post(session, task, key, now, name=key)


def rows() -> dict[str, Errand]:
    with reading() as session:
        return {row.key: row for row in session.scalars(select(Errand))}


def test_a_signed_letter_gets_its_file(sign_one: Callable[[], Signed], settings: Settings) -> None:
    signed = sign_one()
    assert run_due(at(settings, NOW)) >= 1
    assert signed.store.get(signed.file()).startswith(b"PK")
    assert signed.errand().done_at == NOW
    assert run_due(at(settings, NOW + timedelta(days=1))) == 0


def test_a_failing_errand_is_logged_kept_and_passed(
    settings: Settings, done: dict[str, Handle], caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str] = []

    def handle(arguments: dict[str, str], now: datetime, tools: object) -> None:
        seen.append(arguments["name"])
        if arguments["name"] == "bad":
            raise Refusal("没有这份模板", do="请登记模板")

    done[outbox.SEND_MESSAGE] = handle
    post("bad", NOW - timedelta(seconds=1))
    post("good")
    with caplog.at_level(logging.ERROR):
        run_due(at(settings, NOW))
    assert seen == ["bad", "good"]
    bad, good = rows()["bad"], rows()["good"]
    assert (good.done_at, bad.done_at, bad.attempts) == (NOW, None, 1)
    assert bad.last_error == "没有这份模板。请登记模板"
    assert bad.run_at > NOW
    assert f"errand {bad.id} (send_message) failed, attempt 1" in caplog.text


def test_what_the_administrator_reads_quotes_no_row(settings: Settings, done: dict[str, Handle]) -> None:
    def handle(*_: object) -> None:
        raise IntegrityError("INSERT …", {}, Exception("Failing row contains (110101190001010014)"))

    done[outbox.SEND_MESSAGE] = handle
    post("one")
    run_due(at(settings, NOW))
    assert rows()["one"].last_error == "IntegrityError（Exception）"


def test_a_posting_is_done_at_once_without_waiting_for_the_beat(
    relay_of: Callable[..., Relay], done: dict[str, Handle]
) -> None:
    reached = threading.Event()
    done[outbox.SEND_MESSAGE] = lambda *_: reached.set()
    relay = relay_of(beat=LONG)
    post("one")
    assert reached.wait(30)
    relay.stop()
    assert rows()["one"].done_at is not None


def test_a_lost_nudge_loses_nothing(relay_of: Callable[..., Relay], done: dict[str, Handle]) -> None:
    reached = threading.Event()
    done[outbox.SEND_MESSAGE] = lambda *_: reached.set()
    relay_of(beat=0.05)
    outbox.on_posting(None)
    post("one")
    assert reached.wait(30)


def test_what_waited_while_nobody_ran_is_done_at_the_start(
    relay_of: Callable[..., Relay], done: dict[str, Handle]
) -> None:
    reached = threading.Event()
    done[outbox.SEND_MESSAGE] = lambda *_: reached.set()
    post("one")
    relay_of(beat=LONG)
    assert reached.wait(30)


def test_the_relay_survives_an_error_of_the_database(
    relay_of: Callable[..., Relay], done: dict[str, Handle], monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    reached, failures, claim = threading.Event(), iter([True, True]), outbox.claim

    def sometimes(*arguments: Any, **options: Any) -> Any:
        if next(failures, False):
            raise OperationalError("SELECT …", {}, Exception("the server has gone away"))
        return claim(*arguments, **options)

    monkeypatch.setattr(outbox, "claim", sometimes)
    done[outbox.SEND_MESSAGE] = lambda *_: reached.set()
    post("one")
    relay = relay_of(beat=0.05)
    assert reached.wait(30)
    relay.stop()
    assert caplog.text.count("the relay met an error and goes on") == 2


def test_the_relay_posts_what_the_facts_call_for(
    relay_of: Callable[..., Relay], sign_one: Callable[[], Signed]
) -> None:
    sign_one()
    relay = relay_of(beat=LONG, now=lambda: NOW)
    until(lambda: any(row.task == outbox.ANCHOR_JOURNAL and row.done_at for row in rows().values()))
    relay.stop()
    assert {row.task for row in rows().values() if row.done_at} >= {outbox.ANCHOR_JOURNAL, outbox.SWEEP_FILES}


def test_one_relay_for_one_process(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_relay", None)
    relay = jobs.start_relay(settings)
    try:
        assert jobs.start_relay(settings) is relay
        monkeypatch.setattr(relay, "process", os.getpid() + 1)
        after_a_fork = jobs.start_relay(settings)
        assert after_a_fork is not relay
        after_a_fork.stop()
    finally:
        relay.stop()


def test_a_server_killed_in_the_middle_of_a_letter_loses_and_doubles_nothing(
    sign_one: Callable[[], Signed], settings: Settings
) -> None:
    """Kill -9 while the relay renders: afterwards no file, then, once the lease is over, exactly one."""
    signed = sign_one()
    script = (
        "from gkapply.config import read_settings\nfrom gkapply.casework.services import open_installation\n"
        "from gkapply.jobs import make_celery, run_due\n"
        "settings = read_settings()\nopen_installation(settings)\nrun_due(make_celery(settings))"
    )
    told = environment(
        GKAPPLY_DATABASE_URL=settings.database_url,
        GKAPPLY_STORE=str(settings.store),
        GKAPPLY_ANCHORS=str(settings.anchors),
        GKAPPLY_SECRET_KEY="s" * 48,
        GKAPPLY_DATA_KEYS=DATA_KEYS,
    )
    with signed.stuck():
        process = subprocess.Popen([sys.executable, "-c", script], env=told)
        with process:
            until(lambda: signed.errand().attempts == 1 or process.poll() is not None)
            process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    begun = signed.errand().lease_until
    assert begun is not None
    assert (signed.file(), signed.errand().done_at) == ("", None)
    assert run_due(at(settings, begun - timedelta(seconds=1))) == 0, "somebody might still be at it"
    # The receipt's errand was done together with it, and not yet written down as done; a message may wait for the morning.
    assert run_due(at(settings, begun)) >= 2
    assert run_due(at(settings, begun + 2 * LEASE)) <= 1, "at most that message, when the morning has come"
    assert signed.times_rendered() == 1
    assert (signed.errand().attempts, signed.errand().done_at) == (2, begun)
