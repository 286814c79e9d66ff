"""The search over public entries among twenty thousand: how long it takes beside LIKE, and how often it is right.

The twenty thousand are the items of the demonstration's catalogue over and over: every item once for the county, once in the same
words for each of thirty townships, and for the rest under titles of years and projects, so that each right entry has more than a
hundred near ones beside it and many thousands around it.
"""

import gc
import math
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from benchmarks.everyday import LETTERS, QUESTIONS, Question, items, right_among_first
from benchmarks.ground import DURABLE
from benchmarks.measure import Goal, in_turn, percentile
from gkapply import database
from gkapply.casework import public_search, schema
from gkapply.casework.people import Organ
from gkapply.casework.public_finding import Hit
from gkapply.casework.public_ranking import matters_of
from gkapply.casework.public_text import PublicText
from tests.services import DATABASE_KINDS, Services

ENTRIES = 20_000
TOWNSHIPS = 30
MOST_MS = 50.0
BESIDE_LIKE = 0.5
LEAST_RIGHT = 0.85
ROUNDS = 5
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
SYLLABLES = "柏树新桥石羊龙台高升永清双河长河白水合义周礼毛家兴隆东胜南薰朝阳大平岳源天林乾龙"
CHUNK = 2000


def run() -> Iterator[Goal]:
    """Each database in turn."""
    for kind in DATABASE_KINDS:
        with _filled(kind) as towns:
            yield from _accuracy(kind, towns)
            yield from _speed(kind)


def _accuracy(kind: str, towns: Sequence[str]) -> Iterator[Goal]:
    for name, questions, goal in _sets():
        right = sum(right_among_first(one, _items(_ask(one.words))) for one in questions)
        told = f"{right} of {len(questions)}"
        yield Goal(f"{kind}: {name}: right among the first three", right / len(questions), goal, "", False, told)
    chosen = random.Random(3)
    named = [(one, chosen.choice(towns)) for one in QUESTIONS]
    right = sum(_right_for(one, town) for one, town in named)
    told = "with a township before the question, and only its own entry is right"
    yield Goal(f"{kind}: of a named township", right / len(named), None, "", False, told)


def _sets() -> list[tuple[str, Sequence[Question], float | None]]:
    return [
        ("60 questions, two for each area", QUESTIONS, LEAST_RIGHT),
        ("of these the 30 that were looked at", [one for one in QUESTIONS if not one.held_out], None),
        ("of these the 30 that were held out", [one for one in QUESTIONS if one.held_out], None),
        ("40 questions from letters elsewhere", LETTERS, None),
    ]


def _ask(words: str) -> Sequence[Hit]:
    with database.reading() as session:
        return public_search.search(session, words, limit=3)


def _items(hits: Sequence[Hit]) -> list[str]:
    """The names of the items, without the year or project that stands behind."""
    return [hit.title.split("〔")[0] for hit in hits]


def _right_for(question: Question, town: str) -> bool:
    hits = [hit for hit in _ask(f"{town}的，{question.words}") if town in hit.organ_name]
    return right_among_first(question, _items(hits))


def _speed(kind: str) -> Iterator[Goal]:
    """The quickest of several askings of each question, for the machine is shared; and all of them beside LIKE, in turn."""
    words = [one.words for one in QUESTIONS]
    quickest = dict.fromkeys(words, math.inf)

    def searched() -> int:
        for each in words:
            began = time.perf_counter()
            _ask(each)
            quickest[each] = min(quickest[each], (time.perf_counter() - began) * 1000)
        return len(words)

    def scanned() -> int:
        for each in words:
            _like(each)
        return len(words)

    took = in_turn({"search": searched, "like": scanned}, ROUNDS)
    told = f"median {percentile(list(quickest.values()), 0.5):.1f} ms; with all that disturbed {took['search'] * 1000:.1f} ms"
    slowest = percentile(list(quickest.values()), 0.95)
    yield Goal(f"{kind}: a question among {ENTRIES} entries, 95 of 100 take less", slowest, MOST_MS, "ms", remark=told)
    told = f"LIKE over the same rows, unranked: {took['like'] * 1000:.1f} ms"
    yield Goal(f"{kind}: the search beside LIKE", took["search"] / took["like"], BESIDE_LIKE, remark=told)


def _like(words: str) -> Sequence[int]:
    """What LIKE finds for the same words: every row that holds one of them, in no order of worth."""
    ways = [way for matter in matters_of(words) for way, _, _ in matter.ways]
    holds = [PublicText.title.contains(way) | PublicText.summary.contains(way) for way in dict.fromkeys(ways)]
    with database.reading() as session:
        return session.scalars(select(PublicText.id).where(or_(*holds))).all()


@contextmanager
def _filled(kind: str) -> Iterator[list[str]]:
    """A database of ``kind`` with the entries; gives the names of the townships."""
    run = Services.begin(DURABLE)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="gkapply-bench-") as folder,
            run.fresh_database(kind, schema.upgrade, Path(folder)) as url,
        ):
            engine = database.connect(url)
            with database.transaction() as session:
                towns = _organs(session)
                _entries(session)
                public_search.rebuild(session)
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                # What autovacuum does of itself after so many new rows.
                connection.exec_driver_sql("VACUUM ANALYZE" if kind == "postgresql" else "ANALYZE")
            gc.collect()
            yield towns
            engine.dispose()
    finally:
        run.end()


def _organs(session: Session) -> list[str]:
    chosen = random.Random(1)
    pairs = [SYLLABLES[at : at + 2] for at in range(0, len(SYLLABLES), 2)]
    towns = [f"{pair}{chosen.choice('镇乡')}" for pair in pairs][:TOWNSHIPS]
    towns += [f"{pair[::-1]}镇" for pair in pairs][: TOWNSHIPS - len(towns)]
    session.add(Organ(id=1, code="O1", name="安岳县人民政府", kind="government"))
    for number, town in enumerate(towns, 2):
        session.add(Organ(id=number, code=f"O{number}", name=f"安岳县{town}人民政府", kind="township"))
    session.flush()
    return towns


def _entries(session: Session) -> None:
    """The rows, written at once; ``rebuild`` makes their grams."""
    chosen = random.Random(2)
    shown = list(items())
    rows = []
    for number in range(ENTRIES):
        item, turn = shown[number % len(shown)], number // len(shown)
        title = item.title if turn <= TOWNSHIPS else f"{item.title}〔{_what(chosen)}〕"
        organ = turn + 1 if turn <= TOWNSHIPS else chosen.randrange(1, TOWNSHIPS + 2)
        rows.append(
            {
                "kind": "catalogue",
                "uid": str(number),
                "organ_id": organ,
                "area": item.area,
                "title": title,
                "summary": item.words,
                "wording": public_search.wording_of(item.area, title, item.words),
                "shown_from": NOW - timedelta(hours=number),
                "taken": 0,
                "taken_that_day": 0,
            }
        )
    for start in range(0, ENTRIES, CHUNK):
        session.execute(insert(PublicText), rows[start : start + CHUNK])


def _what(chosen: random.Random) -> str:
    place = SYLLABLES[(at := chosen.randrange(0, len(SYLLABLES) - 1)) : at + 2]
    return f"{chosen.randrange(2015, 2026)}年{place}{chosen.choice(['村', '片区', '社区'])}{chosen.choice(['', '一期', '二期'])}"
