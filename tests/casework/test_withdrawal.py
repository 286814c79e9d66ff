"""Ending a request without a reply: by the applicant's own act, or because there is no applicant any more."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import letterbook, withdrawal
from gkapply.casework.access import Actor
from gkapply.casework.consultation import Question
from gkapply.casework.dating import reckoning
from gkapply.casework.documents import Upload
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.report import annual
from gkapply.casework.withdrawal import Gone, Withdrawal
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, request, walked_in
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal, WrongState
from workflows.case_states import CaseState
from workflows.duties import Duty

NewLife = Callable[..., Life]
PAPER = Upload("撤回书.txt", "本人撤回申请".encode())
WEDNESDAY = date(2026, 3, 11)


def case_of(session: Session, life: Life) -> Case:
    return session.scalars(select(Case).where(Case.reference == life.reference)).one()


def rows_of_2026() -> dict[str, int]:
    """The 总计 column of table 三 by row."""
    with reading() as session:
        organ = session.scalars(select(Organ).join(Case, Case.organ_id == Organ.id)).first()
        assert organ is not None
        report = annual(session, organ, 2026)
    assert all(check["ok"] for check in report["checks"]), report["checks"]
    return {row["code"]: row["values"][-1] for row in report["table3"]["rows"] if row["values"][-1]}


def record(life: Life, **changes: Any) -> None:
    given = Withdrawal(**{"on": life.today, "how": "signed", "proof": PAPER, **changes})
    life.do(Duty.REGISTRAR, lambda s, case, actor, now: withdrawal.record_withdrawal(s, case, given, actor, now))


@pytest.fixture
def handled(new_life: NewLife) -> Life:
    """A request in handling, on the ninth day."""
    life = new_life().apply_online(request(PERSON, "龙台镇征地补偿安置方案")).confirm().assign().accept()
    return life.come_to(WEDNESDAY)


def test_the_applicant_ends_the_request_at_once(handled: Life) -> None:
    handled.withdraw()
    with reading() as session:
        case = case_of(session, handled)
        assert (case.state, case.ended_on, case.report_row) == (CaseState.WITHDRAWN, WEDNESDAY, "3.6.3")
        assert case.report_reason == "申请人撤回申请，计入“（六）其他处理3.其他”"
        assert (reckoning(case).ended_on, reckoning(case).running) == (WEDNESDAY, ())
    assert rows_of_2026() == {"1": 1, "3.6.3": 1, "3.7": 1}


def test_letters_and_questions_under_way_end_with_it(handled: Life) -> None:
    handled.consult(Question("third_party", "演示公司", "县城", "", "合同", "涉及报价"))
    handled.do(Duty.OFFICER, lambda s, case, a, now: withdrawal_unsent(s, case, a, now))
    handled.withdraw()
    with reading() as session:
        case = case_of(session, handled)
        states = {(letter.kind, letter.state.value) for letter in case.letters}
        assert states == {
            ("receipt", "sent"), ("third_party_inquiry", "sent"), ("inquiry_notice", "sent"), ("extension_notice", "discarded"),
        }  # fmt: skip
        assert [one.state.value for one in case.consultations] == ["dropped"]


def withdrawal_unsent(session: Session, case: Case, actor: Actor, now: datetime) -> None:
    """A letter that is written and not sent."""
    fields = {"working_days": 5, "reason": "材料较多"}
    letterbook.draft(session, case, LetterKind.EXTENSION_NOTICE, fields, actor, now)


def test_a_reply_that_is_signed_and_not_sent_is_withdrawn_from(handled: Life) -> None:
    handled.decide(1, "disclosed_public", {"where_to_find": "县政府网站"}).draft_reply().submit_reply().pass_review()
    handled.sign_reply().withdraw()
    with reading() as session:
        case = case_of(session, handled)
        assert (case.state, case.replied_on) == (CaseState.WITHDRAWN, None)
        assert [one.state.value for one in case.letters if one.kind == "reply_public"] == ["discarded"]


def test_after_the_reply_was_sent_it_is_too_late(handled: Life) -> None:
    handled.decide(1, "disclosed_public", {"where_to_find": "县政府网站"}).draft_reply().submit_reply().pass_review()
    handled.sign_reply().send_reply()
    with pytest.raises(WrongState, match="已答复"):
        handled.withdraw()


def test_before_both_sides_confirmed_it_counts_in_no_report(new_life: NewLife) -> None:
    life = new_life().apply_online(request(PERSON, "龙台镇征地补偿安置方案")).withdraw()
    with reading() as session:
        case = case_of(session, life)
        assert (case.state, case.report_row) == (CaseState.WITHDRAWN, None)
    assert rows_of_2026() == {}
    life.archive()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"proof": None}, "proof"),
        ({"how": "persuaded"}, "how"),
        ({"on": date(2026, 3, 12)}, "on"),
        ({"on": date(2026, 2, 27)}, "on"),
        ({"text": "绝密★"}, "text"),
    ],
)
def test_a_paper_withdrawal_needs_its_paper_and_a_possible_day(
    handled: Life, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        record(handled, **changes)
    assert refused.value.field == field
    with reading() as session:
        assert case_of(session, handled).state is CaseState.HANDLING


def test_a_paper_withdrawal_ends_on_the_day_it_came_and_is_archived(handled: Life) -> None:
    record(handled, on=date(2026, 3, 9), how="phone", text="申请人来电称不再需要，已传真书面确认")
    with reading() as session:
        case = case_of(session, handled)
        assert (case.ended_on, [paper.role for paper in case.documents]) == (date(2026, 3, 9), ["withdrawal"])
    handled.archive()
    assert rows_of_2026() == {"1": 1, "3.6.3": 1, "3.7": 1}


class TestNoApplicantAnyMore:
    def test_the_head_ends_it_with_finding_and_proof(self, new_life: NewLife) -> None:
        life = new_life()
        life.register(walked_in(PERSON, "2018年石羊镇路灯的立项文件"), life.at_the_counter()).assign()
        life.come_to(WEDNESDAY).end_without_applicant("death", "其子来电告知申请人已去世，家属不继续申请")
        with reading() as session:
            case = case_of(session, life)
            assert (case.state, case.ended_on, case.report_row) == (CaseState.ENDED, WEDNESDAY, "3.6.3")
            assert case.report_reason.startswith("申请人死亡")
        life.archive()
        assert rows_of_2026() == {"1": 1, "3.6.3": 1, "3.7": 1}

    @pytest.mark.parametrize(
        ("changes", "field"), [({"why": "tired"}, "why"), ({"finding": " "}, "finding"), ({"proof": None}, "proof")]
    )
    def test_not_without_reason_finding_or_proof(self, handled: Life, changes: dict[str, Any], field: str) -> None:
        gone = Gone(**{"on": WEDNESDAY, "why": "death", "finding": "已核实", "proof": PAPER, **changes})
        with pytest.raises(Refusal) as refused:
            handled.do(Duty.HEAD, lambda s, case, a, now: withdrawal.end_without_applicant(s, case, gone, a, now))
        assert refused.value.field == field
