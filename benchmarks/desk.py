"""The desk and the register page at ten thousand and a million requests, beside a plain page of fifty rows in the same run.

The plain page (``benchmarks.plain_page``) has session, login, Jinja and one keyset query by Core on the same database. Ours looks the
session and the duties up, counts what waits, knows calendar and filters, and is written by the same templates as every page.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from benchmarks.measure import Goal, in_turn
from benchmarks.million import Filled, filled
from benchmarks.old_cases import LAST_DAY, officials
from benchmarks.plain_page import ROWS, plain_client
from gkapply import create_app, database
from gkapply.casework import sessions
from gkapply.casework.people import User
from gkapply.config import Settings
from gkapply.database import transaction
from tests.services import DATABASE_KINDS

SIZES = (10_000, 1_000_000)
BESIDE_PLAIN, GROWTH, DEEPEST = 2.0, 1.3, 1.3
MOST_STATEMENTS = 6
PAGES, ROUNDS = 20, 7
"""Pages of a batch, and batches."""
MORNING = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 1, tzinfo=UTC) + timedelta(days=1)
BIGGEST = 1
PAGES_OF = {
    "my work": "/desk",
    "all open": "/desk?view=all",
}


def run(sizes: Sequence[int] = SIZES) -> Iterator[Goal]:
    """Each database in turn, the small file beside the large one."""
    with time_machine.travel(MORNING):
        for kind in DATABASE_KINDS:
            yield from _on(kind, [filled(kind, size) for size in sizes])


def _on(kind: str, files: Sequence[Filled]) -> Iterator[Goal]:
    app = _app(files[-1])
    large = files[-1]
    large.connect()
    officer = _client(app, large, BIGGEST, which=1)
    plain = plain_client(database.engine(), BIGGEST, MORNING.date())
    told = f"{kind}, {large.cases}"
    for name, address in PAGES_OF.items():
        subjects = {"ours": partial(_walk, officer, address), "plain": partial(_walk, plain, "/open")}
        taken = in_turn(subjects, ROUNDS)
        remark = f"{taken['ours'] * 1e3:.2f} ms beside {taken['plain'] * 1e3:.2f} ms"
        yield Goal(
            f"{told}: {name}, beside a plain page of {ROWS} rows",
            taken["ours"] / taken["plain"],
            BESIDE_PLAIN,
            remark=remark,
        )
        yield Goal(f"{told}: {name}, statements", _statements(officer, address), MOST_STATEMENTS, "")


def _app(file: Filled) -> Flask:
    keys = (("bench", bytes(range(32))),)
    folder = file.store.folder
    settings = Settings(
        database_url=file.url,
        store=folder,
        broker_url=None,
        secret_key=b"for benches only, long enough: 0123456789abcdef",
        data_keys=keys,
        anchors=folder.parent / "anchors",
    )
    return create_app(settings, relay=False)


def _client(app: Flask, file: Filled, organ: int, which: int = 0) -> FlaskClient:
    """A browser in which an official of the organ is logged in: the first holds every duty, the others handle requests."""
    user_id = [one for one, at in officials() if at == organ][which]
    with transaction() as session:
        token = sessions.begin(session, session.get_one(User, user_id), datetime.now(UTC))
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    return client


def _walk(client: FlaskClient, address: str, pages: int = PAGES) -> int:
    for _ in range(pages):
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
    return pages


def _statements(client: FlaskClient, address: str) -> int:
    """How many statements a page costs; the beginning of a unit is none."""
    asked: list[str] = []

    def note(*args: object) -> None:
        asked.append(str(args[2]))

    event.listen(database.engine(), "before_cursor_execute", note)
    _walk(client, address, 1)
    event.remove(database.engine(), "before_cursor_execute", note)
    return sum(one != "BEGIN" for one in asked)
