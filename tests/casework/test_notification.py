"""Officials are told once for each subject and level, in person and through whoever stands in for them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from gkapply.casework import notification, substitution
from gkapply.casework.access import Actor
from gkapply.casework.notification_kinds import KINDS
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, request
from gkapply.demo.life import Life
from gkapply.law.refusal import NotFound, NotPermitted, Refusal
from tests.casework.conftest import BEFORE, Office
from workflows.duties import Duty

NOON = BEFORE + timedelta(hours=3)
LEAVE = (date(2026, 3, 1), date(2026, 3, 6))


def someone(office: Office, duty: Duty) -> int:
    """The id of the holder of a duty."""
    user_id = office.staff[duty].user_id
    assert user_id is not None
    return user_id


def tell_moved(office: Office, *duties: Duty, key: str = "redating:7", level: int = 0, now: datetime = NOON) -> None:
    """Tell the holders that three of their cases moved."""
    with transaction() as session:
        users = [someone(office, duty) for duty in duties]
        notification.tell(session, office.organ_id, users, kind="redated", key=key, now=now, level=level, moved=3)


def texts(user_id: int) -> list[str]:
    """What stands on the page of a user."""
    with reading() as session:
        return [message.text for message in notification.messages(session, user_id)]


def test_each_is_told_once_for_a_subject_and_level(office: Office) -> None:
    officer = someone(office, Duty.OFFICER)
    for _ in range(2):
        tell_moved(office, Duty.OFFICER, Duty.HEAD)
    (text,) = texts(officer)
    assert "您承办的3件申请的期限随之变动" in text
    tell_moved(office, Duty.OFFICER, level=1)
    tell_moved(office, Duty.OFFICER, key="redating:8")
    assert len(texts(officer)) == 3
    assert len(texts(someone(office, Duty.HEAD))) == 1


def test_who_stands_in_is_told_as_well_and_why(office: Office) -> None:
    officer, registrar = someone(office, Duty.OFFICER), someone(office, Duty.REGISTRAR)
    with transaction() as session:
        substitution.arrange(session, officer, registrar, *LEAVE, office.staff[Duty.OFFICER], BEFORE)
    tell_moved(office, Duty.OFFICER)
    with reading() as session:
        (told,) = notification.messages(session, registrar)
    assert told.stands_in_for == Duty.OFFICER.label
    tell_moved(office, Duty.OFFICER, key="after the leave", now=NOON + timedelta(days=6))
    assert (len(texts(officer)), len(texts(registrar))) == (2, 1)


def test_a_substitution_that_was_called_off_holds_no_more(office: Office) -> None:
    officer, registrar = someone(office, Duty.OFFICER), someone(office, Duty.REGISTRAR)
    head = office.staff[Duty.HEAD]
    with transaction() as session:
        made = substitution.arrange(session, officer, registrar, *LEAVE, head, BEFORE)
    with transaction() as session:
        substitution.call_off(session, made.id, head, NOON)
    tell_moved(office, Duty.OFFICER)
    assert texts(registrar) == []
    with pytest.raises(NotFound), transaction() as session:
        substitution.call_off(session, made.id, head, NOON)


def test_substitutes_are_arranged_by_oneself_or_the_head(office: Office) -> None:
    officer, registrar = someone(office, Duty.OFFICER), someone(office, Duty.REGISTRAR)
    with pytest.raises(NotPermitted), transaction() as session:
        substitution.arrange(session, officer, registrar, *LEAVE, office.staff[Duty.REGISTRAR], BEFORE)
    past = (date(2026, 2, 1), date(2026, 2, 2))
    wrong = [
        (officer, officer, LEAVE, "substitute"),
        (officer, someone(office, Duty.SYSADMIN), LEAVE, "substitute"),
        (officer, registrar, past, "ends_on"),
    ]
    for absent, present, days, field in wrong:
        with pytest.raises(Refusal) as refused, transaction() as session:
            substitution.arrange(session, absent, present, *days, office.staff[Duty.HEAD], BEFORE)
        assert refused.value.field == field


def test_reading_takes_a_message_off_the_count(office: Office) -> None:
    officer = someone(office, Duty.OFFICER)
    tell_moved(office, Duty.OFFICER)
    tell_moved(office, Duty.OFFICER, Duty.HEAD, key="redating:8")
    with transaction() as session:
        first = notification.messages(session, officer)[-1]
        notification.mark_read(session, officer, NOON, only=first.id)
        assert notification.unread(session, officer) == 1
        notification.mark_read(session, officer, NOON)
        assert notification.unread(session, officer) == 0
        assert notification.unread(session, someone(office, Duty.HEAD)) == 1


def test_a_row_names_nobody_and_its_text_names_the_case(new_life: Callable[..., Life], office: Office) -> None:
    life = new_life()
    life.apply_online(request(PERSON, "2018年路灯安装的立项文件"))
    officer = someone(office, Duty.OFFICER)

    def due_today(session: Session, case: Case, actor: Actor, now: datetime) -> None:
        day = "2026-03-30"
        key = f"{case.uid}:reply:{day}"
        notification.tell(
            session, case.organ_id, [officer], kind="due_today", key=key, now=now, case=case, clock="reply", due_on=day
        )

    life.do(Duty.REGISTRAR, due_today)
    assert texts(officer) == [f"申请 {life.reference} 的答复期限今天（2026年3月30日）届满。"]


def test_an_unknown_kind_is_a_fault_of_the_program(office: Office) -> None:
    with pytest.raises(KeyError), transaction() as session:
        notification.tell(session, office.organ_id, [1], kind="no such kind", key="1", now=NOON)
    assert all(code == kind.code and len(code) <= 30 for code, kind in KINDS.items())
