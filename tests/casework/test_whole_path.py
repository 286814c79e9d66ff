"""One request from its receipt to the archive, against the dates that the Regulation gives (worked out by hand)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from gkapply.casework import report
from gkapply.casework.access import Actor
from gkapply.casework.consultation import Question, overdue_questions
from gkapply.casework.journal import JournalEntry
from gkapply.casework.message_kinds import Kind
from gkapply.casework.message_records import Message
from gkapply.casework.papers import Consultation
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.demo.applicants import COMPANY, PERSON, request, walked_in
from gkapply.demo.life import Life
from gkapply.law.refusal import NotPermitted, Refusal, WrongState
from gkapply.law.report_spans import Span
from gkapply.letters.text import paragraphs
from tests.casework.conftest import Office
from workflows.application import CaseState
from workflows.duties import Duty

NewLife = Callable[..., Life]
THIRD_PARTY = Question("third_party", "某建设工程有限公司", "某县某路1号", "", "施工合同", "合同载有报价明细")
HELD_BACK = {"as": "refused_third_party", "what": "报价明细", "reason": "属于商业秘密"}


def case_of(life: Life) -> Case:
    """The case as it stands, with what the tests look at loaded."""
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        _ = case.letters, case.facts, case.consultations
        return case


def at_hand(new_life: NewLife) -> Life:
    """A request received on Monday, 2 March 2026, with an officer at work on it."""
    life = new_life(date(2026, 3, 2))
    return life.register(walked_in(PERSON, "某工程的批复、施工合同和监理日志"), life.at_the_counter()).assign()


def test_a_plain_request_is_due_on_the_twentieth_working_day(new_life: NewLife) -> None:
    assert case_of(at_hand(new_life)).due_on == date(2026, 3, 30)


def test_asking_a_third_party_stops_the_clock_until_its_opinion(new_life: NewLife) -> None:
    life = at_hand(new_life).accept()
    life.come_to(date(2026, 3, 10)).consult(THIRD_PARTY)
    assert (case_of(life).due_on, case_of(life).stopped_since) == (None, date(2026, 3, 10))
    life.come_to(date(2026, 3, 12)).party_got_it()
    life.come_to(date(2026, 3, 25)).party_answers("disagree", "报价明细是商业秘密")
    assert (case_of(life).due_on, case_of(life).stopped_since) == (date(2026, 4, 15), None)
    life.come_to(date(2026, 4, 15)).extend(10, "需要逐件核对")
    assert case_of(life).due_on == date(2026, 4, 29)


def test_a_silent_third_party_gives_the_clock_back_after_its_term(new_life: NewLife) -> None:
    life = at_hand(new_life).accept()
    life.come_to(date(2026, 3, 10)).consult(THIRD_PARTY)
    life.come_to(date(2026, 3, 12)).party_got_it()
    case = case_of(life)
    assert case.consultations[0].opinion_due_on == date(2026, 4, 2)
    assert case.due_on == date(2026, 4, 23)


def test_the_correction_restarts_the_whole_term(new_life: NewLife) -> None:
    life = at_hand(new_life)
    life.come_to(date(2026, 3, 11)).ask_correction("请写明工程的年度", "写明年度可以帮助检索")
    assert case_of(life).due_on is None
    life.come_to(date(2026, 3, 20)).receive_correction("2024年某工程的批复")
    case = case_of(life)
    assert (case.due_on, case.clock_from, case.received_on) == (date(2026, 4, 20), date(2026, 3, 20), date(2026, 3, 2))


def test_a_correction_notice_is_refused_on_the_eighth_working_day(new_life: NewLife) -> None:
    life = at_hand(new_life).come_to(date(2026, 3, 12))
    with pytest.raises(Refusal) as caught:
        life.ask_correction("请写明工程的年度", "写明年度可以帮助检索")
    assert "三十条" in str(caught.value)
    assert case_of(life).letters[1:] == []


def test_a_second_correction_is_refused(new_life: NewLife) -> None:
    life = at_hand(new_life).come_to(date(2026, 3, 3))
    life.ask_correction("请写明工程的年度", "写明年度可以帮助检索").come_to(date(2026, 3, 5))
    life.receive_correction("2024年某工程的批复")
    with pytest.raises(Refusal, match="条例第三十条"):
        life.ask_correction("请写明工程的名称", "写明名称可以帮助检索")


def test_an_extension_after_the_term_is_refused(new_life: NewLife) -> None:
    life = at_hand(new_life).accept().come_to(date(2026, 3, 31))
    with pytest.raises(Refusal, match="第三十三条"):
        life.extend(10, "需要逐件核对")


def test_a_second_extension_is_refused(new_life: NewLife) -> None:
    life = at_hand(new_life).accept().come_to(date(2026, 3, 20))
    life.extend(5, "需要逐件核对").come_to(date(2026, 3, 24))
    with pytest.raises(Refusal, match="第三十三条第二款"):
        life.extend(5, "还需要核对")


def partly_disclosed(new_life: NewLife) -> Life:
    """Three items, two of them given wholly or in part, the third not existing; ready to be drafted."""
    life = at_hand(new_life).accept().itemise("批复", "施工合同", "监理日志")
    life.search("“某工程”“监理”", "没有监理日志的制作或者获取记录").come_to(date(2026, 3, 10)).consult(THIRD_PARTY)
    life.come_to(date(2026, 3, 12)).party_got_it()
    life.come_to(date(2026, 3, 25)).party_answers("disagree", "报价明细是商业秘密")
    life.decide(1, "disclosed", {"enclosures": "批复（复印件，3页）", "release_review": "可以公开"})
    held_back = {"withheld_parts": [HELD_BACK], "enclosures": "合同（隐去报价，18页）", "release_review": "可以公开"}
    return life.decide(2, "partial", held_back).decide(3, "not_existing", {}).draft_reply()


def test_the_whole_path_ends_in_a_closed_file_and_one_line_of_the_report(new_life: NewLife, office: Office) -> None:
    life = partly_disclosed(new_life).submit_reply().return_reply("请写明隐去的内容")
    life.submit_reply().pass_review().sign_reply()
    life.come_to(date(2026, 4, 14)).send_reply().come_to(date(2026, 4, 17)).delivered()
    life.archive()
    case = case_of(life)
    assert case.state is CaseState.ARCHIVED
    assert (case.due_on, case.replied_on, case.delivered_on) == (
        date(2026, 4, 15),
        date(2026, 4, 14),
        date(2026, 4, 17),
    )
    assert case.report_row == "3.2"
    reply = case.letters[-1]
    text = "\n".join(paragraphs(office.store.get(reply.file_sha)))
    assert reply.number == "安府办公开〔2026〕3号"
    assert "2026年3月25日" in text
    assert "其中不予公开的部分（第二项中不予公开的内容）" in text
    assert "先向安岳县人民政府申请行政复议" in text
    with reading() as session:
        organ = session.scalars(select(Organ).where(Organ.id == office.organ_id)).one()
        rows = {row["code"]: row["values"] for row in report.annual(session, organ, 2026)["table3"]["rows"]}
        assert (rows["1"][0], rows["3.2"][0], rows["3.7"][6], rows["4"][6]) == (1, 1, 1, 0)
        cell = report.cases_of_cell(session, [organ.id], Span.of_year(2026), "3.2", None)
        assert [one.reference for one in cell] == [life.reference]
        deeds = session.scalars(select(JournalEntry.deed).order_by(JournalEntry.seq)).all()
    assert deeds.index("letter.return_review") < deeds.index("letter.sign_reply") < deeds.index("application.archive")


def test_the_author_never_approves(new_life: NewLife) -> None:
    life = partly_disclosed(new_life).submit_reply()
    life.staff = {**life.staff, Duty.REVIEWER: _also(life, Duty.OFFICER, Duty.REVIEWER)}
    with pytest.raises(Refusal, match="自己起草"):
        life.pass_review()


def test_reviewer_and_signer_are_two_persons(new_life: NewLife) -> None:
    life = partly_disclosed(new_life).submit_reply().pass_review()
    life.staff = {**life.staff, Duty.SIGNER: _also(life, Duty.REVIEWER, Duty.SIGNER)}
    with pytest.raises(Refusal, match="须为不同的人"):
        life.sign_reply()


def test_a_changed_fact_voids_the_text_that_waits_for_signature(new_life: NewLife) -> None:
    life = at_hand(new_life).accept().search("“某工程”", "没有记录").decide(1, "not_existing", {})
    life.draft_reply().submit_reply().pass_review()
    life.do(Duty.OFFICER, lambda s, case, actor, now: setattr(case, "description", "别的内容"))
    with pytest.raises(Refusal, match="不能签发"):
        life.sign_reply()


def test_no_reply_while_a_question_is_open(new_life: NewLife) -> None:
    life = at_hand(new_life).accept().search("“某工程”", "没有记录").decide(1, "not_existing", {}).draft_reply()
    life.come_to(date(2026, 3, 10)).consult(THIRD_PARTY)
    with pytest.raises(Refusal, match="征求意见未答复"):
        life.submit_reply()


@pytest.mark.parametrize(
    ("outcome", "evidence", "missing"),
    [
        ("not_existing", {}, "检索记录"),
        ("disclosed", {"enclosures": "批复（3页）"}, "审查意见"),
        ("refused_third_party", {"reason": "商业秘密", "separation_considered": True}, "第三方"),
        ("repeated", {"earlier_number": "某公开〔2025〕1号"}, "日期"),
        ("no_such_kind", {}, "答复类型"),
    ],
)
def test_an_outcome_without_its_evidence_is_not_saved(
    new_life: NewLife, outcome: str, evidence: dict[str, object], missing: str
) -> None:
    life = at_hand(new_life).accept()
    with pytest.raises(Refusal, match=missing):
        life.decide(1, outcome, evidence)
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        assert case.items[0].outcome is None


def test_a_step_out_of_order_is_refused_and_changes_nothing(new_life: NewLife) -> None:
    life = at_hand(new_life)
    before = case_of(life).version
    with pytest.raises(WrongState, match="审核中"):
        life.archive()
    assert case_of(life).version == before


def test_a_duty_that_is_not_held_is_refused(new_life: NewLife) -> None:
    life = at_hand(new_life)
    life.staff = {**life.staff, Duty.OFFICER: life.staff[Duty.ARCHIVIST]}
    with pytest.raises(NotPermitted, match="承办人"):
        life.accept()


def test_online_delivery_only_where_the_applicant_chose_it(new_life: NewLife) -> None:
    life = at_hand(new_life).accept().search("“某工程”", "没有记录").decide(1, "not_existing", {})
    life.draft_reply().submit_reply().pass_review().sign_reply()
    with pytest.raises(Refusal, match="网上获取"):
        life.send_reply("online")
    with pytest.raises(Refusal, match="邮政法"):
        life.send_reply("courier")


def test_an_online_request_waits_for_both_sides_to_confirm(new_life: NewLife) -> None:
    life = new_life(date(2026, 3, 6)).apply_online(request(COMPANY, "某工程的批复"))
    assert (case_of(life).state, case_of(life).received_on) == (CaseState.RECEIVED, None)
    life.come_to(date(2026, 3, 9)).confirm()
    assert (case_of(life).received_on, case_of(life).due_on) == (date(2026, 3, 9), date(2026, 4, 7))


def test_a_void_submission_keeps_its_number_outside_the_report(new_life: NewLife, office: Office) -> None:
    life = new_life().apply_online(request(PERSON, "测试")).propose_void("误提交").approve_void().archive()
    assert case_of(life).reference.endswith("2026-0001")
    with reading() as session:
        organ = session.scalars(select(Organ).where(Organ.id == office.organ_id)).one()
        rows = report.annual(session, organ, 2026)["table3"]["rows"]
    assert sum(sum(row["values"]) for row in rows) == 0


def _also(life: Life, one: Duty, other: Duty) -> Actor:
    """The holder of ``one`` with the duty ``other`` besides."""
    return replace(life.staff[one], duties=frozenset({one, other}))


def test_a_letter_sent_online_is_told_to_the_applicant_by_mail_once(new_life: NewLife) -> None:
    life = new_life(date(2026, 3, 6)).apply_online(request(COMPANY, "某工程的批复")).confirm().assign().accept()
    life.search("“某工程”", "没有记录").decide(1, "not_existing", {}).draft_reply().submit_reply().pass_review()
    life.sign_reply().send_reply()
    with reading() as session:
        told = session.scalars(select(Message.about).where(Message.kind == Kind.LETTER_WAITS)).all()
    assert told.count(case_of(life).letters[-1].uid) == 1


def test_a_question_of_an_archived_case_no_longer_falls_silent(new_life: NewLife) -> None:
    life = partly_disclosed(new_life).submit_reply().pass_review().sign_reply()
    life.come_to(date(2026, 4, 14)).send_reply().delivered().archive()
    with transaction() as session:
        session.execute(update(Consultation).values(state="asked"))
    with reading() as session:
        assert overdue_questions(session, date(2026, 12, 1)) == []
