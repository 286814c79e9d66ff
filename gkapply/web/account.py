"""A user's own account: login, logout, password, choice of organ."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response
from wtforms import PasswordField, RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional

from gkapply import clock
from gkapply.casework import accounts, logins, passwords, sessions, staff_contact
from gkapply.casework.message_records import Channel
from gkapply.casework.people import User
from gkapply.casework.services import texts
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, public, requires
from gkapply.web.display import local_path
from gkapply.web.forms import Answer, Form, choices, settle
from gkapply.web.kept import kept_from_fields
from gkapply.web.login import LoginForm, enter
from gkapply.web.navigation import places

blueprint = Blueprint("account", __name__)


class PasswordForm(Form):
    """The old password and the new one twice."""

    password = PasswordField("原口令", [InputRequired("请填写原口令"), Length(max=passwords.LONGEST)])
    new_password = PasswordField("新口令", [InputRequired("请填写新口令")])
    repeated = PasswordField("再输入一次新口令", [InputRequired("请再输入一次新口令")])


class ToldForm(Form):
    """How the daily digest goes; without an address: not at all."""

    channel = RadioField("接收方式", [InputRequired("请选择接收方式")])
    email = StringField("电子邮箱", [Optional(), Length(max=200)])
    phone = StringField("手机号码", [Optional(), Length(max=30)])


class OrganForm(Form):
    """One of the organs in which the user holds a duty."""

    organ = RadioField("机关", [InputRequired("请选择一个机关")])


@blueprint.route("/login", methods=["GET", "POST"])
@public
def login() -> Answer:
    """Log in, and go on to where the user was going; a form sent while logged out is kept and handed back afterwards."""
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(_landing(), 303)
    form = LoginForm(next=request.args.get("next", ""))
    kept = kept_from_fields()

    def act() -> Answer:
        address = request.remote_addr or ""
        enter(logins.sign_in(form.login.data or "", form.password.data or "", address, clock.now()))
        if kept is not None:
            return render_template("account/kept.html", kept=kept)
        return redirect(local_path(form.next.data) if form.next.data else _landing(), 303)

    return settle(form, act, lambda: render_template("account/login.html", form=form, kept=kept))


def _landing() -> str:
    """Where the viewer's work is: the first place of their duties, else their account."""
    mine = [place.href for place in places(current_actor().duties) if place.href != "/"]
    return mine[0] if mine else url_for("account.show")


@blueprint.post("/logout")
@requires()
def logout() -> Response:
    """End this browser's session on both sides."""
    with transaction() as session:
        sessions.end(session, current_user.login.session_id, clock.now(), "logout")
    logout_user()
    flash("您已退出登录")
    return redirect(url_for("account.login"), 303)


@blueprint.get("/work")
@requires()
def work() -> Response:
    """Go to where the user's work is."""
    return redirect(_landing(), 303)


@blueprint.get("/account")
@requires()
def show() -> str:
    """Who is logged in, where, with which duties."""
    return render_template("account/show.html", actor=current_actor())


@blueprint.route("/account/password", methods=["GET", "POST"])
@requires()
def password() -> Answer:
    """Change one's own password; every login ends, this browser is logged in anew."""
    form = PasswordForm()
    return settle(form, lambda: _change_password(form), lambda: render_template("account/password.html", form=form))


def _change_password(form: PasswordForm) -> Response:
    if form.new_password.data != form.repeated.data:
        raise Refusal("两次输入的新口令不一致", do="请重新输入", field="repeated")
    now = clock.now()
    with reading() as session:
        name = session.get_one(User, current_user.login.user_id).login
    user_id = logins.prove(name, form.password.data or "", request.remote_addr or "", now)
    with transaction() as session:
        user = session.get_one(User, user_id)
        accounts.change_own_password(session, user, form.new_password.data or "", now)
        token = sessions.begin(session, user, now, organ_id=current_actor().organ_id)
    enter(token)
    flash("口令已修改。其他地方的登录已全部退出")
    return redirect(_landing(), 303)


@blueprint.route("/account/email", methods=["GET", "POST"])
@requires()
def email() -> Answer:
    """Say how and where the daily digest of unread messages goes."""
    user_id = current_user.login.user_id
    with reading() as session:
        user = session.get_one(User, user_id)
        form = ToldForm(channel=user.told_by, email=user.email, phone=staff_contact.phone_of(session, user))
        open_channels = (Channel.MAIL, Channel.SMS) if texts(session) else (Channel.MAIL,)
    form.channel.choices = choices((one.value, one.label) for one in open_channels)

    def act() -> Response:
        channel, address, phone = form.channel.data or "", form.email.data or "", form.phone.data or ""
        with transaction() as session:
            staff_contact.choose(session, session.get_one(User, user_id), channel, address, phone, clock.now())
        flash("接收方式已保存")
        return redirect(url_for("account.show"), 303)

    return settle(form, act, lambda: render_template("account/email.html", form=form))


@blueprint.route("/account/organ", methods=["GET", "POST"])
@requires()
def organ() -> Answer:
    """Choose the organ to work in, for a user with duties in several."""
    login = current_user.login
    chosen = next((code for code, name in login.organs if name == login.organ_name), None)
    form = OrganForm(organ=chosen)
    form.organ.choices = choices(login.organs)

    def act() -> Response:
        with transaction() as session:
            sessions.choose_organ(session, login, form.organ.data or "")
        return redirect(url_for("account.work"), 303)

    return settle(form, act, lambda: render_template("account/organ.html", form=form))
