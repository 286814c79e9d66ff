"""What a round of reappraisal gathers and when a thing comes back, who must not decide alone, what numbers it gives."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import official_documents, reappraisal_figures, reappraisals, reappraising, turning_public
from gkapply.casework.notification import Notification
from gkapply.casework.official_documents import DocumentDetails
from gkapply.casework.people import Organ
from gkapply.casework.reappraisal_figures import ALL, told_of
from gkapply.casework.reappraisal_lines import title_of
from gkapply.casework.reappraisal_records import Reappraisal, ReappraisalItem
from gkapply.casework.reappraisal_reminder import tell_due
from gkapply.casework.reappraisals import Plan
from gkapply.casework.reappraising import Finding
from gkapply.database import reading, transaction
from gkapply.demo.applicants import COMPANY, PERSON, walked_in
from gkapply.demo.demand_stories import take_last_year_over
from gkapply.demo.life import Life
from gkapply.law.attributes import Attribute
from gkapply.law.reappraisal import Outcome, Source, outcomes_for
from gkapply.law.refusal import NotPermitted, Refusal
from gkapply.law.secrecy_results import SecrecyResult
from gkapply.law.workdays import national_calendar
from tests.casework.conftest import Office
from workflows.duties import Duty

NOW = datetime(2026, 6, 1, 1, tzinfo=UTC)
YEAR = Plan(2026, date(2026, 1, 1), date(2026, 6, 1))
GIVEN = {"enclosures": "批复（电子文档，3页）", "release_review": "经审查可以公开"}


@pytest.fixture
def database_kind() -> str:
    """One database is enough: nothing here is written differently for the other."""
    return "sqlite"


def given(number: str) -> ReappraisalItem:
    return ReappraisalItem(outcome=number, public_title="")


def test_small_numbers_are_not_told_and_named_things_hide_nothing() -> None:
    named = [ReappraisalItem(outcome="to_public", public_title="某办法")]
    kept, others = [given("kept") for _ in range(9)], [given("kept_on_request") for _ in range(2)]
    told, small = told_of([*named, *kept, *others])
    assert (told["to_public"], told["kept_on_request"], told["kept"], told[ALL]) == (1, None, None, 12)
    assert small == {"kept_on_request"}
    told, small = told_of([*named, *kept])
    assert (told["kept"], told[ALL], small) == (9, 10, frozenset())


@pytest.mark.parametrize(
    ("source", "before", "document", "possible"),
    [
        (Source.REFUSED, Attribute.WITHHELD, False, {"to_public", "to_on_request", "kept"}),
        (Source.OFTEN, Attribute.ON_REQUEST, False, {"to_public", "kept_on_request"}),
        (Source.DOCUMENT, Attribute.ON_REQUEST, True, {"to_public", "kept_on_request", "cleaned", "archived"}),
        (Source.OUTDATED, Attribute.PROACTIVE, True, {"kept_public", "cleaned", "archived"}),
        (Source.OUTDATED, Attribute.PROACTIVE, False, {"kept_public", "cleaned"}),
    ],
)
def test_what_may_be_found(source: Source, before: Attribute, document: bool, possible: set[str]) -> None:
    assert {one.value for one in outcomes_for(source, before, archivable=document)} == possible


def register(session: Session, office: Office, title: str, review: date) -> None:
    details = DocumentDetails(title, Attribute.WITHHELD, "", None, "refused_state_secret", "理由", review)
    official_documents.register(session, details, True, office.staff[Duty.OFFICER], NOW)


def decide(
    session: Session, office: Office, one: Reappraisal, item: ReappraisalItem, outcome: Outcome, **more: Any
) -> None:
    reappraising.decide(session, one, item, Finding(outcome.value, "理由", **more), office.staff[Duty.OFFICER], NOW)


def test_refusals_of_an_old_register_are_looked_at_too(office: Office) -> None:
    """条例第十八条 asks for everything that was refused, also before the office worked with this program."""
    officer, head, reviewer = (office.staff[duty] for duty in (Duty.OFFICER, Duty.HEAD, Duty.REVIEWER))
    take_last_year_over(office.organ_id, "user:1", NOW, national_calendar(), 18)
    with transaction() as session:
        one = reappraisals.begin(session, Plan(2026, date(2025, 1, 1), date(2026, 6, 1)), officer, NOW)
        told = [(item.source, item.case.report_row if item.case else "", item.was) for item in one.items]
        third, parted = (Source.REFUSED, "3.3.4", '["refused_third_party"]'), (Source.REFUSED, "3.2", "[]")
        assert sorted(told) == sorted([third, third, parted, parted])
        assert all(title_of(session, item).startswith(("请", "申请")) for item in one.items)
        kept = [item for item in one.items if item.was == "[]"]
        with pytest.raises(Refusal, match="哪一种"):
            decide(session, office, one, kept[0], Outcome.KEPT)
        for item in one.items:
            decide(session, office, one, item, Outcome.KEPT, ground="refused_third_party")
        turned = one.items[0]
        decide(session, office, one, turned, Outcome.TO_PUBLIC, public_title="某镇的补偿结果")
        reappraising.review_secrecy(session, one, turned, SecrecyResult.OPEN, "依据", YEAR.until, reviewer, NOW)
        reappraisals.submit(session, one, officer, NOW)
        reappraisals.confirm(session, one, head, NOW)
        assert turned.led_to is not None
        assert turned.led_to.publish_by is not None
        again = reappraisals.begin(session, Plan(2026, date(2025, 1, 1), date(2026, 6, 1)), officer, NOW)
        assert again.items == [], "looked at already"


def test_a_round_from_its_list_to_its_numbers(office: Office) -> None:
    officer, head, reviewer = (office.staff[duty] for duty in (Duty.OFFICER, Duty.HEAD, Duty.REVIEWER))
    with transaction() as session:
        register(session, office, "甲", YEAR.until)
        register(session, office, "乙", YEAR.until)
        register(session, office, "丙", YEAR.until + timedelta(days=1))
        one = reappraisals.begin(session, YEAR, officer, NOW)
        first, second = one.items
        with pytest.raises(Refusal, match="还没有确认"):
            reappraisals.begin(session, YEAR, officer, NOW)
        with pytest.raises(Refusal, match="先依法解密"):
            decide(session, office, one, first, Outcome.TO_PUBLIC, public_title="甲")
        decide(session, office, one, first, Outcome.TO_PUBLIC, public_title="甲", declassified="保密期限届满")
        decide(session, office, one, second, Outcome.KEPT)
        own = replace(reviewer, user_id=officer.user_id)
        with pytest.raises(Refusal, match="认定人以外"):
            reappraising.review_secrecy(session, one, first, SecrecyResult.OPEN, "依据", YEAR.until, own, NOW)
        reappraising.review_secrecy(session, one, first, SecrecyResult.OPEN, "依据", YEAR.until, reviewer, NOW)
        decide(session, office, one, first, Outcome.TO_PUBLIC, public_title="甲（改）", declassified="保密期限届满")
        with pytest.raises(Refusal, match="没有通过保密审查"):
            reappraisals.submit(session, one, officer, NOW)
        reappraising.review_secrecy(session, one, first, SecrecyResult.OPEN, "依据", YEAR.until, reviewer, NOW)
        reappraisals.submit(session, one, officer, NOW)
        with pytest.raises(NotPermitted):
            reappraisals.confirm(session, one, officer, NOW)
        second.decided_by = head.user_id
        with pytest.raises(Refusal, match="认定人、提交人以外"):
            reappraisals.confirm(session, one, head, NOW)
        second.decided_by = officer.user_id
        reappraisals.confirm(session, one, head, NOW)
        opened, kept = (item.document for item in one.items)
        assert opened is not None
        assert kept is not None
        assert (opened.attribute, opened.publish_by) == (Attribute.PROACTIVE, date(2026, 6, 30))
        assert (kept.next_review_on, kept.reason) == (date(2027, 6, 1), "理由")
        came = reappraisal_figures.results(session, office.organ_id, 2026)
        assert (came.rounds, came.looked_at, came.turned_public, came.published) == (1, 2, 1, 0)
        assert came.by_source == {"refused": 0, "document": 2, "often": 0, "outdated": 0}
    with transaction() as session:
        assert again(session, office, Plan(2026, YEAR.until, YEAR.until), NOW) == []
        later = datetime(2027, 6, 1, 1, tzinfo=UTC)
        assert again(session, office, Plan(2027, date(2026, 6, 2), date(2027, 6, 1)), later) == ["丙", "乙"]


def again(session: Session, office: Office, plan: Plan, now: datetime) -> list[str]:
    """Titles of the documents on the list of another round, which is dropped."""
    one = reappraisals.begin(session, plan, office.staff[Duty.OFFICER], now)
    reappraisals.drop(session, one, office.staff[Duty.HEAD], now)
    return [item.document.title for item in one.items if item.document]


def test_what_is_due_is_called_to_mind_once(office: Office) -> None:
    early, october = datetime(2026, 9, 30, 1, tzinfo=UTC), datetime(2026, 10, 1, 1, tzinfo=UTC)
    for moment, organs in ((early, 0), (october, 1), (october, 1)):
        with transaction() as session:
            assert tell_due(session, moment) == organs
    with reading() as session:
        told = session.scalars(select(Notification).where(Notification.kind == "reappraisal_due")).all()
        assert {one.user_id for one in told} == {office.staff[duty].user_id for duty in (Duty.HEAD, Duty.OFFICER)}
    with transaction() as session:
        reappraisals.begin(session, YEAR, office.staff[Duty.OFFICER], NOW)
        assert tell_due(session, october) == 0


def test_what_several_were_given_is_on_the_list_unless_it_is_to_be_published(
    office: Office, new_life: Callable[..., Life]
) -> None:
    with transaction() as session:
        session.get_one(Organ, office.organ_id).settings = '{"reappraisal_often": 2}'
    for who in (PERSON, COMPANY):
        wanted = replace(walked_in(who, f"{who.name}要的批复"), information_number="安府函〔2025〕8号")
        life = new_life(date(2026, 3, 2))
        life.register(wanted, life.at_the_counter()).assign().accept().decide(1, "disclosed", GIVEN)
        life.draft_reply().submit_reply().pass_review().sign_reply().send_reply("hand")
    head, officer = office.staff[Duty.HEAD], office.staff[Duty.OFFICER]
    with transaction() as session:
        (proposed,) = turning_public.publications(session, head)
        one = reappraisals.begin(session, YEAR, officer, NOW)
        assert one.items == []
        turning_public.decline(session, proposed, "涉及一户的情况", head, NOW)
        assert reappraisals.gather(session, one, officer, NOW) == 1
        (item,) = one.items
        assert (item.source, item.asked) == (Source.OFTEN, 2)
        assert COMPANY.name not in title_of(session, item)
