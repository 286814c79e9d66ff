"""Like requests are found in the file, explained, and judged by persons."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, select, update

from gkapply.casework import likeness_index, likeness_judging, likeness_lines, outbox
from gkapply.casework.application import Application
from gkapply.casework.file_index import parts
from gkapply.casework.journal import JournalEntry
from gkapply.casework.likeness_lines import OF_OTHERS, REPEATED, STILL_PENDING, LikenessView
from gkapply.casework.likeness_records import LikenessGram
from gkapply.casework.outbox import Errand
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.demo.applicants import COMPANY, PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.refusal import NotFound, NotPermitted, Refusal
from workflows.duties import Duty

NewLife = Callable[..., Life]
ASKED = "申请公开柏树镇青龙村2021年征收集体土地的征地批文和补偿费用支付凭证。"
AGAIN = "请贵机关提供柏树镇青龙村2021年集体土地征收的批准文件、补偿费支付凭证。"
ELSEWHERE = "申请公开石羊镇红星村2021年征收集体土地的征地批文和补偿费用支付凭证。"
PUBLIC = {"where_to_find": "https://www.example.gov.cn/1"}


def registered(new_life: NewLife, text: str, applicant: Application = PERSON) -> Life:
    life = new_life()
    return life.register(walked_in(applicant, text), life.at_the_counter())


def viewed(life: Life, duty: Duty = Duty.OFFICER) -> LikenessView:
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        return likeness_lines.view(session, case, life.staff[duty], life.now)


def test_what_the_same_and_other_applicants_asked_is_shown_with_what_the_law_says(new_life: NewLife) -> None:
    first = registered(new_life, ASKED)
    other = registered(new_life, ELSEWHERE)
    second, third = registered(new_life, AGAIN), registered(new_life, AGAIN, COMPANY)
    own = viewed(second).own
    assert (own[0].reference, own[0].near, own[0].advice) == (first.reference, True, STILL_PENDING)
    assert (other.reference, False, "") in [(one.reference, one.near, one.advice) for one in own]
    assert {one.reference: one.advice for one in viewed(third).others if one.near} == {
        first.reference: OF_OTHERS,
        second.reference: OF_OTHERS,
    }
    first.assign().accept().search("“征地”", "没有记录").decide(1, "not_existing", {})
    first.draft_reply().submit_reply().pass_review().sign_reply().send_reply()
    found = next(one for one in viewed(second).own if one.reference == first.reference)
    assert found.advice == REPEATED
    assert found.number
    assert "第三十六条第四项" in found.outcomes


def test_corrected_words_take_the_place_of_the_first_ones(new_life: NewLife) -> None:
    life, other = registered(new_life, "申请公开某项目的材料").assign(), registered(new_life, ASKED, COMPANY)
    assert not viewed(life).others
    before = grams_of(life)
    life.ask_correction("请写明项目", "写明名称").receive_correction(AGAIN)
    assert before.isdisjoint(grams_of(life))
    assert [one.reference for one in viewed(life).others] == [other.reference]


def grams_of(life: Life) -> set[int]:
    with reading() as session:
        case = select(Case.id).where(Case.reference == life.reference)
        return set(session.scalars(select(LikenessGram.gram).where(LikenessGram.case_id == case.scalar_subquery())))


def test_an_upgraded_installation_is_filled_in_pieces(new_life: NewLife) -> None:
    lives = [registered(new_life, text) for text in (ASKED, ELSEWHERE, AGAIN)]
    rows = [grams_of(life) for life in lives]
    with transaction() as session:
        session.execute(delete(LikenessGram))
        session.execute(update(Case).values(wording_hash=None))
    assert likeness_index.fill(lives[-1].now, units=1, batch=2) == 2
    with reading() as session:
        (left,) = session.scalars(select(Errand).where(Errand.task == outbox.FILL_LIKENESS))
        assert left.key.endswith(str(likeness_index.first_unread(session)))
    assert likeness_index.fill(lives[-1].now) == 1
    assert likeness_index.fill(lives[-1].now) == 0
    assert [grams_of(life) for life in lives] == rows


def test_a_person_judges_and_the_finding_stays(new_life: NewLife) -> None:
    first = registered(new_life, ASKED).assign().accept().search("“征地”", "没有记录").decide(1, "not_existing", {})
    first.draft_reply().submit_reply().pass_review().sign_reply().send_reply()
    second = registered(new_life, AGAIN, COMPANY).assign().accept().decide(1, "disclosed_public", PUBLIC)
    assert [one.reference for one in viewed(second, Duty.REVIEWER).departures] == [first.reference]
    with pytest.raises(Refusal, match="理由"):
        judge(second, first.reference, "departs", " ")
    with pytest.raises(NotFound):
        judge(second, "AYX-2000-0001", "departs", "不同")
    with pytest.raises(NotPermitted):
        judge(second, first.reference, "departs", "不同", Duty.STATISTICIAN)
    judge(second, first.reference, "departs", "该批复已于上月公开")
    shown = viewed(second, Duty.REVIEWER)
    assert not shown.departures
    assert [(one.reference, one.reason) for one in shown.judged] == [(first.reference, "该批复已于上月公开")]
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == second.reference)).one()
        assert [one.title for one in parts(session, case) if "相似申请" in one.title] == [
            f"相似申请的判断：{first.reference}"
        ]
        body = session.scalars(select(JournalEntry.body).where(JournalEntry.deed == likeness_judging.DEED)).one()
        assert "departs" in body
        assert "上月" not in body


def judge(life: Life, other: str, judged: str, reason: str, duty: Duty = Duty.OFFICER) -> None:
    life.do(duty, lambda s, case, actor, now: likeness_judging.judge(s, case, other, judged, reason, actor, now))


def test_many_requests_of_one_applicant_are_told_and_judged_by_nobody_but_a_person(new_life: NewLife) -> None:
    life = registered(new_life, ASKED)
    assert not viewed(life).many
    with transaction() as session:
        session.execute(update(Organ).values(settings='{"many_in_month": 2}'))
    registered(new_life, ELSEWHERE)
    assert "本月向本机关申请2件" in viewed(life).many
