"""What every test stands on: services, databases, no outside network, no favourite time zone."""

import gc
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import hypothesis
import pytest
import redis
from sqlalchemy import Engine

from tests import services
from tests.network import forbid_outside_connections
from tests.services import DATABASE_KINDS, MissingService, Services

RUN = pytest.StashKey[Services]()
SELDOM = (50_000, 20, 50)
"""Thresholds of the garbage collector: a tenth of the time of the tests went into it."""
LONG = ("tests/journeys/", "tests/jobs/", "tests/web/test_axe.py", "tests/web/test_desk.py", "tests/web/test_matrix.py")
"""What takes seconds for each test."""
NO_OUTSIDE = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
              "--disable-component-update", "--disable-sync"]  # fmt: skip
Found = TypeVar("Found")

hypothesis.settings.register_profile("dev", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run choose which repetitions of the long campaigns are its own."""
    parser.addoption(
        "--campaigns",
        choices=("few", "rest"),
        default="few",
        help="repetitions of the tests marked campaign: the few of every run, or (with -m campaign) the rest of them",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Open the run in the controlling process, join it in a worker."""
    hypothesis.settings.load_profile("ci" if os.environ.get("CI") == "true" else "dev")
    # The machine's zone must not matter: run in one that is always on another day's side of the office's.
    os.environ["TZ"] = "Pacific/Honolulu"
    time.tzset()
    forbid_outside_connections()
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(services.scratch()))
    given: dict[str, Any] = getattr(config, "workerinput", {})
    config.stash[RUN] = Services(Path(given["services"])) if given else Services.begin()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker process where the run's services are."""
    node.workerinput["services"] = str(node.config.stash[RUN].folder)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than processors (``-n auto``): journeys, workers and backups also wait, for a browser, a lease or a
    database, and meanwhile the others have work for every processor."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Workers begin with what is long and end with the law, thousands of tests of a millisecond: a long test that begins
    last would let every processor but one stand idle. Someone who runs tests without workers sees the quick ones first."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: (not item.nodeid.startswith(LONG), item.nodeid.startswith("tests/law/")))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the services in the controlling process."""
    if not hasattr(config, "workerinput") and RUN in config.stash:
        config.stash[RUN].end()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Whatever has been imported lives to the end of the run: it need not be looked through for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def _need(find: Callable[[], Found]) -> Found:
    """What ``find`` gives; a missing service skips the test by name, or fails it where services are required."""
    try:
        return find()
    except MissingService as missing:
        if os.environ.get("GKAPPLY_REQUIRE_SERVICES") == "1":
            pytest.fail(f"GKAPPLY_REQUIRE_SERVICES=1, but {missing}", pytrace=False)
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def run_services(pytestconfig: pytest.Config) -> Services:
    """The run's services themselves, for tests that need more than the fixtures below."""
    return pytestconfig.stash[RUN]


@pytest.fixture(scope="session")
def compiled_once(run_services: Services) -> Iterator[None]:
    """The engines and applications of this process share what was compiled, so that one for each test costs little."""
    # Imported here, so that the tests of the law need nothing but the law.
    from tests.compiled_once import keep_what_is_compiled

    with pytest.MonkeyPatch.context() as patch:
        keep_what_is_compiled(patch, run_services.folder)
        yield


@pytest.fixture(scope="session")
def postgresql_server(run_services: Services) -> str:
    """URL of the PostgreSQL server."""
    return _need(run_services.postgresql)


@pytest.fixture
def redis_url(run_services: Services, pytestconfig: pytest.Config) -> str:
    """URL of an empty Redis database that no other worker process uses."""
    server = _need(run_services.redis)
    worker: str = getattr(pytestconfig, "workerinput", {}).get("workerid", "gw0")
    url = f"{server}/{int(worker.removeprefix('gw')) + 1}"
    with redis.Redis.from_url(url) as client:
        client.flushdb()
    return url


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser's program."""
    return _need(services.chromium)


@pytest.fixture(scope="session")
def chromium_browser(chromium: Path) -> Iterator[Any]:
    """One Chromium for the run of a worker; each person opens a window of their own."""
    # Imported here, so that the tests of the law need nothing but the law.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=str(chromium), args=NO_OUTSIDE)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def soffice() -> Path:
    """LibreOffice's program."""
    return _need(services.soffice)


@pytest.fixture(scope="session")
def pdftotext() -> Path:
    """The program that reads a page's text back."""
    return _need(services.pdftotext)


@pytest.fixture(params=DATABASE_KINDS)
def database_kind(request: pytest.FixtureRequest) -> str:
    """Each database that the program runs on: a test that uses it, or ``database_url``, runs on both."""
    kind: str = request.param
    if kind == "postgresql":
        request.getfixturevalue("postgresql_server")
    return kind


@pytest.fixture
def empty_database_url(database_kind: str, run_services: Services, tmp_path: Path) -> Iterator[str]:
    """URL of a database without any table."""
    with run_services.fresh_database(database_kind, None, tmp_path) as url:
        yield url


@pytest.fixture
def database_url(database_kind: str, run_services: Services, tmp_path: Path) -> Iterator[str]:
    """URL of a database at the newest schema, made by the migrations."""
    # Imported here, so that the tests of the law need nothing but the law.
    from gkapply.casework import schema

    with run_services.fresh_database(database_kind, schema.upgrade, tmp_path) as url:
        yield url


@pytest.fixture
def engine(database_url: str, compiled_once: None, tmp_path: Path) -> Iterator[Engine]:
    """The engine of a migrated database behind ``reading()`` and ``transaction()`` of this process, with a key ring and
    a file store of the test's own."""
    from gkapply import database
    from gkapply.casework.services import services as carried
    from gkapply.files import FileStore
    from gkapply.sealing import KeyRing

    ring = KeyRing((("test", bytes(range(32))),))
    connected = database.connect(database_url, carried(ring, FileStore(tmp_path / "files", ring)))
    yield connected
    connected.dispose()
