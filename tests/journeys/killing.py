"""Killing a deed in the middle, at random points.

It takes a process without threads, which forks a child for every deed: the program is warm in it, so that a kill costs little
more than the deed.
"""

import os
import random
import signal
import statistics
import time
import traceback
from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import text

from gkapply import database
from gkapply.casework.services import open_installation
from gkapply.config import Settings

SEED = 20190515
UNDISTURBED = 5
"""Deeds that are measured before the first kill."""
AFTERWARDS = 10
"""One kill in so many comes at the moment when the deed is done."""
Deed = Callable[[], object]


def moments(times: int, chance: random.Random) -> Iterator[float | None]:
    """Shares of a deed's duration at which to kill: random, and spread over all of it; None is when it is done."""
    afterwards = times // AFTERWARDS
    during = times - afterwards
    points = [(number + chance.random()) / during for number in range(during)]
    shuffled: list[float | None] = [*points, *[None] * afterwards]
    chance.shuffle(shuffled)
    return iter(shuffled)


class Fork:
    """Runs deeds in children of this process, with connections of their own."""

    def __init__(self, settings: Settings, undisturbed: Iterable[Deed]):
        self._settings = settings
        self.duration = statistics.median(self._run(deed, None) for deed in undisturbed)

    def kill(self, deed: Deed, at: float | None) -> bool:
        """Kill -9 the deed after the share ``at`` of its duration (None: when it is done); whether it was over by then."""
        return self._run(deed, None if at is None else at * self.duration) < float("inf")

    def _run(self, deed: Deed, delay: float | None) -> float:
        """Seconds until the deed was done, infinite when it was killed before. Without a delay it is killed when done."""
        # No connection may be carried over the fork.
        database.engine().dispose()
        hears, says = os.pipe()
        began = time.perf_counter()
        child = os.fork()
        if child == 0:
            self._do(deed, says)
        os.close(says)
        if delay is not None:
            time.sleep(delay)
            os.kill(child, signal.SIGKILL)
        done = os.read(hears, 1)
        took = time.perf_counter() - began if done else float("inf")
        os.close(hears)
        if delay is None:
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WTERMSIG(status) != signal.SIGKILL:
            raise RuntimeError("the deed failed by itself")
        _await_the_server()
        return took

    def _do(self, deed: Deed, says: int) -> None:
        """In the child: do it, say so, wait for the end."""
        try:
            open_installation(self._settings)
            deed()
            os.write(says, b"1")
            while True:
                signal.pause()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)


def _await_the_server() -> None:
    """On PostgreSQL: until the killed client's server process has gone, which may still have been at its COMMIT."""
    if database.engine().dialect.name != "postgresql":
        return
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    with database.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while connection.scalar(others):
            pass
