"""Staff are told by text message if they want it, and their organ's webhook of everything once, without a person's name."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from gkapply import database
from gkapply.casework import errands, notification, outbox, staff_contact, webhooks
from gkapply.casework.access import Actor
from gkapply.casework.due_errands import post_due
from gkapply.casework.errands import Equipment
from gkapply.casework.message_records import Message
from gkapply.casework.people import Organ, User
from gkapply.casework.services import services
from gkapply.casework.webhook_records import Webhook
from gkapply.database import reading, transaction
from gkapply.gateways import Gateways
from gkapply.law.refusal import NotPermitted, Refusal
from tests.adapters.servers import Gateway, http_gateway
from tests.casework.conftest import Office
from tests.casework.postman import Postman
from workflows.duties import Duty

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
MOBILE = "13800000000"


@pytest.fixture
def texting(office: Office) -> Iterator[Office]:
    """An office with a way out for text messages."""
    ways = Gateways(sms_tray=Path("texts"))
    engine = database.connect(office.url, services(office.ring, office.store, gateways=ways))
    yield office
    engine.dispose()


def run(now: datetime, tools: Equipment) -> None:
    """One beat of the runner, as far as messages go."""
    post_due(now)
    done: list[int] = []
    while claims := outbox.claim(now, limit=50, finished=done):
        done = [one.id for one in claims]
        for one in claims:
            if one.task in (outbox.SEND_DIGEST, outbox.SEND_MESSAGE, outbox.TELL_WEBHOOK):
                errands.HANDLERS[one.task](one.arguments, now, tools)


def tell(office: Office, *duties: Duty, key: str, now: datetime = NOON) -> None:
    """Tell the holders that three of their cases moved."""
    with transaction() as session:
        users = [office.staff[duty].user_id or 0 for duty in duties]
        notification.tell(session, office.organ_id, users, kind="redated", key=key, now=now, moved=3)


def choose(office: Office, channel: str, email: str, phone: str) -> None:
    """The officer says how to be told."""
    with transaction() as session:
        officer = session.get_one(User, office.staff[Duty.OFFICER].user_id)
        staff_contact.choose(session, officer, channel, email, phone, NOON)


def test_an_official_is_told_by_text_message_how_many_wait(texting: Office, tmp_path: Path) -> None:
    choose(texting, "sms", "officer@example.cn", "138 0000 0000")
    with reading() as session:
        kept = session.get_one(User, texting.staff[Duty.OFFICER].user_id).phone
    assert kept is not None
    assert MOBILE.encode() not in kept
    for key in ("redating:1", "redating:2"):
        tell(texting, Duty.OFFICER, key=key)
    postman = Postman()
    for hour in range(20):
        run(NOON - timedelta(hours=6) + timedelta(hours=hour), Equipment(tmp_path, postman, postman))
    ((sms, _),) = postman.texted
    assert (sms.to, sms.text) == (MOBILE, "依申请公开系统：您有2条未读消息，请登录查看和办理。")
    assert postman.sent == []


def test_without_a_gateway_nobody_can_choose_text_messages(office: Office) -> None:
    with pytest.raises(Refusal, match="没有短信通道"):
        choose(office, "sms", "", MOBILE)
    with pytest.raises(Refusal) as refused:
        choose(office, "mail", "nobody", "")
    assert refused.value.field == "email"


def test_a_webhook_is_told_each_fact_once_and_names_nobody(office: Office, tmp_path: Path) -> None:
    sysadmin = office.staff[Duty.SYSADMIN]
    tools = Equipment(tmp_path, Postman())
    tell(office, Duty.OFFICER, key="before the webhook")
    with http_gateway(Gateway()) as gateway:
        with transaction() as session:
            organ = session.get_one(Organ, office.organ_id)
            secret = webhooks.set_up(session, organ, gateway.url, sysadmin, NOON)
        tell(office, Duty.OFFICER, Duty.HEAD, key="redating:1")
        for hour in range(-12, 3):
            run(NOON + timedelta(hours=hour), tools)
        ((_, headers, body),) = gateway.asked
        tell(office, Duty.OFFICER, key="redating:2")
        run(NOON + timedelta(hours=3), tools)
        assert len(gateway.asked) == 2
        with transaction() as session:
            webhooks.remove(session, session.get_one(Organ, office.organ_id), sysadmin, NOON)
        tell(office, Duty.OFFICER, key="redating:3")
        run(NOON + timedelta(hours=5), tools)
        assert len(gateway.asked) == 2
    told = json.loads(body)
    (one,) = told["messages"]
    assert set(one) == {"what", "number", "link", "at"}
    assert one["what"] == "期限因放假安排变动"
    assert headers["X-Gkapply-Signature"].startswith("t=")
    with reading() as session:
        rows = session.execute(select(Message.__table__)).all()
        assert session.scalars(select(Webhook)).all() == []
    assert secret not in f"{rows}"
    assert gateway.url not in f"{rows}"


@pytest.mark.parametrize("url", ["ftp://chat.example.cn", "chat.example.cn", "https://u:p@chat.example.cn/x", ""])
def test_what_is_no_address_for_a_webhook(office: Office, url: str) -> None:
    def set_up(actor: Actor, to: str) -> None:
        with transaction() as session:
            webhooks.set_up(session, session.get_one(Organ, office.organ_id), to, actor, NOON)

    with pytest.raises(Refusal) as refused:
        set_up(office.staff[Duty.SYSADMIN], url)
    assert refused.value.field == "url"
    with pytest.raises(NotPermitted):
        set_up(office.staff[Duty.HEAD], "https://chat.example.cn/hook")
