"""How the text of a letter changed between two rounds of approval, sentence by sentence."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

REWRITTEN = 0.4
"""How alike two sentences are at least for one to be read as the other rewritten; below it one left and another came."""
MOST_PAIRS = 50_000
"""Equal pairs of two sequences up to which they are matched: of texts that repeat themselves, matching takes the third power of it."""
_SENTENCE = re.compile(r".+?(?:[。！？；…][”’）」』]*|\n|$)", re.DOTALL)


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


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph, each with its closing mark; joined they are the paragraph again."""
    return _SENTENCE.findall(paragraph)


def differences(before: Sequence[str], after: Sequence[str]) -> list[Paragraph]:
    """The paragraphs that changed, in the order of the letter: each with what was removed from it and added to it.

    Sentences that stayed are kept whole; a rewritten one shows which of its words left and came; one that has little in
    common with what stands in its place is shown as removed and added. Paragraphs that stayed are left out; an empty list
    means the same text.
    """
    changed: list[Paragraph] = []
    for deed, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if deed == "equal":
            continue
        old, new = before[first:last], after[start:end]
        paired = min(len(old), len(new))
        changed += [_joined(_by_sentence(one, other)) for one, other in zip(old[:paired], new[:paired], strict=True)]
        changed += [[Piece(Mark.REMOVED, one)] for one in old[paired:] if one.strip()]
        changed += [[Piece(Mark.ADDED, one)] for one in new[paired:] if one.strip()]
    return changed


def _by_sentence(before: str, after: str) -> Iterator[Piece]:
    """A paragraph that was rewritten, sentence by sentence."""
    old, new = sentences(before), sentences(after)
    repeats = _repeats(old, new)
    whole = [("replace", 0, len(old), 0, len(new))]
    for deed, first, last, start, end in whole if repeats else SequenceMatcher(None, old, new, False).get_opcodes():
        if deed == "equal":
            yield Piece(Mark.KEPT, "".join(old[first:last]))
            continue
        paired = min(last - first, end - start)
        for one, other in zip(old[first : first + paired], new[start : start + paired], strict=True):
            yield from _inside(one, other)
        yield from (Piece(Mark.REMOVED, one) for one in old[first + paired : last])
        yield from (Piece(Mark.ADDED, one) for one in new[start + paired : end])


def _inside(before: str, after: str) -> Iterator[Piece]:
    """A sentence that was rewritten, character by character; one of other words, whole."""
    if before == after:
        yield Piece(Mark.KEPT, before)
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if _repeats(before, after) or matcher.ratio() < REWRITTEN:
        yield Piece(Mark.REMOVED, before)
        yield Piece(Mark.ADDED, after)
        return
    for deed, first, last, start, end in matcher.get_opcodes():
        if deed == "equal":
            yield Piece(Mark.KEPT, before[first:last])
            continue
        if last > first:
            yield Piece(Mark.REMOVED, before[first:last])
        if end > start:
            yield Piece(Mark.ADDED, after[start:end])


def _repeats(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether so much stands in both again and again that nobody would wait for the two to be matched."""
    there = Counter(other)
    return sum(number * there[part] for part, number in Counter(one).items()) > MOST_PAIRS


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """The pieces with neighbours of one mark made one."""
    found: list[Piece] = []
    for one in pieces:
        if found and found[-1].mark is one.mark:
            found[-1] = Piece(one.mark, found[-1].text + one.text)
        else:
            found.append(one)
    return found
