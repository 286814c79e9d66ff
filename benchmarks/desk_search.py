"""The search of the desk among ten thousand, a hundred thousand and a million requests, beside LIKE over the same texts.

Words of one to eight characters in four strata by how many of the organ's requests hold them: absent, rare (1 to 20), middling
(0.02 to 0.2 %) and common (1 % and more). The organ is the biggest, with nearly half of all requests. What is found must be the same.
"""

import gc
import math
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.measure import Goal
from benchmarks.million import SIZES, official
from benchmarks.searchable import searchable
from gkapply import database
from gkapply.casework.access import Actor
from gkapply.casework.case_grams import words_of
from gkapply.casework.case_search import Wanted, found
from gkapply.casework.case_text import CaseText
from tests.services import DATABASE_KINDS

ORGAN = 1
PAGE = 50
LENGTHS = (1, 2, 3, 4, 6, 8)
EACH = 4
"""Words of each length in each stratum."""
TRIES = 60
ROUNDS = 5
MOST_MS = {"sqlite": 5.0, "postgresql": 25.0}
QUICKER_THAN_LIKE = 30.0
MOST_GROWTH = 0.6
ABSENT, RARE, MIDDLING, COMMON = "absent", "rare", "middling", "common"
SELDOM = "瓯濮邕泸沭湟溆郯漯亳沂淄渑岷盱眙"

Strata = Mapping[tuple[str, int], Sequence[str]]


def run() -> Iterator[Goal]:
    """Each size on each database."""
    worst: dict[str, dict[int, float]] = {kind: {} for kind in DATABASE_KINDS}
    for cases in SIZES:
        for kind in DATABASE_KINDS:
            searchable(kind, cases).connect()
            gc.collect()
            yield from _measured(kind, cases, worst[kind])
            database.engine().dispose()
    for kind, took in worst.items():
        few, many = min(took), max(took)
        if few < many:
            growth = math.log(took[many] / took[few]) / math.log(many / few)
            yield Goal(f"{kind}: growth of the worst word, exponent", growth, MOST_GROWTH, "")


def _measured(kind: str, cases: int, worst: dict[int, float]) -> Iterator[Goal]:
    actor, strata = official(ORGAN), _strata(cases)
    slowest, like, wrong = dict[tuple[str, int], float](), dict[tuple[str, int], float](), 0
    for place, words in strata.items():
        for word in words:
            took, ids = _quickest(partial(_search, actor, word), ROUNDS)
            beside, expected = _quickest(partial(_like, word), 2)
            wrong += ids != expected
            slowest[place] = max(slowest.get(place, 0.0), took)
            like[place] = min(like.get(place, math.inf), beside)
    for stratum in (ABSENT, RARE, MIDDLING, COMMON):
        told = ", ".join(
            f"{length}: {slowest[stratum, length]:.1f} ({like[stratum, length]:.0f})"
            for length in LENGTHS
            if (stratum, length) in slowest
        )
        top = max((took for (which, _), took in slowest.items() if which == stratum), default=0.0)
        if not told:
            continue
        remark = f"by characters, worst word, LIKE's best word in brackets: {told}"
        yield Goal(f"{kind}, {cases}: {stratum} words, the worst", top, None, "ms", remark=remark)
    count = sum(map(len, strata.values()))
    yield Goal(f"{kind}, {cases}: words with another answer than LIKE", wrong, 0, "", remark=f"of {count}")
    worst[cases] = max(slowest.values())
    most = MOST_MS[kind] if cases == max(SIZES) else None
    yield Goal(f"{kind}, {cases}: the worst word of all", worst[cases], most, "ms")
    ratios = [like[place] / slowest[place] for place in slowest if place[0] in (ABSENT, RARE)]
    goal = QUICKER_THAN_LIKE if cases == max(SIZES) else None
    yield Goal(
        f"{kind}, {cases}: quicker than LIKE, rare and absent words, the least", min(ratios), goal, at_most=False
    )


def _quickest(ask: Callable[[], list[int]], rounds: int) -> tuple[float, list[int]]:
    """Milliseconds of the quickest of several askings, for the machine is shared; and the answer."""
    best, ids = math.inf, list[int]()
    for _ in range(rounds):
        began = time.perf_counter()
        ids = ask()
        best = min(best, (time.perf_counter() - began) * 1000)
    return best, ids


def _search(actor: Actor, word: str) -> list[int]:
    with database.reading() as session:
        return found(session, actor, Wanted(words_of(word)), PAGE)


def _like(word: str) -> list[int]:
    with database.reading() as session:
        holding = CaseText.organ_id == ORGAN, CaseText.text.contains(word, autoescape=True)
        query = select(CaseText.case_id).where(*holding).order_by(CaseText.case_id.desc()).limit(PAGE)
        return list(session.scalars(query))


@cache
def _strata(cases: int) -> Strata:
    """Words for every length and stratum, drawn from the texts themselves; absent ones of characters that stand in no text together."""
    with database.reading() as session:
        texts = _texts_of(session)
    draw = random.Random(4)
    strata: dict[tuple[str, int], list[str]] = {}
    for length in LENGTHS:
        for _ in range(TRIES):
            word = _drawn(draw, texts, length)
            held = sum(word in text for text in texts)
            stratum = _stratum(held, len(texts))
            kept = strata.setdefault((stratum, length), []) if stratum else []
            if stratum and len(kept) < EACH and word not in kept:
                kept.append(word)
        strata[ABSENT, length] = ["".join(draw.sample(SELDOM, length)) for _ in range(EACH)]
    return strata


def _texts_of(session: Session) -> list[str]:
    return list(session.scalars(select(CaseText.text).where(CaseText.organ_id == ORGAN).order_by(CaseText.case_id)))


def _drawn(draw: random.Random, texts: Sequence[str], length: int) -> str:
    """A word out of a text; or two that stand in texts far apart, put together, which few hold."""
    while True:
        one, other = draw.choice(texts), draw.choice(texts)
        at = draw.randrange(len(one) - length)
        word = one[at : at + length]
        if length > 1 and draw.random() < 0.3:
            word = word[: length // 2] + other[at % len(other) :][: length - length // 2]
        if len(word) == length and not any(sign.isspace() for sign in word):
            return word


def _stratum(held: int, of: int) -> str:
    if held == 0:
        return ""
    if held <= 20:
        return RARE
    share = held / of
    return MIDDLING if 0.0002 <= share <= 0.002 else COMMON if share >= 0.01 else ""
