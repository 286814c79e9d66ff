"""How well entries answer a question in everyday words. Pure reckoning: no database, no page.

A question is cut into its matters (``Matter``): words that the list knows, each with what entries say instead, and the
remaining grams. An entry is worth, for each matter, the best of its wordings: the rarer the words, the more, and more in
the title than in the content.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gkapply.casework.everyday_words import said_in
from gkapply.casework.grams import grams_of, placed_grams, plain

TITLE, AREA, CONTENT = 10, 6, 5
"""What a gram is worth in its best place."""
OWN_WORD, OFFICIAL_WORD, ONE_CHARACTER, KIND_OF_ANSWER, OTHER_GRAM = 1.0, 0.9, 0.6, 0.3, 0.5
SAME_SUBJECT = 0.9
"""What is left of an entry's worth for each better one about the same: its other years and projects step behind."""
LONG_TITLE = 0.001
"""Share of its worth that an entry loses with each character of its title: of equals the plainer goes first."""
LEAST = 0.3
"""What an entry must be worth beside the best to be found at all."""
SCATTERED = 0.6
"""Share of its worth that a wording keeps when its grams do not stand together."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that a question is about: the ways to say it, each with its grams, and how much it counts."""

    ways: tuple[tuple[str, tuple[str, ...], float], ...]
    """(words, their grams, worth of saying it so)."""

    @property
    def is_subject(self) -> bool:
        """Whether the word list knows it as something to ask about, not only as a kind of answer."""
        return self.ways[0][2] >= ONE_CHARACTER


@dataclass(frozen=True, slots=True)
class Text:
    """The words of an entry, ``plain``."""

    title: str
    area: str
    content: str

    def places(self) -> tuple[tuple[str, int], ...]:
        """Its places, the best first, each with what words in it are worth."""
        return (self.title, TITLE), (self.area, AREA), (self.content, CONTENT)


@dataclass(frozen=True, slots=True)
class Worth:
    """A wording, what it is about, and what it is worth as an answer."""

    wording: int
    subject: int
    worth: float


def spread(found: Sequence[Worth]) -> Iterator[tuple[int, float]]:
    """Each wording with its worth, less for each further one about the same subject; without those far below the best."""
    better: Counter[int] = Counter()
    least = LEAST * max((one.worth for one in found), default=0.0)
    for one in sorted(found, key=lambda one: (-one.worth, one.wording)):
        if one.worth <= least:
            return
        yield one.wording, one.worth * SAME_SUBJECT ** better[one.subject]
        better[one.subject] += 1


def weights_of(text: Text) -> dict[str, int]:
    """Every gram of the entry with the worth of its best place."""
    found: dict[str, int] = {}
    for words, worth in text.places():
        for gram in grams_of(words):
            found.setdefault(gram, worth)
    return found


def matters_of(question: str) -> list[Matter]:
    """What the question is about; empty when it holds nothing that could be looked for."""
    text = plain(question)
    known = said_in(text)
    inside = {at for word in known for at in range(word.start, word.end - 1)}
    matters = [_known(word.word, word.instead, word.subject) for word in known if word.instead]
    rest = {gram: None for at, gram in placed_grams(text) if at not in inside}
    return matters + [Matter(((gram, (gram,), OTHER_GRAM),)) for gram in rest]


def answerable(matters: Sequence[Matter], rarities: Mapping[str, float]) -> bool:
    """Whether entries speak of what is asked at all: of a subject that the word list knows, or in a third of its grams."""
    found = [any(rarities.get(gram) for _, grams, _ in one.ways for gram in grams) for one in matters]
    if any(known and one.is_subject for one, known in zip(matters, found, strict=True)):
        return True
    grams = [known for one, known in zip(matters, found, strict=True) if one.ways[0][2] == OTHER_GRAM]
    return sum(grams) >= len(grams) / 3


def _known(word: str, instead: Sequence[str], subject: bool) -> Matter:
    share = KIND_OF_ANSWER if not subject else ONE_CHARACTER if len(word) == 1 else 1.0
    ways = [(word, OWN_WORD * share), *((official, OFFICIAL_WORD * share) for official in instead if official != word)]
    return Matter(tuple((words, tuple(grams_of(words)), worth) for words, worth in ways))


def rarity(entries: int, holding: int) -> float:
    """What a gram tells that ``holding`` of ``entries`` hold: the fewer, the more; 0 when none does."""
    return math.log(1 + (entries - holding + 0.5) / (holding + 0.5)) if 0 < holding <= entries else 0.0


def gram_weights(matters: Sequence[Matter], rarities: Mapping[str, float]) -> dict[str, float]:
    """Each gram with what finding it alone is worth: the first, rough reckoning."""
    found: dict[str, float] = {}
    for matter in matters:
        for _, grams, worth in matter.ways:
            for gram in grams:
                value = worth * rarities.get(gram, 0.0) / math.sqrt(len(grams))
                if value:
                    found[gram] = max(found.get(gram, 0.0), value)
    return found


def scorer(matters: Sequence[Matter], rarities: Mapping[str, float]) -> Callable[[Text], float]:
    """The exact reckoning for one entry."""
    ways = [
        [
            (words, [(gram, rarities.get(gram, 0.0)) for gram in grams], worth)
            for words, grams, worth in matter.ways
            if any(rarities.get(gram) for gram in grams)
        ]
        for matter in matters
    ]

    def score(text: Text) -> float:
        places = text.places()
        worth = sum(max((_worth(way, places) for way in each), default=0.0) for each in ways)
        return worth * (1 - LONG_TITLE * min(len(text.title), 100))

    return score


def _worth(way: tuple[str, list[tuple[str, float]], float], places: Sequence[tuple[str, int]]) -> float:
    words, grams, worth = way
    most = max(value for _, value in grams)
    for place, share in places:
        if words in place:
            return worth * most * share
    found = sum(value * next((share for place, share in places if gram in place), 0) for gram, value in grams)
    return SCATTERED * worth * most * found / (sum(value for _, value in grams) or 1.0)
