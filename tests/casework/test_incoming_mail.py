"""The book of incoming mail: no envelope is entered twice, loses its day, or lies unsettled without somebody being told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import (
    incoming_list,
    incoming_mail,
    incoming_request,
    incoming_settling,
    intake,
    unsettled,
)
from gkapply.casework.access import Actor
from gkapply.casework.application_check import BadForm
from gkapply.casework.documents import Upload
from gkapply.casework.incoming_kinds import MailOutcome, Purpose
from gkapply.casework.incoming_mail import AlreadyEntered, Envelope
from gkapply.casework.incoming_settling import Settlement
from gkapply.casework.journal import JournalEntry
from gkapply.casework.notification import Notification
from gkapply.casework.people import Organ
from gkapply.casework.receipt import Receipt
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.law.channels import ORDINARY_POST, SIGNED_POST
from gkapply.law.refusal import NotFound, NotPermitted, Refusal, Stale
from tests.casework.conftest import MONDAY, Office
from workflows.duties import Duty

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
DAY = timedelta(days=1)
PHOTO = Upload("信封.jpg", b"\xff\xd8\xff envelope")
SENDER = "某市某区某路1号 来信人"
EMS = Envelope(SIGNED_POST, MONDAY, "9:05", "ea 1234-5678 9cn", "收发室", SENDER, "政务公开办", photo=PHOTO)


def waiting(session: Session, actor: Actor, today: date) -> tuple[int, int]:
    """How many are open, and how many of them are late."""
    count, late = session.execute(incoming_list.waiting(actor, today)).one()
    return count, late


def enter(office: Office, envelope: Envelope = EMS, token: str = "form 1", now: datetime = NOW) -> str:
    """Enter an envelope; its number in the book."""
    with transaction() as session:
        return incoming_mail.enter(session, envelope, token, office.staff[Duty.REGISTRAR], now).reference


def settle(office: Office, reference: str, said: Settlement, now: datetime = NOW) -> incoming_settling.Lead | None:
    """Settle an envelope by hand."""
    registrar = office.staff[Duty.REGISTRAR]
    with transaction() as session:
        mail = incoming_mail.find(session, reference, registrar, for_step=True)
        return incoming_settling.settle(session, mail, said, registrar, now)


def test_an_envelope_is_entered_once_and_its_sender_is_sealed(office: Office) -> None:
    first = enter(office)
    assert first == "AYX-2026-S0001"
    assert enter(office) == first, "the form sent twice is one entry"
    with pytest.raises(AlreadyEntered, match="AYX-2026-S0001") as refused:
        enter(office, replace(EMS, tracking="EA123456789CN"), "form 2")
    assert refused.value.first == first
    assert enter(office, Envelope(ORDINARY_POST, MONDAY, sender="甲"), "form 3") == "AYX-2026-S0002"
    with reading() as session:
        mail = incoming_mail.find(session, first, office.staff[Duty.HEAD])
        assert (mail.came_at, mail.tracking, mail.photo_type) == ("09:05", "EA123456789CN", "image/jpeg")
        assert office.store.get(mail.photo_sha) == PHOTO.content
        assert incoming_mail.sender_of(session, mail) == SENDER
        assert SENDER.encode() not in mail.sealed
        bodies = session.scalars(select(JournalEntry.body).where(JournalEntry.deed == "incoming.enter")).all()
        assert len(bodies) == 2
        assert not any("来信人" in body for body in bodies)
        with pytest.raises(NotFound):
            incoming_mail.find(session, first, office.staff[Duty.OFFICER])
    with pytest.raises(NotPermitted), transaction() as session:
        incoming_mail.enter(session, EMS, "form 4", office.staff[Duty.OFFICER], NOW)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"tracking": ""}, "tracking"),
        ({"channel": "online"}, "channel"),
        ({"came_on": MONDAY + DAY}, "came_on"),
        ({"came_on": None}, "came_on"),
        ({"came_on": date(2026, 2, 27)}, "late_reason"),
        ({"came_at": "25:00"}, "came_at"),
        ({"sender": " "}, "sender"),
        ({"sender": "机密★ 某局"}, "sender"),
        ({"photo": Upload("机密★.jpg", PHOTO.content)}, "photo"),
        ({"photo": Upload("信封.exe", b"MZ")}, "photo"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(BadForm) as refused:
        incoming_mail.check(replace(EMS, **wrong), MONDAY)  # type: ignore[arg-type]
    assert set(refused.value.errors) == {field}


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_request_keeps_the_day_of_the_signature(office: Office) -> None:
    """Signed for on Friday, entered late on Monday: the request is of Friday, and its file shows why."""
    friday = date(2026, 2, 27)
    registrar = office.staff[Duty.REGISTRAR]
    reference = enter(office, replace(EMS, came_on=friday, late_reason="门卫未及时转交"))
    with reading() as session:
        known = incoming_request.prefill(session, reference, registrar, NOW)
        assert known == {
            "channel": SIGNED_POST,
            "received_on": friday,
            "tracking": "EA123456789CN",
            "signed_by": "收发室",
            "late_reason": f"门卫未及时转交（收文登记 {reference}）",
        }
        given = Receipt(SIGNED_POST, friday, tracking="EA123456789CN", late_reason=known["late_reason"])
        with pytest.raises(Refusal, match="签收日期 2026-02-27") as refused:
            incoming_request.vouched(session, reference, replace(given, on=MONDAY), registrar)
        assert refused.value.field == "received_on"
        receipt = incoming_request.vouched(session, reference, given, registrar)
    assert receipt.proof is not None
    assert "2026-02-27 09:05" in receipt.proof.content.decode()
    with transaction() as session:
        organ = session.get_one(Organ, office.organ_id)
        case = intake.register(
            session, organ, walked_in(PERSON, "某工程的批复"), {}, receipt, registrar, NOW, token="t" * 20
        )
        incoming_request.register_as(session, reference, case, registrar, NOW)
        incoming_request.register_as(session, reference, case, registrar, NOW)
        assert case.received_on == friday
        assert [one.on_ for one in case.documents if one.role == "envelope"] == [friday]
    with pytest.raises(Stale), reading() as session:
        incoming_request.prefill(session, reference, registrar, NOW)


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_what_is_no_request_needs_a_reason_and_a_taker(office: Office) -> None:
    reference = enter(office)
    with pytest.raises(Refusal, match="理由"):
        settle(office, reference, Settlement("not_request", passed_to="县信访局"))
    with pytest.raises(Refusal, match="转交给谁"):
        settle(
            office, enter(office, Envelope(ORDINARY_POST, MONDAY, sender="甲"), "2"), Settlement("not_request", "广告")
        )
    assert settle(office, reference, Settlement("not_request", "信访件", passed_to="县信访局")) is None
    with pytest.raises(Stale):
        settle(office, reference, Settlement("mistake", "写错"))
    with pytest.raises(AlreadyEntered):
        enter(office, token="form 2")


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_mistaken_entry_stays_and_lets_the_number_be_entered_again(office: Office) -> None:
    reference = enter(office)
    settle(office, reference, Settlement("mistake", "日期写错"))
    again = enter(office, token="form 2")
    with reading() as session:
        book = incoming_list.listed(session, office.staff[Duty.HEAD], MONDAY, incoming_list.BOOK)
        assert [(one.reference, one.outcome) for one in book.lines] == [
            (again, ""),
            (reference, MailOutcome.MISTAKE.label),
        ]


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_what_belongs_to_a_request_leads_to_the_step_that_takes_it(office: Office, new_life: type) -> None:
    life = new_life()
    life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter()).assign()
    with reading() as session:
        case = session.scalars(select(Case)).one()
        number = case.number
    reference = enter(office)
    with pytest.raises(Refusal, match="来件是什么"):
        settle(office, reference, Settlement("existing", case=number))
    with pytest.raises(NotFound):
        settle(office, reference, Settlement("existing", case="2026-9999", purpose="other"))
    lead = settle(office, reference, Settlement("existing", case=number, purpose=Purpose.OTHER.value))
    assert lead == incoming_settling.Lead("case", case.reference, "add_paper")
    correction = settle(
        office,
        enter(office, Envelope(ORDINARY_POST, MONDAY, sender="甲"), "form 2"),
        Settlement("existing", case=case.reference, purpose=Purpose.CORRECTION.value),
    )
    assert correction == incoming_settling.Lead("case", case.reference, ""), "nothing was asked: the page of the case"
    with reading() as session:
        papers = session.get_one(Case, case.id).documents
        assert [one.name for one in papers if one.role == "envelope"] == [PHOTO.name]


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_what_lies_after_its_day_is_late_and_after_one_working_day_the_head_is_told(office: Office) -> None:
    reference, head = enter(office), office.staff[Duty.HEAD]

    def told(day: date) -> list[int]:
        with transaction() as session:
            unsettled.remind(session, NOW + (day - MONDAY))
        with reading() as session:
            return [one.user_id for one in session.scalars(select(Notification).order_by(Notification.id))]

    with reading() as session:
        assert waiting(session, head, MONDAY) == (1, 0)
        assert waiting(session, head, MONDAY + DAY) == (1, 1)
        assert not unsettled.is_due(session, MONDAY + DAY)
        assert unsettled.is_due(session, MONDAY + 2 * DAY)
    assert told(MONDAY + DAY) == []
    people = [office.staff[Duty.REGISTRAR].user_id, head.user_id]
    assert told(MONDAY + 2 * DAY) == people
    assert told(MONDAY + 3 * DAY) == people, "once"
    with reading() as session:
        assert reference in session.scalars(select(Notification.codes)).first()  # type: ignore[operator]
