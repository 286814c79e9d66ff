"""The information processing fee: by one of two tariffs, noticed within the term, paid in full (国办函〔2020〕109号)."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from gkapply.casework import fee
from gkapply.casework.dating import reckoning
from gkapply.casework.documents import Upload
from gkapply.casework.fee_register import fees_of
from gkapply.casework.fee_working import ordinal
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, request
from gkapply.demo.life import Life
from gkapply.law.clocks import Clock
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal, WrongState
from workflows.case_states import CaseState
from workflows.duties import Duty

NewLife = Callable[..., Life]
MANY, HOW = "近12个月46件", "政务服务中心非税收入窗口"


def case_of(session: Session, life: Life) -> Case:
    return session.scalars(select(Case).where(Case.reference == life.reference)).one()


def applied(life: Life) -> Life:
    return life.apply_online(request(PERSON, "采购合同")).confirm()


@pytest.fixture
def handled(new_life: NewLife) -> Life:
    """A request received on Monday, 2 March 2026, in handling on the 23rd."""
    return applied(new_life()).assign().accept().come_to(date(2026, 3, 23))


def test_the_clock_waits_and_starts_anew_with_full_payment(handled: Life) -> None:
    handled.charge("page", 130, MANY, HOW).come_to(date(2026, 3, 24)).notice_delivered(LetterKind.FEE_NOTICE)
    with reading() as session:
        case = case_of(session, handled)
        running = {clock.clock: clock.due_on for clock in reckoning(case).running}
        assert (case.state, running) == (
            CaseState.PAYING,
            {Clock.REPLY: None, Clock.PAYMENT: date(2026, 4, 22)},
        )
        assert case.fee is not None
        assert (case.fee.yuan, case.fee.mode, case.fee.quantity) == (1300, "page", 130)
        assert json.loads(case.fee.working)[-1] == "合计：1300元"
    handled.come_to(date(2026, 4, 1)).pay(1300, date(2026, 3, 31))
    with reading() as session:
        case = case_of(session, handled)
        assert (case.state, case.due_on) == (CaseState.HANDLING, date(2026, 4, 29))
        year = fees_of(session, case.organ_id, 2026)
        assert (year.requests, year.yuan) == (1, 1300)
        assert fees_of(session, case.organ_id, 2025).requests == 0


@pytest.mark.parametrize(("yuan", "words"), [(1299, "部分缴纳视为未缴纳"), (1301, "先退还")])
def test_another_amount_is_not_paid(handled: Life, yuan: int, words: str) -> None:
    handled.charge("page", 130, MANY, HOW)
    with pytest.raises(Refusal, match=words):
        handled.pay(yuan)
    with reading() as session:
        assert case_of(session, handled).state is CaseState.PAYING


def test_a_slip_is_obligatory_and_cannot_be_older_than_the_notice(handled: Life) -> None:
    handled.charge("page", 130, MANY, HOW)
    with pytest.raises(Refusal) as refused:
        handled.do(Duty.REGISTRAR, lambda s, c, a, now: fee.receive_payment(s, c, handled.today, 1300, None, a, now))
    assert refused.value.field == "file"
    with pytest.raises(Refusal, match="早于"):
        handled.pay(1300, date(2026, 3, 20))


def test_the_applicant_hands_in_the_proof_and_an_official_checks_it(handled: Life) -> None:
    handled.charge("page", 130, MANY, HOW).come_to(date(2026, 3, 31))
    proof = Upload("电子票据.txt", b"1300")
    handled.as_applicant(lambda s, c, a, now: fee.submit_payment(s, c, proof, a, now))
    with pytest.raises(Refusal, match="正等待行政机关核对"):
        handled.as_applicant(lambda s, c, a, now: fee.submit_payment(s, c, proof, a, now))
    handled.do(Duty.REGISTRAR, lambda s, c, a, now: fee.receive_payment(s, c, handled.today, 1300, None, a, now))
    with reading() as session:
        case = case_of(session, handled)
        assert case.fee is not None
        assert (case.fee.paid_on, case.payment_waiting) == (date(2026, 3, 31), None)


def test_only_one_fee_and_only_in_time(handled: Life) -> None:
    handled.charge("page", 130, MANY, HOW).pay(1300)
    with pytest.raises(Refusal, match="不能再次收费"):
        handled.charge("page", 140, MANY, HOW)


def test_after_the_term_no_fee_can_be_asked(handled: Life) -> None:
    with pytest.raises(Refusal, match="期限届满后不能收费"):
        handled.come_to(date(2026, 3, 31)).charge("page", 130, MANY, HOW)


@pytest.mark.parametrize(
    ("mode", "pages", "reason", "field"),
    [
        ("page", 30, MANY, "mode"),
        ("page", None, MANY, "pages"),
        ("item", None, MANY, "mode"),
        ("both", 130, MANY, "mode"),
        ("page", 130, " ", "reason"),
    ],
)
def test_what_is_free_or_unsaid_is_not_charged(
    handled: Life, mode: str, pages: int | None, reason: str, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        handled.charge(mode, pages, reason, HOW)
    assert refused.value.field == field


class TestOrdinal:
    def place(self, life: Life) -> int:
        with reading() as session:
            return ordinal(session, case_of(session, life))

    def test_it_counts_by_day_of_receipt_then_number_within_the_month(self, new_life: NewLife) -> None:
        first, second, other_month = applied(new_life()), applied(new_life()), applied(new_life(date(2026, 4, 1)))
        assert [self.place(one) for one in (first, second, other_month)] == [1, 2, 1]

    def test_a_withdrawn_one_counts_unless_the_office_has_chosen_otherwise(self, new_life: NewLife) -> None:
        first, second = applied(new_life()), applied(new_life())
        first.withdraw().archive()
        assert self.place(second) == 2
        with transaction() as session:
            session.execute(update(Organ).values(settings='{"fee_counts_withdrawn":false}'))
        assert self.place(second) == 1

    def test_a_mistaken_submission_does_not_count(self, new_life: NewLife) -> None:
        first, second = applied(new_life()), applied(new_life())
        first.propose_void("误提交").approve_void().archive()
        assert self.place(second) == 1

    def test_the_twelfth_bears_one_hundred(self, new_life: NewLife) -> None:
        lives = [applied(new_life()) for _ in range(12)]
        lives[11].assign().accept().charge("item", None, MANY, HOW)
        with reading() as session:
            found = case_of(session, lives[11]).fee
            assert found is not None
            assert (found.quantity, found.yuan) == (12, 100)

    def test_a_notice_is_not_signed_over_a_number_that_has_changed(self, new_life: NewLife) -> None:
        lives = [applied(new_life()) for _ in range(12)]
        lives[11].assign().accept()

        def draft(session: Session, case: Case, actor: object, now: object) -> None:
            fields = fee.fee_fields(session, case, "item", None, MANY, HOW, lives[11].today)
            fee.propose_fee(session, case, fields, actor, now)  # type: ignore[arg-type]

        lives[11].do(Duty.OFFICER, draft)
        for gone in lives[:2]:
            gone.propose_void("误提交").approve_void()
        with pytest.raises(Refusal, match="第10件"):
            lives[11].issue(LetterKind.FEE_NOTICE)


def test_nothing_is_decided_while_the_fee_is_unpaid(handled: Life) -> None:
    handled.charge("page", 130, MANY, HOW)
    with pytest.raises(WrongState):
        handled.decide(1, "disclosed_public", {"where_to_find": "县政府网站"})
