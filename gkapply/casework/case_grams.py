"""The grams by which texts of cases are found: every character, and every two that stand side by side.

A word of any length is in a text only if all its grams are; a word of one or two characters if its gram is. Any character can be
searched for, punctuation too, since a word must be found wherever LIKE finds it.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable

from gkapply.casework.grams import plain

MOST_WORDS = 8
"""Words of one search that are looked for; there are no more in a question that a person types."""
LONGEST_WORD = 100
_RUN = re.compile(r"[^\W_]{2,}")


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


def grams_of_texts(texts: Iterable[str], organ_id: int) -> set[str]:
    """The grams of a case with these folded texts, and the one that tells its organ."""
    found = {organ_gram(organ_id)}
    for text in texts:
        found.update(_sign(sign) for sign in set(text) if not sign.isspace())
        for run in _RUN.findall(text):
            found.update(map("".join, itertools.pairwise(run)))
    return found


def grams_of_word(word: str) -> list[str]:
    """The grams that a text with this folded word must hold, each once."""
    found, at = [], 0
    for run in _RUN.finditer(word):
        found += [_sign(sign) for sign in word[at : run.start()]]
        found += [run[0][place : place + 2] for place in range(len(run[0]) - 1)]
        at = run.end()
    found += [_sign(sign) for sign in word[at:]]
    return list(dict.fromkeys(found))


def is_one_gram(word: str) -> bool:
    """Whether a case that has the grams of ``word`` is sure to have the word."""
    return len(word) == 1 or (len(word) == 2 and word.isalnum())


def organ_gram(organ_id: int) -> str:
    """The gram that every case of the organ has."""
    return f"organ{organ_id}"


def _sign(sign: str) -> str:
    """A character as a gram: signs that the index would take for gaps under a name of three characters or more."""
    return f"x{ord(sign):02x}" if sign.isascii() and not sign.isalnum() else sign
