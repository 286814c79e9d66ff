"""A file of ten years: two hundred organs, up to a million requests, 0.6 % of them open, in our own schema on either database.

A filled database stays for the rest of the process, so that several benches of one run share it. What it holds: organs, officials with
their duties, signing names, persons, requests with applicant and item. No facts, letters or journal: what walks these makes its own.
"""

import atexit
import gc
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from benchmarks.ground import DURABLE
from benchmarks.old_cases import SEED, Rows, officials, people, requests
from gkapply import database
from gkapply.casework import schema
from gkapply.casework.access import Actor
from gkapply.casework.services import services
from gkapply.files import FileStore
from gkapply.sealing import KeyRing
from tests.services import Services
from workflows.duties import Duty

SIZES = (10_000, 100_000, 1_000_000)
SETTINGS = {**DURABLE, "shared_buffers": "1GB", "maintenance_work_mem": "256MB", "max_wal_size": "4GB"}
"""PostgreSQL as an office with so many requests sets it."""
RING = KeyRing((("bench", bytes(range(32))),))
EVERY_DUTY = (Duty.REGISTRAR, Duty.OFFICER, Duty.HEAD)


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled database of ``kind`` ("postgresql" or "sqlite"). Organs have the ids 1 to 200, the biggest first."""

    kind: str
    url: str
    cases: int
    store: FileStore

    def connect(self) -> None:
        """Make it the database of this process."""
        database.connect(self.url, services(RING, self.store))


def filled(kind: str, cases: int) -> Filled:
    """A migrated database with so many requests: made when first asked for, gone when the process ends."""
    return _run().filled(kind, cases)


def official(organ_id: int, *duties: Duty) -> Actor:
    """The first official of the organ, who holds every duty there, acting in these or in all."""
    first = next(one for one, organ in officials() if organ == organ_id)
    return Actor("user", organ_id, frozenset(duties or EVERY_DUTY), user_id=first)


class _Run:
    """What this process has filled so far."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        atexit.register(self._stack.close)
        self._folder = Path(tempfile.mkdtemp(prefix="gkapply-million-"))
        self._stack.callback(shutil.rmtree, self._folder, ignore_errors=True)
        # On a disk: a million requests are more than should lie in memory beside the server's own.
        self._services = Services.begin(SETTINGS, into=Path(tempfile.gettempdir()))
        self._stack.callback(self._services.end)
        self._made: dict[tuple[str, int], Filled] = {}

    def filled(self, kind: str, cases: int) -> Filled:
        """The database of that kind and size."""
        if (kind, cases) not in self._made:
            url = self._stack.enter_context(self._services.fresh_database(kind, schema.upgrade, self._folder))
            fill(url, cases)
            self._made[kind, cases] = Filled(kind, url, cases, FileStore(self._folder / "files", RING))
            gc.collect()
        return self._made[kind, cases]


@cache
def _run() -> _Run:
    return _Run()


def fill(url: str, cases: int, seed: int = SEED) -> None:
    """Enter the organs and so many requests into the migrated, empty database at ``url``: the same ones for the same seed.

    Rows go in by COPY or executemany, indexes stay in place; afterwards the database is vacuumed and analysed.
    """
    tables = _tables(cases, seed)
    if url.startswith("sqlite"):
        _fill_sqlite(make_url(url).database or "", tables)
    else:
        _fill_postgresql(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False), tables)


def _tables(cases: int, seed: int) -> Iterable[Rows]:
    yield from people()
    for batch in requests(cases, seed, RING):
        yield from batch


def _fill_sqlite(file: str, tables: Iterable[Rows]) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -400000")
        connection.execute("BEGIN IMMEDIATE")
        for table in tables:
            columns = ", ".join(f'"{name}"' for name in (*table.columns, *table.same))
            places = ", ".join("?" * (len(table.columns) + len(table.same)))
            same = tuple(table.same.values())
            rows = (row + same for row in table.rows)
            connection.executemany(f'INSERT INTO "{table.table}" ({columns}) VALUES ({places})', rows)
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _fill_postgresql(url: str, tables: Iterable[Rows]) -> None:
    named = set()
    with psycopg.connect(url, autocommit=True) as connection:
        with connection.transaction(), connection.cursor() as cursor:
            for table in tables:
                named.add(table.table)
                _copy(cursor, table)
            for name in named:
                _go_on(cursor, name)
        connection.execute("VACUUM ANALYZE")


def _copy(cursor: psycopg.Cursor[tuple[object, ...]], table: Rows) -> None:
    columns = sql.SQL(", ").join(sql.Identifier(name) for name in (*table.columns, *table.same))
    same = tuple(table.same.values())
    with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.table), columns)) as copy:
        for row in table.rows:
            copy.write_row(row + same)


def _go_on(cursor: psycopg.Cursor[tuple[object, ...]], table: str) -> None:
    """Let new rows have keys after those that came in with theirs."""
    name = sql.Identifier(table)
    cursor.execute(
        sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT coalesce(max(id), 1) FROM {}))").format(
            sql.Literal(f'"{table}"'), name
        )
    )
