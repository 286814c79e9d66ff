"""A real server in front of a real browser, on days that the test chooses."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from werkzeug.serving import make_server

from gkapply import create_app, database
from gkapply.casework import passwords
from gkapply.casework.services import services
from gkapply.config import Settings
from gkapply.demo.county import found_county
from gkapply.demo.staff import engage
from gkapply.files import FileStore
from gkapply.sealing import KeyRing
from tests.casework.conftest import BEFORE, KEYS, Office
from tests.web.conftest import MONDAY_MORNING, settings

__all__ = ["settings"]
PASSWORD = "Journey-2026-key"


@pytest.fixture
def database_kind() -> str:
    """What a browser shows does not differ between the databases."""
    return "sqlite"


@pytest.fixture
def office(database_url: str, compiled_once: None, tmp_path: Path) -> Iterator[Office]:
    """The county's desk with an account for every duty, all with PASSWORD."""
    ring = KeyRing(KEYS)
    store = FileStore(tmp_path / "files", ring)
    engine = database.connect(database_url, services(ring, store))
    with database.transaction() as session:
        desk = found_county(session, BEFORE)
        staff = engage(session, desk, passwords.hash_of(PASSWORD), BEFORE)
    yield Office(database_url, desk.id, staff, ring, store)
    engine.dispose()


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    """The wall clock, running from MONDAY_MORNING until the test moves it."""
    with time_machine.travel(MONDAY_MORNING) as traveller:
        yield traveller


@pytest.fixture
def app(settings: Settings, moment: time_machine.Traveller) -> Flask:
    """The application without the relay: the test does the errands when their time has come."""
    return create_app(settings, relay=False)


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """Address of a real server, one thread for each connection."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
