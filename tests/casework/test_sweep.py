"""Time as an actor: reminders, the ladder of escalation, alarms over arrivals, proposals of lapse, each told once."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from gkapply.casework import annual_report_terms as terms
from gkapply.casework import assignment, delivery, digest, errands, extension, in_tray, notification, outbox, sweep
from gkapply.casework.calendars import calendar_of
from gkapply.casework.consultation import Question
from gkapply.casework.due_errands import post_due
from gkapply.casework.errands import Equipment
from gkapply.casework.journal import JournalEntry
from gkapply.casework.message_kinds import Kind
from gkapply.casework.message_records import Message
from gkapply.casework.notification import Notification
from gkapply.casework.people import DutyHolding, Organ, User
from gkapply.casework.quiet_hours import is_quiet
from gkapply.casework.receipt import Receipt
from gkapply.casework.records import LOOK_AT_ONCE, Case
from gkapply.casework.verification import verify
from gkapply.clock import OFFICE_ZONE, day_of
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, request, walked_in
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from gkapply.law.prompts import NEVER
from tests.casework.conftest import Office
from tests.casework.postman import Postman
from workflows.duties import Duty

NewLife = Callable[..., Life]
Told = tuple[str, str, int]
WHAT = "2018年路灯安装的立项文件"


def morning(day: date, hour: int = 9) -> datetime:
    """An hour of that day in the office."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=OFFICE_ZONE)


def registered(new_life: NewLife) -> Life:
    """Received on 2 March 2026, so that the reply is due on 30 March, and assigned."""
    life = new_life()
    return life.register(walked_in(PERSON, WHAT), life.at_the_counter()).assign()


def told(duty: Duty) -> list[Told]:
    """Kind, day of telling and level of what the holder of a duty was told about requests, in the order of telling."""
    with reading() as session:
        query = (
            select(Notification).join(User, User.id == Notification.user_id).where(User.login == duty.value)
        ).where(Notification.kind.not_in(terms.KINDS.values()))
        return [
            (row.kind, day_of(row.told_at).isoformat(), row.level)
            for row in session.scalars(query.order_by(Notification.id))
        ]


def journaled(deed: str) -> list[dict[str, object]]:
    """The bodies of the entries of a deed."""
    with reading() as session:
        rows = session.scalars(select(JournalEntry.body).where(JournalEntry.deed == deed).order_by(JournalEntry.id))
        return [json.loads(body) for body in rows]


def case_of(life: Life) -> Case:
    """The case as it stands."""
    with reading() as session:
        return session.scalars(select(Case).where(Case.reference == life.reference)).one()


def every_day(first: date, last: date, *, batch: int = 500) -> None:
    """The sweep once a day, as a running runner does it."""
    while first <= last:
        sweep.sweep(morning(first), batch=batch)
        first += timedelta(days=1)


@pytest.fixture
def parent(office: Office) -> None:
    """The supervisor sits in the organ above."""
    with transaction() as session:
        other = session.scalars(select(Organ).where(Organ.id != office.organ_id).order_by(Organ.id)).first()
        assert other is not None
        session.execute(update(Organ).where(Organ.id == office.organ_id).values(parent_id=other.id))
        mine = DutyHolding.user_id == office.staff[Duty.SUPERVISOR].user_id
        session.execute(update(DutyHolding).where(mine).values(organ_id=other.id))


def test_the_ladder_is_climbed_rung_by_rung_and_each_is_told_once(
    new_life: NewLife, parent: None, tmp_path: Path
) -> None:
    life = registered(new_life).accept()
    version = case_of(life).version
    every_day(date(2026, 3, 3), date(2026, 4, 20))
    assert told(Duty.OFFICER) == [
        ("reminder", "2026-03-23", 5),
        ("reminder", "2026-03-26", 2),
        ("target", "2026-03-27", 1),
        ("due_today", "2026-03-30", 0),
        ("overdue", "2026-03-31", 0),
    ]
    assert told(Duty.HEAD) == [("due_today", "2026-03-30", 0), ("overdue", "2026-03-31", 0)]
    assert told(Duty.SIGNER) == [("overdue", "2026-04-01", 1)]
    assert told(Duty.SUPERVISOR) == [("overdue", "2026-04-03", 2)]
    assert told(Duty.REGISTRAR) == []
    assert [entry["level"] for entry in journaled("application.remind")] == [5, 2, 1, 0]
    assert [entry["level"] for entry in journaled("application.escalate")] == [0, 1, 2]
    case = case_of(life)
    assert (case.version, case.look_on) == (version, NEVER)
    with reading() as session:
        assert verify(session, tmp_path) is None


def test_what_is_not_assigned_is_told_to_the_office(new_life: NewLife) -> None:
    life = new_life()
    life.register(walked_in(PERSON, WHAT), life.at_the_counter())
    every_day(date(2026, 3, 3), date(2026, 3, 12))
    correction = [("reminder", "2026-03-04", 5), ("reminder", "2026-03-09", 2), ("reminder", "2026-03-10", 1)]
    assert told(Duty.REGISTRAR) == told(Duty.HEAD)
    assert told(Duty.REGISTRAR) == [*correction, ("due_today", "2026-03-11", 0)]


def test_a_new_officer_is_told_where_the_term_stands(new_life: NewLife, office: Office) -> None:
    life = registered(new_life).accept()
    sweep.sweep(morning(date(2026, 3, 26)))
    with transaction() as session:
        session.add(
            DutyHolding(
                user_id=office.staff[Duty.HEAD].user_id or 0,
                organ_id=office.organ_id,
                duty=Duty.OFFICER.value,
                valid_from=date(2026, 1, 1),
            )
        )
    life.come_to(date(2026, 3, 26)).do(
        Duty.HEAD,
        lambda s, case, actor, now: assignment.reassign(s, case, s.get_one(User, actor.user_id), actor, now),
    )
    sweep.sweep(morning(date(2026, 3, 26), 15))
    assert told(Duty.HEAD) == [("reminder", "2026-03-26", 2)]
    assert told(Duty.OFFICER) == [("reminder", "2026-03-26", 2)]


def test_an_extension_that_has_not_gone_out_is_asked_after(new_life: NewLife) -> None:
    life = registered(new_life).accept().come_to(date(2026, 3, 20))
    life.do(Duty.OFFICER, lambda s, case, actor, now: extension.propose(s, case, 10, "需要核对多年档案", actor, now))
    every_day(date(2026, 3, 20), date(2026, 3, 30))
    asked = [one for one in told(Duty.REGISTRAR) if one[0] == "extension_unsent"]
    assert asked == [
        ("extension_unsent", "2026-03-26", 2),
        ("extension_unsent", "2026-03-27", 1),
        ("extension_unsent", "2026-03-30", 0),
    ]
    life.come_to(date(2026, 3, 30)).issue(LetterKind.EXTENSION_NOTICE)
    every_day(date(2026, 3, 31), date(2026, 4, 6))
    assert "overdue" not in {kind for kind, *_ in told(Duty.OFFICER)}


# the applicant's term


def asked_to_correct(new_life: NewLife) -> Life:
    """The notice got to the applicant on 4 March: the 15 working days end on 25 March, the grace on 1 April."""
    life = registered(new_life)
    return life.ask_correction("请写明年度", "写明年度可以帮助检索")


def notice_got_there(life: Life, day: date) -> None:
    life.come_to(day)
    life._on_letter(
        LetterKind.CORRECTION_NOTICE,
        Duty.REGISTRAR,
        lambda s, one, actor, now: delivery.note_delivery(s, one, life.today, None, actor, now),
    )


def test_a_lapse_is_proposed_after_term_and_grace_and_only_proposed(new_life: NewLife) -> None:
    life = asked_to_correct(new_life)
    notice_got_there(life, date(2026, 3, 4))
    every_day(date(2026, 3, 5), date(2026, 4, 1))
    assert case_of(life).lapse_proposed_on is None
    before = case_of(life)
    every_day(date(2026, 4, 2), date(2026, 4, 30))
    after = case_of(life)
    assert after.lapse_proposed_on == date(2026, 4, 2)
    assert (after.state, after.version) == (before.state, before.version + 1)
    assert [one for one in told(Duty.OFFICER) if one[0] == "lapse_proposed"] == [("lapse_proposed", "2026-04-02", 0)]
    assert [one for one in told(Duty.HEAD) if one[0] == "lapse_proposed"] == [("lapse_proposed", "2026-04-02", 0)]
    assert len(journaled("application.propose_lapse")) == 1


def test_without_proof_of_delivery_no_lapse_is_proposed(new_life: NewLife) -> None:
    life = asked_to_correct(new_life)
    every_day(date(2026, 3, 5), date(2026, 6, 1))
    assert case_of(life).lapse_proposed_on is None


# arrivals


def arrive_online(new_life: NewLife) -> Life:
    """Sent on Monday, 2 March, about half past nine."""
    return new_life().apply_online(request(PERSON, WHAT))


def test_an_arrival_that_nobody_opened_for_a_working_day_is_alarmed(new_life: NewLife) -> None:
    life = arrive_online(new_life)
    sweep.sweep(morning(date(2026, 3, 3), 9))
    assert told(Duty.REGISTRAR) == []
    sweep.sweep(morning(date(2026, 3, 3), 10))
    assert told(Duty.REGISTRAR) == told(Duty.HEAD) == [("unseen", "2026-03-03", 0)]
    every_day(date(2026, 3, 3), date(2026, 3, 10))
    assert told(Duty.HEAD) == [("unseen", "2026-03-03", 0), ("unconfirmed", "2026-03-04", 0)]
    assert case_of(life).look_on == NEVER
    assert len(journaled("application.alarm_arrival")) == 2


def test_what_a_registrar_opened_is_not_called_unseen(new_life: NewLife, office: Office) -> None:
    life = arrive_online(new_life)
    with transaction() as session:
        in_tray.note_seen(session, case_of(life).id, office.staff[Duty.REGISTRAR], life.now)
    every_day(date(2026, 3, 3), date(2026, 3, 3))
    assert told(Duty.HEAD) == []
    life.come_to(date(2026, 3, 3)).confirm()
    every_day(date(2026, 3, 4), date(2026, 3, 4))
    assert "unconfirmed" not in {kind for kind, *_ in told(Duty.HEAD)}


def test_an_ordinary_letter_is_to_be_confirmed_on_its_day(new_life: NewLife) -> None:
    life = new_life()
    life.register(walked_in(PERSON, WHAT), Receipt("ordinary_post", life.today))
    sweep.sweep(morning(date(2026, 3, 2), 23))
    assert told(Duty.HEAD) == []
    sweep.sweep(morning(date(2026, 3, 3)))
    assert told(Duty.HEAD) == [("unconfirmed", "2026-03-03", 0)]


# questions


def test_a_question_whose_receipt_nobody_proved_is_alarmed_once(new_life: NewLife) -> None:
    question = Question("third_party", "某某建设有限公司", "安岳县岳阳镇", "", "施工合同", "涉及商业秘密")
    life = registered(new_life).accept().consult(question)
    every_day(date(2026, 3, 3), date(2026, 3, 9))
    alarm = [("receipt_unproved", "2026-03-10", 0)]
    assert told(Duty.REGISTRAR) == []
    every_day(date(2026, 3, 10), date(2026, 3, 13))
    assert told(Duty.REGISTRAR) == told(Duty.OFFICER) == alarm
    life.come_to(date(2026, 3, 13)).party_got_it()
    every_day(date(2026, 3, 14), date(2026, 3, 16))
    assert told(Duty.REGISTRAR) == alarm


# days without the runner


def rows_told() -> set[tuple[int, str, str, int]]:
    with reading() as session:
        return {(row.user_id, row.kind, row.key, row.level) for row in session.scalars(select(Notification))}


def run(now: datetime, tools: Equipment) -> None:
    """One beat of the runner: what the facts call for is posted, what is due is done."""
    post_due(now)
    while handed := outbox.hand_out(now, limit=100):
        for one in handed:
            claim = outbox.take_up(one.id, one.lease_until, now)
            assert claim is not None
            if claim.task in (outbox.SWEEP_CLOCKS, outbox.LET_TIME_PASS, outbox.SEND_DIGEST, outbox.SEND_MESSAGE):
                errands.HANDLERS[claim.task](claim.arguments, now, tools)
            outbox.finish(claim.id, now)


def give_address(office: Office, duty: Duty) -> None:
    with transaction() as session:
        session.get_one(User, office.staff[duty].user_id).email = f"{duty.value}@example.cn"


def test_three_days_without_the_runner_lose_nothing_and_double_nothing(
    new_life: NewLife, office: Office, parent: None, tmp_path: Path
) -> None:
    for duty in (Duty.OFFICER, Duty.SIGNER):
        give_address(office, duty)
    registered(new_life).accept()
    lapsing = asked_to_correct(new_life)
    notice_got_there(lapsing, date(2026, 3, 4))
    postman = Postman()
    tools = Equipment(tmp_path, postman)
    stopped, started = morning(date(2026, 3, 30), 18), morning(date(2026, 4, 2), 18)
    now = morning(date(2026, 3, 5), 1)
    while now <= morning(date(2026, 4, 8), 1):
        if not stopped < now < started:
            run(now, tools)
            run(now + timedelta(minutes=1), tools)
        # Far from the pause a look every fourth hour tells as much, at a quarter of the time.
        now += timedelta(hours=1 if abs(now - stopped) < timedelta(days=5) else 4)
    overdue = {(kind, level) for _, kind, _, level in rows_told() if kind in ("overdue", "lapse_proposed")}
    assert overdue == {("overdue", 0), ("overdue", 1), ("overdue", 2), ("lapse_proposed", 0)}
    assert [entry["level"] for entry in journaled("application.escalate")] == [0, 1, 2]
    assert len(journaled("application.propose_lapse")) == 1
    assert told(Duty.SIGNER) == [("overdue", "2026-04-02", 1)]
    assert told(Duty.SUPERVISOR) == [("overdue", "2026-04-03", 2)]
    keys = [key for _, key in postman.sent]
    assert len(keys) == len(set(keys))
    with reading() as session:
        for duty in (Duty.OFFICER, Duty.SIGNER):
            assert not notification.unsent(session, office.staff[duty].user_id or 0)


def test_the_runner_that_was_away_tells_the_same_as_the_one_that_was_not(new_life: NewLife, parent: None) -> None:
    registered(new_life).accept()
    for day in (date(2026, 3, 23), date(2026, 3, 24), date(2026, 3, 30), date(2026, 4, 7)):
        sweep.sweep(morning(day))
        sweep.sweep(morning(day))
    assert told(Duty.OFFICER) == [
        ("reminder", "2026-03-23", 5),
        ("due_today", "2026-03-30", 0),
        ("overdue", "2026-04-07", 0),
    ]
    assert told(Duty.SUPERVISOR) == [("overdue", "2026-04-07", 2)]


def test_batches_and_a_second_sweep_tell_nobody_twice(new_life: NewLife) -> None:
    for _ in range(5):
        registered(new_life).accept()
    assert sweep.sweep(morning(date(2026, 3, 30)), batch=2) == 5
    assert sweep.sweep(morning(date(2026, 3, 30)), batch=2) == 0
    assert told(Duty.OFFICER) == [("due_today", "2026-03-30", 0)] * 5
    with transaction() as session:
        session.execute(update(Case).values(look_on=LOOK_AT_ONCE))
    assert sweep.sweep(morning(date(2026, 3, 30), 10), batch=2) == 5
    assert len(told(Duty.OFFICER)) == len(journaled("application.remind")) == 5


# the daily mail


def test_one_mail_a_working_day_outside_the_quiet_hours(new_life: NewLife, office: Office, tmp_path: Path) -> None:
    give_address(office, Duty.OFFICER)
    postman = Postman()
    tools = Equipment(tmp_path, postman)
    life = registered(new_life).accept()
    registered(new_life).accept()
    for hour in range(24):
        run(morning(date(2026, 3, 27), hour), tools)
    (mail,) = (mail for mail, _ in postman.sent if mail.to == "officer@example.cn")
    assert mail.text.count("内部目标日：") == 2
    assert life.reference in mail.text
    assert PERSON.name not in mail.text


@pytest.mark.parametrize(
    ("now", "quiet"),
    [
        (morning(date(2026, 3, 27), 7), True),
        (morning(date(2026, 3, 27), 8), False),
        (morning(date(2026, 3, 27), 19), False),
        (morning(date(2026, 3, 27), 20), True),
        (morning(date(2026, 3, 28), 10), True),
        (morning(date(2026, 2, 28), 10), False),
    ],
)
def test_quiet_hours_and_rest_days(office: Office, now: datetime, quiet: bool) -> None:
    with reading() as session:
        organ = session.get_one(Organ, office.organ_id)
        assert is_quiet(now, organ.office_settings(), calendar_of(organ)) is quiet


def test_what_was_read_on_the_page_is_not_mailed(new_life: NewLife, office: Office) -> None:
    give_address(office, Duty.OFFICER)
    registered(new_life).accept()
    sweep.sweep(morning(date(2026, 3, 27)))
    officer = office.staff[Duty.OFFICER].user_id
    assert officer is not None
    with transaction() as session:
        notification.mark_read(session, officer, morning(date(2026, 3, 27)))
        digest.send(session, officer, "2026-03-27", morning(date(2026, 3, 27)))
        assert session.scalars(select(Message).where(Message.kind == Kind.DIGEST)).all() == []
        assert list(digest.readers(session, morning(date(2026, 3, 27)))) == []
