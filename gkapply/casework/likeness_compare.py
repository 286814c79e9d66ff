"""Whether two requests ask for the same (内容相同): a score with its reason in a sentence. Pure: two texts in, one answer out.

What must agree (``likeness_marks``) is compared as such, the rest by its neighbouring characters, where an everyday word counts as
met by what the office says instead. Nobody's request is decided by it: it only orders what a person looks at.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from gkapply.casework.everyday_words import said_in
from gkapply.casework.likeness_marks import Difference, Kind, Marks, differences, marks_of
from gkapply.casework.likeness_words import asked, official, plain, without_marks

NEAR = 0.45
"""The score from which two requests are near where they name nothing that agrees."""
NEAR_WHERE_MARKS_AGREE = 0.25
"""The same where both name the same 文号, year, place or body."""
SAME_MATTER = 0.55
"""The score from which requests that differ in a year, place or project are shown as of the same matter."""
SAME_PROJECT = 0.3
_PROJECT = re.compile(r"([一-鿿]{2,14}?)(?:项目|系统)")
_ANY_PROJECT = re.compile("建设|改造|采购|实施|施工|改建|迁建")
_PROJECT_NAME = 6
OPPOSITES = (("迁入", "迁出"), ("城镇", "农村"), ("企业", "个人"), ("二手", "新建"))
"""Words of which requests for different things name one each."""
Grams = frozenset[str]


class Verdict(StrEnum):
    """What the comparison comes to."""

    SAME_WORDS = "文字相同"
    NEAR = "内容相近"
    OTHER = "事项相近而要素不同"
    DIFFERENT = "内容不同"


@dataclass(frozen=True, slots=True)
class Words:
    """A text made ready for comparing: its bare characters, what must agree, the grams of the rest, what everyday words stand for."""

    bare: str
    marks: Marks
    core: str
    grams: Grams
    ways: Sequence[tuple[Grams, Grams]]
    """Of each everyday word its own grams and those of what the office says instead."""
    projects: Sequence[tuple[str, Grams]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two requests stand to each other; ``score`` 0 to 1 is how much of what they say they share."""

    score: float
    verdict: Verdict
    agreeing: Sequence[str]
    differing: Sequence[Difference]

    @property
    def near(self) -> bool:
        """Whether they ask for the same, as far as a program can tell."""
        return self.verdict in (Verdict.SAME_WORDS, Verdict.NEAR)

    @property
    def reason(self) -> str:
        """What is the same and what differs, in one sentence."""
        if self.verdict is Verdict.SAME_WORDS:
            return "除格式文字和标点外，文字相同"
        said = [f"所述事项约{round(self.score * 100)}%相合"]
        if self.agreeing:
            said.insert(0, f"同为{'、'.join(self.agreeing)}")
        said += [one.words for one in self.differing]
        return "；".join(said)


def compare(one: str, other: str) -> Comparison:
    """How the request ``one`` stands to the request ``other``; the words of the reason call them 本件 and 该件."""
    mine, theirs = words_of(one), words_of(other)
    differing = [*differences(mine.marks, theirs.marks), *_other_projects(mine, theirs)]
    agreeing = mine.marks.shared_with(theirs.marks)
    score = _score(mine, theirs)
    return Comparison(score, _verdict(mine, theirs, score, bool(agreeing), bool(differing)), agreeing, differing)


def _verdict(mine: Words, theirs: Words, score: float, agrees: bool, differs: bool) -> Verdict:
    if mine.bare == theirs.bare:
        return Verdict.SAME_WORDS
    same_document = mine.marks.named[Kind.DOCUMENT] & theirs.marks.named[Kind.DOCUMENT]
    if not differs and (same_document or score >= (NEAR_WHERE_MARKS_AGREE if agrees else NEAR)):
        return Verdict.NEAR
    return Verdict.OTHER if score >= SAME_MATTER else Verdict.DIFFERENT


@lru_cache(maxsize=2048)
def words_of(text: str) -> Words:
    """The text made ready; kept for the texts that were compared last."""
    said = asked(plain(text))
    marks = marks_of(said)
    rest = "".join(filter(str.isalnum, marks.rest))
    core = official(rest)
    ways = [_way(one.word, one.instead) for one in said_in(rest) if one.instead]
    names = [_ANY_PROJECT.sub("", name)[-_PROJECT_NAME:] for name in _PROJECT.findall(core)]
    return Words(
        without_marks(said), marks, core, grams(core), ways, [(name, grams(name)) for name in names if grams(name)]
    )


def grams(text: str) -> Grams:
    """Every two neighbouring characters."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


@lru_cache(maxsize=4096)
def _way(word: str, instead: tuple[str, ...]) -> tuple[Grams, Grams]:
    """The grams of an everyday word, and those of what the office says instead."""
    said = official(word)
    return grams(said) or frozenset((said,)), frozenset[str]().union(*(grams(official(one)) for one in instead))


def _score(mine: Words, theirs: Words) -> float:
    """The share of either text that the other says, too; the better share counts more, since one may simply say less."""
    if not mine.grams or not theirs.grams:
        return float(mine.bare == theirs.bare)
    met, met_there = _met(mine, theirs) / len(mine.grams), _met(theirs, mine) / len(theirs.grams)
    return (met + met_there + 2 * max(met, met_there)) / 4


def _met(one: Words, other: Words) -> int:
    """How many grams of ``one`` the other says in the same words, or in those of the office, or of every day."""
    met = one.grams & other.grams
    for own, instead in one.ways:
        if instead & other.grams:
            met |= own & one.grams
    for _, instead in other.ways:
        met |= instead & one.grams
    return len(met)


def _other_projects(mine: Words, theirs: Words) -> list[Difference]:
    """That the two name different projects, or one of two opposites each."""
    found = []
    if (
        mine.projects
        and theirs.projects
        and not any(
            len(one & other) / min(len(one), len(other)) >= SAME_PROJECT
            for _, one in mine.projects
            for _, other in theirs.projects
        )
    ):
        found.append(Difference(Kind.PROJECT, mine.projects[0][0], theirs.projects[0][0]))
    for one, other in OPPOSITES:
        said = one in mine.core, other in mine.core, one in theirs.core, other in theirs.core
        if said in ((True, False, False, True), (False, True, True, False)):
            found.append(Difference(Kind.PROJECT, one if said[0] else other, other if said[0] else one))
    return found
