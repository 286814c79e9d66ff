"""The practice mode: a copy of its own, made once, thrown away at will, never the office's data."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from gkapply import create_app, database
from gkapply import demo as demonstration
from gkapply.casework.people import Organ, SigningName
from gkapply.cli import practising
from gkapply.config import Settings
from gkapply.database import reading, transaction
from gkapply.demo.county import found_county, mark_as_practice


def test_a_copy_is_practised_on_and_thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def prepare(settings: Settings, now: datetime) -> None:
        made.append(settings)
        with transaction() as session:
            found_county(session, now)
            mark_as_practice(session)

    monkeypatch.setattr(demonstration, "prepare", prepare)
    monkeypatch.setenv("GKAPPLY_DATABASE_URL", "sqlite:////nowhere/the-office.db")
    monkeypatch.setenv("GKAPPLY_SMTP_URL", "smtp://mail.example.invalid")
    first = practising.prepare(tmp_path)
    assert (len(made), first.site.practice, first.gateways.smtp) == (1, True, None)
    assert str(tmp_path) in first.database_url
    with transaction() as session:
        session.add(Organ(code="NEW", name="练习中新建的机关", kind="department"))
    app = create_app(first, relay=False)
    assert "练习环境" in app.test_client().get("/").text
    assert app.config["SESSION_COOKIE_NAME"] not in ("gkapply", "__Host-gkapply"), "logs nobody out beside it"

    kept = practising.prepare(tmp_path)
    assert kept.demo_password == first.demo_password
    assert names() >= {"练习中新建的机关"}
    practising.prepare(tmp_path, again=True)
    assert "练习中新建的机关" not in names()
    with reading() as session:
        assert all("练习" in one for one in session.scalars(select(SigningName.full_name)))
    assert len(made) == 1, "the master copy is made once"
    database.engine().dispose()


def names() -> set[str]:
    """The organs of the copy that is open."""
    with reading() as session:
        return set(session.scalars(select(Organ.name)))
