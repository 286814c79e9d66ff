"""What is new, changed and gone between two editions of a catalogue, and which item of one is which of the other."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gkapply.casework.catalogue_columns import BY_CODE
from gkapply.casework.catalogue_records import COLUMNS, CatalogueEntry

Values = Mapping[str, str]
_KEYS: tuple[Callable[[Values], tuple[str, ...]], ...] = (
    lambda one: (one["heading"], one["name"], one["subject"]),
    lambda one: (one["heading"], one["name"]),
    lambda one: (one["name"], one["subject"]),
    lambda one: (one["name"],),
)
"""By what an item is known again, the surest first; the later ones only where they tell one item from all others."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that stands in both and differs: the columns with what stood there and what stands there now."""

    uid: str
    name: str
    columns: Sequence[tuple[str, str, str]]
    """(head, before, after)."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference between two editions; names come with the uid of their entry."""

    new: Sequence[tuple[str, str]]
    changed: Sequence[Change]
    gone: Sequence[tuple[str, str]]
    same: int

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)

    @property
    def words(self) -> str:
        """The numbers in one sentence."""
        parts = [(len(self.new), "新增"), (len(self.changed), "变更"), (len(self.gone), "撤下")]
        said = "，".join(f"{word}{count}项" for count, word in parts if count)
        return said or "没有变化"


def compare(before: Sequence[CatalogueEntry], after: Sequence[CatalogueEntry]) -> Changes:
    """What changed from one edition to the next; entries are the same that have the same uid."""
    old = {one.uid: one for one in before}
    new, changed, same = [], [], 0
    for one in after:
        earlier = old.pop(one.uid, None)
        if earlier is None:
            new.append((one.uid, one.name))
        elif differing := differences(earlier.values(), one.values()):
            changed.append(Change(one.uid, one.name, differing))
        else:
            same += 1
    return Changes(new, changed, [(one.uid, one.name) for one in old.values()], same)


def differences(before: Values, after: Values) -> list[tuple[str, str, str]]:
    """The columns that differ, with both values."""
    return [(BY_CODE[code].head, before[code], after[code]) for code in COLUMNS if before[code] != after[code]]


def known_again(items: Sequence[Values], entries: Sequence[CatalogueEntry]) -> list[str | None]:
    """For each item the uid of the entry that it continues, None for a new one; no entry is continued twice."""
    found: list[str | None] = [None] * len(items)
    free = {one.uid: one.values() for one in entries}
    for key in _KEYS:
        waiting = {number for number, uid in enumerate(found) if uid is None}
        asked: Counter[Any] = Counter(key(items[number]) for number in waiting)
        offered: Counter[Any] = Counter(key(values) for values in free.values())
        by_key = {key(values): uid for uid, values in free.items() if offered[key(values)] == 1}
        for number in waiting:
            mine = key(items[number])
            if asked[mine] == 1 and mine in by_key:
                found[number] = by_key[mine]
                del free[by_key[mine]]
    return found
