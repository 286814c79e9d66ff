"""The grams by which texts of cases are found: every sign, every two side by side, and every three that are not all letters.

A word is in a text only if all its grams are; a word of one or two signs if its one gram is. Any sign can be searched for, punctuation
too, since a word must be found wherever LIKE finds it. Digits and punctuation stand in most texts: two of them tell little.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from gkapply.casework.grams import plain

MOST_WORDS = 8
"""Words of one search that are looked for; there are no more in a question that a person types."""
LONGEST_WORD = 100
ENOUGH = 4
_NAMED = {code: 0xE000 + code for code in range(128) if not (chr(code).isalnum() or chr(code).isspace())}
"""ASCII signs go into the index under signs of private use: it would take them for gaps."""
_OWN = dict.fromkeys(_NAMED.values())


def folded(text: str) -> str:
    """The text in one width and one case, without signs that control and do not show."""
    told = plain(text)
    if told.isprintable():
        return told
    return "".join(" " if sign != "\n" and unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in told)


def words_of(asked: str) -> list[str]:
    """The words that a question asks for, folded: what stands between spaces, each once."""
    words = [word[:LONGEST_WORD] for word in folded(asked).split()]
    return list(dict.fromkeys(words))[:MOST_WORDS]


def grams_of_texts(texts: Iterable[str]) -> set[str]:
    """The grams of a case with these folded texts."""
    found: set[str] = set()
    for text in texts:
        for stretch in text.translate(_NAMED).split():
            found.update(stretch)
            found.update(map("".join, pairwise(stretch)))
            found.update(three for three in _threes(stretch) if not three.isalpha())
    return found


def grams_of_word(word: str) -> list[str]:
    """The grams that a case with this folded word must have, each once; what lies in a longer one of them is not told again."""
    named = word.translate(_NAMED)
    if len(named) == 1:
        return [named]
    telling = [not three.isalpha() for three in _threes(named)]
    grams = []
    for at in range(len(named) - 1):
        if telling[at : at + 1] == [True]:
            grams.append(named[at : at + 3])
        elif at == 0 or not telling[at - 1]:
            grams.append(named[at : at + 2])
    return list(dict.fromkeys(grams))


def enough_of(grams: Sequence[str]) -> Sequence[str]:
    """Of many grams of a word, which overlap, every second and the last: they leave few other cases, and take half the time."""
    return grams if len(grams) <= ENOUGH else [*grams[::2], grams[-1]]


def is_one_gram(word: str) -> bool:
    """Whether a case that has the grams of ``word`` is sure to have the word."""
    return len(word) <= 2 and word.translate(_OWN) == word


def _threes(stretch: str) -> Iterator[str]:
    return map("".join, zip(stretch, stretch[1:], stretch[2:], strict=False))
