"""A desk with a request in every state, as it stands on 1 June 2026: walked there once per run, then copied."""

from collections.abc import Iterator
from datetime import date
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
from gkapply.demo.staff import LOGINS, engage
from gkapply.demo.stories import STORIES, beginning_of, tell
from gkapply.files import FileStore
from gkapply.law.workdays import national_calendar
from gkapply.sealing import KeyRing
from tests.casework.conftest import KEYS, Office
from tests.services import Services
from workflows.duties import ADMINISTRATORS, OFFICIAL_DUTIES, Duty

TODAY = date(2026, 6, 1)


@pytest.fixture
def full_desk(database_kind: str, run_services: Services, tmp_path: Path) -> Iterator[Office]:
    """The office with a request in every state, connected as this process's database."""
    ring = KeyRing(KEYS)
    # The store is shared: it is addressed by content and never rewritten.
    store = FileStore(run_services.folder / "full-desk-files", ring)

    def walk(url: str) -> None:
        _walk(url, ring, store)

    with run_services.fresh_database(database_kind, walk, tmp_path) as url:
        engine = database.connect(url, services(ring, store))
        with database.reading() as session:
            organ_id = session.scalars(select(Organ.id).where(Organ.code == COUNTY_CODE)).one()
            accounts = {user.login: user for user in session.scalars(select(User))}
            staff: dict[Duty, Actor] = {
                duty: _actor(duty, accounts[LOGINS[duty]], organ_id) for duty in OFFICIAL_DUTIES
            }
        yield Office(url, organ_id, staff, ring, store)
        engine.dispose()


def _walk(url: str, ring: KeyRing, store: FileStore) -> None:
    schema.upgrade(url)
    engine = database.connect(url, services(ring, store))
    calendar = national_calendar()
    begin = beginning_of(TODAY, calendar)
    with database.transaction() as session:
        desk = found_county(session, begin)
        staff = engage(session, desk, "no password opens this account", begin)
    tell(STORIES, lambda: Life(COUNTY_CODE, staff, begin), TODAY, calendar)
    engine.dispose()


def _actor(duty: Duty, user: User, organ_id: int) -> Actor:
    place = None if duty in ADMINISTRATORS else organ_id
    return Actor("user", place, frozenset({duty}), user_id=user.id, name=user.name)
