"""One mapping from what went wrong to a status and a page in plain Chinese."""

import secrets
from datetime import datetime
from typing import Any

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from gkapply import clock
from gkapply.casework.attempts import Blocked
from gkapply.law.refusal import NotFound, NotPermitted, NotYetProvided, Refusal, Stale, WrongState
from gkapply.web.display import display
from gkapply.web.error_words import BUSY, BY_STATUS, FAULT, KEPT, REFUSED, UNKNOWN, ErrorWords
from gkapply.web.kept import kept_from_request
from gkapply.web.uploads import read_to_its_end

STATUS: tuple[tuple[type[Refusal], int], ...] = (
    (NotPermitted, 403),
    (NotFound, 404),
    (WrongState, 409),
    (Stale, 409),
    (Blocked, 429),
    (Refusal, 422),
)
MINUTES_BUSY = 2
"""After so many minutes a busy system is worth another try."""
Page = tuple[str, int]


def status_of(refusal: Refusal) -> int:
    """The HTTP status for a Refusal of whatever family; of a closed door the response will say until when (Retry-After)."""
    if isinstance(refusal, Blocked):
        g.closed_until = refusal.until
    return next(status for family, status in STATUS if isinstance(refusal, family))


def set_up(app: Flask) -> None:
    """Register the mapping: refusals, the statuses of HTTP, a failed form check, and faults of the program."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(NotYetProvided, _not_yet)
    app.register_error_handler(CSRFError, _form_check_failed)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(503, _busy)
    app.register_error_handler(500, _fault)
    app.after_request(_say_until_when)
    # Read now: what tells of a fault must not be the next one.
    app.extensions["fault_page"] = app.jinja_env.get_template("fault.html")


def _page(status: int, words: ErrorWords, *, article: str = "", **more: Any) -> Page:
    return render_template("error.html", status=status, words=words, article=article, **more), status


def _refused(refusal: Refusal) -> Page:
    status = status_of(refusal)
    ways = BY_STATUS[status].ways if status in BY_STATUS else UNKNOWN.ways
    words = ErrorWords(REFUSED[status], refusal.reason, KEPT.get(status, ""), refusal.do or "", ways)
    return _page(status, words, article=refusal.article or "")


def _not_yet(missing: NotYetProvided) -> Page:
    return _page(501, ErrorWords("尚未提供", str(missing), "", "请先按现有方式办理，并在台账中记明"))


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    html, status = _page(error.code, BY_STATUS.get(error.code, UNKNOWN))
    answer = make_response(html, status)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _too_large(_: RequestEntityTooLarge) -> Page:
    """The rest of the upload is read before the answer, since a browser that is still sending shows no page."""
    read_to_its_end()
    return _page(413, BY_STATUS[413])


def _fault(error: HTTPException) -> Page:
    """A fault of the program: the page gives a mark under which the log has it."""
    return _without_database(500, FAULT)


def _busy(error: Exception) -> Page:
    """The database does not answer in time, or the system is being worked on."""
    current_app.logger.error("busy: %s", type(error).__name__, exc_info=error)
    g.closed_until = None
    return _without_database(503, BUSY)


def _without_database(status: int, words: ErrorWords) -> Page:
    """A page of the house that asks neither the database nor the session for anything."""
    mark = secrets.token_hex(4).upper()
    current_app.logger.error("fault %s at %s %s", mark, request.method, request.path)
    page = current_app.extensions["fault_page"]
    return page.render(words=words, mark=mark, shown=sorted(display())), status


def _say_until_when(response: Response) -> Response:
    """Retry-After, in seconds, where a door is closed or the system busy."""
    if response.status_code == 503:
        response.headers.setdefault("Retry-After", str(MINUTES_BUSY * 60))
    if response.status_code == 429 and isinstance(g.get("closed_until"), datetime):
        response.headers["Retry-After"] = str(max(1, int((g.closed_until - clock.now()).total_seconds())))
    return response


def _form_check_failed(_: CSRFError) -> Page:
    """The token of a form is missing or belongs to another session of the browser: nothing typed is lost."""
    kept = kept_from_request()
    if kept is None:
        what = "这次提交不是从本系统的页面发出的，没有执行"
        return _page(400, ErrorWords("提交没有执行", what, "", "请从首页进入，重新填写并提交"))
    what = "浏览器的会话已经更新，为防止他人冒用您的名义提交，这次提交没有执行"
    do = "点击「确认提交」即可，不必重新填写"
    return _page(400, ErrorWords("请再确认一次", what, "您填写的内容已经保留。", do), kept=kept)
