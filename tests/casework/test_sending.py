"""What leaves the house: once in effect, sealed until it goes, and its fate is known."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from gkapply.adapters.refused import NotTaken
from gkapply.casework import carrying, message_contents, outbox, sending
from gkapply.casework.carrying import PAUSES, Adapters
from gkapply.casework.message_records import Fate, Message
from gkapply.casework.outbox import Errand
from gkapply.clock import OFFICE_ZONE
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from tests.casework.conftest import Office
from tests.casework.postman import Postman

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
ADDRESS = "li@example.invalid"


@pytest.fixture
def postman() -> Postman:
    return Postman()


def post(key: str = "code:1") -> str:
    with transaction() as session:
        return sending.send_to(
            session, to=ADDRESS, subject="查询码", text="您的查询码已重新发出。\n", key=key, now=NOON
        ).uid


def run(now: datetime, postman: Postman) -> None:
    """Do every errand that is due."""
    for one in outbox.claim(now, limit=100):
        carrying.carry(one.arguments["message"], now, Adapters(postman, postman))
        outbox.finish(one.id, now)


def the_message() -> Message:
    with reading() as session:
        return session.scalars(select(Message)).one()


def test_one_fact_is_told_once_and_its_fate_is_kept(office: Office, postman: Postman) -> None:
    uid = post()
    assert post() == uid
    for _ in range(2):
        run(NOON, postman)
        carrying.carry(uid, NOON, Adapters(postman))
    ((mail, key),) = postman.sent
    assert (mail.to, mail.subject, key) == (ADDRESS, "查询码", uid)
    message = the_message()
    assert (message.fate, message.sent_at, message.adapter) == (Fate.SENT, NOON, "postman")
    assert message.gateway_id == f"id of {uid}"


def test_nothing_stands_in_clear_and_words_are_kept_only_until_they_left(office: Office, postman: Postman) -> None:
    post()
    with reading() as session:
        row = session.execute(select(Message.__table__)).one()
        errand = session.scalars(select(Errand.arguments)).one()
    assert ADDRESS not in f"{row}{errand}"
    assert "查询码" not in f"{row}{errand}"
    run(NOON, postman)
    with reading() as session:
        contents = message_contents.contents_of(session, session.scalars(select(Message)).one())
    assert contents is not None
    assert (contents.to, contents.subject, contents.text) == (ADDRESS, "", "")
    assert message_contents.masked_address(contents.to) == "li***@example.invalid"


def test_what_was_rolled_back_is_not_sent(office: Office, postman: Postman) -> None:
    def refused_later() -> None:
        with transaction() as session:
            sending.sms_to(session, to="138 0000 0000", text="查询码", key="code:1", now=NOON)
            raise Refusal("后来出错")

    with pytest.raises(Refusal):
        refused_later()
    run(NOON, postman)
    assert postman.texted == []


def test_who_cannot_be_reached_for_now_is_tried_again_for_two_days(office: Office, postman: Postman) -> None:
    postman.failure = ConnectionRefusedError()
    post()
    run(NOON, postman)
    tried: list[datetime] = []
    now = NOON
    while (message := the_message()).fate is Fate.WAITING:
        if message.tries > len(tried):
            tried.append(now)
        now += timedelta(minutes=1)
        with reading() as session:
            now = max(now, session.scalars(select(Errand.run_at).where(Errand.done_at.is_(None))).one())
        run(now, postman)
    assert (message.fate, message.fate_at, message.reason) == (Fate.GIVEN_UP, now, "ConnectionRefusedError")
    assert len(tried) == len(PAUSES)
    assert now - NOON > timedelta(hours=36)
    assert all(8 <= moment.astimezone(OFFICE_ZONE).hour < 21 for moment in tried)


def test_a_refusal_for_good_ends_it_at_once(office: Office, postman: Postman) -> None:
    postman.failure = NotTaken("550 没有这个邮箱")
    post()
    run(NOON, postman)
    assert (the_message().fate, the_message().reason) == (Fate.BOUNCED, "550 没有这个邮箱")
    postman.failure = None
    run(NOON + timedelta(days=3), postman)
    assert postman.sent == []


@pytest.mark.parametrize("wrong", ["没有", "li@example.invalid\nBcc: all@example.invalid", ""])
def test_what_is_no_address_is_refused_when_posted(office: Office, wrong: str) -> None:
    with pytest.raises(Refusal), transaction() as session:
        sending.send_to(session, to=wrong, subject="s", text="t", key="k", now=NOON)


def test_only_mobile_numbers_take_text_messages(office: Office) -> None:
    with pytest.raises(Refusal), transaction() as session:
        sending.sms_to(session, to="028-12345678", text="t", key="k", now=NOON)
