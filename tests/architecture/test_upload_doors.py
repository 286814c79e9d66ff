"""What somebody hands in gets into the store by one door, which looks for secrecy marks: no other module writes or reads uploads."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import Module, modules

WRITERS = {
    "gkapply/casework/uploads.py": "what is handed in, after it was examined",
    "gkapply/casework/documents.py": "papers that were examined, or that the program made",
    "gkapply/casework/letterbook.py": "letters and templates",
    "gkapply/casework/letter_pdf.py": "PDF of letters",
    "gkapply/casework/bundle.py": "parts of a bundle",
    "gkapply/casework/bundle_build.py": "the bundle",
}
"""Modules that write into the store, and what."""
READERS = {"gkapply/web/uploads.py", "gkapply/web/kept.py"}
"""Modules that look at the files of a form; ``kept`` at their names alone."""


def writes(module: Module) -> Iterator[int]:
    """Lines that put something into a file store."""
    stores = {"files"}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "put":
            of = node.func.value
            called = of.func if isinstance(of, ast.Call) else of
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            if name == "store" or name in stores:
                yield node.lineno


def reads_files(module: Module) -> Iterator[int]:
    """Lines that look at the files of a request."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr == "files" and ast.unparse(node.value) == "request":
            yield node.lineno


def test_nothing_but_the_door_writes_uploads_into_the_store() -> None:
    found = {module.path.as_posix() for module in modules("gkapply") if ".put(" in module.text and any(writes(module))}
    assert found == WRITERS.keys(), "use casework.uploads.keep_upload: it looks for secrecy marks"


def test_nothing_but_the_reader_of_forms_looks_at_their_files() -> None:
    found = {
        module.path.as_posix() for module in modules("gkapply") if "request" in module.text and any(reads_files(module))
    }
    assert found == READERS, "use web.uploads.uploaded, uploaded_one or uploaded_table"


@pytest.mark.parametrize("code", ["store(session).put(a)", "files.put(a)", "self.store.put(a)"])
def test_a_writer_is_seen(code: str) -> None:
    assert list(writes(Module(Path("gkapply/web/a.py"), code))) == [1]
