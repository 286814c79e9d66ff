"""Accounts, duties and logins: opened and given by the system administrator, watched over by the security administrator."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import DateField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from gkapply import clock
from gkapply.casework import accounts, attempts, duties, organs, work_handover
from gkapply.casework.attempts import LOGIN
from gkapply.casework.people import DutyHolding, User
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, choices, settle
from gkapply.web.handover import hand_over, handed_over
from workflows.duties import ADMINISTRATORS, OFFICIAL_DUTIES, Duty

blueprint = Blueprint("admin_users", __name__, url_prefix="/admin/users")
PAGE = 50


class NewUserForm(Form):
    """An account; its password is made by the system."""

    login = StringField(
        "账号", [InputRequired("请填写账号"), Length(max=60)], description="登录时使用，录入后不能修改，例如姓名的拼音"
    )
    name = StringField("姓名", [InputRequired("请填写姓名"), Length(max=60)])


class NameForm(Form):
    """The name that colleagues read."""

    name = StringField("姓名", [InputRequired("请填写姓名"), Length(max=60)])


class DutyForm(Form):
    """A duty, where and for how long."""

    duty = SelectField("职责", [InputRequired("请选择职责")])
    organ = SelectField("任职机关", [Optional()])
    valid_from = DateField("起始日期", [Optional()], description="不填写的，自今天起")
    valid_to = DateField("截止日期", [Optional()], description="临时代班的，填写最后一日")


@blueprint.get("")
@requires(Duty.SYSADMIN, Duty.SECURITY)
def index() -> str:
    """Accounts in the order of their logins."""
    after, wanted = request.args.get("after", ""), request.args.get("q", "").strip()
    with reading() as session:
        users = accounts.list_users(session, after=after, containing=wanted, limit=PAGE)
    return render_template(
        "admin/users.html",
        users=users,
        wanted=wanted,
        after=after,
        page=PAGE,
        today=clock.today(),
        actor=current_actor(),
        duties=Duty,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Duty.SYSADMIN)
def add() -> Answer:
    """Open an account."""
    form = NewUserForm()

    def act() -> Response:
        with transaction() as session:
            user, password = accounts.add_user(
                session, form.login.data or "", form.name.data or "", current_actor(), clock.now()
            )
        hand_over(user.login, password)
        return redirect(url_for("admin_users.show", login=user.login), 303)

    return settle(form, act, lambda: render_template("admin/user_new.html", form=form))


@blueprint.get("/<login>")
@requires(Duty.SYSADMIN, Duty.SECURITY)
def show(login: str) -> str:
    """One account with its duties, and what this administrator may do with it."""
    return _page(login, _name_form(login), _duty_form())


def _page(login: str, name_form: NameForm, duty_form: DutyForm) -> str:
    with reading() as session:
        user = accounts.find_user(session, login)
        holdings = list(enumerate(user.holdings, 1))
        left = work_handover.open_work(session, user.id)
        locked = attempts.is_closed(session, LOGIN, user.login, clock.now())
    return render_template(
        "admin/user.html",
        user=user,
        holdings=holdings,
        locked=locked,
        left=left,
        password=handed_over(user.login),
        name_form=name_form,
        duty_form=duty_form,
        actor=current_actor(),
        duties=Duty,
        administrators=ADMINISTRATORS,
        today=clock.today(),
    )


def _name_form(login: str) -> NameForm:
    with reading() as session:
        return NameForm(name=accounts.find_user(session, login).name)


def _duty_form() -> DutyForm:
    """The duties that this administrator gives."""
    form = DutyForm()
    actor = current_actor()
    given = [
        duty for duty in OFFICIAL_DUTIES if actor.holds(Duty.SECURITY if duty in ADMINISTRATORS else Duty.SYSADMIN)
    ]
    form.duty.choices = choices((duty.value, duty.label) for duty in given)
    with reading() as session:
        found = organs.list_organs(session)
    form.organ.choices = choices([("", "请选择"), *((one["code"], one["name"]) for one in found)])
    return form


@blueprint.post("/<login>/name")
@requires(Duty.SYSADMIN)
def rename(login: str) -> Answer:
    """Correct the name."""
    form = _name_form(login)

    def act() -> Response:
        with transaction() as session:
            user = accounts.find_user(session, login, for_change=True)
            accounts.rename(session, user, form.name.data or "", current_actor(), clock.now())
        return _done(login, "已更正姓名")

    return settle(form, act, lambda: _page(login, form, _duty_form()))


@blueprint.post("/<login>/duties")
@requires(Duty.SYSADMIN, Duty.SECURITY)
def grant(login: str) -> Answer:
    """Give the account a duty."""
    form = _duty_form()

    def act() -> Response:
        with transaction() as session:
            user = accounts.find_user(session, login, for_change=True)
            organ = organs.find_organ(session, form.organ.data) if form.organ.data else None
            duties.grant_duty(
                session,
                user,
                next(duty for duty in OFFICIAL_DUTIES if duty.value == form.duty.data),
                organ,
                current_actor(),
                clock.now(),
                valid_from=form.valid_from.data,
                valid_to=form.valid_to.data,
            )
        return _done(login, "已授予职责；该用户须重新登录")

    return settle(form, act, lambda: _page(login, _name_form(login), form))


@blueprint.post("/<login>/duties/<int:ordinal>/end")
@requires(Duty.SYSADMIN, Duty.SECURITY)
def end_duty(login: str, ordinal: int) -> Response:
    """Take back the duty that the page numbers so."""
    with transaction() as session:
        user = accounts.find_user(session, login, for_change=True)
        duties.end_duty(session, _holding(user, ordinal), current_actor(), clock.now())
    return _done(login, "已终止职责；该用户须重新登录")


def _holding(user: User, ordinal: int) -> DutyHolding:
    """Duties are never deleted, so that their order is an address."""
    if not 1 <= ordinal <= len(user.holdings):
        raise NotFound("没有这项职责", do="请刷新页面")
    return user.holdings[ordinal - 1]


@blueprint.post("/<login>/password")
@requires(Duty.SYSADMIN)
def reset_password(login: str) -> Response:
    """Give the user a new password."""
    with transaction() as session:
        user = accounts.find_user(session, login, for_change=True)
        password = accounts.set_password(session, user, current_actor(), clock.now())
    hand_over(login, password)
    return _done(login, "已重置口令")


@blueprint.post("/<login>/close")
@requires(Duty.SYSADMIN)
def close(login: str) -> Response:
    """Close the account; with open work only when that was said."""
    with transaction() as session:
        user = accounts.find_user(session, login, for_change=True)
        leaving = 0 if request.form.get("anyway") == "1" else work_handover.open_work(session, user.id)
        accounts.close_user(session, user, current_actor(), clock.now(), leaving=leaving)
    return _done(login, "已停用账号")


@blueprint.post("/<login>/reopen")
@requires(Duty.SYSADMIN)
def reopen(login: str) -> Response:
    """Open the closed account again."""
    with transaction() as session:
        user = accounts.find_user(session, login, for_change=True)
        password = accounts.reopen_user(session, user, current_actor(), clock.now())
    hand_over(login, password)
    return _done(login, "已重新启用账号")


@blueprint.post("/<login>/sessions/end")
@requires(Duty.SECURITY)
def end_sessions(login: str) -> Response:
    """Log the user out everywhere."""
    with transaction() as session:
        accounts.end_sessions(session, accounts.find_user(session, login), current_actor(), clock.now())
    return _done(login, "该用户的登录已全部退出")


@blueprint.post("/<login>/unlock")
@requires(Duty.SECURITY)
def unlock(login: str) -> Response:
    """Let the user try to log in again."""
    with transaction() as session:
        accounts.unlock(session, accounts.find_user(session, login), current_actor(), clock.now())
    return _done(login, "已解除登录锁定")


def _done(login: str, sentence: str) -> Response:
    flash(sentence)
    return redirect(url_for("admin_users.show", login=login), 303)
