"""An office to work in: a database, keys, a store, the county's organs, an account for every duty."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial, wraps
from pathlib import Path

import pytest
from sqlalchemy import select

from gkapply import database
from gkapply.casework import schema
from gkapply.casework.access import Actor
from gkapply.casework.people import Organ, User
from gkapply.casework.services import services
from gkapply.demo.county import COUNTY_CODE, found_county
from gkapply.demo.life import Life
from gkapply.demo.staff import engage
from gkapply.files import FileStore
from gkapply.sealing import KeyRing
from tests.services import Services
from workflows.duties import ADMINISTRATORS, OFFICIAL_DUTIES, Duty

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


def found_office(url: str) -> None:
    """Bring an empty database to where an office begins: the county's organs, an account for every duty."""
    schema.upgrade(url)
    engine = database.connect(url)
    with database.transaction() as session:
        desk = found_county(session, BEFORE)
        engage(session, desk, "no password opens this account", BEFORE, logins=CODES)
    engine.dispose()


@contextmanager
def at_work(url: str, ring: KeyRing, store: FileStore, logins: Mapping[Duty, str]) -> Iterator[Office]:
    """The office that was founded on ``url``, connected as this process's database."""
    engine = database.connect(url, services(ring, store))
    with database.reading() as session:
        organ_id = session.scalars(select(Organ.id).where(Organ.code == COUNTY_CODE)).one()
        users = {user.login: user for user in session.scalars(select(User))}
    staff = {duty: _actor(duty, users[login], organ_id) for duty, login in logins.items()}
    yield Office(url, organ_id, staff, ring, store)
    engine.dispose()


def _actor(duty: Duty, user: User, organ_id: int) -> Actor:
    place = None if duty in ADMINISTRATORS else organ_id
    return Actor("user", place, frozenset({duty}), user_id=user.id, name=user.name)


def life_in(office: Office, day: date = MONDAY) -> Life:
    """The life of a request in ``office``, begun on ``day`` (Monday, 2 March 2026, unless said otherwise)."""
    return Life(COUNTY_CODE, office.staff, BEFORE).come_to(day)


@contextmanager
def walked_once(run: Services, kind: str, walk: Callable[[Office], None], folder: Path) -> Iterator[Office]:
    """An office that ``walk`` has led to where a test begins: walked once per run, copied for each test."""
    ring = KeyRing(KEYS)
    # The store is shared: it is addressed by content and never rewritten.
    store = FileStore(run.folder / f"{walk.__name__}-files", ring)

    @wraps(walk)
    def lead(url: str) -> None:
        found_office(url)
        with at_work(url, ring, store, CODES) as office:
            walk(office)

    with run.fresh_database(kind, lead, folder) as url, at_work(url, ring, store, CODES) as office:
        yield office


@pytest.fixture
def office(database_kind: str, run_services: Services, compiled_once: None, tmp_path: Path) -> Iterator[Office]:
    """The office on SQLite and on PostgreSQL, connected as this process's database."""
    ring = KeyRing(KEYS)
    store = FileStore(tmp_path / "files", ring)
    with (
        run_services.fresh_database(database_kind, found_office, tmp_path) as url,
        at_work(url, ring, store, CODES) as office,
    ):
        yield office


@pytest.fixture
def new_life(office: Office) -> Callable[..., Life]:
    """Begins the life of a request on a day (Monday, 2 March 2026, unless said otherwise)."""
    return partial(life_in, office)
