"""Registering and moving a case two ways: through the service layer, and by the bare driver without chain or rule."""

import sqlite3
from collections.abc import Callable, Iterator
from itertools import count, cycle
from typing import Any, Protocol
from uuid import uuid4

import psycopg
from sqlalchemy import make_url, select

from benchmarks.ground import APPLICATION, NOW, Ground, Waiting
from gkapply.casework import assignment, intake
from gkapply.casework.access import Actor, open_case
from gkapply.casework.people import Organ, User
from gkapply.database import transaction
from workflows.duties import Duty


class Contestant(Protocol):
    """Does one transaction at a time."""

    def register(self) -> None:
        """Enter a request."""

    def move(self) -> None:
        """Assign a request that waits for it."""


class ServiceLayer:
    """The deeds as the pages call them: rules, number, ledger, chained journal. The process must be connected."""

    def __init__(self, organs: list[str], waiting: Iterator[Waiting]):
        self._organs = cycle(organs)
        self._waiting = waiting

    def register(self) -> None:
        """An application from the web."""
        with transaction() as session:
            organ = session.scalars(select(Organ).where(Organ.code == next(self._organs))).one()
            intake.submit(session, organ, APPLICATION, {}, uuid4().hex, NOW)

    def move(self) -> None:
        """The registrar hands a case to an officer."""
        one = next(self._waiting)
        actor = Actor("user", one.organ_id, frozenset({Duty.REGISTRAR}), user_id=1)
        with transaction() as session:
            case = open_case(session, one.reference, actor, for_step=True)
            assignment.assign(session, case, session.get_one(User, one.officer_id), actor, NOW)


class BareDriver:
    """One statement for the case and one for an unchained journal row, prepared, on one connection."""

    def __init__(self, ground: Ground, worker: int, organs: list[int], waiting: Iterator[Waiting]):
        self._organs = cycle(organs)
        self._waiting = waiting
        self._seq = count(1_000_000 * (worker + 1))
        self._connection: Any
        if ground.kind == "sqlite":
            self._connection = sqlite3.connect(make_url(ground.url).database or "", isolation_level=None, timeout=30)
            for pragma in ("foreign_keys=ON", "recursive_triggers=ON", "synchronous=FULL"):
                self._connection.execute(f"PRAGMA {pragma}")
            self._begin: Callable[[], object] = lambda: self._connection.execute("BEGIN IMMEDIATE")
            mark = "?"
        else:
            plain = make_url(ground.url).set(drivername="postgresql").render_as_string(hide_password=False)
            self._connection = psycopg.connect(plain, prepare_threshold=0)
            self._begin = lambda: None
            mark = "%s"
        case_columns = list(_case_row(0, "", ""))
        self._insert_case = _insert("case_file", case_columns, mark) + " RETURNING id"
        self._insert_entry = _insert("journal", list(_entry_row(0, 0, 0)), mark)
        self._update_case = (
            f"UPDATE case_file SET state = {mark}, version = version + 1, officer_id = {mark} WHERE id = {mark}"
        )

    def register(self) -> None:
        """Insert the case with the columns that the service layer fills, and the journal row."""
        organ_id, seq = next(self._organs), next(self._seq)
        self._begin()
        token = uuid4().hex
        row = self._connection.execute(
            self._insert_case, tuple(_case_row(organ_id, token, f"B-{seq}").values())
        ).fetchone()
        self._connection.execute(self._insert_entry, tuple(_entry_row(organ_id, seq, row[0]).values()))
        self._connection.commit()

    def move(self) -> None:
        """Update the case and insert the journal row."""
        one, seq = next(self._waiting), next(self._seq)
        self._begin()
        self._connection.execute(self._update_case, ("reviewing", one.officer_id, one.id))
        self._connection.execute(self._insert_entry, tuple(_entry_row(one.organ_id, seq, one.id).values()))
        self._connection.commit()

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()


def _insert(table: str, columns: list[str], mark: str) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join([mark] * len(columns))})"


def _case_row(organ_id: int, token: str, number: str) -> dict[str, object]:
    """Every column that has no default in the database or is filled by a submission."""
    values: dict[str, object] = {
        "uid": token,
        "organ_id": organ_id,
        "number": number,
        "reference": number,
        "state": "received",
        "version": 1,
        "channel": "online",
        "submission_token": token,
        "content_hash": "0" * 64,
        "query_code_generation": 1,
        "entered_at": NOW.isoformat(),
        "submitted_at": NOW.isoformat(),
        "late_reason": "",
        "description": APPLICATION.description,
        "information_name": "",
        "information_number": "",
        "carrier": "paper",
        "way": "post",
        "accepts_other_form": False,
        "assistance": "",
        "suggests_disclosure": "",
        "due_provisional": False,
        "void_reason": "",
        "report_reason": "",
        "retention": "",
        "taken_over": False,
    }
    return values


def _entry_row(organ_id: int, seq: int, case_id: int) -> dict[str, object]:
    return {
        "organ_id": organ_id,
        "seq": seq,
        "case_id": case_id,
        "deed": "application.assign",
        "actor": "user:1",
        "recorded_at": NOW.isoformat(),
        "body": '{"actor":"user:1","at":"2026-03-02T02:00:00+00:00","case":1,"deed":"application.assign"}',
        "key_id": "bench",
        "hash": "0" * 64,
    }
