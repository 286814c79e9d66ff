"""Every route says who may open it, where the route is written."""

from pathlib import Path

import pytest
from flask import Flask

from gkapply.config import read_settings
from workflows.duties import Duty

FLASKS_OWN = {"static"}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """The application as it is served, on a folder of its own."""
    from gkapply import create_app

    return create_app(read_settings({}, folder=tmp_path), relay=False)


def test_every_route_declares_who_may_open_it(app: Flask) -> None:
    views = {name: view for name, view in app.view_functions.items() if name not in FLASKS_OWN}
    assert views, "the application has no route at all"
    silent = sorted(name for name, view in views.items() if not hasattr(view, "_access"))
    assert not silent, f"declare @requires(Duty.…) or @public (gkapply.web.access) on the view, nearest to it: {silent}"


def test_only_known_duties_are_demanded(app: Flask) -> None:
    demanded = {name: view._access for name, view in app.view_functions.items() if hasattr(view, "_access")}
    odd = {
        name: access
        for name, access in demanded.items()
        if access not in ("public", "citizen") and not (isinstance(access, frozenset) and access <= set(Duty))
    }
    assert not odd, f"@requires takes members of workflows.duties.Duty: {odd}"
