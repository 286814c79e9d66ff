"""The hints of the form as its pages show them, and where a question is answered."""

import json

from flask import Flask, current_app

from gkapply.casework.steering import STEERS, hints

ASK = "/ask"
"""Where consultations (咨询) are taken, once there is such a page."""


def ask_address() -> str | None:
    """The address for a question that is no request; None while there is no such page."""
    return ASK if current_app.url_map.bind("").test(ASK, "GET") else None


def steers_json() -> str:
    """Patterns and hints for ``static/steer.js``."""
    return json.dumps([[one.pattern, one.hint] for one in STEERS], ensure_ascii=False)


def set_up(app: Flask) -> None:
    """Give the templates the hints."""
    app.jinja_env.globals.update(ask_address=ask_address, steering_hints=hints, steers_json=steers_json)
