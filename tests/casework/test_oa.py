"""What the OA hands over becomes one arrival, whenever the program is stopped; letters go out once and their receipts come back."""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from gkapply import database
from gkapply.adapters import oa
from gkapply.casework import arrivals, due_errands, letterbook, oa_dispatching, oa_intake, outbox, returned_mail
from gkapply.casework.arrival_records import Arrival
from gkapply.casework.oa_records import OaDispatch
from gkapply.casework.outbox import Errand
from gkapply.casework.papers import Letter
from gkapply.casework.people import Organ
from gkapply.casework.services import services
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.gateways import Gateways
from tests.casework.conftest import Office
from tests.casework.test_arrivals import NOW
from tests.marked_files import MARKED, PAPER_WAY

SAID: dict[str, Any] = {"id": "OA-1", "organ": "AYX", "whence": "hotline", "ticket": "GD1", "text": "要某道路的批复"}


@pytest.fixture
def database_kind() -> str:
    """The folders are the same on both databases."""
    return "sqlite"


@pytest.fixture
def folder(office: Office, tmp_path: Path) -> Iterator[Path]:
    """The folder of the OA, known to the installation."""
    place = tmp_path / "oa"
    engine = database.connect(office.url, services(office.ring, office.store, gateways=Gateways(oa=place)))
    yield place
    engine.dispose()


def leave(folder: Path, said: dict[str, Any], *files: tuple[str, bytes]) -> None:
    """An item of the OA."""
    place = folder / "in" / said["id"]
    place.mkdir(parents=True)
    for name, content in files:
        (place / name).write_bytes(content)
    listed = [{"name": name, "sha256": hashlib.sha256(content).hexdigest()} for name, content in files]
    (place / "item.json").write_text(json.dumps({**said, "files": listed}), encoding="utf-8")


def entered() -> list[tuple[str, int]]:
    """Ticket and number of files of every arrival."""
    with reading() as session:
        return [(one.ticket, len(one.files)) for one in session.scalars(select(Arrival).order_by(Arrival.id))]


def test_an_item_is_entered_once_whenever_the_program_is_stopped(
    folder: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped after the files are kept, before the commit, and before the item is moved away."""
    leave(folder, SAID, ("工单.txt", "内容".encode()))
    enter = arrivals.enter

    def stop(*given: Any, **more: Any) -> None:
        raise KeyboardInterrupt

    def stop_after(*given: Any, **more: Any) -> None:
        enter(*given, **more)
        raise KeyboardInterrupt

    for module, name, stopped, there in (
        (arrivals, "enter", stop, 0),
        (arrivals, "enter", stop_after, 0),
        (oa, "done", stop, 1),
    ):
        monkeypatch.setattr(module, name, stopped)
        with pytest.raises(KeyboardInterrupt):
            oa_intake.take_in(folder, NOW)
        monkeypatch.undo()
        assert len(entered()) == there
        assert oa.anything_in(folder)
    assert oa_intake.take_in(folder, NOW) == 1
    assert entered() == [("GD1", 1)]
    assert not oa.anything_in(folder)
    leave(folder, SAID, ("工单.txt", "内容".encode()))
    assert oa_intake.take_in(folder, NOW) == 1
    assert entered() == [("GD1", 1)], "the same id is the same arrival"


@pytest.mark.parametrize(
    ("said", "kind", "why"),
    [
        ({}, "docx", PAPER_WAY),
        ({}, "pdf", PAPER_WAY),
        ({"text": "机密★"}, "", PAPER_WAY),
        ({"organ": "NONE"}, "", "机关"),
        ({"came_on": "昨天"}, "", "came_on"),
        ({"whence": "post"}, "", "从何处来"),
        ({"kind": "other"}, "", "kind"),
        ({"kind": "receipt", "of": "u", "state": "taken"}, "", "不是本系统交出"),
        ({"kind": "receipt", "of": "u", "state": "lost"}, "", "state"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence_and_leaves_nothing(
    folder: Path, office: Office, said: dict[str, str], kind: str, why: str
) -> None:
    leave(folder, {**SAID, **said}, *([MARKED[kind]] if kind else []))
    assert oa_intake.take_in(folder, NOW) == 0
    assert why in (folder / "refused" / "OA-1" / "why.txt").read_text("utf-8")
    assert entered() == []
    assert list(office.store.all()) == []


def test_a_letter_goes_out_once_and_its_receipt_is_read(
    folder: Path, office: Office, new_life: Callable[..., Life]
) -> None:
    life = new_life()
    life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter())
    with transaction() as session:
        uid = session.scalars(select(Letter)).one().uid
    letterbook.render_file(uid, NOW)
    oa_dispatching.offer_letter(uid, NOW)
    assert dispatched() is None, "not wanted"
    with transaction() as session:
        settings = json.dumps({"letters_to_oa": True})
        session.execute(update(Organ).where(Organ.id == office.organ_id).values(settings=settings))
    for _ in range(2):
        oa_dispatching.offer_letter(uid, NOW)
    one = dispatched()
    assert one is not None
    with reading() as session:
        assert len(session.scalars(select(Errand).where(Errand.task == outbox.PUT_OA)).all()) == 1
    for _ in range(2):
        oa_dispatching.put(one.uid, NOW)
    said = json.loads((folder / "out" / one.uid / "item.json").read_bytes())
    assert (said["kind"], said["organ"]) == ("letter", "AYX")
    assert hashlib.sha256((folder / "out" / one.uid / f"{one.uid}.docx").read_bytes()).hexdigest() == one.sha256
    leave(folder, {"id": "R1", "kind": "receipt", "of": one.uid, "state": "taken", "oa_number": "OA88"})
    due_errands.post_due(NOW + timedelta(days=1))
    with reading() as session:
        assert session.scalars(select(Errand).where(Errand.task == outbox.TAKE_OA)).one()
    assert oa_intake.take_in(folder, NOW) == 1
    answered = dispatched()
    assert answered is not None
    assert (answered.receipt, answered.receipt_on, answered.oa_number) == ("taken", NOW.date(), "OA88")


def dispatched() -> OaDispatch | None:
    """What was ordered to be handed over."""
    with reading() as session:
        return session.scalars(select(OaDispatch)).one_or_none()


def test_mail_that_came_back_brings_no_file_in(office: Office, tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["To"] = f"bounce+{'a' * 32}@example.invalid"
    name, content = MARKED["docx"]
    mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    (tmp_path / "1.eml").write_bytes(bytes(mail))
    assert returned_mail.take_in(tmp_path, NOW) == 0
    assert list(office.store.all()) == []
