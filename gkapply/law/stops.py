"""Stops (不计算在期限内的时间) of a reply term, and where the term ends because of them.

A stop is held as working-day positions (``Calendar.position``): it leaves out the working days after ``begin`` up to
and including ``end``. So counting is subtraction, and overlapping stops count once by remembering how far one has come.
"""

from collections.abc import Iterable
from datetime import date

from gkapply.law.facts import Fact


class Stop:
    """Time that does not count because somebody outside was asked; ``end`` is None while it is open.

    ``limit`` is the position at which the asked party's own term ends, None while its receipt is not proved.
    """

    __slots__ = ("answered", "asked", "began_on", "begin", "end", "limit")

    def __init__(self, asked: Fact, began_on: date, begin: int, limit: int | None = None):
        self.asked = asked
        self.began_on = began_on
        self.begin = begin
        self.end = limit
        self.limit = limit
        self.answered = False

    @property
    def unproved(self) -> bool:
        """Whether nothing has ended the question and no proof of its receipt says when it will end."""
        return not self.answered and self.limit is None and self.asked.returned_on is None

    def close(self, position: int) -> None:
        """The stop ends at this position at the latest."""
        if self.end is None or position < self.end:
            self.end = position


def term_end(start: int, term: int, stops: Iterable[Stop]) -> int | None:
    """The position of the last day of ``term`` working days after ``start``; None while an open stop holds it.

    ``stops`` come in the order of their beginning. One that begins on or after the last day comes too late to move it.
    """
    covered = start
    last = start + term
    for stop in stops:
        if stop.begin >= last:
            break
        if stop.end is None:
            return None
        begin = stop.begin if stop.begin > covered else covered
        if stop.end > begin:
            last += stop.end - begin
            covered = stop.end
    return last


def held_since(stops: Iterable[Stop]) -> date | None:
    """The day since which no day has counted: where the unbroken stretch of stops begins that an open one ends.

    None when no stop is open.
    """
    since: date | None = None
    covered = -1
    for stop in stops:
        if stop.end is not None and stop.end <= stop.begin:
            continue
        if since is None or stop.begin > covered:
            since = stop.began_on
        if stop.end is None:
            return since
        covered = max(covered, stop.end)
    return None


def stop_over(stops: Iterable[Stop], position: int) -> Stop | None:
    """The stop that leaves out the working day at this position: the one that began first, when several do."""
    for stop in stops:
        if stop.begin < position and (stop.end is None or position <= stop.end):
            return stop
    return None
