"""The two switches of every page, 长辈版 and 高对比度: a cookie set by a form, rendered on the server."""

from urllib.parse import urlsplit

from flask import Blueprint, Flask, current_app, redirect, request
from werkzeug.wrappers import Response

from gkapply.web.access import public

COOKIE = "gkapply_display"
SWITCHES = {"large": "长辈版", "contrast": "高对比度"}
A_YEAR = 365 * 24 * 3600

blueprint = Blueprint("display", __name__)


@blueprint.post("/display")
@public
def switch() -> Response:
    """Turn one switch over and go back to the page."""
    chosen = display()
    name = request.form.get("switch", "")
    if name in SWITCHES:
        chosen = chosen ^ {name}
    answer = redirect(local_path(request.form.get("back", "")), 303)
    answer.set_cookie(
        COOKIE,
        " ".join(sorted(chosen)),
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["GKAPPLY"].secure_cookies,
    )
    return answer


def display() -> frozenset[str]:
    """The switches that are on for this browser."""
    return frozenset(request.cookies.get(COOKIE, "").split()) & frozenset(SWITCHES)


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
    app.jinja_env.globals.update(display=display, display_switches=SWITCHES, page_address=page_address)
