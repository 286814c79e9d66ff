"""A request counts as given up only by a person's judgement, and comes back when the applicant is heard after all (条例第三十条)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import closing_notice, correction, delivery, lapse, reopening
from gkapply.casework.dating import reckoning
from gkapply.casework.documents import Upload
from gkapply.casework.lapse import CHECKS, LapseCheck
from gkapply.casework.records import Case
from gkapply.casework.reopening import Ground
from gkapply.casework.report import annual
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, request
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import NotPermitted, Refusal
from workflows.case_states import CaseState
from workflows.duties import Duty

NewLife = Callable[..., Life]
TERM_ENDS = date(2026, 3, 25)
GRACE_OVER = date(2026, 4, 2)
ENVELOPE = Upload("信封.txt", "邮戳2026年3月24日".encode())
CALL = ("3月31日致电，无人接听", "没有提出正当理由")


def case_of(session: Session, life: Life) -> Case:
    return session.scalars(select(Case).where(Case.reference == life.reference)).one()


def counted(life: Life) -> dict[str, int]:
    """The 总计 column of 2026, its identity checked."""
    with reading() as session:
        report = annual(session, case_of(session, life).organ, 2026)
    assert all(check["ok"] for check in report["checks"]), report["checks"]
    return {row["code"]: row["values"][-1] for row in report["table3"]["rows"] if row["values"][-1]}


@pytest.fixture
def correcting(new_life: NewLife) -> Life:
    """A correction was asked for, by hand, on 4 March 2026; fifteen working days for it."""
    life = new_life().apply_online(request(PERSON, "全部材料")).confirm().assign().come_to(date(2026, 3, 4))
    return life.ask_correction("请写明文件名称", "写明年度有助于检索", way=delivery.HAND)


@pytest.fixture
def lapsed(correcting: Life) -> Life:
    """It was given up."""
    return correcting.come_to(GRACE_OVER).time_passes().confirm_lapse(*CALL)


class TestConfirming:
    def test_time_proposes_after_the_grace_and_the_head_confirms(self, correcting: Life) -> None:
        correcting.come_to(date(2026, 4, 1)).time_passes()
        with pytest.raises(Refusal, match="尚未提请认定视为放弃"):
            correcting.confirm_lapse(*CALL)
        correcting.come_to(GRACE_OVER).time_passes().confirm_lapse(*CALL)
        with reading() as session:
            case = case_of(session, correcting)
            assert (case.state, case.ended_on, case.report_row) == (CaseState.LAPSED, GRACE_OVER, "3.6.1")
            assert reckoning(case).ended_on == GRACE_OVER
        assert counted(correcting) == {"1": 1, "3.6.1": 1, "3.7": 1}
        correcting.archive()

    def test_without_proof_of_delivery_nothing_lapses(self, new_life: NewLife) -> None:
        life = new_life().apply_online(request(PERSON, "全部材料")).confirm().assign()
        life.ask_correction("请写明文件名称", "写明年度", way=delivery.POST)
        life.come_to(date(2026, 6, 30)).time_passes()
        with reading() as session:
            assert case_of(session, life).lapse_proposed_on is None
        with pytest.raises(Refusal):
            life.confirm_lapse(*CALL)

    @pytest.mark.parametrize("missing", sorted(CHECKS))
    def test_every_check_of_the_list_is_obligatory(self, correcting: Life, missing: str) -> None:
        correcting.come_to(GRACE_OVER).time_passes()
        check = LapseCheck(frozenset(CHECKS) - {missing}, *CALL)
        with pytest.raises(Refusal) as refused:
            correcting.do(Duty.HEAD, lambda s, c, a, now: lapse.confirm_lapse(s, c, check, a, now))
        assert refused.value.field == missing

    def test_what_waits_in_the_tray_forbids_it(self, correcting: Life) -> None:
        correcting.come_to(GRACE_OVER).time_passes()
        correcting.as_applicant(lambda s, c, a, now: correction.submit_online(s, c, "2024年文件", None, a, now))
        with pytest.raises(Refusal, match="已在网上提交补正"):
            correcting.confirm_lapse(*CALL)

    def test_the_head_may_wait_on(self, correcting: Life) -> None:
        correcting.come_to(GRACE_OVER).time_passes()
        until = date(2026, 4, 10)
        correcting.do(Duty.HEAD, lambda s, c, a, now: lapse.reject_lapse(s, c, until, "住院，请求宽限", a, now))
        with pytest.raises(Refusal, match="继续等待到 2026-04-10"):
            correcting.confirm_lapse(*CALL)
        correcting.come_to(date(2026, 4, 13)).time_passes().confirm_lapse(*CALL)
        assert counted(correcting)["3.6.1"] == 1

    def test_an_unpaid_fee_counts_in_its_own_row(self, new_life: NewLife) -> None:
        life = new_life().apply_online(request(PERSON, "合同")).confirm().assign().accept()
        life.come_to(date(2026, 3, 24)).charge("page", 130, "近12个月46件", "窗口", way=delivery.HAND)
        life.come_to(date(2026, 5, 6)).time_passes().confirm_lapse(*CALL)
        assert counted(life) == {"1": 1, "3.6.2": 1, "3.7": 1}


class TestReopening:
    def reopen(self, life: Life, duty: Duty = Duty.REGISTRAR, **changes: Any) -> None:
        given = {"code": "posted", "posted_on": date(2026, 3, 24), "proof": ENVELOPE, "reason": "邮路延误", **changes}
        ground = Ground(**given)
        life.do(
            duty,
            lambda s, c, a, now: reopening.reopen_corrected(s, c, life.today, "2024年文件", None, ground, a, now),
        )

    def test_a_correction_posted_in_time_restarts_the_clock(self, lapsed: Life) -> None:
        lapsed.come_to(date(2026, 4, 7))
        self.reopen(lapsed)
        with reading() as session:
            case = case_of(session, lapsed)
            assert (case.state, case.ended_on, case.report_row) == (CaseState.REVIEWING, None, None)
            assert (case.clock_from, case.due_on) == (date(2026, 4, 7), date(2026, 5, 8))
        assert counted(lapsed) == {"1": 1, "4": 1}

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"posted_on": date(2026, 3, 26)}, "posted_on"),
            ({"proof": None}, "posted_on"),
            ({"reason": ""}, "reason"),
            ({"code": "pity"}, "ground"),
        ],
    )
    def test_not_without_postmark_in_time_and_words(self, lapsed: Life, changes: dict[str, Any], field: str) -> None:
        with pytest.raises(Refusal) as refused:
            self.reopen(lapsed, **changes)
        assert refused.value.field == field

    def test_good_reason_is_the_heads_to_judge(self, lapsed: Life) -> None:
        late: dict[str, Any] = {
            "code": "good_reason",
            "posted_on": None,
            "proof": None,
            "reason": "住院至4月1日，有出院证明",
        }
        with pytest.raises(NotPermitted, match="由公开机构负责人认定"):
            self.reopen(lapsed, **late)
        self.reopen(lapsed, Duty.HEAD, **late)
        with reading() as session:
            assert case_of(session, lapsed).state is CaseState.REVIEWING

    def test_the_applicant_may_hand_in_late_and_a_person_decides(self, lapsed: Life) -> None:
        lapsed.as_applicant(lambda s, c, a, now: correction.submit_online(s, c, "2024年文件", None, a, now))
        with reading() as session:
            case = case_of(session, lapsed)
            assert (case.state, case.correction_waiting is not None) == (CaseState.LAPSED, True)

    def test_a_lapsed_correction_is_not_reopened_by_a_payment(self, lapsed: Life) -> None:
        ground = Ground("posted", date(2026, 3, 24), ENVELOPE, "缴费")
        with pytest.raises(Refusal, match="不是因逾期不缴费"):
            lapsed.do(
                Duty.REGISTRAR,
                lambda s, c, a, now: reopening.reopen_paid(s, c, lapsed.today, 1300, ENVELOPE, ground, a, now),
            )

    def test_a_payment_after_the_lapse_restarts_the_clock(self, new_life: NewLife) -> None:
        life = new_life().apply_online(request(PERSON, "合同")).confirm().assign().accept()
        life.come_to(date(2026, 3, 24)).charge("page", 130, "近12个月46件", "窗口", way=delivery.HAND)
        life.come_to(date(2026, 5, 6)).time_passes().confirm_lapse(*CALL)
        slip, paid_on = Upload("票据.txt", b"1300"), date(2026, 5, 6)
        ground = Ground("good_reason", None, None, "银行系统故障")
        life.do(Duty.HEAD, lambda s, c, a, now: reopening.reopen_paid(s, c, paid_on, 1300, slip, ground, a, now))
        with reading() as session:
            case = case_of(session, life)
            assert (case.state, case.clock_from) == (CaseState.HANDLING, paid_on)


class TestClosingLetter:
    def draft(self, life: Life, words: str) -> None:
        life.do(Duty.OFFICER, lambda s, c, a, now: closing_notice.propose_closing_notice(s, c, words, a, now))

    def test_the_lapse_is_told_with_dates_and_proof(self, lapsed: Life) -> None:
        self.draft(lapsed, "当面送达，送达回证")
        lapsed.issue(LetterKind.LAPSE_NOTICE)
        with reading() as session:
            letter = case_of(session, lapsed).letters[-1]
            told = {name: letter.field(name) for name in ("cause", "told_on", "delivered_on", "term_ended_on")}
            assert told == {
                "cause": "correction", "told_on": "2026-03-04", "delivered_on": "2026-03-04", "term_ended_on": "2026-03-25",
            }  # fmt: skip
        with pytest.raises(Refusal, match="已经起草"):
            self.draft(lapsed, "当面送达")

    def test_the_withdrawal_is_told(self, correcting: Life) -> None:
        self.draft(correcting.withdraw(), "在网上申请平台撤回")
        correcting.issue(LetterKind.WITHDRAWAL_NOTICE).archive()
        with reading() as session:
            case = session.scalars(select(Case).where(Case.reference == correcting.reference)).one()
            (told,) = [one for one in case.letters if one.kind == LetterKind.WITHDRAWAL_NOTICE]
            assert (told.sent_on, case.archived_on) == (correcting.today, correcting.today)

    def test_a_file_with_an_unsent_closing_letter_is_not_closed(self, lapsed: Life) -> None:
        self.draft(lapsed, "当面送达")
        with pytest.raises(Refusal, match="尚有1份文书没有发出"):
            lapsed.archive()
