"""An office with a signed letter whose file is not made yet."""

import base64
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gkapply.casework import letterbook, outbox
from gkapply.casework.access import Actor
from gkapply.casework.journal import JournalEntry
from gkapply.casework.outbox import Errand
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.config import Settings
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.files import FileStore
from tests.casework.conftest import KEYS, Office, new_life, office
from workflows.duties import Duty

__all__ = ["new_life", "office"]
DATA_KEYS = ",".join(f"{name}:{base64.urlsafe_b64encode(key).decode()}" for name, key in KEYS)


@dataclass(frozen=True)
class Signed:
    """A letter that was signed, and the errand to make its file."""

    letter: str
    store: FileStore

    def errand(self) -> Errand:
        """The row as it stands."""
        with reading() as session:
            return session.scalars(select(Errand).where(Errand.key == f"{outbox.RENDER_LETTER}:{self.letter}")).one()

    def file(self) -> str:
        """SHA-256 of the letter's file, empty until it is made."""
        with reading() as session:
            return session.scalars(select(Letter.file_sha).where(Letter.uid == self.letter)).one()

    def times_rendered(self) -> int:
        """How often the journal says that the file was made."""
        of_this = JournalEntry.body.contains(self.letter)
        with reading() as session:
            query = select(func.count()).select_from(JournalEntry)
            return session.scalar(query.where(JournalEntry.deed == "letter.rendered", of_this)) or 0

    @contextmanager
    def stuck(self) -> Iterator[None]:
        """Whoever renders the letter now waits for its template for ever: a pipe into which nobody writes."""
        with reading() as session:
            final = session.scalars(select(Letter.final).where(Letter.uid == self.letter)).one()
        template = self.store.path(json.loads(final)["template_sha256"])
        aside = template.with_name(f".{template.name}.aside")
        template.rename(aside)
        os.mkfifo(template)
        try:
            yield
        finally:
            template.unlink()
            aside.rename(template)


@pytest.fixture
def settings(office: Office, tmp_path: Path) -> Settings:
    """The office's settings in the embedded profile."""
    return Settings(office.url, tmp_path / "files", None, tmp_path / "anchors", b"s" * 48, KEYS)


@pytest.fixture
def sign_one(office: Office, new_life: Callable[..., Life]) -> Callable[[], Signed]:
    """Has a reply signed; only its file remains to be made."""

    def sign() -> Signed:
        life = new_life()
        life.register(walked_in(PERSON, "2018年路灯安装的立项文件"), life.at_the_counter()).assign().accept()
        life.search("“路灯”", "没有制作或者获取该信息的记录").decide(1, "not_existing", {})
        life.draft_reply().submit_reply().pass_review().render()
        return Signed(life.do(Duty.SIGNER, put_name), office.store)

    return sign


def put_name(session: Session, case: Case, actor: Actor, now: datetime) -> str:
    """Sign the newest letter; its uid."""
    letter = case.letters[-1]
    letterbook.sign(session, letter, actor, now)
    return letter.uid


def until(holds: Callable[[], object], *, seconds: float = 60) -> None:
    """Wait for another thread or process; fails when ``holds`` has not come true in time."""
    deadline, pause = time.monotonic() + seconds, threading.Event()
    while not holds():
        assert time.monotonic() < deadline, "it did not come true in time"
        pause.wait(0.02)
