"""A user's own account: login, logout, password, choice of organ."""

from flask import Blueprint, redirect, render_template
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import sessions
from gkapply.database import transaction
from gkapply.web.access import public, requires

blueprint = Blueprint("account", __name__)


@blueprint.route("/login", methods=["GET"])
@public
def login() -> str:
    """The login form."""
    return render_template("account/login.html")


@blueprint.get("/account/password")
@requires()
def password() -> str:
    """The form for a new password."""
    return render_template("account/password.html")


@blueprint.get("/account/organ")
@requires()
def organ() -> str:
    """The choice of an organ."""
    return render_template("account/organ.html")


@blueprint.post("/logout")
@requires()
def logout() -> Response:
    """End this browser's session on both sides."""
    with transaction() as session:
        sessions.end(session, current_user.login.session_id, clock.now(), "logout")
    logout_user()
    return redirect("/", 303)
