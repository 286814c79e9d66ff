"""A department entrusted, a unit asked for help, a reply given before: the organ answers, and no clock is touched."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from gkapply.casework import assistance, entrustment, track
from gkapply.casework.letterbook import discard
from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.demo.applicants import COMPANY, PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import NotPermitted, Refusal
from workflows.application import CaseState
from workflows.duties import Duty

NewLife = Callable[..., Life]
PUBLIC = {"where_to_find": "县政府门户网站“统计信息”栏目"}


def handled(new_life: NewLife, applicant: object = PERSON, day: date = date(2026, 3, 2)) -> Life:
    """A request that is being handled, received on that day."""
    life = new_life(day)
    return life.register(walked_in(applicant, "2024年统计公报"), life.at_the_counter()).assign().accept()  # type: ignore[arg-type]


def found(life: Life) -> Case:
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        _ = case.letters, case.notes, case.items, case.facts
        return case


def entrust(life: Life, duty: Duty = Duty.HEAD) -> None:
    life.do(duty, lambda s, case, actor, now: entrustment.entrust(s, case, "县统计局", "由其保存", actor, now))


class TestEntrustment:
    def test_no_reply_goes_on_before_the_applicant_was_told(self, new_life: NewLife) -> None:
        life = handled(new_life).decide(1, "disclosed_public", PUBLIC)
        due_on = found(life).due_on
        entrust(life)
        life.draft_reply()
        with pytest.raises(Refusal, match="委托办理告知书"):
            life.submit_reply()
        life.issue(LetterKind.ENTRUSTMENT_NOTICE, signer=Duty.SIGNER)
        life.submit_reply().pass_review().sign_reply().send_reply()
        case = found(life)
        assert case.state is CaseState.REPLIED
        assert case.due_on == due_on
        reply = next(one for one in case.letters if one.kind == "reply_public")
        notice = next(one for one in case.letters if one.kind == "entrustment_notice")
        assert reply.signing_name_id == notice.signing_name_id

    def test_the_applicant_sees_it_with_the_reason(self, new_life: NewLife) -> None:
        life = handled(new_life)
        entrust(life)
        life.issue(LetterKind.ENTRUSTMENT_NOTICE, signer=Duty.SIGNER)
        with reading() as session:
            actor, _ = track.applicant_of(session, life.reference, {life.reference: 1})
            shown = {one.label: one.why for one in track.progress(session, actor, life.today).milestones}
        assert "以自己的名义按期作出" in shown["告知委托部门办理"]

    def test_only_the_head_and_only_once(self, new_life: NewLife) -> None:
        life = handled(new_life)
        with pytest.raises(NotPermitted):
            entrust(life, Duty.OFFICER)
        entrust(life)
        with pytest.raises(Refusal, match="已经委托"):
            entrust(life)
        with pytest.raises(Refusal, match="不能作废"):
            life.do(Duty.OFFICER, lambda s, case, actor, now: discard(s, case.letters[-1], actor, now))


class TestAssistance:
    @pytest.fixture
    def asked(self, new_life: NewLife) -> Life:
        life = handled(new_life)
        until = date(2026, 3, 10)
        life.do(
            Duty.OFFICER, lambda s, case, actor, now: assistance.ask(s, case, "档案股", "查找原件", until, actor, now)
        )
        return life

    def test_asking_and_answering_touch_no_clock(self, asked: Life) -> None:
        before = found(asked).due_on
        asked.issue(LetterKind.ASSISTANCE_LETTER, "hand").come_to(date(2026, 3, 9))
        uid = found(asked).letters[-1].uid
        asked.do(
            Duty.OFFICER,
            lambda s, case, actor, now: assistance.note_answer(s, case, uid, "已找到原件", asked.today, actor, now),
        )
        case = found(asked)
        assert (case.due_on, case.stopped_since) == (before, None)
        assert assistance.waiting(case) == []
        assert case.state is CaseState.HANDLING

    def test_nothing_is_answered_before_the_letter_left_nor_twice(self, asked: Life) -> None:
        uid = found(asked).letters[-1].uid

        def answer() -> None:
            asked.do(
                Duty.OFFICER,
                lambda s, case, actor, now: assistance.note_answer(s, case, uid, "已找到", asked.today, actor, now),
            )

        with pytest.raises(Refusal, match="尚未答复"):
            answer()
        asked.issue(LetterKind.ASSISTANCE_LETTER, "hand")
        answer()
        with pytest.raises(Refusal, match="尚未答复"):
            answer()

    def test_the_day_lies_before_the_end_of_the_term(self, new_life: NewLife) -> None:
        life, late = handled(new_life), date(2026, 3, 30)
        with pytest.raises(Refusal, match="早于答复期限"):
            life.do(
                Duty.OFFICER, lambda s, case, actor, now: assistance.ask(s, case, "档案股", "查找", late, actor, now)
            )


class TestEarlierReply:
    @pytest.fixture
    def answered(self, new_life: NewLife) -> Life:
        """A request of the person that was answered on 3 March 2026."""
        life = handled(new_life).decide(1, "disclosed_public", PUBLIC).draft_reply().submit_reply().pass_review()
        return life.come_to(date(2026, 3, 3)).sign_reply().send_reply()

    def evidence(self, answered: Life, **more: str) -> dict[str, str]:
        number = next(one.number for one in found(answered).letters if one.kind == "reply_public")
        return {"earlier_number": number or "", "earlier_on": "2026-03-03", **more}

    def test_a_reply_to_the_same_person_is_enough(self, new_life: NewLife, answered: Life) -> None:
        again = handled(new_life, day=date(2026, 3, 9))
        again.decide(1, "repeated", self.evidence(answered))
        assert found(again).items[0].outcome == "repeated"

    def test_a_reply_to_somebody_else_is_not(self, new_life: NewLife, answered: Life) -> None:
        other = handled(new_life, COMPANY, date(2026, 3, 9))
        with pytest.raises(Refusal, match="不是给本件申请人"):
            other.decide(1, "repeated", self.evidence(answered))

    def test_a_wrong_day_is_refused(self, new_life: NewLife, answered: Life) -> None:
        again = handled(new_life, day=date(2026, 3, 9))
        with pytest.raises(Refusal, match="记载不符"):
            again.decide(1, "repeated", self.evidence(answered, earlier_on="2026-03-04"))

    def test_a_reply_after_this_request_came_in_makes_no_repetition(self, new_life: NewLife, answered: Life) -> None:
        again = handled(new_life, day=date(2026, 3, 2))
        with pytest.raises(Refusal, match="不是重复申请"):
            again.decide(1, "repeated", self.evidence(answered))

    def test_an_unknown_number_needs_its_basis(self, new_life: NewLife) -> None:
        life = handled(new_life)
        given = {"earlier_number": "安府公开〔2025〕3号", "earlier_on": "2025-05-06"}
        with pytest.raises(Refusal, match="系统中没有"):
            life.decide(1, "repeated", given)
        life.decide(1, "repeated", {**given, "earlier_basis": "2025年纸质案卷第12号，由承办人核对"})
        assert found(life).items[0].outcome == "repeated"


def test_an_applicant_without_number_needs_a_basis_too(new_life: NewLife) -> None:
    life = new_life(date(2026, 3, 2))
    nameless = replace(walked_in(PERSON, "2024年统计公报"), id_type="", id_number="")
    life.register(nameless, life.at_the_counter()).assign().accept()
    with pytest.raises(Refusal, match="系统中没有"):
        life.decide(1, "repeated", {"earlier_number": "安府公开〔2025〕3号", "earlier_on": "2025-05-06"})
