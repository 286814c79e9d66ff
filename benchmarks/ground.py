"""What the service layer's benches work on: real databases that keep what they confirm, two hundred organs, cases to move."""

import gc
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import insert, select

from gkapply import database
from gkapply.casework import schema
from gkapply.casework.people import DutyHolding, Organ, SigningName, User
from gkapply.casework.records import Case
from gkapply.casework.services import services
from gkapply.demo.applicants import PERSON, request
from gkapply.files import FileStore
from gkapply.law.workdays import national_calendar
from gkapply.sealing import KeyRing
from tests.services import Services
from workflows.application import CaseState
from workflows.duties import Duty

ORGANS = 200
CASES = 24_000
"""Waiting to be assigned, every organ having as many; one that was moved is not moved again."""
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
RECEIVED = date(2026, 3, 2)
APPLICATION = request(
    PERSON,
    "申请公开长安区东湖街道二〇二四年棚户区改造项目的房屋征收决定、征收补偿安置方案及社会稳定风险评估报告，请以纸质形式提供。"
    * 3,
)
DURABLE = {"listen_addresses": "", "max_connections": "60", "timezone": "UTC"}
"""PostgreSQL as it comes: fsync, synchronous_commit and full_page_writes on."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that waits to be assigned, and to whom it will be."""

    id: int
    reference: str
    organ_id: int
    officer_id: int


@dataclass(frozen=True, slots=True)
class Ground:
    """One database with its store and key ring, its organs' ids by code, and the cases to move, organ by organ in turn."""

    kind: str
    url: str
    store: FileStore
    ring: KeyRing
    organs: dict[str, int]
    waiting: list[Waiting]

    def connect(self) -> None:
        """Make it the database of this process."""
        database.connect(self.url, services(self.ring, self.store))


@contextmanager
def ground(kind: str, organs: int = ORGANS) -> Iterator[Ground]:
    """A migrated and peopled database of ``kind`` ("postgresql" or "sqlite"), gone afterwards."""
    run = Services.begin(DURABLE)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="gkapply-bench-") as folder,
            run.fresh_database(kind, schema.upgrade, Path(folder)) as url,
        ):
            ring = KeyRing((("bench", bytes(range(32))),))
            store = FileStore(Path(folder) / "files", ring)
            engine = database.connect(url, services(ring, store))
            made = Ground(kind, url, store, ring, *_people(organs))
            with engine.begin() as connection:
                connection.exec_driver_sql("ANALYZE")
            # Worker processes are forked from here: none of them may share a connection.
            engine.dispose()
            # What the bench itself holds is not the collector's work at every pause.
            gc.collect()
            gc.freeze()
            yield made
            gc.unfreeze()
            database.engine().dispose()
    finally:
        run.end()


def _people(number_of_organs: int) -> tuple[dict[str, int], list[Waiting]]:
    """Enter organs with an officer each, and the cases."""
    with database.transaction() as session:
        organs = [_organ(number) for number in range(number_of_organs)]
        officers = [_officer(number, organ) for number, organ in enumerate(organs)]
        session.add_all([*organs, *officers])
        session.flush()
        rows = [_case(organs[number % number_of_organs], number) for number in range(CASES)]
        session.execute(insert(Case), rows)
        officer_of = {organ.id: officer.id for organ, officer in zip(organs, officers, strict=True)}
        found = session.execute(select(Case.id, Case.reference, Case.organ_id).order_by(Case.id))
        waiting = [Waiting(row.id, row.reference, row.organ_id, officer_of[row.organ_id]) for row in found]
        return {organ.code: organ.id for organ in organs}, waiting


def _organ(number: int) -> Organ:
    name = SigningName(
        full_name=f"第{number}机关",
        code_word="公开",
        review_authority="县人民政府",
        court="县人民法院",
        is_default=True,
    )
    return Organ(code=f"O{number}", name=f"第{number}机关", kind="department", signing_names=[name])


def _officer(number: int, organ: Organ) -> User:
    held = DutyHolding(organ=organ, duty=Duty.OFFICER.value, valid_from=date(2019, 5, 15))
    return User(login=f"officer{number}", name="承办人", password_hash="none", created_at=NOW, holdings=[held])


def _case(organ: Organ, number: int) -> dict[str, object]:
    return {
        "uid": uuid4().hex,
        "organ_id": organ.id,
        "number": f"2025-{number:05d}",
        "reference": f"{organ.code}-2025-{number:05d}",
        "state": CaseState.REGISTERED,
        "channel": "counter",
        "content_hash": "0" * 64,
        "entered_at": NOW,
        "received_on": RECEIVED,
        "clock_from": RECEIVED,
        "due_on": national_calendar().add(RECEIVED, 20),
        "description": APPLICATION.description,
        "carrier": "paper",
        "way": "post",
    }
