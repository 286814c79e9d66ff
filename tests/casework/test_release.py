"""Releasing information against a third party's word: the reason, the notice, the pause, the day on which it may leave."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from gkapply.casework import delivery, disclosure, letterbook
from gkapply.casework.access import Actor
from gkapply.casework.delivery import HAND
from gkapply.casework.delivery_ledger import Dispatch
from gkapply.casework.people import Organ
from gkapply.casework.question_lines import Hold, holds
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.release import free_from, held_through
from gkapply.law.workdays import national_calendar
from tests.casework.test_consultations import THIRD_PARTY, says, weigh
from workflows.duties import Duty

RELEASED = {"enclosures": "合同（18页）", "release_review": "可以公开"}
IN_THE_PUBLIC_INTEREST = {**RELEASED, "public_interest_reason": "使用财政资金，关系沿线群众切身利益"}
FRIDAY = date(2026, 4, 3)
"""The 清明 holiday follows: 4 to 6 April."""


@pytest.fixture
def refused(new_life: Callable[..., Life]) -> Life:
    """Received on 2 March; the third party was asked on the 10th and refused on the 16th, with reasons."""
    life = new_life(date(2026, 3, 2))
    life.register(walked_in(PERSON, "某工程的施工合同"), life.at_the_counter()).assign().accept()
    life.come_to(date(2026, 3, 10)).consult(THIRD_PARTY).party_got_it().come_to(date(2026, 3, 16))
    says(life, "disagree", "报价是商业秘密")
    return life


def approved(life: Life, evidence: dict[str, str]) -> Life:
    life.decide(1, "disclosed", evidence).draft_reply()
    if "public_interest_reason" in evidence:  # which a 会商 has to be held about
        life.waive_deliberation()
    life.submit_reply().pass_review()
    return life.sign_reply()


def tell_the_party(life: Life) -> None:
    def deed(session: Session, case: Case, actor: Actor, now: datetime) -> None:
        disclosure.propose_disclosure_notice(
            session,
            case.consultations[0],
            "施工合同",
            "使用财政资金",
            actor,
            now,
        )

    life.do(Duty.OFFICER, deed)
    on_notice(life, Duty.OFFICER, letterbook.submit)
    on_notice(life, Duty.REVIEWER, letterbook.pass_review)
    on_notice(life, Duty.SIGNER, letterbook.sign)
    life.render()


def hand_over(life: Life) -> Life:
    """The third party signs for the notice today."""
    sent = Dispatch(HAND, life.today)
    on_notice(life, Duty.REGISTRAR, lambda s, letter, actor, now: delivery.send(s, letter, sent, actor, now))
    return life


def on_notice(life: Life, duty: Duty, deed: Callable[..., object]) -> None:
    def on_case(session: Session, case: Case, actor: Actor, now: datetime) -> None:
        deed(session, next(one for one in case.letters if one.kind == LetterKind.DISCLOSURE_NOTICE), actor, now)

    life.do(duty, on_case)


def hold_of(life: Life) -> Hold:
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        return holds(case, life.today)[0]


def test_the_public_interest_needs_its_reason_in_the_item(refused: Life) -> None:
    weigh(refused, "public_interest")
    refused.decide(1, "disclosed", RELEASED).draft_reply().waive_deliberation()
    with pytest.raises(Refusal, match="因公共利益决定公开的，须在该项认定中写明理由"):
        refused.submit_reply()
    refused.decide(1, "disclosed", IN_THE_PUBLIC_INTEREST).submit_reply()


@pytest.mark.parametrize("weighed", ["unreasonable", "public_interest"])
def test_information_waits_for_the_notice_and_the_pause(refused: Life, weighed: str) -> None:
    weigh(refused, weighed)
    approved(refused.come_to(FRIDAY), IN_THE_PUBLIC_INTEREST)
    with pytest.raises(Refusal, match="决定公开告知书尚未送达"):
        refused.send_reply()
    tell_the_party(refused)
    hand_over(refused)
    hold = hold_of(refused)
    # 7, 8, 9, 10 and 13 April are the five working days; due on 3 April plus the five stopped days: 7 April.
    assert (hold.told_on, hold.free_from, hold.fits) == (FRIDAY, date(2026, 4, 14), False)
    with pytest.raises(Refusal, match="最早可以在2026-04-14发出"):
        refused.come_to(date(2026, 4, 13)).send_reply()
    refused.come_to(date(2026, 4, 14)).send_reply()


def replied_on(life: Life) -> date | None:
    """The day of the reply, as the case keeps it."""
    with reading() as session:
        return session.scalar(select(Case.replied_on).where(Case.reference == life.reference))


def test_without_a_pause_the_notice_alone_is_needed(refused: Life) -> None:
    with transaction() as session:
        session.execute(update(Organ).where(Organ.code == refused.organ_code).values(settings='{"hold_days":0}'))
    weigh(refused, "unreasonable")
    approved(refused, RELEASED)
    tell_the_party(refused)
    hand_over(refused).send_reply()
    assert replied_on(refused) == refused.today


def test_a_party_that_agrees_holds_nothing_back(new_life: Callable[..., Life]) -> None:
    life = new_life(date(2026, 3, 2))
    life.register(walked_in(PERSON, "某工程的施工合同"), life.at_the_counter()).assign().accept()
    life.come_to(date(2026, 3, 10)).consult(THIRD_PARTY).party_got_it().party_answers("agree", "")
    approved(life, RELEASED).send_reply()
    assert replied_on(life) == life.today


@pytest.mark.parametrize(
    ("days", "last", "free"),
    [(0, date(2026, 4, 2), FRIDAY), (1, date(2026, 4, 7), date(2026, 4, 8)), (5, date(2026, 4, 13), date(2026, 4, 14))],
)
def test_the_pause_counts_working_days_after_the_delivery(days: int, last: date, free: date) -> None:
    calendar = national_calendar()
    assert (held_through(FRIDAY, days, calendar), free_from(FRIDAY, days, calendar)) == (last, free)
