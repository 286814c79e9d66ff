"""The demonstration: every state of a request, whole from the first second, made once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from gkapply import database, demo
from gkapply.casework import outbox
from gkapply.casework.outbox import Errand
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.services import open_installation
from gkapply.casework.verification import verify
from gkapply.config import Settings
from gkapply.demo.county import COUNTY_CODE, DEPARTMENTS
from gkapply.demo.supervision_stories import BELOW
from tests.casework.conftest import KEYS
from workflows.application import CaseState

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
AREAS = 30
"""Areas of disclosure in the county's own table."""


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """An installation on an empty, migrated database."""
    found = Settings(
        database_url=database_url,
        store=tmp_path / "files",
        broker_url=None,
        secret_key=b"a secret for tests, long enough: 0123456789",
        data_keys=KEYS,
        anchors=tmp_path / "anchors",
    )
    open_installation(found)
    return found


def test_every_state_is_there_once_and_the_journal_is_whole(settings: Settings) -> None:
    made = demo.prepare(settings, NOW)
    assert made.password is not None
    assert settings.anchors is not None
    with database.reading() as session:
        assert set(session.scalars(select(Case.state))) == set(CaseState) - {CaseState.NEW}
        # Mail to applicants waits for the morning when the demonstration is made at night.
        left = select(func.count()).where(Errand.done_at.is_(None), Errand.task != outbox.SEND_MESSAGE)
        assert session.scalar(left) == 0
        assert verify(session, settings.anchors, files=True) is None
        at_work = select(Organ.id).where(Organ.code.in_([COUNTY_CODE, *(one.code for one in BELOW)]))
        townships = sum(bool(one.township) for one in BELOW)
        assert session.scalar(select(func.count(Organ.id))) == len(DEPARTMENTS) + 1 + townships
        # The county's own requests and those of the organs below that its supervisor sees at work.
        assert {*session.scalars(select(Case.organ_id))} == {*session.scalars(at_work)}
        before = session.scalar(select(func.count(Case.id)))
    assert demo.prepare(settings, NOW).password is None, "it is made once"
    with database.reading() as session:
        assert session.scalar(select(func.count(Case.id))) == before


def test_the_thirty_areas_have_their_departments() -> None:
    assert len({area for row in DEPARTMENTS for area in row.areas}) == AREAS
