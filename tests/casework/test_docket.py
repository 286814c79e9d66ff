"""The desk: order, filters, paging by key, badges, the term in words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time

import pytest
import time_machine
from sqlalchemy import event, select

from gkapply import database
from gkapply.casework import docket
from gkapply.casework.access import Actor
from gkapply.casework.clock_states import ClockState
from gkapply.casework.docket import Wanted
from gkapply.casework.docket_badges import badges
from gkapply.casework.docket_filters import Chosen
from gkapply.casework.docket_lines import Line
from gkapply.casework.docket_places import Place
from gkapply.casework.docket_surroundings import surroundings
from gkapply.casework.docket_views import ALL, AWAITING, MINE
from gkapply.casework.records import Case
from gkapply.casework.saved_views import DESK
from gkapply.casework.urgency import Lamp, term_on
from gkapply.clock import OFFICE_ZONE
from gkapply.law.refusal import Refusal
from gkapply.law.workdays import national_calendar
from tests.casework.conftest import Office
from tests.casework.full_desk import TODAY, full_desk
from workflows.application import CaseState
from workflows.duties import Duty

__all__ = ["full_desk"]


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    """The day that the tests ask about: statements are kept for a day, and some are built by the clock."""
    with time_machine.travel(datetime.combine(TODAY, time(10), OFFICE_ZONE), tick=False):
        yield


def lines(
    actor: Actor, view: str = ALL, state: CaseState | None = None, chosen: Chosen | None = None
) -> Sequence[Line]:
    with database.reading() as session:
        return docket.desk(session, actor, TODAY, Wanted(view, state, chosen or {})).lines


def test_the_most_urgent_comes_first_and_what_has_no_due_day_last(full_desk: Office) -> None:
    found = lines(full_desk.staff[Duty.OFFICER])
    days = [line.term.due_on for line in found]
    dated = [day for day in days if day is not None]
    assert len(dated) > 5
    assert dated == sorted(dated)
    assert days == dated + [None] * (len(days) - len(dated))
    assert {line.state for line in found if line.term.due_on is None} == {
        CaseState.RECEIVED,
        CaseState.CORRECTING,
        CaseState.PAYING,
    }
    assert found[0].term.lamp is Lamp.OVERDUE


def test_what_has_ended_is_listed_by_its_state_only(full_desk: Office) -> None:
    actor = full_desk.staff[Duty.REGISTRAR]
    assert not {line.state for line in lines(actor)} & {CaseState.REPLIED, CaseState.VOIDED, CaseState.ARCHIVED}
    assert {line.state for line in lines(actor, state=CaseState.REPLIED)} == {CaseState.REPLIED}
    assert [line.state for line in lines(actor, state=CaseState.VOIDED)] == [CaseState.VOIDED]
    assert lines(actor, state=CaseState.REPLIED)[0].term.lamp is None


def test_pages_follow_each_other_without_gap_or_double(full_desk: Office) -> None:
    actor = full_desk.staff[Duty.OFFICER]
    whole = [line.reference for line in lines(actor)]
    walked: list[str] = []
    after: Place | None = None
    while True:
        with database.reading() as session:
            page = docket.desk(session, actor, TODAY, after=after, size=2)
        walked += [line.reference for line in page.lines]
        if page.more is None:
            break
        assert len(page.lines) == 2
        after = Place.read(str(page.more))
    assert len(whole) > 6
    assert walked == whole


@pytest.mark.parametrize("text", ["x", "~", "2026-13-01~4", "2026-01-01~", "~x"])
def test_a_place_that_no_page_wrote_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="翻页的位置无法识别"):
        Place.read(text)


WAITING = {
    Duty.REGISTRAR: {
        "confirm": {CaseState.RECEIVED},
        "assign": {CaseState.REGISTERED},
        "send": {CaseState.DELIVERING},
        "delivery": {CaseState.REPLIED},
    },
    Duty.OFFICER: {"handle": {CaseState.REVIEWING, CaseState.HANDLING}},
    Duty.REVIEWER: {"review": {CaseState.APPROVING}},
    Duty.SIGNER: {"sign": {CaseState.APPROVING}},
    Duty.HEAD: {"assign": {CaseState.REGISTERED}},
    Duty.ARCHIVIST: {
        "archive": {CaseState.REPLIED, CaseState.VOIDED, CaseState.LAPSED, CaseState.WITHDRAWN, CaseState.ENDED}
    },
}


@pytest.mark.parametrize("duty", WAITING)
def test_each_duty_finds_what_waits_for_it(full_desk: Office, duty: Duty) -> None:
    actor = full_desk.staff[duty]
    with database.reading() as session:
        counts = surroundings(session, actor, TODAY, DESK).counts
    for task, states in WAITING[duty].items():
        found = lines(actor, task)
        assert {line.state for line in found} == states, task
        assert counts.tasks[task] == len(found)
    waiting = {line.reference for task in counts.tasks for line in lines(actor, task)}
    assert waiting
    assert {line.reference for line in lines(actor, AWAITING)} == waiting


def test_a_letter_does_not_wait_for_its_author_or_its_reviewer(full_desk: Office) -> None:
    both = frozenset({Duty.REVIEWER, Duty.SIGNER})
    author = replace(full_desk.staff[Duty.OFFICER], duties=both)
    reviewer = replace(full_desk.staff[Duty.REVIEWER], duties=both)
    assert lines(author, "review") == []
    assert lines(author, "sign") == []
    assert lines(reviewer, "sign") == []
    assert len(lines(reviewer, "review")) == 2


def test_a_task_of_another_duty_is_no_view(full_desk: Office) -> None:
    with pytest.raises(Refusal, match="没有这样的待办分类"):
        lines(full_desk.staff[Duty.OFFICER], "confirm")


def test_mine_are_the_cases_that_i_handle(full_desk: Office) -> None:
    mine = {line.reference for line in lines(full_desk.staff[Duty.OFFICER], MINE)}
    assert mine
    assert mine < {line.reference for line in lines(full_desk.staff[Duty.OFFICER])}
    assert lines(full_desk.staff[Duty.HEAD], MINE) == []


def test_badges_count_what_is_on_the_desk(full_desk: Office) -> None:
    with database.reading() as session:
        states = surroundings(session, full_desk.staff[Duty.STATISTICIAN], TODAY, DESK).counts.states
        on_the_desk = session.scalars(select(Case.state).where(Case.archived_on.is_(None))).all()
        archived = session.scalars(select(Case.state).where(Case.archived_on.is_not(None))).all()
    assert archived
    assert CaseState.ARCHIVED not in states
    assert sum(states.values()) == len(on_the_desk)
    assert states[CaseState.HANDLING] == on_the_desk.count(CaseState.HANDLING) > 1


def test_another_organ_sees_nothing(full_desk: Office) -> None:
    stranger = replace(full_desk.staff[Duty.REGISTRAR], organ_id=full_desk.organ_id + 1)
    assert lines(stranger) == []
    assert lines(stranger, "confirm") == []
    with database.reading() as session:
        assert surroundings(session, stranger, TODAY, DESK).counts.states == {}
        reference = session.scalars(select(Case.reference)).first() or ""
        with pytest.raises(Refusal, match="没有登记编号"):
            docket.reference_of(session, stranger, reference)


def test_a_case_is_found_by_its_number(full_desk: Office) -> None:
    actor = full_desk.staff[Duty.REGISTRAR]
    with database.reading() as session:
        case = session.scalars(select(Case)).first()
        assert case is not None
        assert docket.reference_of(session, actor, f" {case.number} ") == case.reference
        assert docket.reference_of(session, actor, case.reference) == case.reference


def test_a_page_costs_few_statements_however_many_cases(full_desk: Office) -> None:
    statements: list[str] = []
    actor = full_desk.staff[Duty.REGISTRAR]
    event.listen(database.engine(), "before_cursor_execute", lambda *args: statements.append(args[2]))
    with database.reading() as session:
        surroundings(session, actor, TODAY, DESK)
        docket.desk(session, actor, TODAY, Wanted(AWAITING))
    asked = [one for one in statements if "case_file" in one]
    assert len(asked) <= 3
    assert not [one for one in asked if "OFFSET" in one.upper().replace("LIMIT ? OFFSET ?", "")]


@pytest.mark.parametrize(
    ("due_on", "remaining", "lamp", "words"),
    [
        (date(2026, 5, 28), -2, Lamp.OVERDUE, "超过2个工作日"),
        (date(2026, 6, 1), 0, Lamp.NEAR, "今天到期"),
        (date(2026, 6, 4), 3, Lamp.NEAR, "还有3个工作日"),
        (date(2026, 6, 5), 4, Lamp.NORMAL, "还有4个工作日"),
    ],
)
def test_the_lamp_says_how_many_working_days_are_left(due_on: date, remaining: int, lamp: Lamp, words: str) -> None:
    term = term_on(TODAY, due_on, national_calendar())
    assert (term.remaining, term.lamp, term.words) == (remaining, lamp, words)


def test_on_the_rest_days_after_the_last_day_the_term_is_over() -> None:
    term = term_on(date(2026, 5, 30), date(2026, 5, 29), national_calendar())
    assert (term.remaining, term.lamp, term.words) == (0, Lamp.OVERDUE, "已过期限")


def test_an_ended_term_has_no_lamp() -> None:
    term = term_on(TODAY, date(2026, 5, 28), national_calendar(), ended_on=date(2026, 5, 20))
    assert (term.remaining, term.lamp, term.words) == (None, None, "")


def test_filters_combine_and_each_finds_what_it_says(full_desk: Office) -> None:
    actor = full_desk.staff[Duty.OFFICER]
    every = lines(actor)
    with database.reading() as session:
        rows = {case.reference: case for case in session.scalars(select(Case)) if case.ended_on is None}
        kinds = {case.reference: case.applicants[0].kind for case in rows.values()}

    def found(**chosen: str) -> set[str]:
        return {line.reference for line in lines(actor, chosen=chosen)}

    clock = {state: found(lamp=state.value) for state in ClockState}
    assert clock[ClockState.OVERDUE] == {line.reference for line in every if line.term.lamp is Lamp.OVERDUE}
    assert clock[ClockState.TODAY] <= clock[ClockState.NEAR] <= clock[ClockState.WEEK]
    assert clock[ClockState.NEAR] == {line.reference for line in every if line.term.lamp is Lamp.NEAR}
    assert clock[ClockState.STOPPED] == {line.reference for line in every if line.term.stopped_since}
    assert clock[ClockState.NONE] | clock[ClockState.STOPPED] >= {
        line.reference for line in every if not line.term.due_on
    }
    dated = clock[ClockState.OVERDUE] | clock[ClockState.WEEK] | clock[ClockState.LATER]
    assert dated == {line.reference for line in every if line.term.due_on}
    assert found(late="open") == clock[ClockState.OVERDUE] != set()
    for channel in {case.channel for case in rows.values()}:
        assert found(channel=channel) == {key for key, case in rows.items() if case.channel == channel}
    person = {key for key, kind in kinds.items() if kind == "natural_person"}
    assert found(applicant="natural_person") == person
    assert found(applicant="natural_person", channel="online") == person & found(channel="online") != set()
    assert found(officer="none") == {key for key, case in rows.items() if case.officer_id is None}
    assert found(officer=str(actor.user_id)) == found(officer="me") == {line.reference for line in lines(actor, MINE)}
    some = next(iter(rows.values()))
    assert some.reference in found(words=some.number)
    assert found(words="%") == found(words="没有这样的词语") == set()


def test_a_filter_by_link_or_outcome_reaches_what_has_ended(full_desk: Office) -> None:
    actor = full_desk.staff[Duty.REGISTRAR]
    assert {line.state for line in lines(actor, chosen={"link": "送达"})} == {CaseState.DELIVERING, CaseState.REPLIED}
    given = lines(actor, chosen={"outcome": "3.1"})
    assert CaseState.REPLIED in {line.state for line in given}
    late = {line.reference for line in lines(actor, chosen={"late": "ended"})}
    assert not late & {line.reference for line in lines(actor, chosen={"late": "no"})}


def test_pages_lead_back_the_way_they_came(full_desk: Office) -> None:
    actor = full_desk.staff[Duty.OFFICER]
    with database.reading() as session:
        pages = [docket.desk(session, actor, TODAY, size=3)]
        while (more := pages[-1].more) is not None:
            pages.append(docket.desk(session, actor, TODAY, after=more, size=3))
        assert len(pages) > 3
        assert pages[0].back is None
        for number in range(len(pages) - 1, 0, -1):
            back = pages[number].back
            assert back is not None
            before = docket.desk(session, actor, TODAY, before=back, size=3)
            assert before.lines == pages[number - 1].lines
            assert before.more == pages[number - 1].more
            assert (before.back is None) == (number == 1)


def test_a_kept_list_is_cut_into_the_same_pages_and_dropped_when_the_journal_moves(full_desk: Office) -> None:
    actor = full_desk.staff[Duty.REGISTRAR]
    wanted = Wanted(AWAITING)
    with database.reading() as session:
        head = surroundings(session, actor, TODAY, DESK).head
        assert head > 0
        after: Place | None = None
        while True:
            walked = docket.desk(session, actor, TODAY, wanted, after=after, size=2)
            kept = docket.desk(session, actor, TODAY, wanted, head=head, after=after, size=2)
            assert kept.lines == walked.lines
            assert (kept.more, kept.back) == (walked.more, walked.back)
            if kept.back is not None:
                way = {"before": kept.back, "size": 2}
                assert docket.desk(session, actor, TODAY, wanted, head=head, **way) == docket.desk(  # type: ignore[arg-type]
                    session,
                    actor,
                    TODAY,
                    wanted,
                    **way,  # type: ignore[arg-type]
                )
            if walked.more is None:
                break
            after = walked.more
        asked: list[str] = []
        event.listen(database.engine(), "before_cursor_execute", lambda *args: asked.append(args[2]))
        badges(session, actor, TODAY, head)
        assert asked == []
        badges(session, actor, TODAY, head + 1)
        assert len(asked) == 1
