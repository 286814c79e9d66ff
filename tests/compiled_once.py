"""What each test would compile anew, since it has an engine and an application of its own: statements, pages, addresses.

Compiling depends on nothing that a test can change: what the first test compiled serves the others of its process.
"""

from collections.abc import Callable
from pathlib import Path
from types import MethodType
from typing import Any, ClassVar

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from gkapply import database

STATEMENTS = 5_000
"""So many compiled statements are kept for each database."""


def keep_what_is_compiled(patch: pytest.MonkeyPatch, pages: Path) -> None:
    """From now on, until ``patch`` is undone. Compiled pages lie in the folder ``pages``, which other processes may share."""
    patch.setattr(database, "open_engine", _sharing(database.open_engine))
    patch.setattr(Flask, "jinja_options", {"bytecode_cache": FileSystemBytecodeCache(str(pages))})
    patch.setattr(Flask, "url_rule_class", _Rule)


def _sharing(open_engine: Callable[[str], Engine]) -> Callable[[str], Engine]:
    """``open_engine`` whose engines for one kind of database share the dialect, by which a compiled statement is known."""
    first: dict[str, Engine] = {}

    def open_one(url: str) -> Engine:
        engine = open_engine(url)
        known = first.get(engine.dialect.name)
        if known is None:
            first[engine.dialect.name] = engine
            engine._compiled_cache = LRUCache(STATEMENTS)
        elif (
            known.dialect.server_version_info is not None
        ):  # it has been connected, so that its dialect knows the server
            engine.dialect = engine.pool._dialect = known.dialect
            engine._compiled_cache = known._compiled_cache
        return engine

    return open_one


class _Rule(Rule):
    """An address whose pattern and builder, which depend on its parts alone, are compiled once."""

    _first: ClassVar[dict[Any, "_Rule"]] = {}

    def compile(self) -> None:
        if self.defaults:
            super().compile()
            return
        first = self._first.setdefault((self.rule, self.subdomain, self.host, self.merge_slashes), self)
        if first is self:
            super().compile()
            return
        self._parts, self._trace, self._converters = first._parts, first._trace, first._converters
        self.arguments.update(first.arguments)
        self._build = MethodType(first._build.__func__, self)  # type: ignore[attr-defined]
        self._build_unknown = MethodType(first._build_unknown.__func__, self)  # type: ignore[attr-defined]
