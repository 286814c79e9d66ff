"""Killing the program in the middle of a deed, at random points, and telling what is left.

All of it happens in a process of its own without threads, which forks a child for every deed: the program is warm in it, so
that a kill costs little more than the deed.
"""

import io
import json
import os
import random
import signal
import statistics
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import time_machine
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import func, literal, select, text, union_all

from gkapply import create_app, database
from gkapply.casework import intake
from gkapply.casework.access import Actor
from gkapply.casework.journal import JournalEntry
from gkapply.casework.outbox import Errand
from gkapply.casework.papers import Letter
from gkapply.casework.query_code import query_code
from gkapply.casework.records import Case
from gkapply.casework.schema import metadata
from gkapply.casework.services import open_installation, store
from gkapply.config import Settings
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.county import COUNTY_CODE
from gkapply.demo.life import Life
from gkapply.jobs import make_celery, run_due
from gkapply.letters.render import render
from tests.casework.conftest import BEFORE, MONDAY
from tests.web.conftest import MONDAY_MORNING
from workflows.duties import Duty

SEED = 20190515
UNDISTURBED = 5
"""Deeds that are measured before the first kill."""
AFTERWARDS = 10
"""One kill in so many comes at the moment when the deed is done."""
LEASED = timedelta(minutes=2)
"""Long enough for a killed runner's lease to end."""
Rows = dict[str, int]
"""Table → rows."""
Deed = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Submission:
    """What a kill in the middle of a submission left, and what sending the same form again made of it."""

    answered: bool
    """Whether the applicant had got the answer before the kill."""
    left: Rows
    """Rows that the kill left, where there are any."""
    reference_left: str | None
    in_the_end: Rows
    """Rows that there are after the form was sent again."""
    reference: str
    receipt_shown: bool
    """Whether the receipt then shows the number and the query code."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """What is there after the file of a letter was made, with one or two kills on the way. Hashes are SHA-256."""

    named_after_the_kill: str
    """The hash in the letter's row after the last kill, empty when there was none."""
    named: str
    """The hash in the letter's row in the end."""
    stored: str
    """The hash of what the store holds under that name."""
    rendered_again: str
    entries: int
    """Journal entries that tell of the file."""
    done: bool
    """Whether the errand is done."""


def kill_submissions(settings: Settings, times: int) -> tuple[Rows, list[Submission]]:
    """Send so many forms, each killed at some moment and then sent again.

    Returns the rows that one undisturbed submission leaves, and every trial.
    """
    with time_machine.travel(MONDAY_MORNING):
        app = create_app(settings, relay=False)
        chance = random.Random(SEED)
        _Form(app.test_client(), chance).send()
        before = rows()
        _Form(app.test_client(), chance).send()
        whole = _more(before, rows())
        fork = _Fork(settings, (_Form(app.test_client(), chance).send for _ in range(UNDISTURBED)))
        return whole, [_kill_one(fork, _Form(app.test_client(), chance), at) for at in _moments(times, chance)]


def _kill_one(fork: "_Fork", form: "_Form", at: float | None) -> Submission:
    before = rows()
    answered = fork.kill(form.send, at)
    left, reference_left = _more(before, rows()), form.reference()
    receipt = form.send()
    reference = form.reference() or ""
    with reading() as session:
        code = query_code(session, session.scalars(select(Case).where(Case.reference == reference)).one())
    shown = reference in receipt and code in receipt
    return Submission(answered, left, reference_left, _more(before, rows()), reference, shown)


class _Form:
    """A form on an applicant's screen, filled in, with two files of its own."""

    def __init__(self, client: FlaskClient, chance: random.Random):
        self._client = client
        page = html.document_fromstring(client.get("/apply").text)
        (form,) = page.xpath("//main//form")
        self._fields = {
            **dict(form.form_values()),
            "organ": COUNTY_CODE,
            "name": PERSON.name,
            "id_number": PERSON.id_number,
            "phone": PERSON.phone,
            "description": "征地补偿安置方案",
        }
        self._files = {"identity": chance.randbytes(20_000), "other": chance.randbytes(60_000)}

    def send(self) -> str:
        """Send it and follow to the receipt; returns that page. Raises RuntimeError for any other answer."""
        pictures = {
            role: (io.BytesIO(b"\x89PNG\r\n\x1a\n" + content), f"{role}.png") for role, content in self._files.items()
        }
        headers = {"Sec-Fetch-Site": "same-origin"}
        answer = self._client.post("/apply", data={**self._fields, **pictures}, headers=headers, follow_redirects=True)
        if answer.request.path == "/apply":
            raise RuntimeError(f"refused ({answer.status}): {answer.text}")
        return answer.text

    def reference(self) -> str | None:
        """The request that came in with this form."""
        with reading() as session:
            case = intake.submitted_with(session, self._fields["token"])
            return case.reference if case else None


def kill_renderings(settings: Settings, staff: Mapping[Duty, Actor], times: int) -> list[Rendering]:
    """Have so many letters' files made by the errand, killed once or twice each, then left alone."""
    open_installation(settings)
    celery = make_celery(settings)
    chance = random.Random(SEED)

    def errand(now: datetime) -> Deed:
        def do() -> None:
            celery.now = lambda: now
            run_due(celery)

        return do

    def letter() -> tuple[str, datetime]:
        life = Life(COUNTY_CODE, staff, BEFORE).come_to(MONDAY)
        life.register(walked_in(PERSON, "征地补偿安置方案"), life.at_the_counter())
        with reading() as session:
            return session.scalars(select(Letter.uid).order_by(Letter.id.desc())).first() or "", life.now

    def trial(at: float | None) -> Rendering:
        uid, now = letter()
        for _ in range(chance.choice((1, 1, 2))):
            fork.kill(errand(now), at)
            now += LEASED
        named = _letter(uid).file_sha
        errand(now)()
        return _rendering(uid, named)

    _, now = letter()
    errand(now)()
    fork = _Fork(settings, (errand(letter()[1]) for _ in range(UNDISTURBED)))
    return [trial(at) for at in _moments(times, chance)]


def _letter(uid: str) -> Letter:
    with reading() as session:
        return session.scalars(select(Letter).where(Letter.uid == uid)).one()


def _rendering(uid: str, named_after_the_kill: str) -> Rendering:
    with reading() as session:
        letter = session.scalars(select(Letter).where(Letter.uid == uid)).one()
        files, final = store(session), json.loads(letter.final)
        told = select(JournalEntry.body).where(
            JournalEntry.case_id == letter.case_id, JournalEntry.deed == "letter.rendered"
        )
        errand = session.scalars(select(Errand).where(Errand.key == f"render_letter:{uid}")).one()
        return Rendering(
            named_after_the_kill,
            letter.file_sha,
            sha256(files.get(letter.file_sha)).hexdigest(),
            sha256(render(files.get(final["template_sha256"]), final["fields"])).hexdigest(),
            sum(json.loads(body)["of"] == uid for body in session.scalars(told)),
            errand.done_at is not None,
        )


def _moments(times: int, chance: random.Random) -> Iterator[float | None]:
    """Shares of a deed's duration at which to kill: random, and spread over all of it; None is when it is done."""
    afterwards = times // AFTERWARDS
    during = times - afterwards
    moments = [(number + chance.random()) / during for number in range(during)]
    shuffled: list[float | None] = [*moments, *[None] * afterwards]
    chance.shuffle(shuffled)
    return iter(shuffled)


class _Fork:
    """Runs deeds in children of this process, with connections of their own."""

    def __init__(self, settings: Settings, undisturbed: Iterable[Deed]):
        self._settings = settings
        self.duration = statistics.median(self._run(deed, None) for deed in undisturbed)

    def kill(self, deed: Deed, at: float | None) -> bool:
        """Kill -9 the deed after the share ``at`` of its duration (None: when it is done); whether it was over by then."""
        return self._run(deed, None if at is None else at * self.duration) < float("inf")

    def _run(self, deed: Deed, delay: float | None) -> float:
        """Seconds until the deed was done, infinite when it was killed before. Without a delay it is killed when done."""
        # No connection may be carried over the fork.
        database.engine().dispose()
        hears, says = os.pipe()
        began = time.perf_counter()
        child = os.fork()
        if child == 0:
            self._do(deed, says)
        os.close(says)
        if delay is not None:
            time.sleep(delay)
            os.kill(child, signal.SIGKILL)
        done = os.read(hears, 1)
        took = time.perf_counter() - began if done else float("inf")
        os.close(hears)
        if delay is None:
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WTERMSIG(status) != signal.SIGKILL:
            raise RuntimeError("the deed failed by itself")
        _await_the_server()
        return took

    def _do(self, deed: Deed, says: int) -> None:
        """In the child: do it, say so, wait for the end."""
        try:
            open_installation(self._settings)
            deed()
            os.write(says, b"1")
            while True:
                signal.pause()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)


def _await_the_server() -> None:
    """On PostgreSQL: until the killed client's server process has gone, which may still have been at its COMMIT."""
    if database.engine().dialect.name != "postgresql":
        return
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    with database.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while connection.scalar(others):
            pass


def rows() -> Rows:
    """How many rows stand in each table; of the counters, how many numbers they have given."""
    counts: list[Any] = [
        select(literal(table.name), func.count()).select_from(table) for table in metadata.sorted_tables
    ]
    with reading() as session:
        found: Rows = dict(session.execute(union_all(*counts)).tuples().all())
        found["counter"] = session.scalar(text("SELECT sum(value) FROM counter")) or 0
        return found


def _more(before: Rows, after: Rows) -> Rows:
    return {name: after[name] - count for name, count in before.items() if after[name] != count}
