"""Parts of pages that are the same on thousands of them: written once in a process, then only put in."""

from collections.abc import Callable, Hashable
from typing import Any

from flask import Flask, current_app, url_for
from markupsafe import Markup

MOST_KEPT = 512
Kept = dict[tuple[Hashable, ...], Markup]


def set_up(app: Flask) -> None:
    """Give the templates ``fragment(name, …)``."""
    app.extensions["fragments"] = {}
    app.jinja_env.globals.update(fragment=fragment, url_for=address)


def address(endpoint: str, **values: Any) -> str:
    """``url_for`` for templates; an address that hangs on nothing but a file's name is put together once."""
    if values.keys() - {"filename"}:
        return url_for(endpoint, **values)
    kept: dict[tuple[str, Any], str] = current_app.extensions["fragments"]
    key = endpoint, values.get("filename")
    found = kept.get(key)
    if found is None:
        found = kept[key] = url_for(endpoint, **values)
    return found


def fragment(name: str, **values: Any) -> Markup:
    """The template ``name`` with these values and nothing else of the request: they are hashable, and few together."""
    key = (name, *values.values())
    return kept_under(key, lambda: current_app.jinja_env.get_template(name).render(**values))


def kept_under(key: tuple[Hashable, ...], write: Callable[[], str]) -> Markup:
    """What was written under the key in this application, written now if it never was."""
    kept: Kept = current_app.extensions["fragments"]
    found = kept.get(key)
    if found is None:
        found = Markup(write())
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = found
    return found
