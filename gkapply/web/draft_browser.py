"""Which drafts a browser has begun: their tokens in a cookie, so that whoever closes the window is offered to go on."""

from collections.abc import Sequence
from datetime import timedelta

from flask import current_app, request
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import drafts
from gkapply.casework.draft_pages import Opened
from gkapply.config import Settings
from gkapply.database import reading
from gkapply.law.refusal import NotFound, Refusal
from gkapply.web.form_token import require_token

MOST = 5
"""Drafts that one browser remembers."""


def drafts_of_browser() -> Sequence[Opened]:
    """The drafts that this browser has begun and that are still there, the newest first."""
    found = []
    with reading() as unit:
        for token in tokens():
            try:
                found.append(drafts.open_draft(unit, token, clock.now()))
            except NotFound:
                continue
    return sorted(found, key=lambda one: one.saved_at, reverse=True)


def tokens() -> list[str]:
    """The tokens in this browser's cookie; what is none is passed over."""
    return [one for one in request.cookies.get(_name(), "").split(".")[:MOST] if _is_token(one)]


def remember(answer: Response, token: str) -> Response:
    """Have the browser remember the draft for as long as it is kept."""
    return _set(answer, [token, *(one for one in tokens() if one != token)][:MOST])


def forget(answer: Response, token: str) -> Response:
    """Have the browser forget the draft."""
    return _set(answer, [one for one in tokens() if one != token])


def forget_all(answer: Response) -> Response:
    """Have the browser forget every draft; on the server each is kept until its days are over."""
    return _set(answer, [])


def keep_for() -> timedelta:
    """How long a draft is kept after it was last saved."""
    return timedelta(days=settings().draft_days)


def settings() -> Settings:
    """The settings of this installation."""
    found: Settings = current_app.config["GKAPPLY"]
    return found


def _set(answer: Response, kept: Sequence[str]) -> Response:
    secure = settings().secure_cookies
    answer.set_cookie(
        _name(), ".".join(kept), max_age=keep_for(), httponly=True, samesite="Lax", secure=secure, path="/"
    )
    return answer


def _name() -> str:
    return "__Host-gkapply_drafts" if settings().secure_cookies else "gkapply_drafts"


def _is_token(text: str) -> bool:
    try:
        require_token(text)
    except Refusal:
        return False
    return True
