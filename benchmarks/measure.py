"""Timing that a shared machine does not spoil: rounds in turn, medians, ratios."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Goal:
    """One measured figure beside what it should be. ``at_most`` False means that more is better, ``goal`` None that the
    figure is only reported."""

    name: str
    measured: float
    goal: float | None
    unit: str = "×"
    at_most: bool = True
    remark: str = ""

    @property
    def met(self) -> bool:
        """Whether the figure keeps the goal; without one there is nothing to keep."""
        if self.goal is None:
            return True
        return self.measured <= self.goal if self.at_most else self.measured >= self.goal

    def line(self) -> str:
        """The figure for the table."""
        verdict = "    " if self.goal is None else "ok  " if self.met else "MISS"
        bound = "" if self.goal is None else f"({'≤' if self.at_most else '≥'} {self.goal:g})"
        return f"{verdict} {self.name:<86} {self.measured:>9.3g} {self.unit:<8} {bound:<9} {self.remark}".rstrip()


def in_turn(subjects: Mapping[str, Callable[[], int]], rounds: int = ROUNDS) -> dict[str, float]:
    """Median seconds per operation of each subject; a subject runs a batch and returns its number of operations.

    The subjects take turns, in rotated order, so that a slow spell of the machine hits all of them.
    """
    times: dict[str, list[float]] = {name: [] for name in subjects}
    names = list(subjects)
    for turn in range(rounds):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            gc.collect()
            start = time.perf_counter()
            operations = subjects[name]()
            times[name].append((time.perf_counter() - start) / operations)
    return {name: statistics.median(measured) for name, measured in times.items()}


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of the values lie."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
