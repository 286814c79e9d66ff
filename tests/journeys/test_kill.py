"""Kill -9 at random points: a submission is there whole with its receipt or not at all, a letter has exactly one file."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TypeVar

import pytest
from sqlalchemy import select

from gkapply import clock, database
from gkapply.casework.records import Case
from gkapply.casework.storekeeping import named_files, sweep_files
from gkapply.casework.verification import verify
from gkapply.config import Settings
from gkapply.database import reading
from tests.casework.conftest import Office
from tests.journeys.killed_renderings import kill_renderings
from tests.journeys.killed_submissions import kill_submissions

Told = TypeVar("Told")
KILLS = {"few": {"sqlite": 25, "postgresql": 10}, "rest": {"sqlite": 100, "postgresql": 20}}
"""By ``--campaigns``."""


@pytest.fixture
def times(pytestconfig: pytest.Config, database_kind: str) -> int:
    """How often the deed is killed."""
    return KILLS[pytestconfig.getoption("campaigns")][database_kind]


@pytest.fixture(params=list(KILLS["few"]))
def database_kind(request: pytest.FixtureRequest) -> str:
    """Both databases: what a crash leaves is theirs to answer for."""
    kind: str = request.param
    if kind == "postgresql":
        request.getfixturevalue("postgresql_server")
    return kind


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The office's settings, with an address that may send as many requests as it likes."""
    return replace(settings, submissions_per_hour=100_000, sums_after=100_000)


def apart(campaign: Callable[[], Told]) -> Told:
    """Run it in a process of its own, which has no threads and may fork."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([kill_submissions.__module__, kill_renderings.__module__])
    database.engine().dispose()
    with ProcessPoolExecutor(1, context) as process:
        return process.submit(campaign).result()


@pytest.mark.campaign
def test_a_killed_submission_is_whole_or_nothing(office: Office, settings: Settings, times: int) -> None:
    whole, trials = apart(partial(kill_submissions, settings, times))
    assert len(trials) == times
    assert (whole["case_file"], whole["applicant"], whole["item"], whole["document"], whole["counter"]) == (
        1,
        1,
        1,
        2,
        1,
    )
    for trial in trials:
        assert trial.left in ({}, whole)
        assert trial.left == whole or not trial.answered
        assert (trial.reference_left is None) == (trial.left == {})
        assert trial.in_the_end == whole
        assert trial.reference_left in (None, trial.reference)
        assert trial.receipt_shown
    # The kills were spread over the whole deed: some came before anything was kept, some after.
    assert {len(trial.left) > 0 for trial in trials} == {True, False}
    with reading() as session:
        numbers = session.scalars(select(Case.number).order_by(Case.number)).all()
        assert numbers == [f"2026-{number:04d}" for number in range(1, len(numbers) + 1)]
        assert {trial.reference for trial in trials} <= {f"AYX-{number}" for number in numbers}
        # A day later everything that a kill left in the store is swept, and nothing that a row names.
        sweep_files(session, None, clock.now() + timedelta(days=2))
        assert settings.anchors is not None
        assert verify(session, settings.anchors, files=True) is None
        assert {path.name for path in office.store.folder.glob("??/??/*")} == set(named_files(session))


@pytest.mark.campaign
def test_a_killed_rendering_ends_in_one_file(office: Office, settings: Settings, times: int) -> None:
    trials = apart(partial(kill_renderings, settings, office.staff, times))
    assert len(trials) == times
    for trial in trials:
        assert trial.named == trial.stored == trial.rendered_again
        assert trial.named_after_the_kill in ("", trial.named)
        assert trial.entries == 1
        assert trial.done
    assert {trial.named_after_the_kill == "" for trial in trials} == {True, False}
    assert len({trial.named for trial in trials}) == times
    with reading() as session:
        # Rendering the same bytes again and again never left a second file.
        assert {path.name for path in office.store.all()} == set(named_files(session))
        assert settings.anchors is not None
        assert verify(session, settings.anchors, files=True) is None
