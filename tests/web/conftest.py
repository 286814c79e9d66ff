"""The application in front of an office, with a browser whose every page is checked, on a day that the test chooses."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import cast

import pytest
import time_machine
from flask import Flask

from gkapply import create_app
from gkapply.casework import sessions
from gkapply.casework.people import User
from gkapply.config import Settings
from gkapply.database import transaction
from tests.casework.conftest import KEYS, Office, new_life, office
from tests.web.browser import Browser
from workflows.duties import Duty

__all__ = ["new_life", "office"]
MONDAY_MORNING = datetime(2026, 3, 2, 1, tzinfo=UTC)
"""9 o'clock on Monday, 2 March 2026, in the office."""


@pytest.fixture
def database_kind() -> str:
    """Pages are tried on SQLite alone: what differs between the databases lies below them."""
    return "sqlite"


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    """The wall clock, standing at MONDAY_MORNING until the test moves it."""
    with time_machine.travel(MONDAY_MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def settings(office: Office) -> Settings:
    """The settings of the office's installation."""
    return Settings(
        database_url=office.url,
        store=office.store.folder,
        broker_url=None,
        secret_key=b"a secret for tests, long enough: 0123456789",
        data_keys=KEYS,
        anchors=office.store.folder.parent / "anchors",
    )


@pytest.fixture
def app(settings: Settings, moment: time_machine.Traveller) -> Flask:
    """The application on the office's database, without the relay; a fault of the program fails the test."""
    application = create_app(settings, relay=False)
    application.config["PROPAGATE_EXCEPTIONS"] = True
    application.test_client_class = Browser
    return application


@pytest.fixture
def new_browser(app: Flask) -> Callable[[], Browser]:
    """Opens one more browser, in which nobody is logged in."""
    return lambda: cast(Browser, app.test_client())


@pytest.fixture
def client(new_browser: Callable[[], Browser]) -> Browser:
    """A visitor's browser."""
    return new_browser()


@pytest.fixture
def login(office: Office, new_browser: Callable[[], Browser]) -> Callable[[Duty], Browser]:
    """Opens a browser in which the office's holder of a duty is logged in."""

    def as_holder(duty: Duty) -> Browser:
        browser = new_browser()
        with transaction() as session:
            user = session.get_one(User, office.staff[duty].user_id)
            token = sessions.begin(session, user, datetime.now(UTC))
        with browser.session_transaction() as cookie:
            cookie["_user_id"] = token
        return browser

    return as_holder
