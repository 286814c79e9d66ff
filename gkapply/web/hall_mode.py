"""A terminal in a service hall (政务公开专区自助机): a browser that many people use one after the other, at a receipt point.

A registrar makes it one; a signed cookie says at which receipt point it stands. What a person opened there is forgotten when they
say so or after some minutes without a sign of life, before anything of it is shown to the next.
"""

from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_login import current_user, logout_user
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import drafts, receipt_points, sessions
from gkapply.casework.people import Organ
from gkapply.casework.receipt_points import ReceiptPoint
from gkapply.config import Settings
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound
from gkapply.web import display, draft_browser
from gkapply.web.me_login import leave

SEEN = "hall_seen"
"""Key of the browser's session: when the terminal was last used."""
A_YEAR = 365 * 24 * 3600
TIMES = 10
"""So many times what one address may do in an hour, a terminal may."""
_UNSEEN = frozenset({"static", "hall.end"})
_OF_DRAFTS = frozenset({"drafts", "draft_script"})


@dataclass(frozen=True, slots=True)
class Terminal:
    """A browser of a hall, and the minutes after which it forgets who used it."""

    point: int
    name: str
    minutes: int

    @property
    def seconds(self) -> int:
        """The same in seconds."""
        return self.minutes * 60


def set_up(app: Flask) -> None:
    """Have a terminal forget whoever left it without a word, and tell the templates that it is one."""
    app.before_request(_end_when_left)
    app.jinja_env.globals.update(hall=terminal)


def terminal() -> Terminal | None:
    """The terminal that asks; None for everybody else's browser, and when the receipt point is no longer in force."""
    if not is_terminal():
        return None
    if "hall_terminal" not in g:
        with reading() as unit:
            point = _point(unit)
            g.hall_terminal = None if point is None else Terminal(point.id, point.name, _settings().hall_minutes)
    return cast(Terminal | None, g.hall_terminal)


def is_terminal() -> bool:
    """Whether the browser carries the cookie of a terminal, without a look into the database."""
    return _point_of_cookie() is not None


def point_serving(unit: Session, organ: Organ) -> ReceiptPoint | None:
    """The receipt point of this terminal, when what is handed in there is handed in to the organ today."""
    point = _point(unit)
    return point if point is not None and organ.id in {one.id for one in point.organs} else None


def _point(unit: Session) -> ReceiptPoint | None:
    """The receipt point at which the browser stands; None for none, and for one that is no longer in force."""
    key = _point_of_cookie()
    if key is None:
        return None
    try:
        found = receipt_points.find_point(unit, key)
    except NotFound:
        return None
    return found if receipt_points.in_force(found, clock.today()) else None


def make_terminal(answer: Response, point: ReceiptPoint) -> Response:
    """Make the browser a terminal of the point."""
    return _set(answer, _signer().dumps(point.id))


def make_ordinary(answer: Response) -> Response:
    """Make it an ordinary browser again."""
    answer.delete_cookie(_name(), httponly=True, samesite="Lax", secure=_settings().secure_cookies, path="/")
    return answer


def forget_person(answer: Response) -> Response:
    """Forget whoever used the terminal: what they opened, their login, which drafts were theirs, how they had pages shown."""
    if current_user.is_authenticated:
        with transaction() as unit:
            sessions.end(unit, current_user.login.session_id, clock.now(), "hall")
        logout_user()
    leave(answer)
    session.clear()
    answer.set_cookie(display.COOKIE, "large", httponly=True, samesite="Lax", secure=_settings().secure_cookies)
    return draft_browser.forget_all(answer)


def mark_seen() -> None:
    """The person is still there."""
    session[SEEN] = int(clock.now().timestamp())


def _end_when_left() -> Any:
    """Whoever comes after a terminal was left without a word begins anew: nothing of the person before is shown or sent."""
    if not is_terminal() or request.endpoint in _UNSEEN:
        return None
    seen = session.get(SEEN)
    if seen is not None and clock.now().timestamp() - seen > _settings().hall_minutes * 60:
        return redirect(url_for("hall.end"), 303)
    mark_seen()
    if request.blueprint in _OF_DRAFTS:
        _require_begun_here((request.view_args or {})["token"])
    return None


def _require_begun_here(token: str) -> None:
    """Raises NotFound for a draft of whoever was here before: its address still stands in the history of the terminal."""
    if token not in draft_browser.tokens():
        with reading() as unit:
            if drafts.exists(unit, token, clock.now()):
                raise NotFound("没有这份草稿，或者不是您这次使用时填写的", do="请重新填写申请")


def _point_of_cookie() -> int | None:
    signed = request.cookies.get(_name())
    if not signed:
        return None
    try:
        point: Any = _signer().loads(signed)
    except BadSignature:
        return None
    return point if isinstance(point, int) else None


def _set(answer: Response, value: str) -> Response:
    secure = _settings().secure_cookies
    answer.set_cookie(_name(), value, max_age=A_YEAR, httponly=True, samesite="Lax", secure=secure, path="/")
    return answer


def _name() -> str:
    return "__Host-gkapply-hall" if _settings().secure_cookies else "gkapply-hall"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(_settings().secret_key, salt="hall terminal")


def _settings() -> Settings:
    found: Settings = current_app.config["GKAPPLY"]
    return found
