"""Dividing one request into several: what each inherits, what is counted, what the applicant may follow."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from gkapply.casework import deliberation, division, report, track
from gkapply.casework.deliberation import Plan
from gkapply.casework.letterbook import discard
from gkapply.casework.people import Organ
from gkapply.casework.people_data import contact_of
from gkapply.casework.query_code import query_code
from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.deliberation_triggers import Trigger
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import NotFound, Refusal, WrongState
from tests.casework.conftest import Office
from workflows.application import CaseState
from workflows.deliberation import DeliberationState
from workflows.duties import Duty

NewLife = Callable[..., Life]
PARTS = ("某工程的批复", "2024年小学招生片区划分的文件")


def begun(new_life: NewLife) -> Life:
    """Handed in on Monday, 2 March 2026: nothing but the receipt has been issued."""
    life = new_life(date(2026, 3, 2))
    return life.register(walked_in(PERSON, "；".join(PARTS)), life.at_the_counter()).assign()


def found(reference: str) -> Case:
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == reference)).one()
        _ = case.applicants, case.facts, case.items, case.letters, case.documents, case.offspring, case.origin
        return case


def test_each_part_inherits_day_applicant_and_term(new_life: NewLife) -> None:
    life = begun(new_life).come_to(date(2026, 3, 5))
    numbers = life.divide(*PARTS)
    parts = [found(number) for number in numbers]
    whole = found(life.reference)
    assert whole.state is CaseState.DIVIDED
    assert [part.description for part in parts] == list(PARTS)
    assert [part.state for part in parts] == [CaseState.REGISTERED, CaseState.REGISTERED]
    assert {part.received_on for part in parts} == {date(2026, 3, 2)}
    assert {part.due_on for part in parts} == {date(2026, 3, 30)}
    assert {part.applicant.person_id for part in parts} == {whole.applicant.person_id}
    with reading() as session:
        part = session.get_one(Case, parts[0].id)
        assert contact_of(session, part.applicant)["id_number"] == PERSON.id_number
    assert [part.items[0].quote for part in parts] == list(PARTS)
    assert len({part.content_hash for part in (*parts, whole)}) == 3


def test_the_cover_is_not_counted_and_each_part_is(new_life: NewLife, office: Office) -> None:
    begun(new_life).divide(*PARTS)
    with reading() as session:
        table = report.annual(session, session.get_one(Organ, office.organ_id), 2026)["table3"]["rows"]
    totals = {row["code"]: row["values"][-1] for row in table}
    assert (totals["1"], totals["4"], totals["3.7"]) == (2, 2, 0)


def test_the_fee_alone_is_no_reason(new_life: NewLife) -> None:
    life = begun(new_life)
    with pytest.raises(Refusal, match="109号"):
        life.divide(*PARTS, reason=division.FEE, words="按件收费")
    assert found(life.reference).state is CaseState.REVIEWING


@pytest.mark.parametrize("quotes", [(), ("只有一件",), tuple(f"第{n}件" for n in range(21))])
def test_one_part_or_too_many_are_refused(new_life: NewLife, quotes: tuple[str, ...]) -> None:
    with pytest.raises(Refusal, match="2至20件"):
        begun(new_life).divide(*quotes)


def test_nothing_is_divided_after_a_letter_has_left(new_life: NewLife) -> None:
    life = begun(new_life).accept()
    life.extend(5, "需要逐件核对")
    with pytest.raises(Refusal, match="已经发出《延期答复告知书》"):
        life.divide(*PARTS)


def test_a_cover_is_neither_handled_nor_divided_again(new_life: NewLife) -> None:
    life = begun(new_life)
    life.divide(*PARTS)
    with pytest.raises(WrongState):
        life.accept()
    with pytest.raises(WrongState):
        life.divide(*PARTS)


def test_the_applicant_must_be_told_before_the_cover_is_archived(new_life: NewLife) -> None:
    life = begun(new_life)
    life.divide(*PARTS)
    with pytest.raises(Refusal, match="没有发出"):
        life.archive()
    with pytest.raises(Refusal, match="不能作废"):
        life.do(Duty.OFFICER, lambda s, case, actor, now: discard(s, case.letters[-1], actor, now))


def test_the_code_of_the_whole_opens_every_part_and_no_other(new_life: NewLife) -> None:
    life = begun(new_life)
    other = begun(new_life)
    numbers = life.divide(*PARTS)
    with reading() as session:
        whole, part, stranger = (
            session.scalars(select(Case).where(Case.reference == one)).one()
            for one in (life.reference, numbers[0], other.reference)
        )
        code = query_code(session, whole)
        assert track.find_by_code(session, part.reference, code) == (part, whole)
        assert track.find_by_code(session, part.reference, query_code(session, part)) == (part, part)
        assert track.find_by_code(session, whole.reference, query_code(session, part)) is None
        assert track.find_by_code(session, stranger.reference, code) is None
        actor, opened = track.applicant_of(session, part.reference, {whole.reference: 1})
        assert (actor.case_id, opened) == (part.id, whole.reference)
        with pytest.raises(NotFound):
            track.applicant_of(session, part.reference, {whole.reference: 2})
        with pytest.raises(NotFound):
            track.applicant_of(session, stranger.reference, {whole.reference: 1})


def test_the_applicant_sees_the_parts_and_each_its_whole(new_life: NewLife) -> None:
    life = begun(new_life)
    numbers = life.divide(*PARTS)
    with reading() as session:
        actor, _ = track.applicant_of(session, life.reference, {life.reference: 1})
        shown = track.progress(session, actor, life.today)
        assert [number for number, _, _ in shown.parts] == numbers
        assert shown.over
        assert "拆分为多件申请" in [one.label for one in shown.milestones]
        actor, _ = track.applicant_of(session, numbers[1], {life.reference: 1})
        assert track.progress(session, actor, life.today).divided_from == life.reference


def test_the_notice_tells_number_and_content_of_every_part(new_life: NewLife) -> None:
    life = begun(new_life)
    numbers = life.divide(*PARTS, words="两部分由不同单位保存")
    life.issue(LetterKind.SPLIT_NOTICE).come_to(date(2026, 3, 4))
    notice = next(one for one in found(life.reference).letters if one.kind == LetterKind.SPLIT_NOTICE)
    printed = json.loads(notice.final)["fields"]
    assert printed["children"] == [{"number": n, "quote": q} for n, q in zip(numbers, PARTS, strict=True)]
    assert printed["split_reason"] == "两部分由不同单位保存"
    life.archive()
    assert found(life.reference).state is CaseState.ARCHIVED


def test_what_was_called_weighty_stays_so_in_every_part(new_life: NewLife) -> None:
    """Dividing is no way round a 会商 that somebody called for."""
    life = begun(new_life)
    plan = Plan("是否公开", date(2026, 3, 20), reason="媒体关注")
    life.do(Duty.OFFICER, lambda s, case, actor, now: deliberation.propose(s, case, plan, actor, now))
    parts = life.divide(*PARTS)
    with reading() as session:
        for number in parts:
            part = session.scalars(select(Case).where(Case.reference == number)).one()
            assert [(one.trigger, one.why) for one in part.undeliberated] == [(Trigger.CALLED, "媒体关注")]
        whole = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        assert [one.state for one in whole.deliberations] == [DeliberationState.WITHDRAWN]
