"""One import of holidays dates a hundred thousand open cases anew and tells each handler once: seconds, growth, memory."""

import gc
import multiprocessing
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select

from benchmarks.ground import DURABLE
from benchmarks.measure import Goal
from gkapply import database
from gkapply.casework import calendar_import, ledger, redating, schema
from gkapply.casework.accounts import operator
from gkapply.casework.calendar_file import read_file
from gkapply.casework.calendar_records import Redating
from gkapply.casework.dating import cached_dates
from gkapply.casework.entries import Fact
from gkapply.casework.notification import Notification
from gkapply.casework.people import Organ, User
from gkapply.casework.records import Case
from gkapply.casework.services import services
from gkapply.files import FileStore
from gkapply.law.clocks import reckon
from gkapply.law.workdays import national_calendar
from gkapply.sealing import KeyRing
from tests.services import DATABASE_KINDS, Services
from workflows.application import CaseState

SIZES = (10_000, 100_000)
ORGANS, OFFICERS = 200, 3
MOST_SECONDS = 60
NOW = datetime(2026, 12, 30, 2, tzinfo=UTC)
FIRST_DAY = date(2026, 12, 7)
DAYS = 22
"""Days of receipt; the term of every case runs into the new year."""
CHUNK = 5000
NOTICE = "日期,类型,名称\n2027-01-01,放假,元旦\n2027-01-04,放假,元旦\n2027-01-05,放假,元旦\n".encode()
RING = KeyRing((("bench", bytes(range(32))),))


def run() -> Iterator[Goal]:
    """Each database in turn, ten thousand cases and then a hundred thousand."""
    for kind in DATABASE_KINDS:
        took: dict[int, float] = {}
        for size in SIZES:
            with register(kind, size) as (url, store):
                took[size], longest, memory = _measured(url, store)
            told = f"longest unit {longest:.2f} s, memory at its peak +{memory:.0f} MiB"
            name = f"{kind}: one import dates {size} open cases anew, each handler told once"
            yield Goal(name, took[size], MOST_SECONDS if size == SIZES[-1] else None, "s", remark=told)
        growth = took[SIZES[-1]] / took[SIZES[0]]
        yield Goal(f"{kind}: ten times the cases cost", growth, 15, "times")


def _measured(url: str, store: Path) -> tuple[float, float, float]:
    """Seconds of import and run, of the longest unit, and MiB by which memory grew: in a process of its own."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(url, store, theirs), daemon=True)
    process.start()
    answer: tuple[float, float, float] | str = ours.recv()
    process.join()
    if isinstance(answer, str):
        raise RuntimeError(answer)
    return answer


def _work(url: str, store: Path, pipe: "Connection[Any, Any]") -> None:
    try:
        database.connect(url, services(RING, FileStore(store, RING)))
        Path("/proc/self/clear_refs").write_text("5")
        before = _status("VmRSS")
        seconds, longest = _import_and_run()
        memory = (_status("VmHWM") - before) / 1024
        _require_right()
        pipe.send((seconds, longest, memory))
    except Exception as error:
        pipe.send(repr(error))


def _import_and_run() -> tuple[float, float]:
    began = time.perf_counter()
    with database.transaction() as session:
        done = calendar_import.import_holidays(session, read_file(NOTICE), operator(), NOW)
        assert done.run is not None
    longest, more = 0.0, True
    while more:
        unit = time.perf_counter()
        more = redating.carry_on(done.run.id, NOW, units=1)
        longest = max(longest, time.perf_counter() - unit)
    return time.perf_counter() - began, longest


def _require_right() -> None:
    """All moved, each officer told once, and a second run finds nothing to move."""
    with database.transaction() as session:
        (first,) = session.scalars(select(Redating))
        assert first.moved == first.looked_at == session.scalar(select(func.count()).select_from(Case)), first.moved
        assert first.refused == 0
        assert session.scalar(select(func.count()).select_from(Notification)) == ORGANS * OFFICERS
        check = redating.begin(session, redating.CHECK, "system", NOW)
    redating.carry_on(check.id, NOW, units=1000)
    with database.reading() as session:
        assert session.get_one(Redating, check.id).moved == 0


def _status(name: str) -> int:
    """KiB that the process holds (VmRSS) or has held at most (VmHWM)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(f"{name}:")).split()[1])


@contextmanager
def register(kind: str, size: int) -> Iterator[tuple[str, Path]]:
    """A database with so many open cases in two hundred organs; a third of them have facts. Address and store."""
    run = Services.begin(DURABLE)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="gkapply-bench-") as folder,
            run.fresh_database(kind, schema.upgrade, Path(folder)) as url,
        ):
            store = Path(folder) / "files"
            engine = database.connect(url, services(RING, FileStore(store, RING)))
            _people()
            for start in range(1, size + 1, CHUNK):
                with database.transaction() as session:
                    made = [_case(number) for number in range(start, min(start + CHUNK, size + 1))]
                    session.execute(insert(Case), [case for case, _ in made])
                    session.execute(insert(Fact), [fact for _, facts in made for fact in facts])
            with engine.begin() as connection:
                connection.exec_driver_sql("ANALYZE")
            engine.dispose()
            gc.collect()
            yield url, store
    finally:
        run.end()


def _people() -> None:
    with database.transaction() as session:
        session.add_all(
            Organ(id=number, code=f"O{number}", name=f"第{number}机关", kind="department")
            for number in range(1, ORGANS + 1)
        )
        session.add_all(
            User(id=number, login=f"officer{number}", name="承办人", password_hash="none", created_at=NOW)
            for number in range(1, ORGANS * OFFICERS + 1)
        )


def _case(number: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A case and its ledger: of twelve, two have asked somebody, one is extended, one was corrected."""
    organ, received_on = number % ORGANS + 1, FIRST_DAY + timedelta(days=number % DAYS)
    rows = [_fact(number, organ, ledger.RECEIVED, received_on)]
    kind = number % 12
    if kind in (0, 1):
        rows.append(_fact(number, organ, "third_party_asked", received_on, party="A"))
        rows.append(_fact(number, organ, ledger.QUESTION_RECEIVED, received_on, party="A"))
    elif kind == 2:
        rows.append(_fact(number, organ, "extension", received_on, working_days=10, told_on=received_on))
    elif kind == 3:
        rows.append(_fact(number, organ, "correction_asked", received_on, answer_within=15))
        rows.append(_fact(number, organ, "correction_received", received_on + timedelta(days=1)))
    facts = ledger.law_facts([Fact(id=place, **row) for place, row in enumerate(rows)])
    case = {
        "id": number,
        "uid": uuid4().hex,
        "organ_id": organ,
        "number": f"2026-{number:06d}",
        "reference": f"O{organ}-2026-{number:06d}",
        "state": CaseState.HANDLING,
        "channel": "counter",
        "content_hash": "0" * 64,
        "entered_at": NOW,
        "received_on": received_on,
        "description": "申请公开棚户区改造项目的房屋征收决定、征收补偿安置方案。" * 3,
        "carrier": "paper",
        "way": "post",
        "officer_id": (organ - 1) * OFFICERS + number // ORGANS % OFFICERS + 1,
        **cached_dates(reckon(received_on, facts, national_calendar())),
    }
    return case, rows


def _fact(case: int, organ: int, kind: str, on: date, **particulars: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("party", "working_days", "told_on", "answer_within"))
    row = {"case_id": case, "organ_id": organ, "kind": kind, "on_": on, "recorded_at": NOW, "actor": "user:1"}
    return {**row, "article": "", "detail": "{}", **empty, **particulars}
