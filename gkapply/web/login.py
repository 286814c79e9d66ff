"""Who is looking: flask-login over the session table, and the two things a user does before anything else."""

from datetime import timedelta
from typing import Any

from flask import Flask, current_app, flash, redirect, render_template, request, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user
from werkzeug.wrappers import Response
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from gkapply import clock
from gkapply.casework import passwords, sessions
from gkapply.casework.access import Actor
from gkapply.config import Settings
from gkapply.database import reading, transaction
from gkapply.web.forms import Form
from gkapply.web.kept import kept_from_request
from gkapply.web.navigation import ALL, MAIN, groups, may_search, places, standing, trail

manager = LoginManager()


class LoginForm(Form):
    """账号与口令."""

    login = StringField("账号", [InputRequired("请填写账号"), Length(max=60)])
    password = PasswordField("口令", [InputRequired("请填写口令"), Length(max=passwords.LONGEST)])
    next = HiddenField()


class Viewer(UserMixin):
    """The logged-in user of this request."""

    def __init__(self, token: str, login: sessions.Login):
        self.token = token
        self.login = login

    @property
    def actor(self) -> Actor:
        """The user as an actor with the duties of today in the organ chosen for this session."""
        return self.login.actor

    @property
    def name(self) -> str:
        """The user's name as colleagues read it."""
        return self.login.name

    def get_id(self) -> str:
        """What the cookie carries: the token of the session, nothing about the user."""
        return self.token


def set_up(app: Flask) -> None:
    """Have every request know its viewer."""
    manager.session_protection = None
    manager.init_app(app)
    app.before_request(_first_things)
    app.jinja_env.globals.update(
        places=places,
        groups=groups,
        may_search=may_search,
        path_of_place=standing,
        trail=trail,
        main_places=MAIN,
        all_places=ALL,
    )


@manager.user_loader
def _viewer(token: str) -> Viewer | None:
    now = clock.now()
    with reading() as session:
        login = sessions.find(session, token, now, idle_time())
    if login is None:
        return None
    if not login.seen_lately:
        with transaction() as session:
            sessions.touch(session, login.session_id, now)
    return Viewer(token, login)


def idle_time() -> timedelta:
    """After how long without a page a login ends."""
    settings: Settings = current_app.config["GKAPPLY"]
    return timedelta(minutes=settings.idle_minutes)


def enter(token: str) -> None:
    """Make the session of ``token``, just begun, the one of this browser; the one before it ends."""
    if current_user.is_authenticated:
        with transaction() as session:
            sessions.end(session, current_user.login.session_id, clock.now(), "replaced")
    login_user(_viewer(token))


@manager.unauthorized_handler
def _send_to_login() -> Any:
    """Nobody is logged in, or no longer: show the login, and keep what was sent."""
    if request.method == "POST":
        page = render_template("account/login.html", form=LoginForm(formdata=None), kept=kept_from_request(), late=True)
        return page, 401
    flash("请先登录。如果刚才已经登录，可能因长时间没有操作而自动退出")
    return redirect(url_for("account.login", next=request.full_path.rstrip("?")), 303)


def _first_things() -> Response | None:
    """A password that somebody else knows is changed, and one of several organs is chosen, before anything else."""
    if request.endpoint in ALWAYS_OPEN or not current_user.is_authenticated:
        return None
    login = current_user.login
    if login.must_change_password:
        return None if request.endpoint == "account.password" else redirect(url_for("account.password"), 303)
    if len(login.organs) > 1 and login.actor.organ_id is None and request.endpoint not in OWN_ACCOUNT:
        return redirect(url_for("account.organ"), 303)
    return None


ALWAYS_OPEN = (None, "static", "account.login", "account.logout", "display.switch")
OWN_ACCOUNT = ("account.organ", "account.password", "account.show")
"""Pages of a user's own account, open before an organ is chosen."""
