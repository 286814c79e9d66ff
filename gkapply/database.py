"""Engine, base class, and the two doors to the database: ``reading()`` and ``transaction()``, the only commit.

SQLite: one writer at a time inside the process, in the order of asking (left to the busy timeout, writers starve each
other for seconds), and every writing unit begins IMMEDIATE, since a deferred one cannot be upgraded under load.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Integer,
    MetaData,
    create_engine,
    event,
    inspect,
)
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

BigKey = BigInteger().with_variant(Integer, "sqlite")
"""Surrogate keys: a plain BigInteger has no autoincrement on SQLite."""


class Base(DeclarativeBase):
    """Base of all records; every constraint is named, so that a migration can find it."""

    metadata = MetaData(naming_convention=NAMING)


class Instant(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database (SQLite would give naive values back)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive values: a moment without zone is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an Instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def code_column(states: type[StrEnum], length: int = 20) -> Enum:
    """Column type for a workflow's states: their codes in the database, members of the enumeration in Python."""
    return Enum(
        states,
        native_enum=False,
        create_constraint=False,
        length=length,
        values_callable=lambda members: [member.value for member in members],
    )


class _FairLock:
    """A lock that is handed on in the order of asking."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._held = False

    def __enter__(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False


class _Doors:
    """What ``connect`` sets: one engine for the process and the two session factories on it."""

    def __init__(self, engine: Engine, services: Mapping[str, Any]):
        self.engine = engine
        self.sqlite = engine.dialect.name == "sqlite"
        writer = engine.execution_options(gkapply_writes=True)
        one_state = {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}
        reader = engine.execution_options() if self.sqlite else engine.execution_options(**one_state)
        info = dict(services)
        self.writing = sessionmaker(writer, expire_on_commit=False, info=info)
        self.reading = sessionmaker(reader, expire_on_commit=False, autoflush=False, info=info)
        event.listen(self.reading, "before_flush", _refuse_flush)
        self.queue: AbstractContextManager[None] = _FairLock() if self.sqlite else nullcontext()


_doors: _Doors | None = None


def connect(url: str, services: Mapping[str, Any] | None = None) -> Engine:
    """Make ``url`` the database of this process and return its engine; an engine made before is disposed of.

    ``services`` (key ring, file store …) are carried by every session in ``session.info``, so that a deed needs no global.
    """
    global _doors
    if _doors is not None:
        _doors.engine.dispose()
    engine = open_engine(url)
    _doors = _Doors(engine, services or {})
    return engine


def open_engine(url: str) -> Engine:
    """An engine with the project's connection settings, bound to no door (migrations, tests, tools).

    Its errors name the statement, never the values: those may be personal data, and errors end in logs.
    """
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False}, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(url, pool_pre_ping=False, pool_size=10, max_overflow=10, hide_parameters=True)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "busy_timeout=30000",
        "synchronous=FULL",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("gkapply_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def engine() -> Engine:
    """The engine of this process. Raises RuntimeError before ``connect``."""
    return _open().engine


def _open() -> _Doors:
    if _doors is None:
        raise RuntimeError("the database is not connected: call database.connect(url) first")
    return _doors


@contextmanager
def reading() -> Iterator[Session]:
    """A session for looking: sees one state of the data, writes nothing, ends with a rollback."""
    session = _open().reading()
    try:
        yield session
    finally:
        session.close()


def _refuse_flush(session: Session, *_: object) -> None:
    raise RuntimeError("reading() writes nothing: use transaction()")


@contextmanager
def transaction() -> Iterator[Session]:
    """One unit of work: commits on leaving, rolls back on any exception. Nothing else commits.

    Last acts that deeds asked for (the journal) run just before the commit, follow-ups (nudges) just after it.
    """
    doors = _open()
    with doors.queue:
        session = doors.writing()
        try:
            if doors.sqlite:
                session.connection()
            yield session
            session.flush()
            for act in session.info.pop("last_acts", ()):
                act(session)
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.close()
    for follow_up in session.info.pop("follow_ups", ()):
        follow_up()


def last_act(session: Session, act: Callable[[Session], None], *, first: bool = False) -> None:
    """Have ``act(session)`` run once, immediately before this unit's commit; ``first``: before the acts asked for otherwise."""
    acts = session.info.setdefault("last_acts", [])
    if act not in acts:
        acts.insert(0 if first else len(acts), act)


def follow_up(session: Session, nudge: Callable[[], None]) -> None:
    """Have ``nudge()`` run once after this unit's commit; it is only ever a hint, the data are already safe."""
    nudges = session.info.setdefault("follow_ups", [])
    if nudge not in nudges:
        nudges.append(nudge)


def protect(connection: Connection, table: str) -> None:
    """Make ``table`` append-only by triggers: UPDATE, DELETE, REPLACE and TRUNCATE are refused by the database itself.

    Call it again in every migration that touches the table: a batch alter on SQLite drops triggers silently. There, REPLACE is
    refused by a trigger of its own as well, since it passes the one on DELETE in connections without ``recursive_triggers``.
    """
    if not table.isidentifier():
        raise ValueError(table)
    if connection.dialect.name == "sqlite":
        for verb in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_replace")
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {_takes_a_place(connection, table)} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        return
    connection.exec_driver_sql(
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME; END $$"
    )
    for verb, scope in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_{verb} ON {table}")
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"FOR EACH {scope} EXECUTE FUNCTION refuse_change()"
        )


def _takes_a_place(connection: Connection, table: str) -> str:
    """The SQL condition that a row about to be inserted has a key which some row has already."""
    reflected = inspect(connection)
    keys = [reflected.get_pk_constraint(table)["constrained_columns"]]
    keys += [unique["column_names"] for unique in reflected.get_unique_constraints(table)]
    same = [" AND ".join(f"{column} = NEW.{column}" for column in key) for key in keys]
    return " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {condition})" for condition in same)
