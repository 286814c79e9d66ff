"""Excessive requests: counted, explained, judged; not processed, or answered on a later day (条例第三十五条)."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import excess
from gkapply.casework.dating import reckoning
from gkapply.casework.records import Case
from gkapply.casework.report import annual
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, request
from gkapply.demo.life import Life
from gkapply.law.clocks import Clock
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import NotPermitted, Refusal
from workflows.case_states import CaseState
from workflows.duties import Duty

NewLife = Callable[..., Life]
DUE = date(2026, 3, 30)
EXCESSIVE = {"counts": "46件", "counted_period": "近12个月", "head_judgment": "理由不合理"}


def case_of(session: Session, life: Life) -> Case:
    return session.scalars(select(Case).where(Case.reference == life.reference)).one()


@pytest.fixture
def handled(new_life: NewLife) -> Life:
    """A request received on Monday, 2 March 2026, in handling."""
    return new_life().apply_online(request(PERSON, "全部会议签到表")).confirm().assign().accept()


@pytest.fixture
def asked(handled: Life) -> Life:
    """Its applicant was asked for the reasons on the 4th and read the notice the same day; ten working days to answer."""
    handled.come_to(date(2026, 3, 4)).ask_explanation("46件", "近12个月")
    return handled.notice_delivered(LetterKind.EXPLANATION_NOTICE)


def test_the_counts_are_of_the_same_person_at_this_organ(new_life: NewLife) -> None:
    for day in (date(2025, 2, 3), date(2026, 2, 2), date(2026, 3, 2), date(2026, 3, 2)):
        life = new_life(max(day, date(2026, 3, 2))).apply_online(request(PERSON, "会议签到表"))
        life.confirm()
    life.assign().accept()
    with reading() as session:
        counts = excess.counts_of(session, case_of(session, life), date(2026, 3, 31))
    assert (counts.in_month, counts.in_year, counts.most_on_a_day, counts.fullest_day) == (4, 4, 4, date(2026, 3, 2))
    assert counts.words == "4件，其中2026年3月2日一日4件"
    assert counts.period == "2025年4月1日至2026年3月31日"


def test_asking_stops_no_clock(asked: Life) -> None:
    with reading() as session:
        case = case_of(session, asked)
        assert case.state is CaseState.EXPLAINING
        assert reckoning(case).reply_due_on == DUE
        assert case.explanation_due_on == date(2026, 3, 18)


def test_the_office_goes_on_searching_meanwhile(asked: Life) -> None:
    asked.search("签到表", "查到12份").extend(5, "数量较多")
    with reading() as session:
        assert reckoning(case_of(session, asked)).reply_due_on == date(2026, 4, 7)


def test_it_is_asked_once(asked: Life) -> None:
    asked.explain("用于研究")
    with pytest.raises(Refusal, match="已于 2026-03-04 要求申请人说明理由"):
        asked.ask_explanation("46件", "近12个月")


class TestJudging:
    def test_not_before_the_reasons_came_or_the_term_passed(self, asked: Life) -> None:
        with pytest.raises(Refusal, match="期限至 2026-03-18 届满"):
            asked.come_to(date(2026, 3, 18)).judge("unreasonable", "没有说明")
        asked.come_to(date(2026, 3, 19)).judge("unreasonable", "逾期没有说明")
        with reading() as session:
            assert case_of(session, asked).state is CaseState.HANDLING

    def test_not_without_proof_that_the_notice_arrived(self, handled: Life) -> None:
        handled.ask_explanation("46件", "近12个月").come_to(date(2026, 4, 30))
        with pytest.raises(Refusal, match="没有申请人收到说明理由告知书的凭证"):
            handled.judge("unreasonable", "没有说明")

    def test_only_the_head_and_with_a_reason(self, asked: Life) -> None:
        asked.explain("用于研究")
        with pytest.raises(Refusal, match="认定须说明理由"):
            asked.judge("reasonable", " ")
        with pytest.raises(NotPermitted):
            asked.do(Duty.OFFICER, lambda s, c, a, now: excess.judge_explanation(s, c, "reasonable", "合理", a, now))
        asked.judge("reasonable", "用途真实")
        with pytest.raises(Refusal, match="已经认定"):
            asked.judge("unreasonable", "再想想")

    @pytest.mark.parametrize("text", ["", "绝密★"])
    def test_reasons_must_say_something_that_may_be_kept(self, asked: Life, text: str) -> None:
        with pytest.raises(Refusal) as refused:
            asked.explain(text)
        assert refused.value.field == "text"


class TestNotProcessing:
    def test_needs_the_heads_judgement(self, asked: Life) -> None:
        asked.explain("无")
        with pytest.raises(Refusal, match="只有公开机构负责人认定申请理由不合理的"):
            asked.decide(1, "excessive", EXCESSIVE)
        asked.judge("reasonable", "说得通")
        with pytest.raises(Refusal, match="只有公开机构负责人认定申请理由不合理的"):
            asked.decide(1, "excessive", EXCESSIVE)

    def test_counts_in_its_row(self, asked: Life) -> None:
        asked.explain("无").judge("unreasonable", "没有说明用途，内容重复")
        asked.decide(
            1, "excessive", EXCESSIVE
        ).draft_reply().waive_deliberation().submit_reply().pass_review().sign_reply().send_reply()
        with reading() as session:
            case = case_of(session, asked)
            assert (case.state, case.report_row) == (CaseState.REPLIED, "3.5.4")
            report = annual(session, case.organ, 2026)
        assert all(check["ok"] for check in report["checks"])


class TestDelay:
    @pytest.fixture
    def reasonable(self, asked: Life) -> Life:
        return asked.explain("课题研究").judge("reasonable", "有立项书")

    def test_puts_a_day_in_the_place_of_the_term(self, reasonable: Life) -> None:
        reasonable.delay(date(2026, 6, 30), "须逐件审查")
        with reading() as session:
            case = case_of(session, reasonable)
            assert (case.due_on, case.stopped_since) == (date(2026, 6, 30), None)
            assert [clock.clock for clock in reckoning(case).running] == [Clock.REPLY]

    @pytest.mark.parametrize(
        ("today", "until", "reason"),
        [
            (date(2026, 3, 19), DUE, "无须延迟"),
            (date(2026, 3, 31), date(2026, 6, 30), "期限届满后不能延迟"),
        ],
    )
    def test_only_to_a_later_day_and_in_time(self, reasonable: Life, today: date, until: date, reason: str) -> None:
        with pytest.raises(Refusal, match=reason):
            reasonable.come_to(today).delay(until, "须逐件审查")

    def test_signed_in_time_and_sent_too_late_is_refused(self, reasonable: Life) -> None:
        until = date(2026, 6, 30)
        reasonable.do(Duty.OFFICER, lambda s, c, a, now: excess.propose_delay(s, c, until, "须逐件审查", a, now))
        reasonable.come_to(date(2026, 3, 31))
        with pytest.raises(Refusal, match="期限届满后不能延迟"):
            reasonable.issue(LetterKind.DELAY_NOTICE)

    def test_not_for_reasons_found_bad(self, asked: Life) -> None:
        asked.explain("无").judge("unreasonable", "没有说明用途")
        with pytest.raises(Refusal, match="申请理由合理的，才能延迟"):
            asked.delay(date(2026, 6, 30), "须逐件审查")
