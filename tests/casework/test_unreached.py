"""A message that reached nobody opens a task, is told once, and is seen to by somebody."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from gkapply import database
from gkapply.adapters.refused import NotTaken
from gkapply.casework import carrying, casefile, docket, errands, notification, outbox, unreached
from gkapply.casework.access import Actor
from gkapply.casework.carrying import Adapters
from gkapply.casework.docket import Wanted
from gkapply.casework.due_errands import post_due
from gkapply.casework.errands import Equipment
from gkapply.casework.message_kinds import Kind
from gkapply.casework.message_records import Fate, Message
from gkapply.casework.outbox import Errand
from gkapply.casework.records import Case
from gkapply.casework.services import services
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, request
from gkapply.demo.life import Life
from gkapply.gateways import Gateways
from gkapply.law.refusal import NotFound, NotPermitted
from tests.adapters.test_bounces import REPORT, USUAL
from tests.casework.conftest import Office
from tests.casework.postman import Postman
from workflows.duties import Duty

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
NewLife = Callable[..., Life]


def carry(postman: Postman, now: datetime = NOON) -> None:
    """Carry the message that the request was received."""
    carrying.carry(the_message().uid, now, Adapters(postman))


def the_message() -> Message:
    """The message that the request was received."""
    with reading() as session:
        return session.scalars(select(Message).where(Message.kind == Kind.RECEIVED)).one()


def tasks(actor: Actor) -> int:
    """How many cases wait for the actor for this reason."""
    with reading() as session:
        return len(docket.desk(session, actor, NOON.date(), Wanted("unreached")).lines)


def settle(uid: str, instead: str, actor: Actor) -> None:
    """Say what was done instead."""
    with transaction() as session:
        unreached.settle(session, session.scalars(select(Case)).one(), uid, instead, actor, NOON)


def told(office: Office, duty: Duty) -> list[str]:
    """What the holder of the duty was told of it."""
    with reading() as session:
        mine = notification.messages(session, office.staff[duty].user_id or 0)
        return [one.text for one in mine if one.label == "邮件、短信没有送到"]


@pytest.fixture
def applied(new_life: NewLife) -> Life:
    """A request sent on the web, of which the applicant is to be told by mail."""
    return new_life().apply_online(request(PERSON, "2018年路灯安装的立项文件")).confirm().assign()


def test_a_refusal_opens_a_task_that_ends_when_somebody_saw_to_it(office: Office, applied: Life) -> None:
    registrar, officer = office.staff[Duty.REGISTRAR], office.staff[Duty.OFFICER]
    for _ in range(2):
        carry(Postman(failure=NotTaken("550 5.1.1 no such user")))
    assert tasks(registrar) == tasks(officer) == 1
    (text,) = told(office, Duty.REGISTRAR)
    assert applied.reference in text
    assert "请打电话告知或者改用邮寄" in text
    assert len(told(office, Duty.OFFICER)) == 1
    with reading() as session:
        file = casefile.casefile(session, casefile.find(session, applied.reference, officer), NOON.date())
    (line,) = (one for one in file.messages if one.open)
    assert (line.fate, line.open, line.address) == (Fate.BOUNCED, True, "ap***@example.invalid")
    assert any(value.endswith("（此邮箱退信）") for label, value in file.applicants[0].contact if label == "电子邮箱")
    with pytest.raises(NotPermitted):
        settle(line.uid, "phone", office.staff[Duty.ARCHIVIST])
    settle(line.uid, "phone", officer)
    assert tasks(registrar) == tasks(officer) == 0
    with pytest.raises(NotFound):
        settle(line.uid, "post", registrar)
    with reading() as session:
        found = casefile.casefile(session, casefile.find(session, applied.reference, officer), NOON.date())
    assert {one.settled for one in found.messages if one.uid == line.uid} == {"已电话告知"}
    assert any("没有送到" in entry.what for entry in found.history)


def test_mail_that_comes_back_later_is_believed_of_its_own_message(
    office: Office, applied: Life, tmp_path: Path
) -> None:
    folder = tmp_path / "bounces"
    folder.mkdir()
    engine = database.connect(office.url, services(office.ring, office.store, gateways=Gateways(bounces=folder)))
    carry(Postman())
    sent = the_message()
    assert sent.fate is Fate.SENT
    for name, token in (("1", sent.uid), ("2", "f" * 32), ("3", sent.uid)):
        (folder / f"{name}.eml").write_text(REPORT.format(**{**USUAL, "token": token}), encoding="utf-8")
    (folder / "4.eml").write_bytes(b"\xff no mail at all")
    tools = Equipment(tmp_path, Postman())
    post_due(NOON)
    with reading() as session:
        assert session.scalars(select(Errand).where(Errand.task == outbox.TAKE_BOUNCES)).one()
    for _ in range(2):
        errands.take_bounces({}, NOON, tools)
    bounced = the_message()
    assert (bounced.fate, bounced.reason, bounced.sent_at) == (Fate.BOUNCED, "退信 5.1.1", NOON)
    assert tasks(office.staff[Duty.REGISTRAR]) == 1
    assert len(told(office, Duty.REGISTRAR)) == 1
    assert sorted(path.name for path in folder.iterdir()) == ["aside"]
    assert sorted(path.name for path in (folder / "aside").iterdir()) == ["2.eml", "4.eml"]
    engine.dispose()
