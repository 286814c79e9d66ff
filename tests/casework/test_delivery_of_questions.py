"""The slip of a question's letter and the question itself tell the same day once, in whatever order they come."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import consultation, delivery
from gkapply.casework.access import Actor
from gkapply.casework.consultation import Question
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from workflows.consultation import ConsultationState
from workflows.duties import Duty
from workflows.letter import LetterState

THIRD_PARTY = Question("third_party", "某建设工程有限公司", "某县某路1号", "", "施工合同", "合同载有报价明细")
TUESDAY, THURSDAY, FRIDAY = date(2026, 3, 10), date(2026, 3, 12), date(2026, 3, 13)


@pytest.fixture
def asked(new_life: Callable[..., Life]) -> Life:
    """A third party was asked by post on Tuesday."""
    life = new_life(date(2026, 3, 2))
    life.register(walked_in(PERSON, "某工程的施工合同"), life.at_the_counter()).assign().accept()
    return life.come_to(TUESDAY).consult(THIRD_PARTY)


def letter_of(case: Case) -> Letter:
    return next(one for one in case.letters if one.kind == "third_party_inquiry")


def slip_comes(life: Life, on: date) -> None:
    def deed(session: Session, case: Case, actor: Actor, now: datetime) -> None:
        delivery.note_delivery(session, letter_of(case), on, None, actor, now)

    life.do(Duty.REGISTRAR, deed)


def stand(life: Life) -> tuple[Consultation, Letter, Case]:
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        return case.consultations[0], letter_of(case), case


def test_the_slip_of_the_letter_starts_the_partys_term(asked: Life) -> None:
    slip_comes(asked.come_to(FRIDAY), THURSDAY)
    question, letter, case = stand(asked)
    assert (question.received_on, question.opinion_due_on) == (THURSDAY, date(2026, 4, 2))
    assert (letter.state, letter.delivered_on) == (LetterState.DELIVERED, THURSDAY)
    assert case.due_on == date(2026, 4, 23)


def test_a_receipt_noted_before_the_slip_came_stands(asked: Life) -> None:
    asked.come_to(THURSDAY).party_got_it()
    slip_comes(asked.come_to(FRIDAY), THURSDAY)
    question, letter, _ = stand(asked)
    assert (question.received_on, letter.delivered_on) == (THURSDAY, THURSDAY)


def test_a_slip_that_comes_after_the_opinion_changes_no_date(asked: Life) -> None:
    asked.come_to(THURSDAY).party_got_it().party_answers("agree", "")
    due_on = stand(asked)[2].due_on
    slip_comes(asked.come_to(FRIDAY), THURSDAY)
    question, letter, case = stand(asked)
    assert (question.state, letter.state) == (ConsultationState.ANSWERED, LetterState.DELIVERED)
    assert case.due_on == due_on


def test_a_letter_that_comes_back_ends_the_stop_once(asked: Life) -> None:
    def question_returns(session: Session, case: Case, actor: Actor, now: datetime) -> None:
        consultation.come_back(session, case.consultations[0], THURSDAY, actor, now)

    def letter_returns(session: Session, case: Case, actor: Actor, now: datetime) -> None:
        delivery.come_back(session, letter_of(case), THURSDAY, None, actor, now)

    asked.come_to(FRIDAY).do(Duty.REGISTRAR, question_returns)
    due_on = stand(asked)[2].due_on
    asked.do(Duty.REGISTRAR, letter_returns)
    question, letter, case = stand(asked)
    assert (question.state, letter.state) == (ConsultationState.RETURNED, LetterState.RETURNED)
    assert due_on is not None
    assert case.due_on == due_on
