"""Answering anew: a case of its own, its term, the same result stopped; the answer to the review drafted from the file."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from gkapply.casework import dispute, letterbook, redo, report
from gkapply.casework.defence import draft_defence
from gkapply.casework.dispute import Decision, Filing
from gkapply.casework.people import Organ
from gkapply.casework.people_data import contact_of
from gkapply.casework.records import Case
from gkapply.casework.services import store
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.case_kinds import CaseKind
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import NotPermitted, Refusal
from gkapply.letters.text import paragraphs
from tests.casework.conftest import Office
from workflows.application import CaseState
from workflows.dispute import DisputeState
from workflows.duties import Duty

NewLife = Callable[..., Life]


def annulled(new_life: NewLife, *, redo_by: date | None = None, procedure_only: bool = False) -> Life:
    """「不存在」 of 3 August 2026, annulled on 14 September with the order to answer anew."""
    life = new_life(date(2026, 8, 3)).register(
        walked_in(PERSON, "某路段的立项文件"), new_life(date(2026, 8, 3)).at_the_counter()
    )
    life.assign().accept().search("“某路段”", "没有记录").decide(1, "not_existing", {})
    life.draft_reply().submit_reply().pass_review().sign_reply().send_reply("hand").archive()
    filing = Filing("review", "资阳市人民政府", "资府复〔2026〕1号", date(2026, 8, 10))
    life.come_to(date(2026, 8, 12))
    life.do(Duty.REGISTRAR, lambda s, case, a, now: dispute.register(s, case, filing, a, now))
    life.do(
        Duty.REGISTRAR,
        lambda s, case, a, now: dispute.receive_copy(s, case.disputes[-1], date(2026, 8, 12), False, a, now),
    )
    life.come_to(date(2026, 9, 14))
    day = date(2026, 9, 14)
    decision = Decision("corrected", day, day, orders_redo=True, redo_by=redo_by, procedure_only=procedure_only)
    life.do(Duty.HEAD, lambda s, case, a, now: dispute.record_result(s, case.disputes[-1], decision, a, now))
    return life


def begun(life: Life) -> Life:
    """The life of the case in which the reply is given anew."""
    case = life.do(Duty.OFFICER, lambda s, case, a, now: redo.open_redo(s, case.disputes[-1], a, now))
    life.reference = case.reference
    return life


def case_of(life: Life) -> Case:
    """The case as it stands."""
    with reading() as session:
        found = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        _ = found.items, found.origin, found.applicants, found.organ, found.facts
        return found


def test_the_new_reply_is_a_case_of_its_own_outside_table_3(office: Office, new_life: NewLife) -> None:
    first = annulled(new_life)
    with reading() as session:
        organ = session.get_one(Organ, office.organ_id)
        before = report.annual(session, organ, 2026)["table3"]
    case = case_of(begun(first))
    assert (case.kind, case.number, case.state) == (CaseKind.REDO, "2026-C0001", CaseState.HANDLING)
    # Twenty working days from 14 September 2026, over 中秋 and 国庆 and the two make-up days.
    assert (case.received_on, case.due_on) == (date(2026, 9, 14), date(2026, 10, 16))
    assert [item.outcome for item in case.items] == [None]
    with reading() as session:
        new = session.get_one(Case, case.id)
        assert new.origin is not None
        assert contact_of(session, new.applicant) == contact_of(session, new.origin.applicant)
        organ = session.get_one(Organ, office.organ_id)
        assert report.annual(session, organ, 2026)["table3"] == before


def test_an_ordered_day_is_the_term(new_life: NewLife) -> None:
    assert case_of(begun(annulled(new_life, redo_by=date(2026, 9, 25)))).due_on == date(2026, 9, 25)


def test_it_is_opened_once_and_only_where_ordered(new_life: NewLife) -> None:
    life = annulled(new_life)
    with pytest.raises(Refusal, match="尚未立案"):
        life.do(Duty.HEAD, lambda s, case, a, now: dispute.close(s, case.disputes[-1], a, now))
    life.do(Duty.OFFICER, lambda s, case, a, now: redo.open_redo(s, case.disputes[-1], a, now))
    with pytest.raises(Refusal, match="已经立案"):
        life.do(Duty.OFFICER, lambda s, case, a, now: redo.open_redo(s, case.disputes[-1], a, now))
    life.do(Duty.HEAD, lambda s, case, a, now: dispute.close(s, case.disputes[-1], a, now))


def test_the_same_result_is_stopped_until_the_reviewer_says_why(new_life: NewLife) -> None:
    life = begun(annulled(new_life))
    life.search("“某路段”“立项”", "没有记录").decide(1, "not_existing", {}).draft_reply()
    with pytest.raises(Refusal, match="同一事实和理由") as stopped:
        life.submit_reply()
    assert "第六十四条" in (stopped.value.article or "")
    with pytest.raises(NotPermitted):
        life.do(Duty.OFFICER, lambda s, case, a, now: redo.record_new_facts(s, case, "理由", a, now))
    life.do(Duty.REVIEWER, lambda s, case, a, now: redo.record_new_facts(s, case, "补充检索了档案馆，仍无记录", a, now))
    life.submit_reply()
    assert case_of(life).state is CaseState.APPROVING


def test_another_result_or_an_annulment_for_procedure_passes(new_life: NewLife) -> None:
    other = begun(annulled(new_life))
    other.decide(1, "disclosed_public", {"where_to_find": "县政府网站"}).draft_reply().submit_reply()
    assert case_of(other).state is CaseState.APPROVING
    same = begun(annulled(new_life, procedure_only=True))
    same.search("“某路段”", "没有记录").decide(1, "not_existing", {}).draft_reply().submit_reply()
    assert case_of(same).state is CaseState.APPROVING


def test_the_answer_is_drafted_from_the_file_and_sending_it_hands_it_in(office: Office, new_life: NewLife) -> None:
    life = new_life(date(2026, 8, 3)).register(
        walked_in(PERSON, "某路段的立项文件"), new_life(date(2026, 8, 3)).at_the_counter()
    )
    life.assign().accept().search("“某路段”", "没有记录").decide(1, "not_existing", {})
    life.draft_reply().submit_reply().pass_review().sign_reply().send_reply("hand").archive()
    filing = Filing("review", "资阳市人民政府", "资府复〔2026〕1号", date(2026, 8, 10))
    life.come_to(date(2026, 8, 12))
    life.do(Duty.REGISTRAR, lambda s, case, a, now: dispute.register(s, case, filing, a, now))
    life.do(
        Duty.REGISTRAR,
        lambda s, case, a, now: dispute.receive_copy(s, case.disputes[-1], date(2026, 8, 12), False, a, now),
    )
    life.do(Duty.OFFICER, lambda s, case, a, now: draft_defence(s, case.disputes[-1], a, now))
    with pytest.raises(Refusal, match="已经起草"):
        life.do(Duty.OFFICER, lambda s, case, a, now: draft_defence(s, case.disputes[-1], a, now))
    answer_by_letter(life)
    case = case_of(life)
    with reading() as session:
        found = session.get_one(Case, case.id).disputes[-1]
        assert (found.state, found.answered_on) == (DisputeState.HEARD, date(2026, 8, 12))
        told = "\n".join(paragraphs(store(session).get(found.letters[-1].file_sha)))
    for wanted in (
        "资阳市人民政府",
        "资府复〔2026〕1号",
        "收到申请",
        "未超过法定期限",
        "政府信息不存在",
        "请求依法维持",
    ):
        assert wanted in told


def answer_by_letter(life: Life) -> None:
    """Take the drafted answer through its ladder and hand it over."""
    life._on_letter(LetterKind.REVIEW_DEFENCE, Duty.OFFICER, letterbook.submit)
    life._on_letter(LetterKind.REVIEW_DEFENCE, Duty.REVIEWER, letterbook.pass_review)
    life._on_letter(LetterKind.REVIEW_DEFENCE, Duty.SIGNER, letterbook.sign)
    life.render()._send(LetterKind.REVIEW_DEFENCE, "hand")
