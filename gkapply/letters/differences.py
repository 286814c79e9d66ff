"""How the text of a letter changed between two rounds of approval."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Mark(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph with its mark."""

    mark: Mark
    text: str


Paragraph = Sequence[Piece]


def differences(before: Sequence[str], after: Sequence[str]) -> list[Paragraph]:
    """The paragraphs that changed, in the order of the letter: each with what was removed from it and added to it.

    Paragraphs that stayed as they were are left out; an empty list means the same text.
    """
    changed: list[Paragraph] = []
    for deed, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if deed == "equal":
            continue
        old, new = before[first:last], after[start:end]
        paired = min(len(old), len(new))
        changed += [list(_inside(one, other)) for one, other in zip(old[:paired], new[:paired], strict=True)]
        changed += [[Piece(Mark.REMOVED, one)] for one in old[paired:] if one.strip()]
        changed += [[Piece(Mark.ADDED, one)] for one in new[paired:] if one.strip()]
    return changed


def _inside(before: str, after: str) -> Iterator[Piece]:
    """A paragraph that was rewritten, character by character."""
    for deed, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if deed == "equal":
            yield Piece(Mark.KEPT, before[first:last])
            continue
        if last > first:
            yield Piece(Mark.REMOVED, before[first:last])
        if end > start:
            yield Piece(Mark.ADDED, after[start:end])
