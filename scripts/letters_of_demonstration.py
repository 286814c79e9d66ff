"""Every kind of letter and sheet, each from a case of the demonstration where one has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply import demo
from gkapply.casework.access import Actor
from gkapply.casework.entries import Document
from gkapply.casework.papers import Letter
from gkapply.casework.people import Organ, User
from gkapply.casework.schema import upgrade
from gkapply.casework.services import open_installation, store
from gkapply.clock import day_of
from gkapply.config import Settings, bundled
from gkapply.database import reading
from gkapply.demo.county import COUNTY_CODE
from gkapply.demo.life import Life
from gkapply.demo.staff import LOGINS
from gkapply.law.forms import FormKind
from gkapply.law.letters import LetterKind
from gkapply.letters.fields import example
from gkapply.letters.render import render
from gkapply.letters.template import load
from scripts.letter_cases import walk_all
from workflows.duties import ADMINISTRATORS, Duty

NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)
"""The moment that the stories lead up to: a Monday."""
EXAMPLE = "示例值"


@dataclass(frozen=True, slots=True)
class Shown:
    """One file: what it is called, where it comes from."""

    title: str
    source: str
    docx: bytes


def letters_of_demonstration(folder: Path) -> Mapping[str, Shown]:
    """One file for every kind of letter and sheet, by code, in the order of the catalogue's enumerations.

    The demonstration is made in ``folder``; a sheet that no case has is filled with its example values.
    """
    settings = _installed(folder)
    demo.prepare(settings, NOW)
    with reading() as session:
        staff = _staff(session)
    walk_all(lambda: Life(COUNTY_CODE, staff, NOW), day_of(NOW))
    with reading() as session:
        made = {**_letters(session), **_sheets(session)}
    return {kind.value: made.get(kind.value) or _example(kind) for kind in (*LetterKind, *FormKind)}


def _installed(folder: Path) -> Settings:
    """An empty installation of its own."""
    settings = Settings(
        database_url=f"sqlite:///{folder / 'demonstration.sqlite3'}",
        store=folder / "files",
        broker_url=None,
        secret_key=b"for a demonstration that nobody logs in to",
        data_keys=(("demo", bytes(range(32))),),
        anchors=folder / "anchors",
    )
    upgrade(settings.database_url)
    open_installation(settings)
    return settings


def _staff(session: Session) -> Mapping[Duty, Actor]:
    """The officials of the demonstration."""
    desk = session.scalars(select(Organ.id).where(Organ.code == COUNTY_CODE)).one()
    users = {user.login: user for user in session.scalars(select(User).where(User.login.in_(LOGINS.values())))}
    return {
        duty: Actor("user", desk, frozenset({duty}), user_id=users[login].id, name=users[login].name)
        for duty, login in LOGINS.items()
        if duty not in ADMINISTRATORS
    }


def _letters(session: Session) -> dict[str, Shown]:
    """The first signed letter of each kind."""
    found: dict[str, Shown] = {}
    for letter in session.scalars(select(Letter).where(Letter.file_sha != "").order_by(Letter.id)):
        title = LetterKind(letter.kind).label
        found.setdefault(letter.kind, Shown(title, letter.case.reference, store(session).get(letter.file_sha)))
    return found


def _sheets(session: Session) -> dict[str, Shown]:
    """The first Word file of each sheet that is kept with a case."""
    found: dict[str, Shown] = {}
    for paper in session.scalars(select(Document).order_by(Document.id)):
        if paper.role in FormKind._value2member_map_ and paper.media_type.endswith("wordprocessingml.document"):
            shown = Shown(FormKind(paper.role).label, paper.case.reference, store(session).get(paper.sha256))
            found.setdefault(paper.role, shown)
    return found


def _example(kind: LetterKind | FormKind) -> Shown:
    return Shown(kind.label, EXAMPLE, render(load(bundled("answer_templates"), kind), example(kind)))
