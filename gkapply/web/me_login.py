"""Who holds an account of a citizen: a cookie and a table of their own, apart from the logins of the office.

A citizen is no user: nothing here makes an ``Actor`` with a duty, so that no page of the office can be reached.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, current_app, flash, g, redirect, render_template, request, session, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from gkapply import clock
from gkapply.casework import case_links, citizen_sessions, passwords
from gkapply.casework.citizen_sessions import CitizenLogin
from gkapply.casework.records import Case
from gkapply.config import Settings
from gkapply.database import reading, transaction
from gkapply.web.access import CITIZEN
from gkapply.web.forms import Form
from gkapply.web.kept import kept_from_request
from gkapply.web.login import idle_time

View = TypeVar("View", bound=Callable[..., Any])
FORGOTTEN_WITH_THE_LOGIN = (
    "opened",
    "sent",
    "batches",
    "codes",
    "enquiries",
    "asked",
    "identified",
    "answered",
    "csrf_token",
)
"""What else a browser knows of its user: it goes with the login, since the next user of the computer may be another."""


def by_sms() -> bool:
    """Whether the installation can send text messages, so that a mobile number can be an account's address."""
    settings: Settings = current_app.config["GKAPPLY"]
    return settings.gateways.texts


class AddressLabelled(Form):
    """A form whose field ``address`` takes a mobile number, too, where text messages can be sent."""

    def __init__(self, *given: Any, **more: Any):
        super().__init__(*given, **more)
        if by_sms():
            field = self["address"]
            field.label.text = field.label.text.replace("电子邮箱", "电子邮箱或者手机号")


class LoginForm(AddressLabelled):
    """Address and password."""

    address = StringField("注册时填写的电子邮箱", [InputRequired("请填写"), Length(max=254)])
    password = PasswordField("口令（密码）", [InputRequired("请填写口令"), Length(max=passwords.LONGEST)])
    next = HiddenField()


def set_up(app: Flask) -> None:
    """Have every page know whose account is logged in."""
    app.jinja_env.globals.update(citizen=current_citizen)


def cookie_name() -> str:
    """The cookie that carries the token of the login."""
    settings: Settings = current_app.config["GKAPPLY"]
    return "__Host-gkapply-me" if settings.secure_cookies else "gkapply-me"


def current_citizen() -> CitizenLogin | None:
    """The account that is logged in in this browser; looked up once for a request."""
    if "citizen" not in g:
        g.citizen = _find()
    return cast(CitizenLogin | None, g.citizen)


def _find() -> CitizenLogin | None:
    token, now = request.cookies.get(cookie_name()), clock.now()
    if not token:
        return None
    with reading() as unit:
        login = citizen_sessions.find(unit, token, now, idle_time())
    if login is not None and not login.seen_lately:
        with transaction() as unit:
            citizen_sessions.touch(unit, login.session_id, now)
    return login


def holder() -> CitizenLogin:
    """The account that is logged in, on a page for citizens."""
    login = current_citizen()
    assert login is not None
    return login


def keep_own(unit: Session, case: Case, now: datetime) -> None:
    """Have the request that was just sent listed in the account that is logged in, if any."""
    login = current_citizen()
    if login is not None:
        case_links.keep_sent(unit, login.citizen_id, case, now)


def for_citizens(view: View) -> View:
    """Declare that the route is for whoever is logged in with an account of a citizen; anybody else is sent to the login.

    What was sent without a login is kept and handed back after it.
    """

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        return _send_to_login() if current_citizen() is None else view(*args, **kwargs)

    guarded._access = CITIZEN  # type: ignore[attr-defined]
    return cast(View, guarded)


def _send_to_login() -> Any:
    if request.method == "POST":
        kept = kept_from_request()
        return render_template("me/login.html", form=LoginForm(formdata=None), kept=kept, late=True), 401
    if request.cookies.get(cookie_name()):
        flash("您因长时间没有操作已自动退出，请重新登录")
    return redirect(url_for("me_account.login", next=request.full_path.rstrip("?")), 303)


def enter(answer: Response, token: str) -> Response:
    """Have ``answer`` give this browser the login, just begun; the one before it ends, and with it the check of open forms."""
    _end("replaced")
    session.pop("csrf_token", None)
    settings: Settings = current_app.config["GKAPPLY"]
    # No age: closing the browser ends it on this side, the idle time on the other.
    answer.set_cookie(cookie_name(), token, httponly=True, samesite="Lax", secure=settings.secure_cookies, path="/")
    return answer


def leave(answer: Response) -> Response:
    """End the login of this browser on both sides."""
    _end("logout")
    for name in FORGOTTEN_WITH_THE_LOGIN:
        session.pop(name, None)
    settings: Settings = current_app.config["GKAPPLY"]
    answer.delete_cookie(cookie_name(), httponly=True, samesite="Lax", secure=settings.secure_cookies, path="/")
    return answer


def _end(because: str) -> None:
    login = current_citizen()
    if login is not None:
        with transaction() as unit:
            citizen_sessions.end(unit, login.session_id, clock.now(), because)
    g.citizen = None
