"""The runner of errands against Celery over Redis, both with errands that do nothing: drained in a second, latency of one."""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from celery import Celery

from benchmarks.ground import Ground, ground
from benchmarks.measure import Goal
from gkapply import jobs
from gkapply.casework import errands, outbox
from gkapply.config import Settings
from gkapply.database import transaction
from tests.services import DATABASE_KINDS, Services

NUMBER, ROUNDS, SINGLE = 2000, 5, 30
WORKERS = 2
"""Processes of the Celery worker, as many as the yardstick of old had."""
MOST_MILLISECONDS = 20
PATIENCE = 60


def celery_app(broker: str) -> Celery:
    """Celery with one task that leaves a mark in a file and does nothing else."""
    app = Celery("bench", broker=broker, set_as_current=False)
    app.conf.update(
        task_ignore_result=True,
        worker_prefetch_multiplier=64,
        worker_hijack_root_logger=False,
        broker_connection_retry_on_startup=True,
    )

    @app.task(name="nothing", shared=False)
    def nothing(path: str) -> None:
        with open(path, "a") as marks:
            marks.write("x")

    return app


def run() -> Iterator[Goal]:
    """Celery and each database in turn; then one errand at a time."""
    with _celery() as celery:
        for kind in DATABASE_KINDS:
            with ground(kind, 1) as place:
                place.connect()
                runner = _Runner(place)
                ours, theirs = [], []
                for number in range(ROUNDS):
                    ours.append(runner.drain(number))
                    theirs.append(celery.drain())
                rate, yardstick = statistics.median(ours), statistics.median(theirs)
                remark = f"{rate:.0f} of {yardstick:.0f} a second"
                yield Goal(
                    f"{kind}: empty errands drained, share of Celery over Redis",
                    rate / yardstick,
                    1,
                    at_most=False,
                    remark=remark,
                )
                latency = statistics.median(runner.latencies()) * 1e3
                remark = f"Celery over Redis {statistics.median(celery.latencies()) * 1e3:.1f} ms"
                yield Goal(
                    f"{kind}: from the commit to the errand's work", latency, MOST_MILLISECONDS, "ms", remark=remark
                )


class _Runner:
    """The embedded runner: its relay for single errands, its loop for many."""

    def __init__(self, place: Ground):
        self._folder = tempfile.TemporaryDirectory(prefix="gkapply-bench-")
        self._marks = Path(self._folder.name) / "marks"
        vars(jobs)["HANDLERS"] = {**errands.HANDLERS, outbox.SWEEP_FILES: self._leave_mark}
        keys = (("bench", bytes(range(32))),)
        settings = Settings(place.url, place.store.folder, None, Path(self._folder.name), b"s" * 48, keys)
        self._app = jobs.make_celery(settings)

    def drain(self, number: int) -> float:
        """Errands a second."""
        with transaction() as session:
            for each in range(NUMBER):
                outbox.post(session, outbox.SWEEP_FILES, f"bench:{number}:{each}", datetime.now(UTC))
        began = time.perf_counter()
        assert jobs.run_due(self._app) == NUMBER
        return NUMBER / (time.perf_counter() - began)

    def latencies(self) -> list[float]:
        """Seconds from the commit of a posting to its mark, one after the other."""
        relay = jobs.Relay(self._app)
        relay.start()
        time.sleep(1)
        found = []
        for number in range(SINGLE):
            size = _size(self._marks)
            with transaction() as session:
                outbox.post(session, outbox.SWEEP_FILES, f"bench:single:{number}", datetime.now(UTC))
            found.append(_until_grown(self._marks, size))
        relay.stop()
        return found

    def _leave_mark(self, *_: Any) -> None:
        with self._marks.open("a") as marks:
            marks.write("x")


class _Celery:
    """A worker at work, and the file in which its tasks leave their marks."""

    def __init__(self, app: Celery, marks: Path):
        self._app, self._marks = app, marks

    def drain(self) -> float:
        """Tasks a second, from the first mark to the last: they are published faster than they are done."""
        size, task = _size(self._marks), self._app.tasks["nothing"]
        with self._app.producer_or_acquire() as producer:
            for _ in range(NUMBER):
                task.apply_async((str(self._marks),), producer=producer)
            began, here = time.perf_counter(), _size(self._marks)
            while _size(self._marks) < size + NUMBER:
                assert time.perf_counter() < began + PATIENCE, "the worker has stopped"
                time.sleep(0.001)
        return (size + NUMBER - here) / (time.perf_counter() - began)

    def latencies(self) -> list[float]:
        """Seconds from sending one task to its mark."""
        found = []
        for _ in range(SINGLE):
            size = _size(self._marks)
            self._app.tasks["nothing"].apply_async((str(self._marks),))
            found.append(_until_grown(self._marks, size))
        return found


@contextmanager
def _celery() -> Iterator[_Celery]:
    services = Services.begin()
    with tempfile.TemporaryDirectory(prefix="gkapply-bench-") as folder:
        try:
            broker = services.redis()
            marks = Path(folder) / "marks"
            marks.touch()
            command = [sys.executable, "-m", "benchmarks.errands", broker]
            root = str(Path(__file__).parents[1])
            worker = subprocess.Popen(
                command, cwd=root, env={**os.environ, "PYTHONPATH": root}, stdout=subprocess.DEVNULL
            )
            try:
                celery = _Celery(celery_app(broker), marks)
                celery.drain()
                yield celery
            finally:
                worker.send_signal(signal.SIGTERM)
                worker.wait()
        finally:
            services.end()


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _until_grown(path: Path, size: int) -> float:
    began = time.perf_counter()
    while _size(path) == size:
        assert time.perf_counter() < began + PATIENCE, "nothing came"
        time.sleep(0.0002)
    took = time.perf_counter() - began
    time.sleep(0.03)
    return took


if __name__ == "__main__":
    celery_app(sys.argv[1]).Worker(
        pool="prefork", concurrency=WORKERS, loglevel="ERROR", without_mingle=True, without_gossip=True
    ).start()
