"""When messages go: never in quiet hours, never twice, and never when the facts have overtaken them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import delete, select, update

from gkapply import database
from gkapply.casework import carrying, outbox, schema, sending
from gkapply.casework.carrying import Adapters
from gkapply.casework.message_kinds import KINDS, SMS_PARTS, Kind, short_name, sms_parts
from gkapply.casework.message_records import Fate, Message
from gkapply.casework.outbox import Errand
from gkapply.casework.people import Organ
from gkapply.casework.quiet_hours import goes_at
from gkapply.casework.records import Case
from gkapply.casework.services import services
from gkapply.clock import OFFICE_ZONE
from gkapply.database import reading, transaction
from gkapply.demo.applicants import COMPANY, request
from gkapply.demo.life import Life
from gkapply.gateways import Gateways
from tests.casework.conftest import Office
from tests.casework.postman import Postman

MONDAY = date(2026, 3, 2)


def local(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment in the office's zone."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=OFFICE_ZONE)


def run(now: datetime, postman: Postman, texter: Postman | None = None) -> None:
    """Carry everything that is due, until nothing is."""
    done: list[int] = []
    while claims := outbox.claim(now, limit=50, finished=done):
        done = [one.id for one in claims]
        for one in claims:
            if one.task == outbox.SEND_MESSAGE:
                carrying.carry(one.arguments["message"], now, Adapters(postman, texter))


def fates() -> dict[str, tuple[Fate, str]]:
    """Key → what became of each message."""
    with reading() as session:
        return {one.key: (one.fate, one.reason) for one in session.scalars(select(Message))}


# hours


@pytest.mark.parametrize(
    ("moment", "settings", "goes"),
    [
        (local(MONDAY, 12), "{}", local(MONDAY, 12)),
        (local(MONDAY, 20, 59), "{}", local(MONDAY, 20, 59)),
        (local(MONDAY, 21), "{}", local(date(2026, 3, 3), 8)),
        (local(MONDAY, 3), "{}", local(MONDAY, 8)),
        (local(date(2026, 3, 7), 10), "{}", local(date(2026, 3, 7), 10)),
        (local(date(2026, 3, 7), 10), '{"citizens_rest_days_quiet":true}', local(date(2026, 3, 9), 8)),
        (local(date(2026, 2, 15), 10), '{"citizens_rest_days_quiet":true}', local(date(2026, 2, 24), 8)),
        (local(MONDAY, 23), '{"citizens_quiet_from":24}', local(MONDAY, 23)),
    ],
)
def test_nobody_outside_is_told_in_quiet_hours(moment: datetime, settings: str, goes: datetime) -> None:
    organ = Organ(settings=settings, calendar="CN", calendar_edition=0)
    assert goes_at(moment, organ, to_staff=False) == goes
    assert goes_at(moment.astimezone(UTC), None if settings == "{}" else organ, to_staff=False) == goes


def test_officials_have_quiet_hours_of_their_own() -> None:
    assert goes_at(local(date(2026, 3, 6), 20), None, to_staff=True) == local(date(2026, 3, 9), 8)


# words


@pytest.mark.parametrize("kind", [kind for kind in Kind if KINDS[kind].sms])
def test_a_text_message_is_short_and_never_holds_the_query_code(kind: Kind) -> None:
    longest = {"organ": short_name("某" * 60), "reference": "AYX-2026-12345", "count": 99}
    words = KINDS[kind].sms.format(**longest)
    assert sms_parts(words) <= SMS_PARTS
    assert "{code}" not in KINDS[kind].sms
    assert "{name}" not in KINDS[kind].sms + KINDS[kind].mail


@pytest.mark.parametrize("texts", [True, False])
def test_who_left_no_mail_address_is_told_on_the_telephone(
    office: Office, new_life: Callable[..., Life], texts: bool
) -> None:
    ways = Gateways(sms_tray=Path("texts")) if texts else Gateways()
    engine = database.connect(office.url, services(office.ring, office.store, gateways=ways))
    with transaction() as session:
        session.execute(update(Organ).values(settings=json.dumps({"tell_progress": False})))
    life = new_life().apply_online(request(replace(COMPANY, email=""), "2018年路灯安装的立项文件")).confirm().assign()
    life.ask_correction("请写明年份", "补充文件的年份")
    postman = Postman()
    run(local(date(2026, 3, 3), 9), postman, postman)
    engine.dispose()
    ((fate, reason),) = fates().values()
    if texts:
        ((sms, _),) = postman.texted
        assert (sms.to, fate) == (COMPANY.phone, Fate.SENT)
        assert life.reference in sms.text
        assert COMPANY.name not in sms.text
    else:
        assert (fate, reason) == (Fate.DROPPED, "没有留下可用的电子邮箱或者手机号码")
    assert postman.sent == []


def test_nobody_is_told_after_a_week_that_a_request_came_in(office: Office, new_life: Callable[..., Life]) -> None:
    new_life().apply_online(request(COMPANY, "2018年路灯安装的立项文件"))
    postman = Postman()
    run(local(date(2026, 3, 9), 12), postman)
    assert postman.sent == []
    ((fate, reason),) = fates().values()
    assert (fate, reason) == (Fate.DROPPED, "已过时效")


def test_a_code_goes_at_once_and_is_dropped_when_it_has_lost_its_use(office: Office) -> None:
    evening = local(MONDAY, 23)
    for key, until in (("now", None), ("late", evening + timedelta(minutes=10))):
        postman = Postman()
        with transaction() as session:
            sending.send_to(
                session,
                to="li@example.invalid",
                subject="验证码",
                text="123456\n",
                key=key,
                now=evening,
                at_once=True,
                of_use_until=until,
            )
        run(evening if until is None else evening + timedelta(minutes=11), postman)
        assert len(postman.sent) == (1 if until is None else 0)
    assert fates()["late"] == (Fate.DROPPED, "已过时效")


# three days without the runner


def test_three_days_of_standstill_lose_double_and_disturb_nothing(
    office: Office, new_life: Callable[..., Life]
) -> None:
    postman = Postman()
    corrected, answered = new_life(), new_life()
    for life in (corrected, answered):
        life.apply_online(request(COMPANY, "2018年路灯安装的立项文件")).confirm().assign()
        life.ask_correction("请写明年份", "补充文件的年份")
    # From here on the runner stands still, and the world goes on.
    corrected.come_to(date(2026, 3, 4)).receive_correction("2018年")
    with transaction() as session:
        late = local(date(2026, 3, 4), 22)
        sending.send_to(session, to="li@example.invalid", subject="订阅", text="新公开一条\n", key="feed:1", now=late)
    now = local(date(2026, 3, 5), 22, 30)
    times: list[tuple[datetime, str]] = []
    while now < local(date(2026, 3, 7), 12):
        before = len(postman.sent)
        run(now, postman)
        run(now, postman)
        times += [(now, key) for _, key in postman.sent[before:]]
        now += timedelta(minutes=30)
    assert len({key for _, key in times}) == len(times) == 6
    assert {moment for moment, _ in times} == {local(date(2026, 3, 6), 8)}
    with reading() as session:
        told = {
            (one.case.reference if one.case else "", one.kind): (one.fate, one.reason)
            for one in session.scalars(select(Message).order_by(Message.id))
        }
    sent = (Fate.SENT, "")
    assert told == {
        (corrected.reference, "received"): sent,
        (answered.reference, "received"): sent,
        (corrected.reference, "letter_waits"): (Fate.DROPPED, "申请人已经按文书办理，或者期限已经届满"),
        (answered.reference, "letter_waits"): sent,
        (corrected.reference, "progress"): sent,
        (answered.reference, "progress"): sent,
        ("", "other"): sent,
    }


# what waited when the ledger came


def test_mail_posted_before_the_ledger_is_carried_over(office: Office, new_life: Callable[..., Life]) -> None:
    life = new_life().apply_online(request(COMPANY, "2018年路灯安装的立项文件"))
    with transaction() as session:
        session.execute(delete(Message))
        session.execute(delete(Errand))
        uid = session.scalars(select(Case.uid)).one()
        key = f"send_mail:{uid}:received:{uid}"
        outbox.post(session, outbox.SEND_MESSAGE, key, local(MONDAY, 9), case=uid, notice="received", of=uid)
        session.execute(update(Errand).values(task="send_mail"))
        migrations = ScriptDirectory.from_config(schema.migration_config(office.url)).walk_revisions()
        (moved,) = [one.module for one in migrations if one.module.__name__.endswith("messages_posted_before_py")]
        moved.carry_over(session.connection())
    postman = Postman()
    run(local(MONDAY, 10), postman)
    ((mail, _),) = postman.sent
    assert life.reference in mail.text
    assert fates() == {f"received:{uid}": (Fate.SENT, "")}
