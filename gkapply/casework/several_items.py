"""Several things applied for in one application (多项申请事项): entered one by one, together the content of one request.

One thing in one application is advised (一事一申请), never demanded; the officer may divide them otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_WANTED = 10
"""Things that one application may name; more is better said in several applications, or in a list attached."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing applied for: its name and 文号 where they are known, and what it is."""

    name: str = ""
    number: str = ""
    description: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not (self.name or self.number or self.description)

    def quote(self) -> str:
        """The thing in one line, as an item of the request quotes it."""
        known = [f"{label}：{text}" for label, text in (("名称", self.name), ("文号", self.number)) if text]
        line = " ".join(self.description.split())
        return f"{line}（{'；'.join(known)}）" if known else line


def in_one(things: Sequence[Wanted]) -> str:
    """All things as the content of one request; a single one is left as it was written."""
    if len(things) == 1:
        return things[0].description
    return "\n".join(f"{number}. {one.quote()}" for number, one in enumerate(things, start=1))


def quotes(things: Sequence[Wanted]) -> list[str]:
    """The items that a new request begins with; a single one is quoted as it was written."""
    return [things[0].description] if len(things) == 1 else [one.quote() for one in things]
