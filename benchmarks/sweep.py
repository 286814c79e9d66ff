"""The sweep of time over ten thousand open cases, a thousand of them due, against one set-based statement pair over the same cases.

Each turn puts the due cases back where they were. The yardstick writes what the sweep writes of a case, without rule, chain or
message: one UPDATE, one INSERT … SELECT, one commit.
"""

import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, literal, select, text, update

from benchmarks.measure import Goal
from benchmarks.redating import FIRST_DAY, NOW, ORGANS, RING, register
from gkapply import database
from gkapply.casework import ledger
from gkapply.casework.entries import Fact
from gkapply.casework.journal import JournalEntry
from gkapply.casework.notification import Notification
from gkapply.casework.people import DutyHolding, User
from gkapply.casework.records import LOOK_AT_ONCE, Case
from gkapply.casework.services import services
from gkapply.casework.sweep import sweep
from gkapply.clock import OFFICE_ZONE
from gkapply.files import FileStore
from gkapply.law.prompts import NEVER
from gkapply.law.workdays import national_calendar
from tests.services import DATABASE_KINDS
from workflows.application import CaseState
from workflows.duties import Duty

OPEN, DUE, LAPSING = 10_000, 1_000, 300
CLOSED = 1_000_000
ROUNDS = 5
MOST_TIMES = 10
SETTLED = NEVER - timedelta(days=1)
"""Day on which the yardstick has cases looked at next."""
TODAY = national_calendar().add(FIRST_DAY, 15 + 5 + 1)
"""The grace of those who were to correct what came on the first day is over."""
MORNING = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=OFFICE_ZONE)
NOBODYS = 999_999
"""The organ under whose number the yardstick writes its unchained entries."""


def run() -> Iterator[Goal]:
    """Each database: the ratio, memory, and the same with a million closed cases beside the open ones."""
    for kind in DATABASE_KINDS:
        with register(kind, OPEN) as (url, store):
            engine = database.connect(url, services(RING, FileStore(store, RING)))
            try:
                due = _prepare()
                alone = _in_turn(due)
                yield _ratio(kind, alone, "open cases alone")
                yield _memory(kind)
                _close_a_million(kind)
                beside = _in_turn(due)
                yield _ratio(kind, beside, f"{CLOSED} closed beside")
                grown = beside["sweep"] / alone["sweep"]
                yield Goal(f"{kind}: the sweep with {CLOSED} closed cases beside, against without", grown, 1.5, "times")
                yield _idle(kind)
            finally:
                engine.dispose()


def _ratio(kind: str, took: dict[str, float], where: str) -> Goal:
    times = took["sweep"] / took["yardstick"]
    remark = f"{took['sweep'] / DUE * 1e6:.0f} µs a case, yardstick {took['yardstick'] / DUE * 1e6:.1f} µs"
    return Goal(
        f"{kind}: sweep of {DUE} due among {OPEN} open, {where}, against UPDATE + INSERT",
        times,
        MOST_TIMES,
        "times",
        remark=remark,
    )


def _prepare() -> list[int]:
    """Heads for every organ, requests given up, and the cases that will be due; everything else is not to be looked at."""
    with database.transaction() as session:
        for organ in range(1, ORGANS + 1):
            head = User(id=100_000 + organ, login=f"head{organ}", name="负责人", password_hash="none", created_at=NOW)
            head.holdings = [DutyHolding(organ_id=organ, duty=Duty.HEAD.value, valid_from=date(2019, 5, 15))]
            session.add(head)
        session.flush()
        plain = select(Case.id).where(Case.id % 12 >= 4).order_by(Case.id).limit(LAPSING)
        lapsing = list(session.scalars(plain))
        given_up = {"state": CaseState.CORRECTING, "received_on": FIRST_DAY, "due_on": None}
        session.execute(update(Case).where(Case.id.in_(lapsing)).values(given_up))
        for kind in ("correction_asked", ledger.NOTICE_RECEIVED):
            common = {
                "kind": kind,
                "on_": FIRST_DAY,
                "recorded_at": NOW,
                "actor": "user:1",
                "article": "",
                "detail": "{}",
            }
            of = select(Case.organ_id, Case.id, *(literal(each) for each in common.values())).where(
                Case.id.in_(lapsing)
            )
            session.execute(insert(Fact).inline().from_select(["organ_id", "case_id", *common], of))
        near = national_calendar().add(TODAY, 4)
        within = select(Case.id).where(Case.due_on >= TODAY, Case.due_on <= near, Case.id.not_in(lapsing))
        due = lapsing + list(session.scalars(within.order_by(Case.id).limit(DUE - LAPSING)))
        assert len(due) == DUE, len(due)
        return due


def _put_back(due: list[int]) -> None:
    """Nobody has been told of anything, and time has not looked at the due cases."""
    with database.transaction() as session:
        session.execute(delete(Notification))
        session.execute(update(Case).where(Case.ended_on.is_(None)).values(look_on=NEVER, lapse_proposed_on=None))
        session.execute(update(Case).where(Case.id.in_(due)).values(look_on=LOOK_AT_ONCE))


def _in_turn(due: list[int]) -> dict[str, float]:
    """Median seconds of each, in turn; putting back is not measured."""
    with database.engine().connect() as connection:
        connection.execution_options(gkapply_writes=False).exec_driver_sql("ANALYZE")
    ways: dict[str, Callable[[], int]] = {"sweep": lambda: sweep(MORNING), "yardstick": _set_based}
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS + 1):
        for name, act in ways.items():
            _put_back(due)
            gc.collect()
            began = time.perf_counter()
            done = act()
            took[name].append(time.perf_counter() - began)
            assert done == DUE, (name, done)
            _require_right(name)
    return {name: statistics.median(each[1:]) for name, each in took.items()}


def _require_right(name: str) -> None:
    if name == "sweep":
        with database.reading() as session:
            told = session.scalar(select(func.count(Notification.case_id.distinct())))
            proposed = session.scalar(select(func.count()).where(Case.lapse_proposed_on == TODAY))
        assert (told, proposed) == (DUE, LAPSING), (told, proposed)


def _set_based() -> int:
    """The due cases marked and an entry for each, in two statements and one commit."""
    cases, entries = _table(Case), _table(JournalEntry)
    with database.transaction() as session:
        base = session.scalar(select(func.coalesce(func.max(entries.c.seq), 0)).where(entries.c.organ_id == NOBODYS))
        mark = update(cases).where(cases.c.ended_on.is_(None), cases.c.look_on <= TODAY)
        marked = session.execute(mark.values(look_on=SETTLED, version=cases.c.version + 1))
        values: dict[str, Any] = {
            "organ_id": literal(NOBODYS),
            "seq": func.row_number().over(order_by=cases.c.id) + base,
            "case_id": cases.c.id,
            "deed": literal("application.remind"),
            "actor": literal("system"),
            "recorded_at": literal(MORNING, entries.c.recorded_at.type),
            "body": literal('{"actor":"system","deed":"application.remind","state":"handling","version":7,"level":2}'),
            "key_id": literal("bench"),
            "hash": literal("0" * 64),
        }
        chosen = select(*values.values()).where(cases.c.ended_on.is_(None), cases.c.look_on == SETTLED)
        session.execute(insert(entries).inline().from_select(list(values), chosen))
        return int(marked.rowcount)  # type: ignore[attr-defined]


def _table(model: type[database.Base]) -> Table:
    assert isinstance(model.__table__, Table)
    return model.__table__


def _memory(kind: str) -> Goal:
    """Peak of what Python holds while every open case is due, against a tenth of them."""
    peaks = []
    with database.reading() as session:
        ids = list(session.scalars(select(Case.id).where(Case.ended_on.is_(None)).order_by(Case.id)))
    for number in (OPEN // 10, OPEN):
        _put_back(ids[:number])
        gc.collect()
        tracemalloc.start()
        assert sweep(MORNING) == number
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    remark = f"{peaks[0] / 2**20:.1f} and {peaks[1] / 2**20:.1f} MiB"
    return Goal(
        f"{kind}: memory of a sweep of {OPEN} against one of {OPEN // 10}",
        peaks[1] / peaks[0],
        1.5,
        "times",
        remark=remark,
    )


def _idle(kind: str) -> Goal:
    """A sweep that finds nothing to do."""
    _put_back([])
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        assert sweep(MORNING) == 0
        took.append(time.perf_counter() - began)
    return Goal(f"{kind}: a sweep with nothing due", statistics.median(took) * 1e3, None, "ms")


def _close_a_million(kind: str) -> None:
    """Copies of the first case, answered and archived long ago."""
    columns = {column.name: f"c.{column.name}" for column in _table(Case).columns}
    columns |= {
        "id": "2000000 + n.n",
        "uid": "'c' || n.n",
        "number": "'2015-' || n.n",
        "reference": "'X-2015-' || n.n",
        "state": "'archived'",
        "submission_token": "NULL",
        "due_on": "DATE('2016-01-29')",
        "replied_on": "DATE('2016-01-20')",
        "ended_on": "DATE('2016-01-20')",
        "archived_on": "DATE('2016-02-20')",
        "look_on": "DATE('2000-01-01')",
    }
    numbers = (
        f"(WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < {CLOSED}) SELECT n FROM r)"
        if kind == "sqlite"
        else f"generate_series(1, {CLOSED})"
    )
    named = ", ".join(columns)
    statement = f"INSERT INTO case_file ({named}) SELECT {', '.join(columns.values())} FROM case_file c, {numbers} AS n"
    alias = statement if kind == "sqlite" else statement + "(n)"
    writer: Connection
    with database.engine().execution_options(gkapply_writes=True).begin() as writer:
        writer.execute(text(f"{alias} WHERE c.id = 1"))
    with database.engine().connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(
            "ANALYZE" if kind == "sqlite" else "VACUUM ANALYZE case_file"
        )
