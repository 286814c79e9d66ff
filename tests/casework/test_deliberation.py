"""Joint consultations (会商) of real cases: what demands one, what bars the reply, dissent, conclusion, waiver, minutes."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from gkapply.casework import deliberation, deliberation_causes, deliberation_opinions, letterbook, letters_together
from gkapply.casework import paper_approval as paper
from gkapply.casework.deliberation import Plan
from gkapply.casework.deliberation_members import Invited
from gkapply.casework.deliberation_opinions import Said
from gkapply.casework.deliberation_records import Deliberation, DeliberationOpinion
from gkapply.casework.documents import Upload
from gkapply.casework.letter_route import is_weighty
from gkapply.casework.notification import Notification
from gkapply.casework.paper_approval import PaperDecision
from gkapply.casework.people import Organ
from gkapply.casework.precedents import Wanted, find
from gkapply.casework.records import Case
from gkapply.casework.services import store
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.leaders import SHEET
from gkapply.demo.life import Life
from gkapply.law.refusal import NotPermitted, Refusal, WrongState
from gkapply.letters.text import paragraphs
from tests.casework.conftest import Office
from workflows.deliberation import DeliberationState
from workflows.duties import Duty

NewLife = Callable[..., Life]
MONDAY = date(2026, 3, 2)
DUE = date(2026, 3, 30)
SECURITY = {"danger_named": "水源地位置", "reason": "可能危及公共安全", "separation_considered": "yes"}
PUBLIC = {"where_to_find": "县政府门户网站"}
BARRED = "须先经会商"


@pytest.fixture
def database_kind() -> str:
    """No statement here differs between the databases; the full desk is walked on both."""
    return "sqlite"


@pytest.fixture
def handled(new_life: NewLife) -> Life:
    """A request in handling, due on 30 March."""
    life = new_life(MONDAY)
    return life.register(walked_in(PERSON, "供水应急预案"), life.at_the_counter()).assign().accept()


@pytest.fixture
def doubtful(handled: Life) -> Life:
    """To be refused for the sake of public safety, with a draft of the reply."""
    return handled.decide(1, "refused_security", SECURITY).draft_reply()


def members(life: Life) -> tuple[Invited, ...]:
    return (
        life.colleague("公开机构", Duty.OFFICER),
        life.colleague("法制", Duty.REVIEWER),
        Invited("法律顾问", "某律师事务所某律师", phone="028-12345678"),
    )


def conferring(life: Life) -> Life:
    return life.propose_deliberation("能否部分公开？", members(life)).call_deliberation()


def heard(life: Life) -> Life:
    conferring(life).speaks(Duty.OFFICER, "agree").speaks(Duty.REVIEWER, "agree", "危害后果应当写明")
    return life.speaks_by_link("某律师事务所某律师", "disagree", "正文应当公开")


def concluded(life: Life, outcome: str = "refused_security") -> Life:
    return heard(life).conclude_deliberation("全文不予公开", "条例第十四条", {1: outcome})


def newest(life: Life) -> tuple[DeliberationState, str, str]:
    """State, number and outcomes of the newest 会商."""
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        one = case.deliberations[-1]
        return one.state, one.number or "", one.outcomes


def causes(life: Life) -> list[tuple[str, str]]:
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        return [(one.trigger, one.seen_by) for one in case.deliberation_causes]


class TestBarring:
    def test_it_is_kept_when_first_seen_and_told(self, doubtful: Life, office: Office) -> None:
        assert causes(doubtful) == [("secrecy", "system")]
        doubtful.decide(1, "refused_security", SECURITY)
        assert causes(doubtful) == [("secrecy", "system")]
        with reading() as session:
            told = set(session.scalars(select(Notification.user_id).where(Notification.kind == "deliberation_due")))
        assert told == {office.staff[Duty.OFFICER].user_id, office.staff[Duty.HEAD].user_id}

    def test_neither_alone_nor_together_is_it_submitted(self, doubtful: Life) -> None:
        for submit in (letterbook.submit, letters_together.submit):
            with pytest.raises(Refusal, match=BARRED):
                doubtful._on_letter(None, Duty.OFFICER, submit)

    def test_a_circumstance_that_comes_later_bars_every_further_rung(self, handled: Life) -> None:
        handled.decide(1, "disclosed_public", PUBLIC).draft_reply().submit_reply()
        called(handled)
        with pytest.raises(Refusal, match=BARRED):
            handled.pass_review()
        with pytest.raises(Refusal, match=BARRED):
            on_paper(handled, Duty.REVIEWER)
        handled.waive_deliberation().pass_review()
        called(handled)
        with pytest.raises(Refusal, match=BARRED):
            handled.sign_reply()
        with pytest.raises(Refusal, match=BARRED):
            on_paper(handled, Duty.SIGNER)
        on_paper(handled, Duty.SIGNER, agrees=False)

    def test_nothing_is_answered_on_the_spot(self, new_life: NewLife) -> None:
        life = new_life(MONDAY)
        life.register(walked_in(PERSON, "民生实事清单"), life.at_the_counter()).assign()
        called(life)
        with pytest.raises(Refusal, match=BARRED):
            life.answer_on_the_spot("disclosed_public", PUBLIC, Upload("记录.txt", "签名".encode()))

    def test_a_combined_reply_waits_for_every_request(self, new_life: NewLife, handled: Life) -> None:
        other = new_life(MONDAY)
        other.register(walked_in(PERSON, "另一文件"), other.at_the_counter()).assign().accept()
        for one in (handled, other):
            one.decide(1, "disclosed_public", PUBLIC)
        handled.draft_combined(other.reference)
        called(other)
        with pytest.raises(Refusal, match=f"申请 {other.reference} {BARRED}"):
            handled.submit_reply()

    def test_what_a_reviewer_objects_to_waits_while_the_decision_stands(self, handled: Life) -> None:
        handled.decide(1, "disclosed_public", PUBLIC).draft_reply().submit_reply()
        handled._on_letter(
            None,
            Duty.REVIEWER,
            lambda s, one, a, now: letterbook.return_letter(s, one, a, now, "应为不存在", objects=True),
        )
        assert causes(handled) == [("disagreement", "system")]
        with pytest.raises(Refusal, match="承办人没有改变认定"):
            handled.submit_reply()
        handled.search("“预案”", "没有").decide(1, "not_existing", {}).draft_reply().submit_reply()

    def test_words_alone_may_be_mended_once(self, handled: Life) -> None:
        handled.decide(1, "disclosed_public", PUBLIC).draft_reply().submit_reply().return_reply("错字").submit_reply()
        handled.return_reply("仍有错字")
        with pytest.raises(Refusal, match="已被退回2次"):
            handled.submit_reply()

    def test_what_the_office_has_switched_off_bars_nothing(self, handled: Life) -> None:
        with transaction() as session:
            session.scalars(select(Organ)).first().settings = '{"deliberate_secrecy":false}'  # type: ignore[union-attr]
        handled.decide(1, "refused_security", SECURITY).draft_reply().submit_reply()
        assert causes(handled) == []


def called(life: Life) -> None:
    """A person thinks that it has to be conferred about."""
    life.do(Duty.REVIEWER, lambda s, c, a, now: deliberation_causes.tick(s, c, "called", "社会关注度高", a, now))


def on_paper(life: Life, duty: Duty, *, agrees: bool = True) -> None:
    leader = life.staff[duty].user_id
    assert leader is not None
    said = PaperDecision(leader, life.today, agrees, "阅", Upload("呈批单.pdf", SHEET))
    life._on_letter(None, Duty.REGISTRAR, lambda s, one, a, now: paper.approve_on_paper(s, one, said, a, now))


class TestConferring:
    def test_its_day_lies_in_the_reply_term_for_the_clock_goes_on(self, doubtful: Life) -> None:
        def propose(until: date) -> None:
            doubtful.do(Duty.OFFICER, lambda s, c, a, now: deliberation.propose(
                s, c, Plan("能否公开？", until, [one.code for one in c.undeliberated]), a, now))  # fmt: skip

        with pytest.raises(Refusal, match="会商不停止计算答复期限"):
            propose(date(2026, 3, 31))
        with pytest.raises(Refusal, match="不能早于今天"):
            propose(date(2026, 3, 1))
        propose(DUE)
        with reading() as session:
            assert session.scalars(select(Case.due_on)).one() == DUE

    def test_only_the_head_calls_and_only_members_speak(self, doubtful: Life) -> None:
        doubtful.propose_deliberation("能否公开？", members(doubtful))
        with pytest.raises(WrongState):
            doubtful.speaks(Duty.OFFICER, "agree")
        with pytest.raises(NotPermitted):
            doubtful.do(Duty.OFFICER, lambda s, c, a, now: deliberation.call(s, c.deliberations[-1], a, now))
        doubtful.call_deliberation()
        with pytest.raises(Refusal, match="您不是这次会商的成员"):
            doubtful.speaks(Duty.SIGNER, "agree")

    def test_dissent_needs_its_reason_and_a_later_opinion_leaves_the_earlier(self, doubtful: Life) -> None:
        conferring(doubtful)
        with pytest.raises(Refusal, match="不同意的，请写明理由"):
            doubtful.speaks(Duty.REVIEWER, "disagree")
        doubtful.speaks(Duty.REVIEWER, "disagree", "应当区分处理").speaks(Duty.REVIEWER, "agree", "已说明，同意")
        with reading() as session:
            kept = session.scalars(select(DeliberationOpinion).order_by(DeliberationOpinion.id)).all()
            assert [one.stance for one in kept] == ["disagree", "agree"]
            assert kept[0].member.opinion is kept[1]
        with pytest.raises(DatabaseError, match="append-only"), transaction() as session:
            session.execute(text("UPDATE deliberation_opinion SET text = 'x'"))

    def test_one_voice_is_no_consultation(self, doubtful: Life) -> None:
        conferring(doubtful).speaks(Duty.OFFICER, "agree")
        with pytest.raises(Refusal, match="至少须有2名会商成员提出意见"):
            doubtful.conclude_deliberation("不予公开", "条例第十四条", {})

    def test_what_was_said_at_the_meeting_is_entered_by_another(self, doubtful: Life) -> None:
        conferring(doubtful)

        def enter(duty: Duty, name: str) -> None:
            def deed(session, case, actor, now):  # type: ignore[no-untyped-def]
                one: Deliberation = case.deliberations[-1]
                uid = next(each.uid for each in one.members if each.name == name)
                deliberation_opinions.enter(session, one, uid, Said("agree"), actor, now)

            doubtful.do(duty, deed)

        enter(Duty.OFFICER, "某律师事务所某律师")
        with pytest.raises(Refusal, match="本人的意见请直接提出"):
            enter(Duty.OFFICER, "承办人")


class TestConclusion:
    def test_it_gets_its_number_and_lets_the_reply_go_on(self, doubtful: Life) -> None:
        concluded(doubtful)
        assert newest(doubtful) == (
            DeliberationState.CONCLUDED,
            "安府办公开会商〔2026〕1号",
            '{"1": "refused_security"}',
        )
        doubtful.submit_reply().pass_review().sign_reply().send_reply("post")

    def test_the_minutes_keep_who_dissented_and_why(self, doubtful: Life) -> None:
        concluded(doubtful)
        with reading() as session:
            case = session.scalars(select(Case)).one()
            minutes = case.deliberations[0].minutes
            assert minutes is not None
            assert minutes.role == "consultation"
            words = "\n".join(paragraphs(store(session).get(minutes.sha256)))
            assert is_weighty(case)
        assert "法律顾问 某律师事务所某律师：不同意。正文应当公开" in words
        assert "安府办公开会商〔2026〕1号" in words
        assert "申请人" not in words.replace("申请内容", "")

    def test_another_decision_on_the_same_matter_asks_again(self, doubtful: Life) -> None:
        concluded(doubtful)
        law = {"law_named": "《统计法》第十一条", "reason": "禁止提供", "separation_considered": "yes"}
        doubtful.decide(1, "refused_law_forbids", law)
        with pytest.raises(Refusal, match=BARRED):
            doubtful.submit_reply()

    def test_what_departs_from_it_is_explained_first(self, doubtful: Life) -> None:
        concluded(doubtful)
        doubtful.decide(1, "disclosed_public", PUBLIC).draft_reply()
        with pytest.raises(Refusal, match="与会商结论不一致"):
            doubtful.submit_reply()
        doubtful.do(
            Duty.OFFICER,
            lambda s, c, a, now: deliberation_causes.explain_departure(s, c, 1, "会商后上级机关已公开", a, now),
        )
        doubtful.submit_reply()

    def test_who_decides_as_concluded_need_not_confer_again(self, doubtful: Life) -> None:
        concluded(doubtful, "refused_law_forbids")
        law = {"law_named": "《统计法》第十一条", "reason": "禁止提供", "separation_considered": "yes"}
        doubtful.decide(1, "refused_law_forbids", law).submit_reply()

    def test_without_agreement_it_goes_to_the_authority(self, doubtful: Life) -> None:
        heard(doubtful).no_agreement("能否区分处理", "县政务公开主管部门")
        with pytest.raises(Refusal, match="尚未登记其答复"):
            doubtful.conclude_deliberation("不予公开", "条例第十四条", {})
        doubtful.authority_answers("可以不予公开").conclude_deliberation("不予公开", "条例第十四条", {})
        doubtful.submit_reply()


class TestWaiver:
    def test_the_head_says_why(self, doubtful: Life) -> None:
        with pytest.raises(Refusal, match="请填写免予会商的理由"):
            doubtful.waive_deliberation(" ")
        doubtful.waive_deliberation("同类申请已有结论").submit_reply()
        with reading() as session:
            case = session.scalars(select(Case)).one()
            assert [(one.reason, len(json.loads(one.codes))) for one in case.deliberation_waivers] == [
                ("同类申请已有结论", 1)
            ]

    def test_a_proposal_goes_with_it_and_a_withdrawal_frees_nothing(self, doubtful: Life) -> None:
        doubtful.propose_deliberation("能否公开？")
        doubtful.do(Duty.HEAD, lambda s, c, a, now: deliberation.withdraw(s, c.deliberations[-1], "另行安排", a, now))
        with pytest.raises(Refusal, match=BARRED):
            doubtful.submit_reply()
        doubtful.propose_deliberation("能否公开？").waive_deliberation()
        assert newest(doubtful)[0] is DeliberationState.WAIVED

    def test_nobody_but_the_head(self, doubtful: Life) -> None:
        with pytest.raises(NotPermitted):
            doubtful.do(
                Duty.OFFICER,
                lambda s, c, a, now: deliberation_causes.waive(
                    s, c, [one.code for one in c.undeliberated], "不必", a, now
                ),
            )


def test_precedents_are_found_by_words_trigger_and_outcome(doubtful: Life, office: Office) -> None:
    concluded(doubtful)
    reader = office.staff[Duty.OFFICER]

    def number(**wanted: Any) -> int:
        with reading() as session:
            return len(find(session, reader, Wanted(**wanted)).lines)

    assert number(words="部分公开") == number(trigger="secrecy") == number(outcome="refused_security") == 1
    assert number(words="没有这样的词") == number(trigger="media") == number(outcome="disclosed") == 0
    assert (number(stands="concluded"), number(stands="open"), number(stands="mine")) == (1, 0, 0)


def test_a_member_speaks_again_but_not_without_end(doubtful: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliberation_opinions, "MOST_OPINIONS", 2)
    conferring(doubtful).speaks(Duty.OFFICER, "agree").speaks(Duty.OFFICER, "agree", "再想过，仍同意")
    with pytest.raises(Refusal, match="最多提出"):
        doubtful.speaks(Duty.OFFICER, "agree", "第三次")


def test_no_place_of_a_meeting_carries_a_secrecy_mark(doubtful: Life) -> None:
    plan = Plan("能否公开？", DUE, causes=("any",), place="会议室（机密★）")
    with pytest.raises(Refusal, match="国家秘密"):
        doubtful.do(Duty.OFFICER, lambda s, case, actor, now: deliberation.propose(s, case, plan, actor, now))
