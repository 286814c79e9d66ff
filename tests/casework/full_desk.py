"""A desk with a request in every state, as it stands on 1 June 2026: walked there once per run, then copied."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gkapply import database
from gkapply.casework import schema
from gkapply.casework.services import services
from gkapply.demo.county import COUNTY_CODE, found_county
from gkapply.demo.life import Life
from gkapply.demo.staff import LOGINS, engage
from gkapply.demo.stories import STORIES, beginning_of, tell
from gkapply.files import FileStore
from gkapply.law.workdays import national_calendar
from gkapply.sealing import KeyRing
from tests.casework.conftest import KEYS, Office, at_work
from tests.services import Services

TODAY = date(2026, 6, 1)


@pytest.fixture
def full_desk(database_kind: str, run_services: Services, compiled_once: None, tmp_path: Path) -> Iterator[Office]:
    """The office with a request in every state, connected as this process's database."""
    ring = KeyRing(KEYS)
    # The store is shared: it is addressed by content and never rewritten.
    store = FileStore(run_services.folder / "full-desk-files", ring)

    def walk(url: str) -> None:
        _walk(url, ring, store)

    with run_services.fresh_database(database_kind, walk, tmp_path) as url, at_work(url, ring, store, LOGINS) as office:
        yield office


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
