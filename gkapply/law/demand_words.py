"""The terms of a request's text: the themes that the word list knows, and what is left of the text as words of its own.

What is left is cut at the words of the list, at every sign that is no Chinese character, and at particles. Numbers, places and names
never become terms; that a word is told to nobody unless several applicants use it is the business of those who count.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from gkapply.law.themes import one_width, said_in

MOST_THEMES, MOST_WORDS = 8, 6
"""Terms that one request counts with, those named first."""
SHORTEST, LONGEST = 2, 6
"""Characters of a word of its own."""
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_PARTICLES = re.compile(
    r"[的了和与及或在是有我你您他她它们这那此该本个把被从到对为以之其就都也还没不未已将则而且并但若如因由所"
    r"很把让给向于等各每全某请要想看问能会可应需曾过着吗呢吧么做作用后前内外中上下里间时来去"
    r"一二三四五六七八九十百千万两零年月日号第至件份次元亩人家户名位条项款]+"
)
_PLACE = re.compile(r"[省市县区旗镇乡街道路巷村屯庄湾寨组社号栋幢弄坪坝沟]$|小区$|社区$|花园$|新村$")
_OF_A_PLACE = re.compile(r"^.{1,4}?(?:镇|乡|街道|村|社区|小区|县|市|区)(?=.)")
"""A place before the word that it belongs to."""
_PERSON = re.compile(r"(先生|女士|同志|书记|主任|镇长|村长|县长|局长)$")


@dataclass(frozen=True, slots=True)
class Terms:
    """Themes and words of one text, each once, in the order in which it names them."""

    themes: tuple[str, ...]
    words: tuple[str, ...]


def terms(text: str, names: Collection[str] = ()) -> Terms:
    """The terms of a text. A word that holds one of ``names`` (of applicants), or is part of one, is none."""
    plain = one_width(text)
    themes: dict[str, None] = {}
    words: dict[str, None] = {}
    end = 0
    for said in said_in(plain):
        words |= dict.fromkeys(_words(plain[end : said.start], names))
        end = said.end
        if said.word.theme:
            themes[said.word.theme] = None
    words |= dict.fromkeys(_words(plain[end:], names))
    return Terms(tuple(themes)[:MOST_THEMES], tuple(words)[:MOST_WORDS])


def term_of(word: str) -> int:
    """The number that stands for a theme or word: 40 bits of its hash."""
    return int.from_bytes(blake2b(word.encode(), digest_size=5).digest())


def _words(stretch: str, names: Collection[str]) -> Iterator[str]:
    for run in _HAN.findall(stretch):
        for part in _PARTICLES.split(run):
            word = _OF_A_PLACE.sub("", part)
            named = any(name in word or word in name for name in names if name)
            if SHORTEST <= len(word) <= LONGEST and not (named or _PLACE.search(word) or _PERSON.search(word)):
                yield word
