"""What citizens uploaded is never shown inside the site: every file leaves as an attachment that no browser guesses at."""

import ast
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from gkapply import web
from gkapply.casework.entries import Document
from gkapply.casework.papers import Letter
from gkapply.database import reading
from gkapply.demo.life import Life
from tests.web.browser import Browser
from tests.web.test_apply import send
from tests.web.test_track import code_of
from workflows.duties import Duty

WEB = Path(web.__file__).parent
ONE_DOOR = WEB / "attachment.py"
NOT_HANDED_OUT = {"catalogue_import.py", "dispute_import.py", "official_document_import.py"}
"""They read what an official uploaded, and hand nothing out."""
HOSTILE = b"<script>alert(1)</script><svg onload=alert(2)>"


def functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in sorted(WEB.glob("**/*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                yield path, node


def called(node: ast.AST) -> set[str]:
    """The names of what is called in there, ``store(…).get`` as one."""
    found = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Call):
            words = ast.unparse(one.func)
            found.add("store.get" if words.startswith("store(") and words.endswith(").get") else words)
    return found


def test_what_lies_in_the_store_leaves_by_one_door() -> None:
    readers = [(path, node) for path, node in functions() if "store.get" in called(node)]
    assert len(readers) > 5
    inline = [path.name for path, node in readers if "attachment" not in called(node)]
    assert set(inline) <= NOT_HANDED_OUT


def test_nothing_else_sends_files() -> None:
    words = ("send_file", "send_from_directory", "Content-Disposition", "as_attachment=False")
    others = [
        (path.name, word)
        for path in sorted(WEB.glob("**/*.py"))
        for word in words
        if path != ONE_DOOR and word in path.read_text()
    ]
    assert others == []


@pytest.fixture
def uploaded(client: Browser, new_life: Callable[..., Life]) -> Life:
    """A request that came with a file which would like to be a page."""
    send(client, other=(io.BytesIO(HOSTILE), "页面.txt"))
    life = new_life()
    life.reference = "AYX-2026-0001"
    return life.confirm().render()


def test_every_way_to_a_file_is_an_attachment(
    client: Browser, login: Callable[[Duty], Browser], uploaded: Life, moment: time_machine.Traveller
) -> None:
    moment.move_to(uploaded.now)
    track = f"/track/{uploaded.reference}"
    with reading() as session:
        papers = list(session.scalars(select(Document.uid)))
        letter = session.scalars(select(Letter.uid)).one()
    client.submit("/track", "/track", number=uploaded.reference, code=code_of(uploaded))
    client.submit(track, f"{track}/letter/{letter}")
    registrar = login(Duty.REGISTRAR)
    ways = [
        *((registrar, f"/desk/documents/{uid}") for uid in papers),
        (registrar, f"/desk/letters/{letter}/file"),
        (registrar, f"/desk/cases/{uploaded.reference}/days.txt"),
        (client, f"{track}/letter/{letter}"),
        (client, f"{track}/days.txt"),
    ]
    assert papers
    for browser, path in ways:
        answer = browser.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["Content-Disposition"].startswith("attachment;"), path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        assert answer.mimetype not in ("text/html", "image/svg+xml"), path
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
