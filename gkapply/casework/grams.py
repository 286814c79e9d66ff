"""Texts cut for the search: Chinese has no spaces, so every two neighbouring characters are one gram.

A word of Latin letters or digits is one gram as a whole, a character that stands alone is one too.
"""

import re
import unicodedata
from collections.abc import Iterator

LONGEST_WORD = 16
"""Characters of a Latin word or a number that are kept; the column has no room for more."""
_RUN = re.compile(r"[0-9a-z]+|[^\W_0-9a-z]+")


def plain(text: str) -> str:
    """The text in one width and one case (NFKC), so that ＧＤＰ and gdp are the same."""
    return unicodedata.normalize("NFKC", text).casefold()


def runs(text: str) -> Iterator[tuple[int, str]]:
    """The unbroken runs of letters, digits or characters in a ``plain`` text, each with where it begins."""
    for found in _RUN.finditer(text):
        yield found.start(), found[0]


def grams_of(text: str) -> list[str]:
    """The grams of a ``plain`` text in their order, repetitions included."""
    return [gram for _, gram in placed_grams(text)]


def placed_grams(text: str) -> Iterator[tuple[int, str]]:
    """The grams of a ``plain`` text, each with where it begins."""
    for start, run in runs(text):
        if run[0].isascii():
            yield start, run[:LONGEST_WORD]
        elif len(run) == 1:
            yield start, run
        else:
            yield from ((start + at, run[at : at + 2]) for at in range(len(run) - 1))
