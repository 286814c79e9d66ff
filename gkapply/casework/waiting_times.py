"""How long replies took: the middle of waiting times that are kept as a count for each number of working days."""

from collections.abc import Mapping
from itertools import accumulate


def median(waited: Mapping[int, int]) -> float | None:
    """The median of ``waited`` (working days → replies) in working days; None without any."""
    total = sum(waited.values())
    if total == 0:
        return None
    ordered = sorted(waited)
    up_to = list(accumulate(waited[days] for days in ordered))
    lower = next(days for days, count in zip(ordered, up_to, strict=True) if count >= (total + 1) // 2)
    upper = next(days for days, count in zip(ordered, up_to, strict=True) if count >= total // 2 + 1)
    return (lower + upper) / 2
