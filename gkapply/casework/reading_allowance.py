"""How much of one file is read at a door before it may come in: a file from outside may be made to be endless.

One allowance goes through a file and everything that lies in it, however deep.
"""

import time
from dataclasses import dataclass, field

MOST_CHARACTERS = 50 * 1024 * 1024
"""Characters or bytes unfolded from one file: more is no document that a person wrote."""
MOST_SECONDS = 10.0


def _in_time() -> float:
    return time.monotonic() + MOST_SECONDS


@dataclass(slots=True)
class Allowance:
    """What is left for one file: ``left`` characters, and the time until ``until`` (seconds of the monotonic clock)."""

    left: int = MOST_CHARACTERS
    until: float = field(default_factory=_in_time)

    @property
    def is_spent(self) -> bool:
        """Whether nothing more is read."""
        return self.left <= 0 or time.monotonic() > self.until

    def take(self, text: str) -> str:
        """As much of the text as is allowed, which is spent by that."""
        taken = text[: max(self.left, 0)]
        self.left -= len(text)
        return taken
