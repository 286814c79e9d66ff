"""How pages are shown to this browser: 长辈版 in two sizes and 高对比度, a cookie set by a form and rendered on the server.

长辈版 is more than large type: pages show fewer things, the main ones first. 特大字 is a second size of it.
"""

from urllib.parse import urlsplit

from flask import Blueprint, Flask, current_app, redirect, request
from werkzeug.wrappers import Response

from gkapply.web.access import public

COOKIE, SEPARATOR = "gkapply_display", "."
LARGE, HUGE, CONTRAST = "large", "huge", "contrast"
SWITCHES = {LARGE: "长辈版", HUGE: "特大字", CONTRAST: "高对比度"}
A_YEAR = 365 * 24 * 3600

blueprint = Blueprint("display", __name__)


@blueprint.post("/display")
@public
def switch() -> Response:
    """Turn one switch over and go back to the page."""
    answer = redirect(local_path(request.form.get("back", "")), 303)
    answer.set_cookie(
        COOKIE,
        SEPARATOR.join(sorted(turned(display(), request.form.get("switch", "")))),
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["GKAPPLY"].secure_cookies,
    )
    return answer


def turned(on: frozenset[str], name: str) -> frozenset[str]:
    """The switches after ``name`` was pressed; 特大字 is a size of 长辈版 and goes on and off with it."""
    if name not in SWITCHES:
        return on
    chosen = on ^ {name}
    if name == HUGE:
        return chosen | {LARGE}
    return chosen if LARGE in chosen else chosen - {HUGE}


def display() -> frozenset[str]:
    """The switches that are on for this browser."""
    return kept_in(request.cookies.get(COOKIE, ""))


def kept_in(cookie: str) -> frozenset[str]:
    """The switches that a cookie names, parted by points (by spaces in cookies of earlier editions)."""
    return frozenset(cookie.replace(" ", SEPARATOR).split(SEPARATOR)) & frozenset(SWITCHES)


def switches() -> list[tuple[str, str, bool]]:
    """The buttons of this page: code, word, pressed; 特大字 is offered within 长辈版."""
    on = display()
    return [(code, word, code in on) for code, word in SWITCHES.items() if code != HUGE or LARGE in on]


def simple() -> bool:
    """Whether the page is to show the main things only (长辈版)."""
    return LARGE in display()


def local_path(target: str) -> str:
    """``target`` if it is a path of this site, else the home page: nobody is sent elsewhere by a form field."""
    parts = urlsplit(target)
    plain = not parts.scheme and not parts.netloc and target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if plain and target.isprintable() else "/"


def page_address() -> str:
    """Where a GET shows the page of this request again, or the home page."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    rule = request.url_rule
    return request.path if rule is not None and rule.methods is not None and "GET" in rule.methods else "/"


def set_up(app: Flask) -> None:
    """Give the templates the switches."""
    app.jinja_env.globals.update(display=display, switches=switches, simple=simple, page_address=page_address)
