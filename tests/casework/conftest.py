"""An office to work in: a database, keys, a store, the county's organs, an account for every duty."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from gkapply import database
from gkapply.casework.access import Actor
from gkapply.casework.services import services
from gkapply.demo.county import COUNTY_CODE, found_county
from gkapply.demo.life import Life
from gkapply.demo.staff import engage
from gkapply.files import FileStore
from gkapply.sealing import KeyRing
from workflows.duties import OFFICIAL_DUTIES, Duty

CODES: Mapping[Duty, str] = {duty: duty.value for duty in OFFICIAL_DUTIES}
"""Accounts named by the codes of their duties: what a test types is ASCII."""
MONDAY = date(2026, 3, 2)
BEFORE = datetime(2026, 3, 1, 1, tzinfo=UTC)
KEYS = (("k2", b"2" * 32), ("k1", b"1" * 32))


@dataclass(frozen=True, slots=True)
class Office:
    """A county's desk at work on ``url``."""

    url: str
    organ_id: int
    staff: Mapping[Duty, Actor]
    ring: KeyRing
    store: FileStore


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    """The office on SQLite and on PostgreSQL, connected as this process's database."""
    ring = KeyRing(KEYS)
    store = FileStore(tmp_path / "files", ring)
    engine = database.connect(database_url, services(ring, store))
    with database.transaction() as session:
        desk = found_county(session, BEFORE)
        staff = engage(session, desk, "no password opens this account", BEFORE, logins=CODES)
    yield Office(database_url, desk.id, staff, ring, store)
    engine.dispose()


@pytest.fixture
def new_life(office: Office) -> Callable[..., Life]:
    """Begins the life of a request on a day (Monday, 2 March 2026, unless said otherwise)."""

    def begin(day: date = MONDAY) -> Life:
        return Life(COUNTY_CODE, office.staff, BEFORE).come_to(day)

    return begin
