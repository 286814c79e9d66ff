"""Who is looking: flask-login over the session table, and the two things a user does before anything else."""

from datetime import timedelta

from flask import Flask, current_app, flash, redirect, request, url_for
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import sessions
from gkapply.casework.access import Actor
from gkapply.config import Settings
from gkapply.database import reading, transaction
from gkapply.web.navigation import places

manager = LoginManager()


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
    manager.login_view = "account.login"
    manager.login_message = "请先登录。如果您已登录过，可能因长时间没有操作而自动退出"
    manager.init_app(app)
    app.before_request(_first_things)
    app.jinja_env.globals.update(places=places)


@manager.user_loader
def _viewer(token: str) -> Viewer | None:
    settings: Settings = current_app.config["GKAPPLY"]
    now = clock.now()
    with reading() as session:
        login = sessions.find(session, token, now, timedelta(minutes=settings.idle_minutes))
    if login is None:
        return None
    if not login.seen_lately:
        with transaction() as session:
            sessions.touch(session, login.session_id, now)
    return Viewer(token, login)


def _first_things() -> Response | None:
    """A password that somebody else knows is changed, and one of several organs is chosen, before anything else."""
    if request.endpoint in ("static", "account.logout", "display.switch", None) or not current_user.is_authenticated:
        return None
    login = current_user.login
    if login.must_change_password:
        if request.endpoint == "account.password":
            return None
        flash("您的口令是系统生成的或者由他人设置的，请先改成只有您自己知道的口令")
        return redirect(url_for("account.password"), 303)
    if len(login.organs) > 1 and login.actor.organ_id is None and request.endpoint not in FREE:
        return redirect(url_for("account.organ"), 303)
    return None


FREE = ("account.organ", "account.password")
"""Pages of a user's own account, open before an organ is chosen."""
