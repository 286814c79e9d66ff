"""Answering several requests of one applicant in one letter: all move together, each is counted, nothing merges by itself."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from gkapply.casework import kindred, report, track, withdrawal
from gkapply.casework.letterbook import discard, open_letter, sign
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.demo.applicants import COMPANY, PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.refusal import Refusal
from tests.casework.conftest import Office
from workflows.application import CaseState
from workflows.duties import Duty

NewLife = Callable[..., Life]
PUBLIC = {"where_to_find": "县政府门户网站“统计信息”栏目"}


def handled(new_life: NewLife, description: str, applicant: object = PERSON) -> Life:
    """A request of the applicant that is being handled."""
    application = walked_in(applicant, description)  # type: ignore[arg-type]
    life = new_life(date(2026, 3, 2))
    return life.register(application, life.at_the_counter()).assign().accept()


def found(life: Life) -> Case:
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        _ = case.all_letters, case.facts, case.items
        return case


@pytest.fixture
def two(new_life: NewLife) -> tuple[Life, Life]:
    """Two requests of one person with different answers, both decided."""
    first = handled(new_life, "2024年统计公报").decide(1, "disclosed_public", PUBLIC)
    second = handled(new_life, "路灯的立项文件").search("“路灯”", "没有记录").decide(1, "not_existing", {})
    second.come_to(date(2026, 3, 10))
    first.now = second.now
    return first, second


def test_one_letter_moves_both_and_each_is_counted_in_its_own_row(two: tuple[Life, Life], office: Office) -> None:
    first, second = two
    first.draft_combined(second.reference).submit_reply()
    assert [found(life).state for life in two] == [CaseState.APPROVING] * 2
    first.return_reply("请补充说明")
    assert [found(life).state for life in two] == [CaseState.HANDLING] * 2
    first.submit_reply().pass_review().sign_reply()
    assert [found(life).state for life in two] == [CaseState.DELIVERING] * 2
    first.send_reply().delivered()
    cases = [found(life) for life in two]
    assert [case.state for case in cases] == [CaseState.REPLIED] * 2
    assert [case.report_row for case in cases] == ["3.1", "3.4.1"]
    assert {(case.replied_on, case.delivered_on, case.ended_on) for case in cases} == {(date(2026, 3, 10),) * 3}
    assert all([fact.kind for fact in case.facts].count("replied") == 1 for case in cases)
    with reading() as session:
        rows = report.annual(session, session.get_one(Organ, office.organ_id), 2026)["table3"]["rows"]
    totals = {row["code"]: row["values"][-1] for row in rows}
    assert (totals["1"], totals["3.1"], totals["3.4.1"], totals["3.7"]) == (2, 1, 1, 2)
    second.archive()
    assert found(second).state is CaseState.ARCHIVED


def test_the_letter_names_both_numbers_and_answers_each(two: tuple[Life, Life]) -> None:
    first, second = two
    first.draft_combined(second.reference).submit_reply()
    snapshot = json.loads(found(first).letters[-1].snapshot)["fields"]
    assert [one["request_number"] for one in snapshot["requests"]] == [first.reference, second.reference]
    assert [one["answers"][0]["kind"] for one in snapshot["requests"]] == ["reply_public", "reply_not_existing"]
    assert [letter.uid for letter in found(second).all_letters][-1] == found(first).letters[-1].uid


def test_a_fact_of_the_other_request_voids_the_text(two: tuple[Life, Life]) -> None:
    first, second = two
    first.draft_combined(second.reference).submit_reply().pass_review()
    with transaction() as session:
        other = session.scalars(select(Case).where(Case.reference == second.reference)).one()
        other.items[0].quote = "路灯的立项文件和批复"
    with pytest.raises(Refusal, match="已不一致"):
        first.do(Duty.SIGNER, lambda s, case, actor, now: sign(s, case.letters[-1], actor, now))


def test_another_persons_request_cannot_be_taken_along(new_life: NewLife) -> None:
    mine = handled(new_life, "2024年统计公报").decide(1, "disclosed_public", PUBLIC)
    other = handled(new_life, "2023年统计公报", COMPANY).decide(1, "disclosed_public", PUBLIC)
    with pytest.raises(Refusal, match="不能与本件一并答复"):
        mine.draft_combined(other.reference)


def test_the_earliest_request_leads(two: tuple[Life, Life]) -> None:
    with pytest.raises(Refusal, match="从最早的一件起草"):
        two[1].draft_combined(two[0].reference)


def test_an_undecided_item_of_the_other_is_refused_and_nothing_stays(new_life: NewLife) -> None:
    first = handled(new_life, "2024年统计公报").decide(1, "disclosed_public", PUBLIC)
    second = handled(new_life, "路灯的立项文件")
    with pytest.raises(Refusal, match="尚未认定"):
        first.draft_combined(second.reference)
    assert len(found(first).all_letters) == 1


def test_a_request_in_a_joint_letter_gets_no_other_until_it_is_given_up(two: tuple[Life, Life]) -> None:
    first, second = two
    first.draft_combined(second.reference)
    with pytest.raises(Refusal, match=f"已并入申请 {first.reference}"):
        second.draft_reply()
    first.do(Duty.OFFICER, lambda s, case, actor, now: discard(s, case.letters[-1], actor, now))
    second.draft_reply()
    assert found(second).letters[-1].kind == "reply_not_existing"


@pytest.mark.parametrize("leaving", [0, 1])
def test_when_one_applicant_withdraws_one_the_other_is_handled_again(two: tuple[Life, Life], leaving: int) -> None:
    first, second = two
    first.draft_combined(second.reference).submit_reply()
    gone, left = (two[leaving], two[1 - leaving])
    gone.now = left.now = max(first.now, second.now)
    with transaction() as session:
        case = session.scalars(select(Case).where(Case.reference == gone.reference)).one()
        actor, _ = track.applicant_of(session, gone.reference, {gone.reference: 1})
        withdrawal.withdraw_online(session, case, actor, gone.now)
    assert (found(gone).state, found(left).state) == (CaseState.WITHDRAWN, CaseState.HANDLING)
    left.draft_reply().submit_reply()
    assert found(left).state is CaseState.APPROVING


def test_the_applicant_fetches_the_letter_from_either_request(new_life: NewLife) -> None:
    wanting = replace(PERSON, way="online")
    lives = []
    for description in ("2024年统计公报", "2023年统计公报"):
        life = new_life(date(2026, 3, 2)).apply_online(replace(wanting, description=description)).confirm().assign()
        lives.append(life.accept().decide(1, "disclosed_public", PUBLIC))
    first, second = lives
    first.now = second.now
    first.draft_combined(second.reference).submit_reply().pass_review().sign_reply().send_reply()
    with transaction() as session:
        actor, _ = track.applicant_of(session, second.reference, {second.reference: 1})
        shown = track.progress(session, actor, first.today)
        letter = track.fetch(session, actor, shown.letters[-1].uid, first.now)
        assert [case.delivered_on for case in letter.cases] == [first.today] * 2


def test_the_pending_requests_of_one_person_are_shown_never_joined(two: tuple[Life, Life]) -> None:
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == two[1].reference)).one()
        shown = [(one.reference, one.relation) for one in kindred.kindred(session, case)]
        assert shown == [(two[0].reference, "同一申请人尚未答复的申请，可以一并答复")]
        assert open_letter(session, case.letters[0].uid, two[0].staff[Duty.OFFICER]).cases == [case]
