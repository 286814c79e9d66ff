"""Registering and moving a case through the service layer, against the bare driver on the same tables in the same run."""

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from benchmarks.contestants import BareDriver, Contestant, ServiceLayer
from benchmarks.crew import crew
from benchmarks.ground import ORGANS, ground
from benchmarks.measure import Goal, in_turn, percentile

DEEDS = {"register": "registering", "move": "moving"}
ALONE, TOGETHER = 200, 60
"""Transactions a batch: on one connection; for each of the processes."""
PROCESSES = THREADS = 8
OPERATIONS = 150
"""Transactions of each thread."""
SERVICE, BARE = "service layer", "driver"


def run() -> Iterator[Goal]:
    """One connection on both databases; eight processes on PostgreSQL; eight threads on SQLite."""
    yield from _alone("postgresql", "PostgreSQL")
    yield from _together(ORGANS, "200 organs", 0.2)
    yield from _together(1, "one organ", None)
    yield from _alone("sqlite", "SQLite")
    yield _tail()


def _alone(kind: str, name: str) -> Iterator[Goal]:
    """One connection, both ways in turn."""
    with ground(kind) as place:
        cases = iter(place.waiting)
        bare = BareDriver(place, 0, list(place.organs.values()), cases)
        contestants: dict[str, Contestant] = {SERVICE: ServiceLayer(list(place.organs), cases), BARE: bare}
        for deed, label in DEEDS.items():
            batches = {who: partial(_batch, getattr(one, deed)) for who, one in contestants.items()}
            batches[SERVICE]()
            yield _ratio(f"{label} a case, {name}, one connection", in_turn(batches), 0.3)
        bare.close()


def _batch(act: Callable[[], None]) -> int:
    for _ in range(ALONE):
        act()
    return ALONE


def _together(organs: int, where: str, goal: float | None) -> Iterator[Goal]:
    """Eight processes at once, both ways in turn."""
    with ground("postgresql", organs) as place:

        def make(number: int) -> dict[str, Contestant]:
            place.connect()
            codes = list(place.organs)
            codes = codes[number * 25 % organs :] + codes[: number * 25 % organs]
            cases = islice(place.waiting, number, None, PROCESSES)
            bare = BareDriver(place, number, [place.organs[code] for code in codes], cases)
            return {SERVICE: ServiceLayer(codes, cases), BARE: bare}

        with crew(PROCESSES, make) as workers:
            for deed, label in DEEDS.items():
                workers.do(SERVICE, deed, TOGETHER)
                seconds = in_turn(
                    {
                        SERVICE: partial(workers.do, SERVICE, deed, TOGETHER),
                        BARE: partial(workers.do, BARE, deed, TOGETHER),
                    }
                )
                yield _ratio(f"{label} a case, PostgreSQL, eight processes, {where}", seconds, goal)


def _tail() -> Goal:
    """How long the slowest hundredth waits when eight threads of one process write to SQLite."""
    with ground("sqlite") as place:
        place.connect()
        taken: list[float] = []
        start = threading.Barrier(THREADS)

        def write(number: int) -> None:
            writer = ServiceLayer(list(place.organs), islice(place.waiting, number, None, THREADS))
            mine = []
            writer.register()
            writer.move()
            start.wait()
            for turn in range(OPERATIONS):
                began = time.perf_counter()
                writer.move() if turn % 2 else writer.register()
                mine.append(time.perf_counter() - began)
            taken.extend(mine)

        threads = [threading.Thread(target=write, args=(number,)) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(taken) == THREADS * OPERATIONS
    middle = f"median {percentile(taken, 0.5) * 1e3:.1f} ms"
    return Goal("SQLite, eight threads, 99th percentile", percentile(taken, 0.99) * 1e3, 50, "ms", remark=middle)


def _ratio(name: str, seconds: dict[str, float], goal: float | None) -> Goal:
    rates = {who: 1 / taken for who, taken in seconds.items()}
    remark = f"{rates[SERVICE]:.0f} of {rates[BARE]:.0f} a second"
    return Goal(f"{name}, share of the driver", rates[SERVICE] / rates[BARE], goal, at_most=False, remark=remark)
