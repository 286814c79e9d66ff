"""New and rising themes (新增主题、上升主题): a quarter against the four before it, by shares, so that a busy quarter lifts nothing.

A theme is new when none of the four quarters before has it, and rising when its share of the quarter's requests is at least so many
times its share of theirs; both only from a least number of requests on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

QUARTERS_BEFORE = 4


@dataclass(frozen=True, slots=True)
class Rise:
    """A theme of the quarter. ``times``: its share as a multiple of that before; None for a new one."""

    term: int
    now: int
    before: int
    times: float | None


@dataclass(frozen=True, slots=True)
class Rule:
    """From how many requests of the quarter on, and from which multiple of the share before on."""

    least: int
    times: float

    @property
    def words(self) -> str:
        """The rule as the page states it."""
        return f"本季度至少{self.least}件：此前四个季度没有的为新出现；占本季度申请的比例达到此前四个季度占比{self.times:g}倍的为上升"


def quarter_start(day: date) -> date:
    """The first day of the quarter in which ``day`` lies."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def start_of_before(first: date) -> date:
    """The first day of the four quarters before the one that begins on ``first``."""
    return date(first.year - 1, first.month, 1)


def last_of_quarter(first: date) -> date:
    """The last day of the quarter that begins on ``first``."""
    year, month = divmod(first.year * 12 + first.month + 2, 12)
    return date(year, month + 1, 1) - timedelta(days=1)


def rises(now: Mapping[int, int], before: Mapping[int, int], requests: tuple[int, int], rule: Rule) -> Iterable[Rise]:
    """The new themes, then the rising ones, the strongest first; ``requests``: of the quarter and of those before."""
    total, total_before = requests
    new = [Rise(term, number, 0, None) for term, number in now.items() if number >= rule.least and not before.get(term)]
    rising = []
    for term, number in now.items():
        earlier = before.get(term, 0)
        if number >= rule.least and earlier and total:
            times = (number / total) / (earlier / total_before)
            if times >= rule.times:
                rising.append(Rise(term, number, earlier, times))
    yield from sorted(new, key=lambda one: (-one.now, one.term))
    yield from sorted(rising, key=lambda one: (-(one.times or 0.0), -one.now, one.term))
