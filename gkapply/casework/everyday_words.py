"""What people say and what entries say: the shipped word list, and what a question is about according to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path

from gkapply.casework.grams import plain
from gkapply.law.areas import area_called

FILE = Path(__file__).with_name("everyday_words.txt")
NOTHING, KIND_OF_ANSWER, HEAD = "-", "~", "#"


@dataclass(frozen=True, slots=True)
class Said:
    """A word of a question that the list knows: where it stands, what entries say instead, whether it names the subject.

    A word without ``instead`` says nothing about the subject at all.
    """

    start: int
    word: str
    instead: tuple[str, ...]
    subject: bool

    @property
    def end(self) -> int:
        """The place behind it."""
        return self.start + len(self.word)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the list says about one everyday word."""

    instead: tuple[str, ...]
    subject: bool
    areas: tuple[str, ...] = ()
    """The areas of disclosure under whose heads the list has it as a subject."""


def said_in(question: str) -> list[Said]:
    """The words of a ``plain`` question that the list knows, the longest wherever one lies inside another, in their order."""
    known, lengths = word_list(), _lengths()
    found: list[Said] = []
    end = 0
    for start, first in enumerate(question):
        for length in lengths.get(first, ()):
            word = question[start : start + length]
            if start + length > end and word in known:
                found.append(Said(start, word, known[word].instead, known[word].subject))
                end = start + length
                break
    return found


@cache
def _lengths() -> Mapping[str, tuple[int, ...]]:
    """How long the words are that begin with a character, the longest first."""
    lengths: dict[str, set[int]] = {}
    for word in word_list():
        lengths.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


@cache
def word_list() -> Mapping[str, Entry]:
    """Every everyday word of the shipped list, with what it stands for."""
    known: dict[str, Entry] = {}
    area: str | None = None
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith(HEAD):
            area = area_called(line.removeprefix(HEAD))
            continue
        for word, entry in _entries(line, area):
            before = known.get(word, Entry((), entry.subject))
            known[word] = Entry(
                tuple(dict.fromkeys(before.instead + entry.instead)),
                before.subject or entry.subject,
                tuple(dict.fromkeys(before.areas + entry.areas)),
            )
    return known


def _entries(line: str, area: str | None) -> Iterator[tuple[str, Entry]]:
    words = iter(plain(line).split())
    everyday = list(takewhile(lambda word: word != "=", words))
    instead = tuple(words)
    sign = everyday.pop(0) if everyday[0] in (NOTHING, KIND_OF_ANSWER) else ""
    for word in everyday:
        yield word, Entry(instead, subject=not sign, areas=(area,) if area and not sign else ())
