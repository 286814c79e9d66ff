"""Letters whose file is made with kills on the way, and what is there in the end."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select

from gkapply.casework.access import Actor
from gkapply.casework.journal import JournalEntry
from gkapply.casework.outbox import Errand
from gkapply.casework.papers import Letter
from gkapply.casework.services import open_installation, store
from gkapply.config import Settings
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.county import COUNTY_CODE
from gkapply.demo.life import Life
from gkapply.jobs import make_celery, run_due
from gkapply.letters.render import render
from tests.casework.conftest import BEFORE, MONDAY
from tests.journeys.killing import SEED, UNDISTURBED, Deed, Fork, moments
from workflows.duties import Duty

LEASED = timedelta(minutes=2)
"""Long enough for a killed runner's lease to end."""


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
    fork = Fork(settings, (errand(letter()[1]) for _ in range(UNDISTURBED)))
    return [trial(at) for at in moments(times, chance)]


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
