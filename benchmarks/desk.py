"""The desk and the register page at ten thousand and a million requests, beside a plain page of fifty rows in the same run.

The plain page (``benchmarks.plain_page``) has session, login, Jinja and one keyset query by Core on the same database. Ours looks the
session and the duties up, shows badges, knows calendar, filters and columns, and is written by the same templates as every page.

Sizes are compared by organs whose open requests are equally many, so that both pages show as much.
"""

import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urlencode

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from benchmarks.measure import Goal, in_turn
from benchmarks.million import Filled, filled
from benchmarks.old_cases import LAST_DAY, ORGANS, officials
from benchmarks.plain_page import ROWS, plain_client
from gkapply import create_app, database
from gkapply.casework import sessions
from gkapply.casework.people import User
from gkapply.casework.records import Case
from gkapply.casework.services import BADGES
from gkapply.config import Settings
from gkapply.database import reading, transaction
from tests.services import DATABASE_KINDS

SIZES = (10_000, 1_000_000)
BESIDE_PLAIN, GROWTH, DEEPEST = 2.0, 1.3, 1.3
MOST_STATEMENTS = 6
PAGES, ROUNDS = 20, 7
"""Pages of a batch, and batches."""
MORNING = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 1, tzinfo=UTC) + timedelta(days=1)
BIGGEST = 1
YEAR = LAST_DAY.year
DESK, LEDGER = "/desk?view=all", f"/desk/ledger?year={YEAR}"
PAGES_OF = {
    "desk, my work": ("/desk", "/open"),
    "desk, all open": (DESK, "/open"),
    "register page": (LEDGER, "/all"),
}
NARROW = {
    "desk: four filters": f"/desk?{urlencode({'view': 'all', 'link': '办理', 'channel': 'online', 'lamp': 'overdue', 'late': 'open'})}",
    "desk: words that stand nowhere": f"/desk?{urlencode({'view': 'all', 'words': '没有这样的词语'})}",
    "register: an outcome that no request has": f"{LEDGER}&outcome=3.3.1&channel=oral&applicant=research",
    "register: words that stand nowhere": f"{LEDGER}&{urlencode({'words': '没有这样的词语'})}",
}


def run(sizes: Sequence[int] = SIZES) -> Iterator[Goal]:
    """Each database in turn, the small file beside the large one."""
    with time_machine.travel(MORNING):
        for kind in DATABASE_KINDS:
            yield from _on(kind, [filled(kind, size) for size in sizes])


@dataclass(frozen=True, slots=True)
class _Place:
    """A filled database with an official's browser, and one of an organ with as much to do as the other database's biggest."""

    file: Filled
    biggest: FlaskClient
    alike: FlaskClient


def _on(kind: str, files: Sequence[Filled]) -> Iterator[Goal]:
    app = _app(files[0])
    small, large = _places(app, files)
    yield from _beside_plain(kind, large)
    yield from _deep(kind, large)
    yield from _narrow(kind, large)
    yield from _grown(kind, small, large)


def _places(app: Flask, files: Sequence[Filled]) -> list[_Place]:
    """The same number of open requests in the small file's biggest organ and in an organ of the large one."""
    places, wanted = [], 0
    for file in files:
        file.connect()
        loads = _open_ones()
        wanted = wanted or loads[BIGGEST]
        alike = min(range(1, ORGANS + 1), key=lambda organ: abs(loads.get(organ, 0) - wanted))
        places.append(_Place(file, _client(app, BIGGEST), _client(app, alike)))
    return places


def _open_ones() -> Mapping[int, int]:
    with reading() as session:
        query = (
            select(Case.organ_id, func.count().label("number")).where(Case.ended_on.is_(None)).group_by(Case.organ_id)
        )
        return {row.organ_id: row.number for row in session.execute(query)}


def _beside_plain(kind: str, place: _Place) -> Iterator[Goal]:
    place.file.connect()
    plain = plain_client(database.engine(), BIGGEST, MORNING.date())
    for name, (ours, theirs) in PAGES_OF.items():
        subjects = {"ours": partial(_walk, place.biggest, ours), "plain": partial(_walk, plain, theirs)}
        _walk(place.biggest, ours, 3)
        taken = in_turn(subjects, ROUNDS)
        told = f"{_ms(taken['ours'])} beside {_ms(taken['plain'])}"
        yield Goal(
            f"{kind}: {name}, beside a plain page of {ROWS} rows",
            taken["ours"] / taken["plain"],
            BESIDE_PLAIN,
            remark=told,
        )
        yield Goal(f"{kind}: {name}, statements", _statements(place.biggest, ours), MOST_STATEMENTS, "")
    anew = in_turn({"anew": partial(_recounted, place.biggest)}, ROUNDS)["anew"]
    yield Goal(f"{kind}: desk, with the badges counted anew", anew * 1e3, None, "ms")


def _recounted(client: FlaskClient) -> int:
    """A page after something happened in the organ."""
    with reading() as session:
        session.info[BADGES].clear()
    return _walk(client, DESK, 1)


def _deep(kind: str, place: _Place) -> Iterator[Goal]:
    place.file.connect()
    with reading() as session:
        dated = select(Case.due_on, Case.id).where(
            Case.organ_id == BIGGEST, Case.ended_on.is_(None), Case.due_on.is_not(None)
        )
        due_on, key = session.execute(
            dated.order_by(Case.due_on.desc(), Case.id.desc()).offset(ROWS + 1).limit(1)
        ).one()
        entered = select(Case.entered_at, Case.id).where(Case.organ_id == BIGGEST, Case.number.startswith(f"{YEAR}-"))
        at, last = session.execute(entered.order_by(Case.entered_at, Case.id).offset(ROWS + 1).limit(1)).one()
    deep = {
        "desk": (DESK, f"{DESK}&after={due_on}~{key}"),
        "register page": (LEDGER, f"{LEDGER}&after={at:%Y%m%dT%H%M%S%f}~{last}"),
    }
    for name, (first, deepest) in deep.items():
        subjects = {"first": partial(_walk, place.biggest, first), "deepest": partial(_walk, place.biggest, deepest)}
        taken = in_turn(subjects, ROUNDS)
        yield Goal(f"{kind}: {name}, deepest page beside the first", taken["deepest"] / taken["first"], DEEPEST)


def _narrow(kind: str, place: _Place) -> Iterator[Goal]:
    place.file.connect()
    for name, address in NARROW.items():
        taken = in_turn({name: partial(_walk, place.biggest, address, 3)}, ROUNDS)
        yield Goal(
            f"{kind}: {name}", taken[name] * 1e3, None, "ms", remark=f"{_statements(place.biggest, address)} statements"
        )


def _grown(kind: str, small: _Place, large: _Place) -> Iterator[Goal]:
    """The two files in turn; a connection is warmed before it counts."""
    for name, address in {"desk": DESK, "register page": LEDGER}.items():
        taken: dict[int, list[float]] = {small.file.cases: [], large.file.cases: []}
        for _ in range(ROUNDS):
            for place in (small, large):
                place.file.connect()
                client = place.alike
                _walk(client, address, 3)
                start = time.perf_counter()
                _walk(client, address)
                taken[place.file.cases].append((time.perf_counter() - start) / PAGES)
        few, many = (statistics.median(times) for times in taken.values())
        told = f"{_ms(few)} and {_ms(many)}"
        yield Goal(
            f"{kind}: {name}, {large.file.cases} beside {small.file.cases} requests", many / few, GROWTH, remark=told
        )


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.2f} ms"


def _app(file: Filled) -> Flask:
    folder = file.store.folder
    settings = Settings(
        database_url=file.url,
        store=folder,
        broker_url=None,
        secret_key=b"for benches only, long enough: 0123456789abcdef",
        data_keys=(("bench", bytes(range(32))),),
        anchors=folder.parent / "anchors",
    )
    return create_app(settings, relay=False)


def _client(app: Flask, organ: int) -> FlaskClient:
    """A browser in which an official is logged in who handles requests in the organ; the first of each organ holds every duty."""
    user_id = [one for one, at in officials() if at == organ][1]
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
    """How many statements a page costs, badges counted anew; the beginning of a unit is none."""
    asked: list[str] = []

    def note(*args: object) -> None:
        asked.append(str(args[2]))

    with reading() as session:
        session.info[BADGES].clear()
    event.listen(database.engine(), "before_cursor_execute", note)
    _walk(client, address, 1)
    event.remove(database.engine(), "before_cursor_execute", note)
    return sum(one != "BEGIN" for one in asked)
