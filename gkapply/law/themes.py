"""What requests are about (主题): a word list of the 30 areas of disclosure, and what of it a text holds.

The list stands in ``themes.txt``. A theme gathers the words that people and offices use for one matter; each word tells more or less
surely of its areas. The longest word wins wherever one lies inside another.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gkapply.law.areas import area_named

HEAD, NOTHING, REMARK, EACH = "#", "-", ";", "*"
HINT = 1
"""Weight of a word that is no theme."""


@dataclass(frozen=True, slots=True)
class Tells:
    """How surely a word tells of an area: 3 it alone, 2 mostly, 1 hardly more than a hint."""

    area: str
    field: str
    """The pilot area (试点领域) of those that the area takes up; empty where the list makes no difference."""
    weight: int


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the list. A hint has no ``theme``, and one that tells of nothing has no areas either."""

    word: str
    theme: str
    areas: tuple[Tells, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A word of the list in a text, and where it begins."""

    start: int
    word: Word

    @property
    def end(self) -> int:
        """The place behind it."""
        return self.start + len(self.word.word)


def one_width(text: str) -> str:
    """The text in one width and one case (NFKC)."""
    return unicodedata.normalize("NFKC", text).casefold()


def said_in(text: str) -> list[Said]:
    """The words of the list in a text of ``one_width``, in their order; where several begin at one place, the longest."""
    known, lengths = words(), _lengths()
    found: list[Said] = []
    end = 0
    for start, first in enumerate(text):
        if start < end:
            continue
        for length in lengths.get(first, ()):
            word = known.get(text[start : start + length])
            if word is not None:
                found.append(Said(start, word))
                end = start + length
                break
    return found


def area_of_theme(theme: str) -> str:
    """The area in whose part of the list the theme stands; empty for a word that the list does not know as a theme."""
    return _areas_of_themes().get(theme, "")


@cache
def words() -> Mapping[str, Word]:
    """Every word of the list. Raises ValueError for a line that names no area or has no weight."""
    found: dict[str, Word] = {}
    area = field = ""
    for line in files("gkapply.law").joinpath("themes.txt").read_text(encoding="utf-8").splitlines():
        sign, _, rest = line.partition(" ")
        if sign == HEAD:
            area, _, field = rest.partition("/")
        elif sign != REMARK:
            for word, theme, tells in _line(sign, rest, area, field):
                before = found.get(word)
                known = (before.theme, before.areas) if before else ("", ())
                found[word] = Word(word, known[0] or theme, known[1] + tells)
    return found


def _line(sign: str, rest: str, area: str, field: str) -> Iterator[tuple[str, str, tuple[Tells, ...]]]:
    several = one_width(rest).split()
    if sign == NOTHING:
        yield from ((word, "", ()) for word in several)
        return
    if area_named(area) is None:
        raise ValueError(f"themes.txt: “{area}” is none of the 30 areas")
    weight, name = int(sign.removesuffix(EACH)), rest.split()[0]
    for word in dict.fromkeys(several):
        theme = "" if weight == HINT else word if sign.endswith(EACH) else name
        yield word, theme, (Tells(area, field, weight),)


@cache
def _areas_of_themes() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for word in words().values():
        if word.theme:
            found.setdefault(word.theme, max(word.areas, key=lambda one: one.weight).area)
    return found


@cache
def _lengths() -> Mapping[str, Sequence[int]]:
    """How long the words are that begin with a character, the longest first."""
    lengths: dict[str, set[int]] = {}
    for word in words():
        lengths.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
