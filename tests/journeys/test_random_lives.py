"""Random lives: never an unlawful state, every clock right to the day, every life can reach the archive, every report adds up."""

from datetime import UTC, date, datetime
from itertools import pairwise
from random import Random

import pytest
from flask import Flask

from gkapply import create_app
from gkapply.casework.dating import reckoning
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.report import annual
from gkapply.casework.report_checks import examined
from gkapply.config import Settings
from gkapply.database import reading
from gkapply.law import annual_checks
from gkapply.law.facts import FactKind
from gkapply.law.report_spans import Span
from gkapply.web.subjects import SUBJECTS
from tests.casework.conftest import Office, office
from tests.journeys.random_life import FROM_OUTSIDE, Walk
from tests.law.day_counter import DayCounter
from tests.web.conftest import settings
from workflows.duties import Duty

__all__ = ["office", "settings"]
STEPS_EACH = 500
SEEDS = {"few": range(1, 5), "rest": range(5, 21)}
"""By ``--campaigns``: 10 000 steps in all."""
ROWS_WALKED = 25
"""So many different rows each walk takes at least: a walk that goes round in circles proves nothing."""
BEGINNING = datetime(2026, 1, 5, 1, tzinfo=UTC)


@pytest.fixture
def database_kind() -> str:
    """The rows and rules do not differ between the databases."""
    return "sqlite"


@pytest.fixture
def app(settings: Settings) -> Flask:
    """The application, for its forms alone."""
    return create_app(settings, relay=False)


def check(case: Case) -> None:
    """The case is in a lawful state and its clock agrees with a counter that goes day by day."""
    if case.received_on is None:
        return
    facts = [fact for fact in case.law_facts() if fact.kind not in (FactKind.REPLIED, FactKind.WITHDRAWN)]
    expected = DayCounter(case.received_on, facts, case.clock_settings()).settled()
    found = reckoning(case)
    assert found.reply_due_on == expected.due, case.reference
    assert case.due_on == expected.due, "the cached day is the derived one"


def check_reports(organ_id: int) -> None:
    """Every check of every year holds, and what one year hands on the next one takes over."""
    with reading() as session:
        organ = session.get_one(Organ, organ_id)
        years = [annual(session, organ, year) for year in range(2026, 2032)]
        wrong = examined(session, [organ.id], Span.between(BEGINNING.date(), date(2031, 12, 31)))
    assert wrong == [], "nothing that the deeds left behind is counted wrongly"
    for report in years:
        assert all(one["ok"] for one in report["checks"]), report["checks"]
    rows = [{row["code"]: row["values"] for row in report["table3"]["rows"]} for report in years]
    for before, after in pairwise(years):
        assert all(one.ok for one in annual_checks.check(after, before))
    for before, after in pairwise(rows):
        assert before["4"] == after["2"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One walk for each seed of this run."""
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", SEEDS[metafunc.config.getoption("campaigns")])


@pytest.mark.campaign
def test_random_lives_stay_lawful_and_come_home(app: Flask, office: Office, seed: int) -> None:
    walk = Walk(app, office, Random(seed), BEGINNING, check)
    while sum(walk.taken.values()) < STEPS_EACH:
        walk.begin()
        walk.wander(walk.random.choice((5, 15, 40, 80)))
        walk.go_home()
        walk.follow_up()
    check_reports(office.organ_id)
    assert len(walk.taken) >= ROWS_WALKED, sorted(walk.taken)


def test_every_row_can_be_walked() -> None:
    """By its page, from outside, taken along by another one, or by time; a row that nobody walks is never tried."""
    left_out = [
        (name, step.trigger)
        for name, subject in SUBJECTS.items()
        for step in subject.flow.workflow.steps
        if step.via is None
        and step.trigger not in subject.pages
        and (name, step.trigger) not in FROM_OUTSIDE
        and set(step.duties) != {Duty.SYSTEM}
        and step.sources != (subject.flow.workflow.start,)
    ]
    assert left_out == []
