"""Whatever happens to a file of requests, its reports obey every rule and say what a naive reader counts; what is spoilt is named."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain, pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from gkapply import database
from gkapply.casework import report, report_checks, schema
from gkapply.casework.report_faults import FAULTS
from gkapply.law.dispute_blocks import DisputeResult
from gkapply.law.dispute_kinds import DisputeKind
from gkapply.law.replies import ReplyKind
from gkapply.law.report_spans import Span
from tests.casework.report_histories import (
    EVER,
    KINDS,
    Draw,
    Quarrel,
    Request,
    Writer,
    departures,
    organs,
    table3_of,
    table4_of,
)
from tests.services import Services

FILES, EXAMPLES = 10, 100
"""Histories of an example, each in an organ of its own, and examples: 1 000 in all."""
REPEATED = settings(
    max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
RANDOM = st.integers(min_value=0, max_value=2**63).map(Random)


@pytest.fixture(scope="module")
def migrated(run_services: Services, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A migrated database; what a history enters is rolled back."""
    with run_services.fresh_database("sqlite", schema.upgrade, tmp_path_factory.mktemp("histories")) as url:
        yield url


@pytest.fixture
def empty(migrated: str) -> Iterator[None]:
    """It is the database of this process."""
    engine = database.connect(migrated)
    yield
    engine.dispose()


@given(st.lists(RANDOM, min_size=FILES, max_size=FILES))
@REPEATED
def test_histories_never_break_an_identity(empty: None, randoms: list[Random]) -> None:
    files = {number: Draw(one).history() for number, one in enumerate(randoms, 1)}
    with database.transaction() as session:
        Writer(session).write(files)
        assert departures(session, files) == []
        session.rollback()


def test_both_databases_count_alike(database_url: str) -> None:
    engine = database.connect(database_url)
    files = {number: Draw(Random(number)).history() for number in range(1, 41)}
    with database.transaction() as session:
        Writer(session).write(files)
        assert departures(session, files) == []
        session.rollback()
    engine.dispose()


DAY = date(2025, 3, 3)
ANSWERED = Request(DAY, ("enterprise",), "answered", date(2025, 4, 1), (ReplyKind.DISCLOSED,))
PART = Request(DAY, ("research",), "answered", date(2025, 5, 6), (ReplyKind.NOT_EXISTING,))
ANNULLED = Quarrel(
    DisputeKind.REVIEW,
    date(2025, 4, 8),
    ((1, date(2025, 6, 2), DisputeResult.CORRECTED),),
    answered_anew=date(2025, 7, 1),
    begun_anew=True,
)
FILE = [
    ANSWERED,
    Request(DAY, ("research",), "divided", date(2025, 3, 5), parts=(PART, PART), archived=True),
    Request(
        DAY, ("natural_person", "other"), "answered", date(2026, 1, 5), (ReplyKind.NOT_OURS,), quarrels=(ANNULLED,)
    ),
    Request(DAY, ("welfare",), taken_over=True),
]
"""Keys 1: answered; 2: divided into 3 and 4; 5: answered and annulled, 6: given anew; 7: open, from an earlier register."""
SPOILT = {
    "without_row": ("report_row = NULL", 1),
    "no_such_row": ("report_row = '3.9'", 1),
    "open_with_row": ("ended_on = NULL", 1),
    "backwards": ("ended_on = '2025-03-01'", 1),
    "no_column": ("applicant_kind = 'citizen'", 1),
    "other_column": ("applicant_kind = 'other'", 1),
    "cover_counted": ("report_row = '3.1'", 2),
    "redo_counted": ("kind = 'application'", 6),
    "other_row": ("report_row = '3.4.1'", 1),
    "other_day": ("ended_on = '2025-12-31'", 1),
    "entered_twice": ("taken_over = 1, description = '申请第1件', applicant_kind = 'enterprise'", 7),
}
SEEN_AT_ONCE = {
    "without_row",
    "no_such_row",
    "open_with_row",
    "backwards",
    "no_column",
    "cover_counted",
    "redo_counted",
}


@pytest.mark.parametrize("fault", SPOILT)
def test_a_case_made_wrong_behind_the_back_is_named(empty: None, fault: str) -> None:
    change, key = SPOILT[fault]
    with database.transaction() as session:
        Writer(session).write({1: FILE})
        assert departures(session, {1: FILE}) == []
        session.execute(text(f"UPDATE case_file SET {change} WHERE id = :id"), {"id": key})
        session.expire_all()
        named = {one.fault.code: one.references for one in report_checks.examined(session, [1], EVER)}
        assert f"O1-{key}" in named[fault]
        made = report.reported(session, organs(session), Span.of_year(2025))
        assert all(one["ok"] for one in made["checks"]) == (fault not in SEEN_AT_ONCE)
        behind = report_checks.named(session, [1], Span.of_year(2025), report_checks.behind(made["checks"]))
        assert (f"O1-{key}" in chain(*(one.references for one in behind))) == (fault in SEEN_AT_ONCE)
        session.rollback()


def test_every_fault_is_tried() -> None:
    assert set(SPOILT) == set(FAULTS)


@given(RANDOM, st.sampled_from(sorted(SPOILT)))
@settings(REPEATED, max_examples=60)
def test_among_many_cases_the_wrong_one_is_named(empty: None, random: Random, fault: str) -> None:
    """The case of the file above, spoilt, lies somewhere in an organ full of other ones."""
    change, key = SPOILT[fault]
    with database.transaction() as session:
        Writer(session).write({1: [*FILE, *Draw(random).history(), *Draw(random).history()]})
        session.execute(text(f"UPDATE case_file SET {change} WHERE id = :id"), {"id": key})
        named = {one.fault.code: one.references for one in report_checks.examined(session, [1], EVER)}
        session.rollback()
    assert f"O1-{key}" in named[fault]


def test_a_report_of_several_organs_adds_them_up(empty: None) -> None:
    files = {number: Draw(Random(number)).history() for number in range(1, 8)}
    with database.transaction() as session:
        Writer(session).write(files)
        found = organs(session)
        whole = report.reported(session, found, Span.of_year(2025), name="合计")
        single = [made for _, made in report.each(session, found, Span.of_year(2025))]
        session.rollback()
    assert table3_of(whole) == sum((Counter(table3_of(one)) for one in single), Counter())
    assert table4_of(whole) == sum((Counter(table4_of(one)) for one in single), Counter())
    assert (whole["organ"], whole["year"]) == ("合计", 2025)


def test_four_quarters_are_a_year(empty: None) -> None:
    """What comes and ends adds up; what is carried, each quarter takes from the one before."""
    with database.transaction() as session:
        Writer(session).write({1: [one for seed in range(30) for one in Draw(Random(seed)).history()]})
        found = organs(session)
        quarters = [report.reported(session, found, Span.of_quarter(2025, number)) for number in range(1, 5)]
        year = table3_of(report.annual(session, found[0], 2025))
        session.rollback()
    parts = [table3_of(one) for one in quarters]
    for row, column in year:
        if row not in ("2", "4"):
            assert year[row, column] == sum(one.get((row, column), 0) for one in parts)
    for kind in KINDS:
        for before, after in pairwise(parts):
            assert before.get(("4", kind)) == after.get(("2", kind))
        assert (parts[0].get(("2", kind)), parts[-1].get(("4", kind))) == (year.get(("2", kind)), year.get(("4", kind)))
    assert quarters[1]["period"] == ["2025-04-01", "2025-06-30"]
