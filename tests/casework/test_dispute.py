"""Disputes: their terms by the examples that were worked out by hand, their course, and table 四 from year to year."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from gkapply.casework import casefile, dispute, dispute_report, report
from gkapply.casework.dispute import Decision, Filing
from gkapply.casework.dispute_lines import open_disputes
from gkapply.casework.dispute_terms import answer_due, remedies, urgent
from gkapply.casework.disputed import Dispute
from gkapply.casework.documents import Upload, add_paper
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.urgency import Lamp
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.annual_report import DisputePath, DisputeResult
from gkapply.law.refusal import NotPermitted, Refusal, WrongState
from gkapply.law.report_spans import Span
from tests.casework.conftest import Office
from workflows.dispute import DisputeState
from workflows.duties import Duty

NewLife = Callable[..., Life]


def answered(new_life: NewLife, day: date = date(2026, 8, 3)) -> Life:
    """A request of its own for something of its own, answered with 「不存在」 and delivered on that day."""
    life = new_life(day)
    life.register(walked_in(PERSON, f"某路段的立项文件（{life.uid}）"), life.at_the_counter())
    life.assign().accept().search("“某路段”", "没有记录").decide(1, "not_existing", {})
    return life.draft_reply().submit_reply().pass_review().sign_reply().send_reply("hand")


def dispute_about(life: Life, kind: str, filed_on: date, copy_on: date | None = None, *, simple: bool = False) -> Life:
    """Enter a dispute filed on that day, and its copy."""
    life.come_to(copy_on or filed_on)
    filing = Filing(kind, "资阳市人民政府", "资府复〔2026〕1号", filed_on)
    enter(life, filing)
    if copy_on is not None:
        on_dispute(life, lambda s, one, a, now: dispute.receive_copy(s, one, copy_on, simple, a, now))
    return life


def enter(life: Life, filing: Filing) -> None:
    """The registrar enters a dispute."""
    life.do(Duty.REGISTRAR, lambda s, case, actor, now: dispute.register(s, case, filing, actor, now))


def on_dispute(life: Life, deed: Callable[..., object], duty: Duty = Duty.REGISTRAR) -> None:
    """A deed on the newest dispute of the case."""
    life.do(duty, lambda s, case, actor, now: deed(s, case.disputes[-1], actor, now))


def decide(life: Life, result: str, on: date) -> None:
    """Enter the decision of that day, received the same day."""
    life.come_to(on)
    on_dispute(life, lambda s, one, a, now: dispute.record_result(s, one, Decision(result, on, on), a, now))


def dispute_of(life: Life) -> Dispute:
    """The newest dispute of the case with what the tests look at."""
    with reading() as session:
        found = session.scalars(
            select(Dispute).join(Case, Dispute.case_id == Case.id).where(Case.reference == life.reference)
        ).all()[-1]
        _ = found.decisions, found.case.organ
        return found


@pytest.mark.parametrize(
    ("kind", "copy_on", "simple", "last_day", "article"),
    [
        ("review", date(2026, 9, 28), True, date(2026, 10, 10), "《行政复议法》第五十四条第一款"),
        ("review", date(2026, 9, 28), False, date(2026, 10, 16), "《行政复议法》第四十八条"),
        ("suit_direct", date(2026, 9, 22), False, date(2026, 10, 8), "《行政诉讼法》第六十七条第一款"),
        ("suit_after_review", date(2026, 9, 22), False, date(2026, 10, 8), "《行政诉讼法》第六十七条第一款"),
    ],
)
def test_the_answer_is_due_as_worked_out_by_hand(
    new_life: NewLife, kind: str, copy_on: date, simple: bool, last_day: date, article: str
) -> None:
    life = dispute_about(answered(new_life), kind, date(2026, 9, 14), copy_on, simple=simple)
    due = answer_due(dispute_of(life))
    assert due is not None
    assert (due.on, due.term.article) == (last_day, article)


def test_a_simple_review_can_turn_ordinary_and_then_has_ten_working_days(new_life: NewLife) -> None:
    life = dispute_about(answered(new_life), "review", date(2026, 9, 14), date(2026, 9, 28), simple=True)
    on_dispute(life, dispute.turn_ordinary)
    due = answer_due(dispute_of(life))
    assert due is not None
    assert due.on == date(2026, 10, 16)
    with pytest.raises(Refusal, match="简易程序"):
        on_dispute(life, dispute.turn_ordinary)


def test_the_remedies_end_sixty_days_and_six_months_after_delivery(new_life: NewLife) -> None:
    life = answered(new_life, date(2026, 8, 3))
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        terms = remedies(case)
    assert terms is not None
    # 2026-10-02 and 2027-02-03: the first lies in the National Day holiday and moves behind it.
    assert (terms.review.on, terms.suit.on) == (date(2026, 10, 8), date(2027, 2, 3))


def test_the_list_puts_the_nearest_term_on_top_and_lights_its_lamp(office: Office, new_life: NewLife) -> None:
    later = dispute_about(answered(new_life), "review", date(2026, 9, 14), date(2026, 9, 28))
    sooner = dispute_about(answered(new_life), "suit_direct", date(2026, 9, 14), date(2026, 9, 22))
    unserved = dispute_about(answered(new_life), "complaint", date(2026, 9, 15))
    with reading() as session:
        lines = open_disputes(session, office.staff[Duty.OFFICER], date(2026, 10, 9))
    assert [one.reference for one in lines] == [sooner.reference, later.reference, unserved.reference]
    lamps = [one.running.term.lamp if one.running else None for one in lines]
    assert lamps == [Lamp.OVERDUE, Lamp.NORMAL, None]


def test_a_dispute_goes_its_way_to_the_second_instance(new_life: NewLife) -> None:
    life = dispute_about(answered(new_life), "suit_direct", date(2026, 9, 14), date(2026, 9, 22))
    life.come_to(date(2026, 9, 30))
    on_dispute(life, lambda s, one, a, now: dispute.hand_in(s, one, date(2026, 9, 30), a, now))
    decide(life, "upheld", date(2026, 12, 1))
    running = urgent(dispute_of(life), date(2026, 12, 1))
    assert running is not None
    assert (running.label, running.due.on) == ("对判决提起上诉", date(2026, 12, 16))
    life.come_to(date(2026, 12, 10))
    on_dispute(life, lambda s, one, a, now: dispute.appeal(s, one, "applicant", date(2026, 12, 10), a, now))
    assert dispute_of(life).state is DisputeState.APPEALED
    decide(life, "corrected", date(2027, 3, 1))
    with pytest.raises(Refusal, match="终审"):
        on_dispute(life, lambda s, one, a, now: dispute.appeal(s, one, "organ", date(2027, 3, 1), a, now))
    on_dispute(life, dispute.close)
    assert [(one.instance, one.result) for one in dispute_of(life).decisions] == [(1, "upheld"), (2, "corrected")]
    assert table4_of(life, 2026) == {"suit_direct": {"pending": 1}}
    assert table4_of(life, 2027) == {"suit_direct": {"corrected": 1}}
    assert table4_of(life, 2028) == {}


def table4_of(life: Life, year: int) -> dict[str, dict[str, int]]:
    """Table 四 of the organ without its empty lines."""
    with reading() as session:
        organ = session.scalars(select(Organ).where(Organ.code == life.organ_code)).one()
        found = dispute_report.table4(session, organ, year)
    return {str(path): {str(result): count for result, count in line.items()} for path, line in found.items() if line}


def test_every_figure_of_table_4_leads_to_its_disputes_and_the_pending_are_carried(
    office: Office, new_life: NewLife
) -> None:
    upheld = dispute_about(answered(new_life), "review", date(2026, 9, 1), date(2026, 9, 3))
    decide(upheld, "upheld", date(2026, 10, 20))
    pending = dispute_about(answered(new_life), "review", date(2026, 9, 2))
    complaint = dispute_about(answered(new_life), "complaint", date(2026, 9, 3))
    decide(complaint, "founded", date(2026, 9, 4))
    assert table4_of(upheld, 2026) == {"review": {"upheld": 1, "pending": 1}}
    assert table4_of(upheld, 2027) == {"review": {"pending": 1}}
    with reading() as session:
        organ = session.get_one(Organ, office.organ_id)
        figures = report.annual(session, organ, 2026)["table4"]
        for path in DisputePath:
            for place, result in enumerate([*DisputeResult, None]):
                cell = dispute_report.disputes_of_cell(session, [organ], Span.of_year(2026), path, result)
                assert len(cell) == figures[path][place]
        found = dispute_report.disputes_of_cell(session, [organ], Span.of_year(2026), "review", "pending")
        assert [one.case.reference for one in found] == [pending.reference]
        with pytest.raises(Refusal, match="没有这一格"):
            dispute_report.disputes_of_cell(session, [organ], Span.of_year(2026), "complaint", None)


def test_what_comes_after_the_filing_is_kept_and_marked(office: Office, new_life: NewLife) -> None:
    life = answered(new_life)
    life.do(
        Duty.OFFICER, lambda s, c, a, now: add_paper(s, c, "file", Upload("前.txt", "前".encode()), life.today, a, now)
    )
    filed = life.today + timedelta(10)
    dispute_about(life, "complaint", life.today)
    life.come_to(filed)
    dispute_about(life, "review", filed)
    life.come_to(filed + timedelta(1))
    # A paper of an earlier day that came into the file only now is late as well.
    early = filed - timedelta(3)
    life.do(Duty.OFFICER, lambda s, c, a, now: add_paper(s, c, "file", Upload("后.txt", "后".encode()), early, a, now))
    with reading() as session:
        found = casefile.find(session, life.reference, office.staff[Duty.OFFICER])
        file = casefile.casefile(session, found, life.today)
    assert file.evidence_until == filed
    assert {"前.txt": False, "后.txt": True}.items() <= {one.name: one.late for one in file.papers}.items()
    assert not any(fact.late for fact in file.facts)


def test_who_may_enter_and_what_is_no_day(new_life: NewLife) -> None:
    life = answered(new_life)
    filing = Filing("review", "资阳市人民政府", "", life.today)
    with pytest.raises(NotPermitted):
        life.do(Duty.SIGNER, lambda s, case, actor, now: dispute.register(s, case, filing, actor, now))
    for wrong, field in (
        (Filing("petition", "某机关", "", life.today), "kind"),
        (Filing("review", " ", "", life.today), "authority"),
        (Filing("review", "某机关", "", life.today + timedelta(1)), "filed_on"),
        (Filing("review", "某机关", "", date(2026, 1, 5)), "filed_on"),
    ):
        with pytest.raises(Refusal) as refused:
            enter(life, wrong)
        assert refused.value.field == field
    dispute_about(life, "complaint", life.today)
    with pytest.raises(Refusal, match="请选择结果"):
        decide(life, "upheld", life.today)
    with pytest.raises(WrongState):
        on_dispute(life, lambda s, one, a, now: dispute.hand_in(s, one, life.today, a, now))


def test_a_dispute_may_come_about_an_archived_file(new_life: NewLife) -> None:
    life = answered(new_life).archive()
    dispute_about(life, "review", life.today)
    assert dispute_of(life).state is DisputeState.FILED
