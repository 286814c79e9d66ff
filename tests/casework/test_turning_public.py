"""依申请转主动公开: proposed by itself, decided by the head with a reason, published within its term."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from gkapply.casework import turning_public
from gkapply.casework.application import Application
from gkapply.casework.publications import Publication
from gkapply.database import reading, transaction
from gkapply.demo.applicants import COMPANY, PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.refusal import NotPermitted, Refusal
from tests.casework.conftest import Office
from workflows.duties import Duty
from workflows.publication import PublicationState

NewLife = Callable[..., Life]
GIVEN = {"enclosures": "批复（3页）", "release_review": "经审查可以公开"}


def given(new_life: NewLife, who: Application, what: str = "某工程的批复", **more: str) -> Life:
    """A request to which the information was given."""
    life = new_life(date(2026, 3, 2))
    life.register(replace(walked_in(who, what), **more), life.at_the_counter()).assign().accept()  # type: ignore[arg-type]
    return life.decide(1, "disclosed", GIVEN).draft_reply().submit_reply().pass_review().sign_reply().send_reply("hand")


def proposals() -> list[tuple[str, PublicationState, list[str]]]:
    """Every proposal: why, state, its requests."""
    with reading() as session:
        found = session.scalars(select(Publication).order_by(Publication.id))
        return [(one.why, one.state, [request.case.reference for request in one.requests]) for one in found]


def test_the_second_person_brings_it_before_the_head_once(new_life: NewLife) -> None:
    first = given(new_life, PERSON)
    assert proposals() == []
    given(new_life, PERSON)
    assert proposals() == [], "the same person twice is no second applicant"
    third = given(new_life, COMPANY)
    ((why, state, requests),) = proposals()
    assert (why, state) == ("several", PublicationState.PROPOSED)
    assert {first.reference, third.reference} <= set(requests)
    given(new_life, COMPANY)
    assert len(proposals()) == 1, "a further request joins the proposal that waits"


def test_the_same_number_counts_whatever_the_words(new_life: NewLife) -> None:
    given(new_life, PERSON, "某工程的批复", information_number="安府函〔2025〕8号")
    given(new_life, COMPANY, "关于某工程的那份文件", information_number="安府函〔2025〕8号")
    assert [why for why, _, _ in proposals()] == ["several"]


def test_a_suggestion_is_reviewed(new_life: NewLife) -> None:
    given(new_life, PERSON, suggests_disclosure="群众普遍关心")
    assert [why for why, _, _ in proposals()] == ["suggested"]


def test_what_was_refused_is_not_proposed(new_life: NewLife) -> None:
    for who in (PERSON, COMPANY):
        life = new_life(date(2026, 3, 2)).register(
            walked_in(who, "某路灯"), new_life(date(2026, 3, 2)).at_the_counter()
        )
        life.assign().accept().search("路灯", "没有记录").decide(1, "not_existing", {})
        life.draft_reply().submit_reply().pass_review().sign_reply().send_reply("hand")
    assert proposals() == []


def test_an_official_links_two_requests_of_different_persons(new_life: NewLife) -> None:
    first, other = given(new_life, PERSON, "甲工程的批复"), given(new_life, COMPANY, "甲工程立项文件")
    again = given(new_life, PERSON, "甲工程立项的批复文件")

    def link(number: str) -> None:
        first.do(Duty.OFFICER, lambda s, case, a, now: turning_public.link(s, case, number, a, now))

    for number, told in (("2026-9999", "没有这一登记编号"), (again.reference, "同一申请人")):
        with pytest.raises(Refusal, match=told):
            link(number)
    link(other.reference)
    assert proposals() == [("linked", PublicationState.PROPOSED, [first.reference, other.reference])]


def test_the_head_decides_with_a_reason_and_it_is_published(office: Office, new_life: NewLife) -> None:
    life = given(new_life, PERSON, suggests_disclosure="群众普遍关心")

    def deed(duty: Duty, act: Callable[..., object], *words: object) -> None:
        actor = office.staff[duty]
        with transaction() as session:
            uid = session.scalars(select(Publication.uid)).one()
            one = turning_public.open_publication(session, uid, actor, for_step=True)
            act(session, one, *words, actor, life.now)

    with pytest.raises(NotPermitted):
        deed(Duty.OFFICER, turning_public.accept, "可以公开")
    with pytest.raises(Refusal, match="理由"):
        deed(Duty.HEAD, turning_public.accept, " ")
    deed(Duty.HEAD, turning_public.accept, "不涉及第十四条至第十六条的情形")
    with reading() as session:
        decided = session.scalars(select(Publication)).one()
    # Twenty working days from Monday, 2 March 2026.
    assert (decided.decided_on, decided.publish_by) == (date(2026, 3, 2), date(2026, 3, 30))
    life.come_to(date(2026, 3, 9))
    with pytest.raises(Refusal, match="决定之日"):
        deed(Duty.OFFICER, turning_public.note_publication, date(2026, 3, 1), "门户网站")
    deed(Duty.OFFICER, turning_public.note_publication, date(2026, 3, 9), "门户网站“重大建设项目”栏目")
    assert [state for _, state, _ in proposals()] == [PublicationState.PUBLISHED]


def test_a_declined_proposal_does_not_stop_a_later_one(office: Office, new_life: NewLife) -> None:
    life = given(new_life, PERSON, suggests_disclosure="群众普遍关心")
    head = office.staff[Duty.HEAD]
    with transaction() as session:
        one = session.scalars(select(Publication)).one()
        turning_public.decline(session, one, "含有个人信息，去除后没有意义", head, life.now)
    given(new_life, COMPANY)
    assert [(why, state.value) for why, state, _ in proposals()] == [("suggested", "declined"), ("several", "proposed")]
