"""What comes from elsewhere: entered once, decided with a reason, its own term watched, never dropped."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import arrival_deciding, arrival_list, arrivals, intake, unsettled
from gkapply.casework.access import Actor
from gkapply.casework.application_check import BadForm
from gkapply.casework.arrival_deciding import Decision
from gkapply.casework.arrival_kinds import HOTLINE, UNIT, ArrivalOutcome
from gkapply.casework.arrivals import AlreadyArrived, Passed
from gkapply.casework.documents import Upload
from gkapply.casework.notification import Notification
from gkapply.casework.people import Organ
from gkapply.casework.receipt import Receipt
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.law.channels import OTHER_UNIT, REFERRED
from gkapply.law.refusal import NotFound, Refusal, Stale
from tests.casework.conftest import MONDAY, Office
from workflows.duties import Duty

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
DAY = timedelta(days=1)
TICKET = Passed(
    HOTLINE,
    MONDAY,
    "GD 2026 0017",
    "县12345中心",
    date(2026, 2, 28),
    date(2026, 3, 6),
    "来电人",
    "13900000000",
    "要求公开某道路改造的批复",
    (Upload("工单.txt", "来电内容".encode()),),
)


def waiting(session: Session, actor: Actor, today: date) -> tuple[int, int]:
    """How many are open, and how many of them are late."""
    count, late = session.execute(arrival_list.waiting(actor, today)).one()
    return count, late


def enter(office: Office, passed: Passed = TICKET, token: str = "form 1") -> str:
    """Enter what was passed on; its number."""
    with transaction() as session:
        return arrivals.enter(session, passed, token, office.staff[Duty.REGISTRAR], NOW).reference


def decide(office: Office, reference: str, decision: Decision) -> None:
    """Decide on it."""
    registrar = office.staff[Duty.REGISTRAR]
    with transaction() as session:
        arrival = arrivals.find(session, reference, registrar, for_step=True)
        arrival_deciding.decide(session, arrival, decision, registrar, NOW)


def test_a_ticket_is_entered_once_and_counted(office: Office) -> None:
    reference = enter(office)
    assert reference == "AYX-2026-L0001"
    assert enter(office) == reference
    with pytest.raises(AlreadyArrived, match=reference):
        enter(office, replace(TICKET, ticket="GD20260017"), "form 2")
    with reading() as session:
        head = office.staff[Duty.HEAD]
        arrival = arrivals.find(session, reference, head)
        assert arrivals.person_of(session, arrival) == {"name": "来电人", "contact": "13900000000"}
        assert "来电人".encode() not in arrival.sealed
        assert office.store.get(arrival.files[0].sha256) == "来电内容".encode()
        assert [one.ticket for one in arrival_list.listed(session, head, MONDAY, "open").lines] == [TICKET.ticket]
        assert waiting(session, head, MONDAY) == (1, 0)
        assert waiting(session, head, MONDAY + DAY) == (1, 1)
        assert arrival_list.counted(session, head, 2026) == [("12345政务服务热线", "", 1)]
        with pytest.raises(NotFound):
            arrivals.find(session, reference, office.staff[Duty.SUPERVISOR])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"whence": "post"}, "whence"),
        ({"ticket": " "}, "ticket"),
        ({"text": ""}, "text"),
        ({"text": "绝密★"}, "text"),
        ({"came_on": MONDAY + DAY}, "came_on"),
        ({"reached_on": MONDAY + DAY}, "reached_on"),
        ({"own_due_on": date(2036, 3, 6)}, "own_due_on"),
        ({"whence": UNIT, "unit": ""}, "unit"),
        ({"files": (Upload("机密★.txt", b"a"),)}, "files"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(BadForm) as refused:
        arrivals.check(replace(TICKET, **wrong), MONDAY)  # type: ignore[arg-type]
    assert set(refused.value.errors) == {field}


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_decision_needs_its_reason_and_what_belongs_to_it(office: Office) -> None:
    reference = enter(office)
    for decision, field in (
        (Decision("dropped", "无"), "outcome"),
        (Decision("guided"), "reason"),
        (Decision("guided", "告知邮寄地址"), "told_by"),
        (Decision("guided", "告知邮寄地址", "phone", MONDAY + DAY), "told_on"),
        (Decision("answered", "是咨询"), "reply"),
    ):
        with pytest.raises(Refusal) as refused:
            decide(office, reference, decision)
        assert refused.value.field == field
    decide(office, reference, Decision("guided", "告知邮寄地址", "phone", MONDAY))
    with pytest.raises(Stale):
        decide(office, reference, Decision("not_request", "投诉"))
    with reading() as session:
        ended = arrival_list.listed(session, office.staff[Duty.HEAD], MONDAY, "ended").lines
        assert [one.outcome for one in ended] == [ArrivalOutcome.GUIDED]


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_what_is_accepted_stays_open_until_its_request_is_registered(office: Office) -> None:
    reference, registrar = enter(office), office.staff[Duty.REGISTRAR]
    with pytest.raises(Refusal, match="还没有决定"), reading() as session:
        arrival_deciding.prefill(session, reference, registrar, NOW)
    decide(office, reference, Decision("accepted", "来电人要求直接办理，本机关未公布渠道"))
    with transaction() as session:
        assert waiting(session, registrar, MONDAY) == (1, 0)
        known = arrival_deciding.prefill(session, reference, registrar, NOW)
        assert (known["channel"], known["source"], known["ticket"]) == (REFERRED, HOTLINE, TICKET.ticket)
        assert (known["phone"], known["received_on"]) == ("13900000000", MONDAY)
        organ = session.get_one(Organ, office.organ_id)
        receipt = Receipt(REFERRED, MONDAY, source=HOTLINE, ticket=TICKET.ticket)
        case = intake.register(session, organ, walked_in(PERSON, "某道路"), {}, receipt, registrar, NOW, token="t" * 20)
        arrival_deciding.register_as(session, reference, case, registrar, NOW)
        assert [one.name for one in case.documents if one.role == "other"] == ["工单.txt"]
        note = next(one for one in case.notes if one.kind == "arrival")
        assert "直接办理" in note.content
        assert case.received_on is None, "received on the day on which both sides confirm it"
        assert waiting(session, registrar, MONDAY) == (0, 0)


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_what_another_unit_passed_on_comes_with_the_day_on_which_it_got_there(office: Office) -> None:
    registrar = office.staff[Duty.REGISTRAR]
    passed = replace(TICKET, whence=UNIT, ticket="", unit="县长办公室", own_due_on=None)
    reference = enter(office, passed)
    decide(office, reference, Decision("accepted", "原件是申请表"))
    with reading() as session:
        known = arrival_deciding.prefill(session, reference, registrar, NOW)
        assert (known["channel"], known["unit"], known["reached_on"]) == (OTHER_UNIT, "县长办公室", date(2026, 2, 28))


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_both_terms_are_told_each_once(office: Office) -> None:
    enter(office)

    def told(day: date) -> list[str]:
        with transaction() as session:
            unsettled.remind(session, NOW + (day - MONDAY))
        with reading() as session:
            kinds = session.scalars(select(Notification.kind).order_by(Notification.id)).all()
            return list(dict.fromkeys(kinds))

    with reading() as session:
        assert not unsettled.is_due(session, MONDAY + DAY)
    ours, soon, over = "arrival_unsettled", "arrival_due", "arrival_overdue"
    assert told(MONDAY + 2 * DAY) == [ours]
    assert told(MONDAY + 3 * DAY) == [ours, soon], "Thursday, the working day before the other term ends"
    decide(office, "AYX-2026-L0001", Decision("accepted", "申请人要求"))
    assert told(MONDAY + 5 * DAY) == [ours, soon, over]
    with reading() as session:
        assert not unsettled.is_due(session, MONDAY + 30 * DAY)
