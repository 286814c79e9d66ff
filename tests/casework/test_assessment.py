"""考核: shares of what the cases say, points by the supervising organ's weights, frozen when issued."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import assessment, assessment_bulletin, supervision_list
from gkapply.casework.access import Actor
from gkapply.casework.assessment import Line, Scored
from gkapply.casework.assessment_marks import MARKS
from gkapply.casework.notification import Notification
from gkapply.casework.people import DutyHolding, Organ, User
from gkapply.casework.supervision_figures import ASSESSED, FIGURES
from gkapply.casework.supervision_period import Period, Scope
from gkapply.database import reading, transaction
from gkapply.demo.county import COUNTY_CODE
from gkapply.law.refusal import NotFound, NotPermitted, Refusal
from gkapply.law.settings import OfficeSettings, settle
from gkapply.letters.text import paragraphs
from tests.casework.conftest import Office
from tests.casework.full_desk import TODAY, full_desk
from workflows.duties import Duty

__all__ = ["full_desk"]
PERIOD = Period(TODAY.replace(month=1), TODAY)
NOW = datetime(2026, 6, 1, 2, tzinfo=UTC)


@pytest.fixture
def city(full_desk: Office) -> Actor:
    """The supervisor of a city above the county whose desk is full."""
    with transaction() as session:
        city = Organ(code="SC-ZY", name="某市人民政府", kind="government")
        session.add(city)
        session.flush()
        session.scalars(select(Organ).where(Organ.code == COUNTY_CODE)).one().parent_id = city.id
        user = User(login="watcher", name="某监督员", password_hash="x", created_at=NOW)
        user.holdings = [DutyHolding(organ_id=city.id, duty=Duty.SUPERVISOR.value, valid_from=PERIOD.first)]
        session.add(user)
        session.flush()
        return Actor("user", city.id, frozenset({Duty.SUPERVISOR}), user_id=user.id)


def county(session: Session) -> Organ:
    return session.scalars(select(Organ).where(Organ.code == COUNTY_CODE)).one()


def test_each_mark_is_what_its_lists_say(city: Actor) -> None:
    with reading() as session:
        sheet = assessment.reckon(session, city, PERIOD, TODAY)
        scope = Scope([county(session)], PERIOD, TODAY)

        def number(code: str) -> int:
            return len(list(supervision_list.every_case(session, {**FIGURES, **ASSESSED}[code], scope)))

        assert [line.code for line in sheet.lines] == [COUNTY_CODE]
        marks = {one.code: one for one in sheet.lines[0].marks}
        late = number("answered_late") + number("unanswered")
        whole = number("answered") + number("unanswered")
        assert (marks["timeliness"].good, marks["timeliness"].whole) == (whole - late, whole)
        assert (marks["letters"].good, marks["letters"].whole) == (
            number("signed") - number("cancelled"),
            number("signed"),
        )
        assert (marks["proof"].good, marks["proof"].whole) == (
            number("to_prove") - number("unproved"),
            number("to_prove"),
        )
        assert late
        assert number("signed")
        assert number("to_prove")
    assert sheet.lines[0].score is not None
    assert any("按期答复（40分）" in text for text in sheet.formula)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_what_was_issued_stays(city: Actor, full_desk: Office) -> None:
    with transaction() as session:
        made = assessment.issue(session, PERIOD, "请整改", city, NOW)
        uid, before = made.uid, assessment.read(made)
    with transaction() as session:
        own = session.get_one(Organ, city.organ_id)
        own.settings = '{"assess_timeliness": 0, "assess_ranked": true}'
    with reading() as session:
        head = full_desk.staff[Duty.HEAD]
        made = assessment.find(session, uid, head)
        assert assessment.read(made) == before
        assert not before.ranked
        now = assessment.reckon(session, city, PERIOD, TODAY)
        assert (now.weights["timeliness"], now.ranked, now.lines[0].place) == (0, True, 1)
        printed = "\n".join(paragraphs(assessment_bulletin.bulletin(session, made)))
        assert all(
            words in printed for words in ("考核通报〔2026〕1号", "请整改", "安岳县人民政府", "按期答复（40分）")
        )
        told = select(Notification.user_id).where(Notification.kind == "assessed")
        assert list(session.scalars(told)) == [head.user_id]
        for stranger in (full_desk.staff[Duty.OFFICER], full_desk.staff[Duty.SUPERVISOR]):
            with pytest.raises(NotFound):
                assessment.find(session, uid, stranger)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_who_may_issue_and_for_which_period(city: Actor, full_desk: Office) -> None:
    with transaction() as session:
        with pytest.raises(NotPermitted):
            assessment.issue(session, PERIOD, "", full_desk.staff[Duty.HEAD], NOW)
        with pytest.raises(Refusal, match="没有结束"):
            assessment.issue(session, Period(TODAY, TODAY.replace(day=2)), "", city, NOW)
        assessment.issue(session, PERIOD, "", city, NOW)
        with pytest.raises(Refusal, match="已经发布"):
            assessment.issue(session, PERIOD, "", city, NOW)


def test_what_cannot_be_judged_is_left_out_of_the_hundred() -> None:
    organ, weights = Organ(name="某局", code="A"), {mark.code: 0 for mark in MARKS} | {"timeliness": 40, "proof": 10}
    found = {mark.code: None for mark in MARKS}
    line = assessment._line(organ, {**found, "timeliness": (3, 4)}, weights)
    assert line.score == 75
    line = assessment._line(organ, {**found, "timeliness": (3, 4), "proof": (0, 5)}, weights)
    assert line.score == 60
    assert line.marks[0] == Scored("timeliness", 3, 4, 30)
    assert assessment._line(organ, found, weights).score is None
    assert assessment._line(organ, {**found, "catalogue": (1, 1)}, {**weights, "catalogue": 10}).score is None


@pytest.mark.parametrize(
    ("ranked", "order", "places"),
    [(False, ["A", "B", "D", "C"], [None] * 4), (True, ["B", "D", "A", "C"], [1, 1, 3, None])],
)
def test_places_are_given_only_where_the_office_wants_them(
    ranked: bool, order: list[str], places: list[int | None]
) -> None:
    settings: OfficeSettings = settle({"assess_ranked": ranked})
    lines = [Line(code, code, (), score, None) for code, score in (("A", 80), ("B", 90), ("C", None), ("D", 90))]
    found = assessment._in_order(lines, settings)
    assert ([one.code for one in found], [one.place for one in found]) == (order, places)
