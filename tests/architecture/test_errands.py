"""Every errand that is posted has somebody who does it, and every scheduled name is a task."""

import ast
import base64
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from celery import Celery

from gkapply.config import read_settings
from tests.architecture.source import Module, modules

OUTBOX = "gkapply.casework.outbox"


def posts(module: Module) -> Iterator[ast.expr | None]:
    """The errand of every ``outbox.post(session, errand, …)``."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and module.origin(node.func) == f"{OUTBOX}.post":
            named = next((keyword.value for keyword in node.keywords if keyword.arg == "task"), None)
            yield node.args[1] if len(node.args) > 1 else named


def test_every_errand_has_one_handler() -> None:
    from gkapply.casework.errands import HANDLERS
    from gkapply.casework.outbox import ERRANDS

    assert set(HANDLERS) == set(ERRANDS), "each errand of outbox.ERRANDS needs its handler in HANDLERS, and no other"


def test_errands_are_posted_by_their_constants() -> None:
    calls = [(module, errand) for module in modules("gkapply") for errand in posts(module)]
    typed = [
        module.at(errand.lineno, str(errand.value)) for module, errand in calls if isinstance(errand, ast.Constant)
    ]
    assert calls, "nothing posts an errand any more: does this test still read the program rightly?"
    assert not typed, f"post an errand by its constant in outbox, so that a wrong name fails at import: {typed}"


def test_every_errand_is_posted_by_somebody() -> None:
    from gkapply.casework import outbox

    constants = {name for name, value in vars(outbox).items() if name.isupper() and value in outbox.ERRANDS}
    used: set[str] = set()
    for module in modules("gkapply"):
        tables = [each for each in ast.walk(module.tree) if isinstance(each, ast.Dict)]
        keys = {id(key) for table in tables for key in table.keys}
        for node in ast.walk(module.tree):
            origin = module.origin(node) if isinstance(node, ast.Attribute | ast.Name) else None
            if origin and origin.startswith(f"{OUTBOX}.") and id(node) not in keys:
                used.add(origin.removeprefix(f"{OUTBOX}."))
    assert constants <= used, f"errands that nothing posts: {constants - used}"


def test_an_unknown_errand_is_refused() -> None:
    from gkapply.casework import outbox

    with pytest.raises(KeyError):
        outbox.post(None, "tidy_up", "tidy_up:1", datetime(2026, 3, 2, tzinfo=UTC))  # type: ignore[arg-type]


@pytest.fixture
def celery(tmp_path: Path) -> Celery:
    """The task application of the server profile; nothing connects before a task is sent."""
    from gkapply.jobs import make_celery

    environ = {
        "GKAPPLY_BROKER_URL": "redis://127.0.0.1:1/0",
        "GKAPPLY_DATABASE_URL": "postgresql+psycopg://postgres@127.0.0.1:1/none",
        "GKAPPLY_SECRET_KEY": "s" * 48,
        "GKAPPLY_DATA_KEYS": f"k1:{base64.urlsafe_b64encode(bytes(32)).decode()}",
    }
    return make_celery(read_settings(environ, folder=tmp_path))


def test_every_errand_and_every_scheduled_name_is_a_task(celery: Celery) -> None:
    from gkapply.casework.outbox import ERRANDS

    scheduled = {entry["task"] for entry in celery.conf.beat_schedule.values()}
    assert scheduled, "the beat has nothing to do"
    missing = (scheduled | set(ERRANDS)) - set(celery.tasks)
    assert not missing, f"register a task in gkapply/jobs.py for: {missing}"
