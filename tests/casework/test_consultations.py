"""Asking others: what a stop needs, many at once, silence, withdrawal, late opinions and their weighing."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import answers, asking, consultation, letters_together, weighing
from gkapply.casework.access import Actor
from gkapply.casework.asking import Asking, Party
from gkapply.casework.consultation import Opinion, Question
from gkapply.casework.delivery import POST
from gkapply.casework.delivery_ledger import Dispatch
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.letters.text import paragraphs
from tests.casework.conftest import Office
from workflows.consultation import ConsultationState
from workflows.duties import Duty

THIRD_PARTY = Question("third_party", "某建设工程有限公司", "某县某路1号", "", "施工合同", "合同载有报价明细")
CO_PRODUCER = Question("co_producer", "某市水利局", "某市某路2号", "", "联合调查报告", "由贵机关共同制作")
ASKED_ON = date(2026, 3, 10)
SLIP = Upload("收寄凭证.pdf", b"%PDF-1.4 slip")
MANY = Asking("third_party", "施工合同", "合同载有报价明细")
NewLife = Callable[..., Life]


@pytest.fixture
def handled(new_life: NewLife) -> Life:
    """A request received on Monday, 2 March 2026, at work on Tuesday the 10th; due on 30 March."""
    life = new_life(date(2026, 3, 2))
    life.register(walked_in(PERSON, "某工程的施工合同"), life.at_the_counter()).assign().accept()
    return life.come_to(ASKED_ON)


def case_of(life: Life) -> Case:
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        _ = [(one.letters, one.case.organ) for one in case.consultations], case.letters, case.notes, case.items
        return case


def question_of(life: Life) -> Consultation:
    return case_of(life).consultations[-1]


def propose(life: Life, question: Question) -> None:
    life.do(Duty.OFFICER, lambda s, case, actor, now: asking.propose(s, case, question, actor, now))


def withdraw(life: Life) -> None:
    life.do(
        Duty.OFFICER,
        lambda s, case, actor, now: consultation.withdraw(s, case.consultations[-1], "已查到公开版本", actor, now),
    )


def weigh(life: Life, result: str) -> None:
    life.do(
        Duty.OFFICER,
        lambda s, case, actor, now: weighing.weigh(s, case.consultations[-1], result, "已核对合同", actor, now),
    )


def says(life: Life, verdict: str, text: str = "", parts: str = "") -> None:
    """The party's opinion comes in today and nobody has weighed it."""
    said = Opinion(verdict, text, parts)
    life.do(
        Duty.REGISTRAR,
        lambda s, case, actor, now: consultation.answer(s, case.consultations[-1], life.today, said, actor, now),
    )


def send_inquiry(life: Life, *, proof: bool = True) -> None:
    def deed(session: Session, case: Case, actor: Actor, now: datetime) -> None:
        letter = next(one for one in case.letters if one.kind == "third_party_inquiry")
        slip = add_document(session, case, "dispatch_proof", SLIP, life.today, actor, now) if proof else None
        letters_together.send(session, letter, Dispatch(POST, life.today, "", slip), ["XA1"], actor, now)

    life.do(Duty.REGISTRAR, deed)


# What a stop needs


def test_a_question_does_not_leave_before_the_notice_to_the_applicant_is_signed(handled: Life) -> None:
    propose(handled, THIRD_PARTY)
    handled.sign(LetterKind.THIRD_PARTY_INQUIRY)
    with pytest.raises(Refusal, match="征求意见告知书尚未签发"):
        send_inquiry(handled)
    assert case_of(handled).stopped_since is None
    handled.sign(LetterKind.INQUIRY_NOTICE)
    send_inquiry(handled)
    assert case_of(handled).stopped_since == ASKED_ON


def test_a_question_does_not_leave_without_proof_of_sending(handled: Life) -> None:
    propose(handled, THIRD_PARTY)
    handled.sign(LetterKind.INQUIRY_NOTICE).sign(LetterKind.THIRD_PARTY_INQUIRY)
    with pytest.raises(Refusal, match="没有发出凭证"):
        send_inquiry(handled, proof=False)
    assert question_of(handled).state is ConsultationState.DRAFT


@pytest.mark.parametrize("name", ["安岳县公安局", "安岳县人民政府办公室法规科"])
def test_a_unit_of_the_organ_stops_no_clock(handled: Life, name: str) -> None:
    question = Question("organ", name, "", "", "户籍档案", "由其保管")
    with pytest.raises(Refusal, match="转办、协办，不停止计算"):
        propose(handled, question)
    handled.do(
        Duty.HEAD,
        lambda s, case, actor, now: asking.allow_inner_question(s, case, name, "须其依职权认定密级", actor, now),
    )
    propose(handled, question)
    assert question_of(handled).name == name


def test_an_organ_elsewhere_is_asked_with_the_term_of_the_letter(handled: Life) -> None:
    question = Asking("organ", "批复", "由其制发", 7)
    handled.do(
        Duty.OFFICER,
        lambda s, case, actor, now: asking.propose_all(s, case, question, [Party("资阳市人民政府")], actor, now),
    )
    assert question_of(handled).answer_within == 7


# Many at once


def ask_many(life: Life, count: int) -> None:
    parties = [Party(f"第{number}户", f"某村{number}号", f"1380000{number:04d}") for number in range(1, count + 1)]
    life.do(Duty.OFFICER, lambda s, case, actor, now: asking.propose_all(s, case, MANY, parties, actor, now))


def together(life: Life, duty: Duty, deed: Callable[..., int]) -> int:
    def on_first(session: Session, case: Case, actor: Actor, now: datetime) -> int:
        return deed(session, next(one for one in case.letters if one.kind == "third_party_inquiry"), actor, now)

    return life.do(duty, on_first)


def test_many_are_asked_in_one_deed_each_by_a_letter_of_its_own(handled: Life, office: Office) -> None:
    ask_many(handled, 3)
    handled.sign(LetterKind.INQUIRY_NOTICE)
    assert together(handled, Duty.OFFICER, letters_together.submit) == 3
    assert together(handled, Duty.HEAD, letters_together.sign) == 3
    handled.render()

    def send(session: Session, letter: Letter, actor: Actor, now: datetime) -> int:
        slip = add_document(session, letter.case, "dispatch_proof", SLIP, handled.today, actor, now)
        numbers = ["XA1", "XA2", "XA3"]
        return letters_together.send(session, letter, Dispatch(POST, handled.today, "", slip), numbers, actor, now)

    assert together(handled, Duty.REGISTRAR, send) == 3
    case = case_of(handled)
    letters = [one for one in case.letters if one.kind == "third_party_inquiry"]
    assert [one.tracking for one in letters] == ["XA1", "XA2", "XA3"]
    assert len({one.number for one in letters}) == 3
    assert [one.kind for one in case.letters].count("inquiry_notice") == 1
    text = "\n".join(paragraphs(office.store.get(letters[1].file_sha)))
    assert "第2户" in text
    assert "第1户" not in text
    assert PERSON.name not in text
    with reading() as session:
        found = session.get_one(Case, case.id)
        first, lines = letters_together.service_list(session, found, found.consultations[2].group_uid)
        assert (first.ordinal, [line.tracking for line in lines]) == (1, ["XA1", "XA2", "XA3"])


def test_the_time_of_many_is_the_union_of_their_intervals(handled: Life) -> None:
    handled.consult(THIRD_PARTY)
    handled.come_to(date(2026, 3, 12)).party_got_it().consult(CO_PRODUCER)
    handled.come_to(date(2026, 3, 16))
    handled.do(
        Duty.REGISTRAR,
        lambda s, case, actor, now: consultation.answer(
            s, case.consultations[0], handled.today, Opinion("agree"), actor, now
        ),
    )
    handled.party_got_it().come_to(date(2026, 3, 18)).party_answers("agree", "")
    # 11 to 18 March once: six working days.
    assert case_of(handled).due_on == date(2026, 4, 8)


def test_too_few_post_numbers_are_refused(handled: Life) -> None:
    ask_many(handled, 2)
    handled.sign(LetterKind.INQUIRY_NOTICE)
    together(handled, Duty.OFFICER, letters_together.submit)
    together(handled, Duty.HEAD, letters_together.sign)
    handled.render()
    with pytest.raises(Refusal, match="名单上有2份，填写了1个"):
        send_inquiry(handled)


def test_a_party_named_twice_is_refused(handled: Life) -> None:
    with pytest.raises(Refusal, match="写了不止一次"):
        handled.do(
            Duty.OFFICER,
            lambda s, case, actor, now: asking.propose_all(s, case, MANY, [Party("甲"), Party("甲 ")], actor, now),
        )


# Ends of a stop


def test_a_silent_co_producer_consents_and_the_reply_says_so(handled: Life) -> None:
    handled.consult(CO_PRODUCER).party_got_it().come_to(date(2026, 4, 1))
    with transaction() as session:
        consultation.fall_silent(session, session.scalars(select(Consultation)).one(), handled.now)
    question = question_of(handled)
    assert (question.state, question.opinion) == (ConsultationState.SILENT, "agree")
    assert "视为同意公开" in answers.opinion_sentence(question, "共同制作机关")


def test_a_withdrawn_question_stops_the_clock_until_that_day(handled: Life) -> None:
    handled.consult(THIRD_PARTY).come_to(date(2026, 3, 13))
    withdraw(handled)
    assert (question_of(handled).state, case_of(handled).stopped_since) == (ConsultationState.WITHDRAWN, None)
    # 11 to 13 March do not count.
    assert case_of(handled).due_on == date(2026, 4, 2)


def test_an_earlier_proof_of_receipt_prevails(handled: Life) -> None:
    handled.consult(THIRD_PARTY).come_to(date(2026, 3, 16)).party_got_it()
    assert question_of(handled).opinion_due_on == date(2026, 4, 7)
    handled.do(
        Duty.REGISTRAR,
        lambda s, case, actor, now: consultation.note_receipt(s, case.consultations[0], date(2026, 3, 12), actor, now),
    )
    assert question_of(handled).opinion_due_on == date(2026, 4, 2)
    assert case_of(handled).due_on == date(2026, 4, 23)
    with pytest.raises(Refusal, match="已经登记"):
        handled.party_got_it()


# Opinions


def test_a_late_opinion_changes_no_date_and_waits_to_be_weighed(handled: Life) -> None:
    handled.consult(THIRD_PARTY).come_to(date(2026, 3, 12)).party_got_it().come_to(date(2026, 4, 3))
    due_on = case_of(handled).due_on
    says(handled, "agree")
    question = question_of(handled)
    assert (question.came_late, question.awaits_weighing, case_of(handled).due_on) == (True, True, due_on)
    assert "逾期提出意见，同意公开" in answers.opinion_sentence(question, "第三方")
    handled.decide(1, "disclosed", {"enclosures": "合同（18页）", "release_review": "可以公开"}).draft_reply()
    with pytest.raises(Refusal, match="意见尚未衡量"):
        handled.submit_reply()
    weigh(handled, "considered")
    handled.submit_reply()


def test_an_opinion_after_the_reply_is_kept_and_moves_nothing(handled: Life) -> None:
    handled.consult(THIRD_PARTY).come_to(date(2026, 3, 12))
    handled.do(
        Duty.REGISTRAR,
        lambda s, case, actor, now: consultation.come_back(s, case.consultations[0], handled.today, actor, now),
    )
    handled.decide(1, "disclosed", {"enclosures": "合同（18页）", "release_review": "可以公开"}).draft_reply()
    handled.submit_reply().pass_review().sign_reply().send_reply()
    due_on = case_of(handled).due_on
    handled.come_to(date(2026, 3, 20))
    says(handled, "disagree", "涉及商业秘密")
    assert (question_of(handled).opinion, case_of(handled).due_on) == ("disagree", due_on)


def test_a_partial_consent_names_the_parts(handled: Life) -> None:
    handled.consult(THIRD_PARTY).party_got_it()
    with pytest.raises(Refusal, match="同意公开哪些内容"):
        says(handled, "partly", "报价是商业秘密")
    says(handled, "partly", "报价是商业秘密", "报价以外的部分")
    assert question_of(handled).refuses


def test_a_refusal_without_reasons_is_entered_and_weighed_by_the_office(handled: Life) -> None:
    handled.consult(THIRD_PARTY).party_got_it()
    says(handled, "disagree")
    with pytest.raises(Refusal, match="须认定其理由是否成立"):
        weigh(handled, "considered")
    weigh(handled, "unreasonable")
    assert (question_of(handled).weighed, question_of(handled).awaits_weighing) == ("unreasonable", False)


def test_good_reasons_withhold_something(handled: Life) -> None:
    handled.consult(THIRD_PARTY).party_got_it().party_answers("disagree", "报价是商业秘密")
    handled.decide(1, "disclosed", {"enclosures": "合同（18页）", "release_review": "可以公开"}).draft_reply()
    with pytest.raises(Refusal, match="没有不予公开的内容"):
        handled.submit_reply()


def test_nothing_is_said_of_the_consultation_to_whom_it_does_not_concern(handled: Life) -> None:
    handled.consult(THIRD_PARTY)
    with transaction() as session:
        question = session.scalars(select(Consultation)).one()
        assert PERSON.name not in question.information + question.reason
