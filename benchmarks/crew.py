"""Processes that do transactions on command, so that a batch of many writers can be timed from outside."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from benchmarks.contestants import Contestant

Contestants = Callable[[int], dict[str, Contestant]]
"""Called in each process with its number: makes the contestants with connections of their own."""


class Crew:
    """So many processes, each with its own contestants."""

    def __init__(self, pipes: list["Connection[tuple[str, str, int] | None, str]"]):
        self._pipes = pipes

    def do(self, contestant: str, deed: str, times: int) -> int:
        """Every process does the deed so many times; returns the transactions done when the last one has finished."""
        for pipe in self._pipes:
            pipe.send((contestant, deed, times))
        for pipe in self._pipes:
            problem = pipe.recv()
            if problem:
                raise RuntimeError(problem)
        return times * len(self._pipes)


@contextmanager
def crew(size: int, make: Contestants) -> Iterator[Crew]:
    """Fork the processes; they end with the block. The parent must hold no open database connection."""
    context = multiprocessing.get_context("fork")
    pipes, processes = [], []
    for number in range(size):
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(number, make, theirs), daemon=True)
        process.start()
        pipes.append(ours)
        processes.append(process)
    try:
        yield Crew(pipes)
    finally:
        for pipe in pipes:
            pipe.send(None)
        for process in processes:
            process.join()


def _work(number: int, make: Contestants, pipe: "Connection[str, tuple[str, str, int] | None]") -> None:
    contestants = make(number)
    while True:
        order = pipe.recv()
        if order is None:
            return
        name, deed, times = order
        problem = ""
        try:
            act = getattr(contestants[name], deed)
            for _ in range(times):
                act()
        except Exception as error:
            problem = f"{name}.{deed} in process {number}: {error!r}"
        pipe.send(problem)
