"""Parts of pages that are the same on thousands of them: written once in a process, then only put in."""

from collections.abc import Hashable
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

MOST_KEPT = 512
Kept = dict[tuple[Hashable, ...], Markup]


def set_up(app: Flask) -> None:
    """Give the templates ``fragment(name, …)``."""
    app.extensions["fragments"] = {}
    app.jinja_env.globals.update(fragment=fragment)


def fragment(name: str, **values: Any) -> Markup:
    """The template ``name`` with these values and nothing else of the request: they are hashable, and few together."""
    kept: Kept = current_app.extensions["fragments"]
    key = (name, *values.values())
    found = kept.get(key)
    if found is None:
        found = Markup(current_app.jinja_env.get_template(name).render(**values))
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = found
    return found
