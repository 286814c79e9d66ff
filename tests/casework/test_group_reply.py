"""Many who applied for the same: decided alike, approved at once, each answered in a letter of their own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from gkapply.casework import group_reply, letters_together, reading_list, secrecy_review
from gkapply.casework.papers import Letter
from gkapply.casework.reading_list import Decision
from gkapply.casework.records import Case
from gkapply.casework.secrecy_review import Verdict
from gkapply.database import reading
from gkapply.demo.applicants import COMPANY, PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.refusal import Refusal, Stale
from gkapply.law.secrecy_results import SecrecyResult
from workflows.case_states import CaseState
from workflows.duties import Duty
from workflows.letter import LetterState

NewLife = Callable[..., Life]
TEXT = "龙台镇污水处理厂的环境影响报告"
NAMES = ("阿卜杜拉·买买提", "王犇")


def handled(new_life: NewLife, applicant: object, description: str = TEXT) -> Life:
    life = new_life(date(2026, 3, 2))
    return life.register(walked_in(applicant, description), life.at_the_counter()).assign().accept()  # type: ignore[arg-type]


@pytest.fixture
def three(new_life: NewLife) -> tuple[Life, ...]:
    """Three requests for the same; only the first is searched and decided."""
    people = [PERSON, *(replace(COMPANY, name=name) for name in NAMES)]
    lives = [handled(new_life, one) for one in people]
    lives[0].search("“污水处理厂”", "没有记录").decide(1, "not_existing", {})
    return tuple(lives)


def letters(lives: tuple[Life, ...]) -> list[Letter]:
    """The reply to each."""
    with reading() as session:
        query = select(Letter).join(Case, Letter.case_id == Case.id).where(Letter.kind == "reply_not_existing")
        found = {one.case.reference: one for one in session.scalars(query)}
        return [found[life.reference] for life in lives]


def group(lives: tuple[Life, ...]) -> None:
    others = [life.reference for life in lives[1:]]
    lives[0].do(Duty.OFFICER, lambda s, case, actor, now: group_reply.draft(s, case, others, actor, now))


def together(lives: tuple[Life, ...], duty: Duty, deed: Callable[..., int], which: int = 0) -> int:
    """Take a step with the letter of one of them."""
    return lives[which].do(
        duty, lambda s, case, actor, now: deed(s, next(one for one in case.letters if one.group_uid), actor, now)
    )


def test_one_approval_carries_all_and_each_has_its_own_name_and_number(three: tuple[Life, ...]) -> None:
    group(three)
    assert together(three, Duty.OFFICER, letters_together.submit) == 3
    assert together(three, Duty.REVIEWER, letters_together.pass_on, which=2) == 3
    assert together(three, Duty.SIGNER, letters_together.sign, which=1) == 3
    signed = letters(three)
    assert {one.state for one in signed} == {LetterState.SIGNED}
    assert len({one.number for one in signed}) == 3
    assert all(name in one.snapshot for name, one in zip(NAMES, signed[1:], strict=True))
    assert not any(NAMES[0] in one.snapshot for one in (signed[0], signed[2]))
    with reading() as session:
        for one in signed:
            kept = session.get_one(Letter, one.id)
            assert [step.snapshot_hash for step in kept.approvals] == [kept.snapshot_hash] * 2
            assert kept.case.state is CaseState.DELIVERING


def test_a_return_takes_all_of_them_back(three: tuple[Life, ...]) -> None:
    group(three)
    together(three, Duty.OFFICER, letters_together.submit)
    together(three, Duty.REVIEWER, lambda s, one, a, now: letters_together.give_back(s, one, a, now, "请补充检索时段"))
    assert {one.state for one in letters(three)} == {LetterState.DRAFT}


def test_a_decision_is_over_the_texts_of_all_of_them(three: tuple[Life, ...]) -> None:
    group(three)
    together(three, Duty.OFFICER, letters_together.submit)
    first, last = letters(three)[0].uid, three[2]

    def read_now() -> str:
        with reading() as session:
            return reading_list.read_of(session.scalars(select(Letter).where(Letter.uid == first)).one())

    read = read_now()
    together(three, Duty.REVIEWER, lambda s, one, a, now: letters_together.give_back(s, one, a, now, "请核对"))
    last.search("“排污”", "没有记录")
    together(three, Duty.OFFICER, letters_together.submit)
    assert read_now() != read
    with pytest.raises(Stale):
        three[0].do(
            Duty.REVIEWER,
            lambda s, case, a, now: reading_list.decide(s, first, read, Decision.AGREE, "", (), a, now),
        )


def test_each_leaves_on_its_own(three: tuple[Life, ...]) -> None:
    group(three)
    for duty, deed in (
        (Duty.OFFICER, letters_together.submit),
        (Duty.REVIEWER, letters_together.pass_on),
        (Duty.SIGNER, letters_together.sign),
    ):
        together(three, duty, deed)
    with reading() as session:
        assert len(letters_together.together(session.get_one(Letter, letters(three)[0].id))) == 1


def test_what_fails_for_one_is_said_of_that_one_and_nothing_is_done(three: tuple[Life, ...]) -> None:
    three[0].do(
        Duty.OFFICER,
        lambda s, case, actor, now: group_reply.draft(s, case, [three[1].reference], actor, now),
    )
    with pytest.raises(Refusal, match="不能与本件成组答复"):
        group(three)


def test_another_text_does_not_belong_to_the_group(three: tuple[Life, ...], new_life: NewLife) -> None:
    other = handled(new_life, replace(COMPANY, name=NAMES[1]), "另一份报告")
    with pytest.raises(Refusal, match=other.reference):
        group((three[0], other))


def test_what_rests_on_one_applicant_is_decided_for_each_alone(three: tuple[Life, ...]) -> None:
    def unclear(session, case, actor, now):  # type: ignore[no-untyped-def]
        case.items[0].outcome = "still_unclear"
        group_reply.draft(session, case, [three[1].reference], actor, now)

    with pytest.raises(Refusal, match="按每一申请人的情形"):
        three[0].do(Duty.OFFICER, unclear)


def test_what_all_are_given_alike_is_reviewed_for_secrets_once(new_life: NewLife) -> None:
    people = [PERSON, replace(COMPANY, name=NAMES[0])]
    lives = tuple(handled(new_life, one) for one in people)
    lives[0].decide(
        1,
        "disclosed",
        {
            "enclosures": "环境影响报告（电子文档，30页）",
            "release_review": "已审查，可以公开",
            "given_form": "as_asked",
        },
    )
    group(lives)
    verdict = Verdict(SecrecyResult.OPEN, "不涉及国家秘密", lives[1].today)
    lives[1].do(
        Duty.REVIEWER, lambda s, case, actor, now: secrecy_review.record(s, case, ["item:1"], verdict, actor, now)
    )
    with reading() as session:
        found = [session.scalars(select(Case).where(Case.reference == one.reference)).one() for one in lives]
        assert [len(case.secrecy_reviews) for case in found] == [1, 1]
        assert all(one.fault({found[0].officer_id or 0}) == "" for case in found for one in case.releases)
