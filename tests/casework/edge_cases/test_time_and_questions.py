"""Correction, third parties, co-producers: what moves the clock, and what silence, lateness and refusal come to."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from gkapply.casework import asking, consultation, correction, delivery, letters_together, reopening
from gkapply.casework.access import Actor
from gkapply.casework.asking import Asking, Party
from gkapply.casework.consultation import Question
from gkapply.casework.correction import Arrival
from gkapply.casework.records import Case
from gkapply.casework.reopening import Ground
from gkapply.demo.applicants import PERSON, request
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.replies import ReplyKind
from tests.casework.edge_cases.lives import Login, NewLife, answered, case_of, handled, told_at, told_when_deciding
from tests.casework.test_consultations import says, weigh
from workflows.case_states import CaseState
from workflows.duties import Duty

THIRD_PARTY = Question("third_party", "某建设工程有限公司", "某县某路1号", "", "施工合同", "合同载有报价明细")
OTHER_PARTY = Question("third_party", "某监理有限公司", "某县某路2号", "", "监理合同", "合同载有报价明细")
HELD_BACK = {"as": "refused_third_party", "what": "报价明细", "reason": "属于商业秘密"}
TUESDAY = date(2026, 3, 10)


def correcting(new_life: NewLife, text: str = "全部材料") -> Life:
    """Asked by hand on 4 March to correct; the applicant's fifteen working days end on the 25th."""
    life = new_life().apply_online(request(PERSON, text)).confirm().assign().come_to(date(2026, 3, 4))
    return life.ask_correction("请写明名称", "写明年度可以帮助检索", way=delivery.HAND)


def receive(life: Life, arrival: Arrival) -> None:
    """The corrected request comes in today."""
    life.do(
        Duty.REGISTRAR,
        lambda s, c, a, now: correction.receive(s, c, life.today, "2024年的文件", None, a, now, arrival=arrival),
    )


def test_corrected_twice(new_life: NewLife) -> None:
    """补正两次：只能一次性告知；第二次被拒绝，仍不明确的答复“补正后仍不明确”（表三3.4.3）。"""
    life = correcting(new_life)
    receive(life.come_to(date(2026, 3, 6)), Arrival("counter"))
    with pytest.raises(Refusal, match="仍不明确的，据此答复"):
        life.ask_correction("请再写明", "再写明")
    life.accept()
    assert answered(life, "still_unclear", {"unclear_points": "仍未写明批次"}).report_row == "3.4.3"


def test_correction_by_another_channel(new_life: NewLife) -> None:
    """补正从另一渠道送来：按该渠道的收到规则；传真等须双方确认，自收到补正之日重新计算20个工作日。"""
    life = correcting(new_life).come_to(date(2026, 3, 20))
    with pytest.raises(Refusal, match="以双方确认之日为收到之日"):
        receive(life, Arrival("fax"))
    receive(life, Arrival("fax", "phone"))
    assert (case_of(life).clock_from, case_of(life).due_on) == (date(2026, 3, 20), date(2026, 4, 20))
    posted = correcting(new_life).come_to(date(2026, 3, 20))
    receive(posted, Arrival("signed_post"))
    assert case_of(posted).due_on == date(2026, 4, 20)


def test_late_correction_with_good_reason(new_life: NewLife) -> None:
    """逾期补正但有正当理由：写明理由即接受，期限重新计算；已视为放弃的由公开机构负责人认定后恢复办理。"""
    life = correcting(new_life).come_to(date(2026, 3, 26))
    with pytest.raises(Refusal, match="逾期补正须写明接受的理由"):
        receive(life, Arrival("counter"))
    receive(life, Arrival("counter", late_reason="申请人住院，有出院证明"))
    assert (case_of(life).state, case_of(life).due_on) == (CaseState.REVIEWING, date(2026, 4, 24))
    lapsed = correcting(new_life).come_to(date(2026, 4, 2)).time_passes().confirm_lapse("致电无人接听", "无正当理由")
    assert case_of(lapsed).report_row == "3.6.1"
    reason = Ground("good_reason", None, None, "住院至4月1日")
    lapsed.come_to(date(2026, 4, 7)).do(
        Duty.HEAD,
        lambda s, c, a, now: reopening.reopen_corrected(s, c, lapsed.today, "2024年文件", None, reason, a, now),
    )
    case = case_of(lapsed)
    assert (case.state, case.report_row, case.due_on) == (CaseState.REVIEWING, None, date(2026, 5, 8))


def test_third_party_and_extension_together(new_life: NewLife) -> None:
    """征求第三方意见又延期：停算和延期相加；延期须在顺延后的到期日当天或之前决定并告知。"""
    life = handled(new_life, "某工程的施工合同").come_to(TUESDAY).consult(THIRD_PARTY)
    life.come_to(date(2026, 3, 12)).party_got_it().come_to(date(2026, 3, 25)).party_answers("disagree", "商业秘密")
    assert case_of(life).due_on == date(2026, 4, 15)
    life.come_to(date(2026, 4, 15)).extend(10, "需要逐件核对")
    assert case_of(life).due_on == date(2026, 4, 29)
    late = handled(new_life, "某工程的施工合同").come_to(TUESDAY).consult(THIRD_PARTY)
    late.come_to(date(2026, 3, 12)).party_got_it().come_to(date(2026, 3, 25)).party_answers("disagree", "商业秘密")
    with pytest.raises(Refusal, match="第三十三条第二款"):
        late.come_to(date(2026, 4, 16)).extend(10, "需要逐件核对")


def test_several_third_parties(new_life: NewLife) -> None:
    """多个第三方：停算时间取并集，不相加；有的同意有的不同意的，部分公开（第三十七条）。"""
    life = handled(new_life, "施工合同和监理合同").come_to(TUESDAY).consult(THIRD_PARTY).party_got_it()
    life.come_to(date(2026, 3, 12)).party_answers("disagree", "报价是商业秘密")
    assert case_of(life).due_on == date(2026, 4, 1)
    both = handled(new_life, "施工合同和监理合同").come_to(TUESDAY).consult(THIRD_PARTY)
    both.come_to(date(2026, 3, 12)).consult(OTHER_PARTY)
    both.come_to(date(2026, 3, 16))
    first = opinion_of(both, 0, "agree")
    assert first.stopped_since is not None
    both.come_to(date(2026, 3, 18)).party_answers("disagree", "报价是商业秘密")
    # 11 to 18 March once: six working days, not 4 + 4.
    assert case_of(both).due_on == date(2026, 4, 8)
    both.decide(1, "disclosed", {"enclosures": "合同（18页）", "release_review": "可以公开"}).draft_reply()
    with pytest.raises(Refusal, match="没有不予公开的内容"):
        both.submit_reply()
    part = {"withheld_parts": [HELD_BACK], "enclosures": "合同（隐去报价，18页）", "release_review": "可以公开"}
    assert answered(both, "partial", part).report_row == "3.2"


def opinion_of(life: Life, place: int, opinion: str) -> Case:
    """The opinion of one of several parties; the case afterwards."""
    life.do(
        Duty.REGISTRAR,
        lambda s, c, a, now: consultation.answer(
            s, c.consultations[place], life.today, consultation.Opinion(opinion), a, now
        ),
    )
    return case_of(life)


def on_first(life: Life, duty: Duty, deed: Callable[..., int]) -> int:
    """A deed on the first letter of a question to many."""

    def on_case(session: Session, case: Case, actor: Actor, now: datetime) -> int:
        return deed(session, next(one for one in case.letters if one.kind == "third_party_inquiry"), actor, now)

    return life.do(duty, on_case)


def test_third_party_refuses_without_reasons(new_life: NewLife, login: Login) -> None:
    """第三方不同意但没有理由：由本机关决定；衡量为理由不成立的可以公开，须先告知第三方并等待期满。"""
    life = handled(new_life, "某工程的施工合同").come_to(TUESDAY).consult(THIRD_PARTY).party_got_it()
    told = told_when_deciding(login, life, ReplyKind.REFUSED_THIRD_PARTY)
    assert "没有理由或者逾期未提出意见的，由本机关决定" in told
    says(life, "disagree")
    life.decide(1, "disclosed", {"enclosures": "合同（18页）", "release_review": "可以公开"}).draft_reply()
    with pytest.raises(Refusal, match="意见尚未衡量"):
        life.submit_reply()
    weigh(life, "unreasonable")
    life.submit_reply().pass_review().sign_reply()
    with pytest.raises(Refusal, match="决定公开告知书尚未送达") as refused:
        life.send_reply()
    assert refused.value.article == "条例第三十二条"


def test_two_hundred_third_parties(new_life: NewLife) -> None:
    """200个第三方：一次征求、每户一份文书、一张送达清单；超过200的请分次；期限只停算一次。"""
    life = handled(new_life, "土地承包合同").come_to(TUESDAY)
    many = Asking("third_party", "承包合同", "涉及各户隐私")

    def ask(count: int) -> None:
        parties = [Party(f"第{number}户") for number in range(1, count + 1)]
        life.do(Duty.OFFICER, lambda s, c, a, now: asking.propose_all(s, c, many, parties, a, now))

    with pytest.raises(Refusal, match="一次最多征求200个对象的意见"):
        ask(201)
    ask(200)
    case = case_of(life)
    assert (len(case.consultations), [one.kind for one in case.letters].count("inquiry_notice")) == (200, 1)
    assert len({one.group_uid for one in case.consultations}) == 1
    life.sign(LetterKind.INQUIRY_NOTICE)
    assert on_first(life, Duty.OFFICER, letters_together.submit) == 200


def test_all_documents_about_something(new_life: NewLife, login: Login) -> None:
    """申请“某事项的全部材料”：先补正缩小范围；仍不明确的按补正后仍不明确答复；明确而过多的依照第三十五条。"""
    life = new_life().apply_online(request(PERSON, "征地的全部材料")).confirm().assign()
    told = told_at(login, life, "propose_correction")
    assert "先一次性告知补正、缩小范围" in told
    assert "内容明确但数量过多的，依照第三十五条要求说明理由" in told
    with pytest.raises(Refusal) as refused:
        life.accept().decide(1, "still_unclear", {"unclear_points": "全部材料不明确"})
    assert refused.value.field == "correction_record"
    with pytest.raises(Refusal):
        life.decide(1, "excessive", {"counts": "1件", "counted_period": "近一年", "head_judgment": "太多"})
