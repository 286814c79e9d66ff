"""Like requests in a file of twenty and of two hundred thousand: how long it takes to find them, and whether they are found.

The texts are drawn from lists (``wordings``), so that most of their grams stand in many of them: harder than a real file. What is
looked for are texts of the file with 5, 15 and 30 of 100 characters edited, in runs as people edit words.
"""

import gc
import math
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from benchmarks.ground import DURABLE
from benchmarks.measure import Goal, percentile
from benchmarks.wordings import GIVEN, PLACES, Writer
from gkapply import database
from gkapply.casework import likeness, likeness_index, schema
from gkapply.casework.access import Actor
from gkapply.casework.likeness_compare import words_of
from gkapply.casework.likeness_records import LikenessGram
from gkapply.casework.likeness_sketch import sketch
from gkapply.casework.likeness_words import official, one_width, wording_hash
from gkapply.casework.people import Organ
from gkapply.casework.persons import Person
from gkapply.casework.records import Applicant, Case
from gkapply.law.case_kinds import CaseKind
from tests.services import DATABASE_KINDS, Services
from workflows.case_states import CaseState
from workflows.duties import Duty

SIZES = (20_000, 200_000)
EDITS = {5: 1.0, 15: 0.95, 30: 0.75}
"""Characters of 100 that are edited, and the share of texts that must be among the first five."""
LOOKED_FOR = 60
SAME_APPLICANT_MS, WHOLE_FILE_MS, ADDING_MS = 2.0, 25.0, 0.2
OF_ONE_PERSON = 20
"""Requests of the person whose earlier ones are looked through; a serial applicant's newest sixty at most are."""
ADDED, TIMES = 200, 5
CHUNK = 5000
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
OFFICER = Actor("user", 1, frozenset({Duty.OFFICER}), user_id=1)


def run() -> Iterator[Goal]:
    """Each database in turn, first the small file."""
    for kind in DATABASE_KINDS:
        for size in SIZES:
            with _filled(kind, size) as texts:
                yield from _whole_file(f"{kind}, {size} texts", texts)
                yield _same_applicant(f"{kind}, {size} texts", texts)
                yield _adding(f"{kind}, {size} texts", size)


def _whole_file(where: str, texts: Sequence[str]) -> Iterator[Goal]:
    chosen, took = random.Random(11), list[float]()
    for percent, least in EDITS.items():
        places = chosen.sample(range(len(texts)), LOOKED_FOR)
        found = 0
        for place in places:
            words = edited(chosen, texts[place], percent / 100)
            with database.reading() as session:
                took.append(_milliseconds(partial(likeness.alike, session, words, [1], OFFICER)))
                found += place + 1 in [one.id for one in likeness.alike(session, words, [1], OFFICER)]
        name = f"{where}: among the first five with {percent} of 100 characters edited"
        yield Goal(name, found / len(places), least, "", at_most=False, remark=f"{found} of {len(places)}")
    told = f"95 of 100 take less than {percentile(took, 0.95):.1f} ms"
    yield Goal(f"{where}: the whole file, median", percentile(took, 0.5), WHOLE_FILE_MS, "ms", remark=told)


def _same_applicant(where: str, texts: Sequence[str]) -> Goal:
    """The earlier requests of one person, compared with the newest of them."""
    took = []
    for number in range(40):
        with database.reading() as session:
            case = session.get_one(Case, number * OF_ONE_PERSON + 1)
            _ = case.applicants, case.documents, case.offspring
            took.append(_milliseconds(partial(likeness.of_applicant, session, case, OFFICER)))
    told = f"{OF_ONE_PERSON} requests each"
    return Goal(f"{where}: the same applicant, median", percentile(took, 0.5), SAME_APPLICANT_MS, "ms", remark=told)


def _adding(where: str, size: int) -> Goal:
    """What a unit that enters a request does for it: hash, sketch and rows."""
    writer, took = Writer(99), []
    with database.transaction() as session:
        for number in range(ADDED):
            case = Case(organ_id=1, kind=CaseKind.APPLICATION, description=writer.request(), documents=[])
            case.information_name = case.information_number = ""
            ids = count(size + 1 + number * TIMES)
            took.append(_milliseconds(partial(_add, session, case, ids)))
    return Goal(f"{where}: adding a text, median", percentile(took, 0.5), ADDING_MS, "ms")


def _add(session: Session, case: Case, ids: Iterator[int]) -> None:
    case.id = next(ids)
    likeness_index.prepare(case)
    likeness_index.add(session, case)


def _milliseconds(act: Callable[[], object]) -> float:
    """The quickest of several times, for the machine is shared; what a process keeps of texts is forgotten before each."""
    quickest = math.inf
    for _ in range(TIMES):
        for kept in (words_of, official, one_width):
            kept.cache_clear()
        began = time.perf_counter()
        act()
        quickest = min(quickest, time.perf_counter() - began)
    return quickest * 1000


def edited(chosen: random.Random, text: str, share: float) -> str:
    """The text with that share of its characters replaced, put in or left out, in runs of one to six."""
    pool, said, left = PLACES + GIVEN, list(text), max(1, int(len(text) * share))
    while left > 0:
        run_ = min(left, chosen.randint(1, 6))
        at, way = chosen.randrange(max(1, len(said) - run_)), chosen.random()
        new = [chosen.choice(pool) for _ in range(run_)]
        if way < 0.4:
            said[at : at + run_] = new
        elif way < 0.7:
            said[at:at] = new
        else:
            del said[at : at + run_]
        left -= run_
    return "".join(said)


@contextmanager
def _filled(kind: str, size: int) -> Iterator[list[str]]:
    """A database of ``kind`` with so many requests to one organ; gives their texts, the first of them with the id 1."""
    run_ = Services.begin(DURABLE, into=Path(tempfile.gettempdir()))
    try:
        with (
            tempfile.TemporaryDirectory(prefix="gkapply-bench-") as folder,
            run_.fresh_database(kind, schema.upgrade, Path(folder)) as url,
        ):
            engine = database.connect(url)
            writer = Writer(5)
            texts = [writer.request() for _ in range(size)]
            _fill(engine, kind, texts)
            gc.collect()
            yield texts
            engine.dispose()
    finally:
        run_.end()


def _fill(engine: Engine, kind: str, texts: Sequence[str]) -> None:
    with database.transaction() as session:
        session.add(Organ(id=1, code="O1", name="安岳县人民政府", kind="government"))
        session.flush()
        for start in range(0, len(texts), CHUNK):
            _rows(session, list(enumerate(texts[start : start + CHUNK], start + 1)))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # What autovacuum does of itself after so many new rows.
        connection.exec_driver_sql("VACUUM ANALYZE" if kind == "postgresql" else "ANALYZE")


def _rows(session: Session, texts: Sequence[tuple[int, str]]) -> None:
    common = {
        "organ_id": 1, "kind": CaseKind.APPLICATION, "state": CaseState.REPLIED, "version": 1, "channel": "online",
        "content_hash": "", "entered_at": NOW, "received_on": date(2026, 3, 2), "carrier": "paper", "way": "post",
    }  # fmt: skip
    cases = [
        {**common, "id": number, "uid": f"{number:032x}", "number": f"2026-{number}", "reference": f"O1-2026-{number}",
         "description": text, "wording_hash": wording_hash(text)}
        for number, text in texts
    ]  # fmt: skip
    session.execute(insert(Case), cases)
    persons = sorted({(number - 1) // OF_ONE_PERSON + 1 for number, _ in texts if (number - 1) % OF_ONE_PERSON == 0})
    session.execute(insert(Person), [{"id": one, "organ_id": 1, "identity_index": f"{one:064x}"} for one in persons])
    applicants = [
        {"id": number, "uid": f"{number:032x}", "organ_id": 1, "case_id": number, "ordinal": 1, "kind": "natural_person",
         "name": "某", "person_id": (number - 1) // OF_ONE_PERSON + 1, "sealed": b""}
        for number, _ in texts
    ]  # fmt: skip
    session.execute(insert(Applicant), applicants)
    grams = [{"organ_id": 1, "gram": gram, "case_id": number} for number, text in texts for gram in sketch(text)]
    session.execute(insert(LikenessGram), grams)
