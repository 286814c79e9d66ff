"""Where a page of the desk begins: a place in the order of urgency, written into the address of the page."""

from dataclasses import dataclass
from datetime import date

from gkapply.law.refusal import Refusal

LARGEST = 2**63 - 1
"""What a database counts to."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of urgency: what has a due day by it, then what has none; within a day by key."""

    due_on: date | None
    id: int

    def __str__(self) -> str:
        return f"{self.due_on.isoformat() if self.due_on else ''}~{self.id}"

    def order(self) -> tuple[bool, date, int]:
        """By what places are sorted."""
        return self.due_on is None, self.due_on or date.max, self.id

    @classmethod
    def read(cls, text: str, field: str = "after") -> "Place":
        """The place as an address carries it. Raises Refusal for anything that no page wrote."""
        due_on, _, key = text.partition("~")
        try:
            place = cls(date.fromisoformat(due_on) if due_on else None, int(key))
        except ValueError:
            place = None
        if place is None or not 0 <= place.id <= LARGEST:
            raise Refusal("翻页的位置无法识别", do="请回到第一页", field=field)
        return place
