"""The delivery ledger: every attempt for every recipient, what became of it, and what that does to the letter and the case."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from gkapply import database
from gkapply.casework import delivery, delivery_list
from gkapply.casework.access import Actor
from gkapply.casework.delivery_ledger import Dispatch, open_standings, standings
from gkapply.casework.documents import Upload, add_document, add_paper
from gkapply.casework.notification import Notification, messages
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.schema import migration_config
from gkapply.casework.tasks import tasks_of
from gkapply.casework.unproved import RETURNED
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.delivery_ways import DeliveryWay, Outcome
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from tests.casework.conftest import Office
from tests.casework.full_desk import full_desk
from workflows.duties import Duty
from workflows.letter import LetterState

__all__ = ["full_desk"]
SCAN = Upload("送达回证.pdf", b"%PDF-1.4 scan")
POSTED, LATER = date(2026, 3, 16), date(2026, 3, 20)
JOINT = "申请人丙，110101200901010016，13900000000\n演示商贸有限公司"


def signed(new_life: Callable[..., Life], joint: str = "") -> Life:
    """A reply signed on Monday, 16 March 2026."""
    life = new_life()
    life.register(walked_in(replace(PERSON, joint=joint), "2024年统计公报"), life.at_the_counter()).assign().accept()
    life.come_to(POSTED).decide(1, "disclosed_public", {"where_to_find": "县政府网站"}).draft_reply()
    return life.submit_reply().pass_review().sign_reply()


def on_reply(life: Life, deed: Callable[..., object]) -> Life:
    """A deed of the registrar on the reply."""
    return life._on_letter(None, Duty.REGISTRAR, deed)


def reply_of(session: Session, life: Life) -> Letter:
    return session.scalars(select(Case).where(Case.reference == life.reference)).one().letters[-1]


def stands(life: Life) -> list[str]:
    """Each recipient's standing in a word."""
    with reading() as session:
        return [one.words for one in standings(reply_of(session, life))]


def keys_of(life: Life) -> list[str]:
    with reading() as session:
        return [one.recipient.key for one in standings(reply_of(session, life))]


def cases_in(life: Life, duty: Duty, code: str) -> list[str]:
    """The cases in a task of that duty."""
    actor = life.staff[duty]
    with reading() as session:
        task = next(one for one in tasks_of(actor) if one.code == code)
        return list(session.scalars(select(Case.reference).where(task.condition(actor), Case.archived_on.is_(None))))


def test_each_attempt_stays_and_the_letter_repeats_the_last(new_life: Callable[..., Life]) -> None:
    life = signed(new_life).send_reply("post").come_to(LATER).came_back()
    life.send_reply("post").come_to(date(2026, 3, 24)).delivered()
    with reading() as session:
        letter = reply_of(session, life)
        told = [(one.handed_on, one.outcome, one.result.on_ if one.result else None) for one in letter.attempts]
        assert told == [
            (POSTED, Outcome.RETURNED, LATER),
            (LATER, Outcome.DELIVERED, date(2026, 3, 24)),
        ]
        assert (letter.sent_on, letter.delivered_on) == (LATER, date(2026, 3, 24))
        assert letter.case.replied_on == POSTED
        assert letter.tracking == letter.attempts[-1].tracking != ""


def test_a_letter_to_several_is_delivered_when_the_last_has_it(new_life: Callable[..., Life]) -> None:
    life = signed(new_life, JOINT)
    first, second, third = keys_of(life)
    apart = {first: "XA1", second: "XA2"}
    on_reply(
        life, lambda s, one, a, now: delivery.send(s, one, Dispatch(DeliveryWay.POST, POSTED, "", None, apart), a, now)
    )
    assert stands(life) == ["在途", "在途", "未发出"]
    life.come_to(LATER)
    on_reply(
        life, lambda s, one, a, now: delivery.note_delivery(s, one, LATER, None, a, now, to=[first], signed_by="本人")
    )
    on_reply(
        life,
        lambda s, one, a, now: delivery.come_back(
            s, one, LATER, None, a, now, to=[second], outcome=Outcome.REFUSED, reason="本人拒收"
        ),
    )
    assert stands(life) == ["已送达", "拒收", "未发出"]
    with reading() as session:
        letter = reply_of(session, life)
        assert (letter.state, letter.delivered_on, letter.case.delivered_on) == (LetterState.SENT, None, None)
        assert [one.recipient.name for one in open_standings(letter)] == ["申请人丙", "演示商贸有限公司"]
    assert cases_in(life, Duty.REGISTRAR, "returned") == cases_in(life, Duty.OFFICER, "returned") == [life.reference]
    with pytest.raises(Refusal, match="送达"):
        life.archive()

    def by_hand(session: Session, letter: Letter, actor: Actor, now: object) -> None:
        proof = add_document(session, letter.case, "delivery_proof", SCAN, life.today, actor, life.now)
        given = Dispatch(DeliveryWay.HAND, life.today, "", proof, {second: "", third: ""})
        delivery.send_again(session, letter, given, actor, life.now)

    on_reply(life.come_to(date(2026, 3, 25)), by_hand)
    assert stands(life) == ["已送达"] * 3
    assert cases_in(life, Duty.REGISTRAR, "returned") == []
    with reading() as session:
        case = reply_of(session, life).case
        assert (case.replied_on, case.delivered_on) == (POSTED, date(2026, 3, 25))
    life.archive()


def test_a_representative_signs_for_all(new_life: Callable[..., Life]) -> None:
    life = signed(new_life, JOINT)
    first = keys_of(life)[0]
    one_number = Dispatch(DeliveryWay.POST, POSTED, "", None, {first: "XA1"})
    on_reply(life, lambda s, one, a, now: delivery.send(s, one, one_number, a, now))
    life.come_to(LATER)
    on_reply(
        life, lambda s, one, a, now: delivery.note_delivery(s, one, LATER, None, a, now, signed_by="代表人申请人甲")
    )
    assert stands(life) == ["已送达"] * 3
    with reading() as session:
        assert reply_of(session, life).case.delivered_on == LATER


def test_of_a_return_people_are_told(new_life: Callable[..., Life], office: Office) -> None:
    life = signed(new_life).send_reply("post").come_to(LATER).came_back()
    registrar = office.staff[Duty.REGISTRAR].user_id
    assert registrar is not None
    with reading() as session:
        told = session.scalars(select(Notification.user_id).where(Notification.kind == RETURNED)).all()
        assert sorted(told) == sorted(
            user for duty in (Duty.REGISTRAR, Duty.OFFICER) if (user := office.staff[duty].user_id)
        )
        (text,) = [one.text for one in messages(session, registrar) if "退回" in one.text]
        assert "2026年3月20日" in text
        assert life.reference in text


@pytest.mark.parametrize("way", [DeliveryWay.LEFT, DeliveryWay.ENTRUSTED])
def test_what_is_signed_for_or_left_is_delivered_that_day(new_life: Callable[..., Life], way: DeliveryWay) -> None:
    """直接、委托送达以签收之日为准；留置的须有见证。"""
    life = signed(new_life)

    def leave(session: Session, letter: Letter, actor: Actor, now: object) -> None:
        if way is DeliveryWay.LEFT:
            with pytest.raises(Refusal, match="凭证") as refused:
                delivery.send(session, letter, Dispatch(way, POSTED), actor, life.now)
            assert refused.value.field == "proof"
        proof = add_document(session, letter.case, "delivery_proof", SCAN, POSTED, actor, life.now)
        delivery.send(session, letter, Dispatch(way, POSTED, "", proof, carrier="演示镇人民政府"), actor, life.now)

    on_reply(life, leave)
    with reading() as session:
        case = reply_of(session, life).case
        assert (case.replied_on, case.delivered_on) == (POSTED, POSTED)
    assert cases_in(life, Duty.REGISTRAR, "proof") == []


def test_a_delivery_that_nothing_proves_stays_a_task_and_keeps_the_file_open(new_life: Callable[..., Life]) -> None:
    life = signed(new_life)
    on_reply(life, lambda s, one, a, now: delivery.send(s, one, Dispatch(DeliveryWay.HAND, POSTED), a, now))
    assert cases_in(life, Duty.REGISTRAR, "proof") == [life.reference]
    with pytest.raises(Refusal, match="没有送达凭证"):
        life.archive()
    life.do(Duty.REGISTRAR, lambda s, c, a, now: add_paper(s, c, "delivery_proof", SCAN, POSTED, a, now))
    assert cases_in(life, Duty.REGISTRAR, "proof") == []
    life.archive()
    posted = signed(new_life).send_reply("post").come_to(LATER).delivered()
    assert posted.reference not in cases_in(life, Duty.REGISTRAR, "proof"), "the post's number proves it"


def test_the_lists(new_life: Callable[..., Life], office: Office) -> None:
    waiting, out, back = signed(new_life), signed(new_life).send_reply("post"), signed(new_life).send_reply("post")
    back.come_to(LATER).came_back()
    registrar = office.staff[Duty.REGISTRAR]

    def listed(view: str, way: DeliveryWay | None = None) -> set[str]:
        with reading() as session:
            return {one.reference for one in delivery_list.ledger(session, registrar, view, way).lines}

    assert listed("to_send") == {waiting.reference, back.reference}
    assert listed("on_the_way") == {out.reference}
    assert listed("came_back") == {back.reference}
    assert listed("all") == {waiting.reference, out.reference, back.reference}
    assert listed("all", DeliveryWay.HAND) == set()
    with reading() as session:
        stranger = replace(registrar, organ_id=(registrar.organ_id or 0) + 1)
        assert delivery_list.ledger(session, stranger, "all").lines == []


def test_letters_from_before_the_ledger_are_taken_over(new_life: Callable[..., Life], office: Office) -> None:
    """The migration reads the letters' own columns: run over letters of today it writes what the ledger already says."""
    signed(new_life, JOINT).send_reply("hand")
    signed(new_life).send_reply("post").come_to(LATER).came_back()
    signed(new_life).send_reply("post")
    revision = ScriptDirectory.from_config(migration_config(office.url)).get_revision("0016")
    attempts = "SELECT letter_id, recipient, way, handed_on, tracking, proof_id FROM delivery_attempt ORDER BY id"
    outcomes = "SELECT attempt_id, outcome FROM delivery_result ORDER BY attempt_id"
    with database.engine().connect() as connection:
        before = [list(connection.execute(text(sql))) for sql in (attempts, outcomes)]
        revision.module._take_over(connection)
        after = [list(connection.execute(text(sql))) for sql in (attempts, outcomes)]
        connection.rollback()
    assert after[0] == before[0] * 2
    known = len(before[0])
    assert len(before[1]) == 4, "three applicants have it, one letter came back"
    made = [(attempt - known, outcome) for attempt, outcome in after[1] if attempt > known]
    assert made == before[1]


def test_every_closed_case_has_proof_or_an_open_task(full_desk: Office) -> None:
    """Over a desk with requests in every state: who got no proved reply stands on somebody's list."""
    open_tasks = {"send", "returned", "delivery", "proof"}
    registrar = full_desk.staff[Duty.REGISTRAR]
    with reading() as session:
        waiting = set()
        for task in tasks_of(registrar):
            if task.code in open_tasks:
                waiting |= set(session.scalars(select(Case.reference).where(task.condition(registrar))))
        closed = session.scalars(select(Case).where(Case.replied_on.is_not(None))).all()
        proved = {
            case.reference
            for case in closed
            for letter in case.all_letters
            if LetterKind(letter.kind).ends_case
            and all(
                one.has_it and (one.last.tracking or one.last.proof_id or one.last.way == "online")
                for one in standings(letter)
                if one.last
            )
            and letter.delivered_on is not None
        }
        assert len(proved) > 3
        assert waiting & {case.reference for case in closed}, "nothing would be open"
        assert {case.reference for case in closed} - proved - waiting == set()
        assert {case.reference for case in closed if case.archived_on is not None} <= proved
