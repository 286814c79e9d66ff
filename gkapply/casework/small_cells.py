"""Small figures are not told to the public (小数抑制): behind a 2 there may be two persons whom their neighbours know.

A figure that is hidden must not come back by subtraction: wherever figures add up to a total that is shown, at least two of them
are hidden or none is.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def hidden(values: Mapping[Key, int], lines: Iterable[Sequence[Key]], least: int) -> set[Key]:
    """The keys whose figures are not to be told: above 0 and below ``least``, and what would give those away.

    ``lines`` are the equations that the readers know: the figures of each add up, its total last. In a line with one hidden
    figure the smallest of the others that is not 0 is hidden too, a total only when nothing else is left.
    """
    found = {key for key, value in values.items() if 0 < value < least}
    sums = [list(line) for line in lines]
    grown = True
    while grown:
        grown = False
        for line in sums:
            if len(found.intersection(line)) == 1:
                second = _second(values, line, found)
                if second is not None:
                    found.add(second)
                    grown = True
    return found


def _second(values: Mapping[Key, int], line: Sequence[Key], found: set[Key]) -> Key | None:
    told = [(key == line[-1], values[key], place) for place, key in enumerate(line) if key not in found and values[key]]
    return line[min(told)[2]] if told else None
