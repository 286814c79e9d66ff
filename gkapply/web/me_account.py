"""The account of a citizen (申请人账号): login, registration by a code, forgotten password. Nobody needs one."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from gkapply import clock
from gkapply.casework import citizen_codes, citizens, passwords
from gkapply.casework.citizen_address import Address, read_address
from gkapply.casework.citizen_records import Purpose
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.web.access import public
from gkapply.web.display import local_path
from gkapply.web.draft_browser import tokens
from gkapply.web.forms import Answer, Form, settle
from gkapply.web.kept import kept_from_fields
from gkapply.web.me_login import AddressLabelled, LoginForm, by_sms, current_citizen, enter, leave

blueprint = Blueprint("me_account", __name__)

CODES = "codes"
"""Key of the browser's session: what for → uid of the code that it asked for."""
RULES = "至少10个字符，大写字母、小写字母、数字、符号中至少含三类，不得含有您的邮箱名"


class AddressForm(AddressLabelled):
    """Where the code goes."""

    address = StringField("电子邮箱", [InputRequired("请填写"), Length(max=254)])


class CodeForm(Form):
    """The code and the password that is to hold."""

    code = StringField("验证码", [InputRequired("请填写验证码"), Length(max=20)])
    new_password = PasswordField("设置口令（密码）", [InputRequired("请填写口令"), Length(max=passwords.LONGEST)])
    repeated = PasswordField("再输入一次口令", [InputRequired("请再输入一次口令")])

    def password(self) -> str:
        """The password, typed twice alike. Raises Refusal."""
        if self.new_password.data != self.repeated.data:
            raise Refusal("两次输入的口令不一致", do="请重新输入", field="repeated")
        return self.new_password.data or ""


@blueprint.route("/me/login", methods=["GET", "POST"])
@public
def login() -> Answer:
    """Log in, and go on to where one was going; a form sent without a login is kept and handed back afterwards."""
    if request.method == "GET" and current_citizen() is not None:
        return redirect(url_for("me.index"), 303)
    form, kept = LoginForm(next=request.args.get("next", "")), kept_from_fields()

    def act() -> Answer:
        address = typed(form.address.data or "")
        token = citizens.sign_in(address, form.password.data or "", request.remote_addr or "", clock.now())
        if kept is not None:
            answer = current_app.make_response("")
            enter(answer, token)
            answer.set_data(render_template("me/kept.html", kept=kept))
            return answer
        onward = local_path(form.next.data) if form.next.data else url_for("me.index")
        return enter(redirect(onward, 303), token)

    return settle(form, act, lambda: render_template("me/login.html", form=form, kept=kept))


@blueprint.post("/me/logout")
@public
def logout() -> Response:
    """End the login of this browser, also one that has ended by itself; on a shared computer nothing of it stays behind."""
    answer = leave(redirect(url_for("public.home"), 303))
    flash("您已退出登录")
    if tokens():
        flash("这台电脑上还有没提交的申请草稿；如果是公用的电脑，请在“申请公开”页删除")
    return answer


@blueprint.route("/me/register", methods=["GET", "POST"])
@public
def register() -> Answer:
    """Ask for a code to register with. The answer is the same whether the address has an account or not."""
    return _ask_for_code(Purpose.REGISTER, "me/register.html", "me_account.finish_registration")


@blueprint.route("/me/register/code", methods=["GET", "POST"])
@public
def finish_registration() -> Answer:
    """Type the code, set a password, and be logged in."""

    def act(form: CodeForm, uid: str) -> Answer:
        citizen_id = citizens.register(uid, form.code.data or "", form.password(), clock.now())
        session.pop(CODES, None)
        flash("申请人账号已注册。现在提出的申请会自动列在“我的申请”里；以前提出的，可以凭登记编号和查询码加进来")
        return enter(redirect(url_for("me.index"), 303), citizens.begin(citizen_id, clock.now()))

    return _take_code(Purpose.REGISTER, "me/register_code.html", "me_account.register", act)


@blueprint.route("/me/forgot", methods=["GET", "POST"])
@public
def forgot() -> Answer:
    """Ask for a code to set another password with; the answer is the same for every address."""
    return _ask_for_code(Purpose.RESET, "me/forgot.html", "me_account.finish_reset")


@blueprint.route("/me/forgot/code", methods=["GET", "POST"])
@public
def finish_reset() -> Answer:
    """Type the code and set another password."""

    def act(form: CodeForm, uid: str) -> Answer:
        citizens.reset(uid, form.code.data or "", form.password(), clock.now())
        session.pop(CODES, None)
        flash("口令已重设，请用新口令登录。其他地方的登录已全部退出")
        return redirect(url_for("me_account.login"), 303)

    return _take_code(Purpose.RESET, "me/forgot_code.html", "me_account.forgot", act)


def typed(text: str) -> Address:
    """The address that was typed. Raises Refusal."""
    return read_address(text, by_sms=by_sms())


def sent_code(purpose: Purpose, uid: str) -> None:
    """Keep in this browser which code it asked for."""
    session[CODES] = {**session.get(CODES, {}), purpose.value: uid}


def asked_code(purpose: Purpose) -> str:
    """The uid of the code that this browser asked for; empty when it asked for none."""
    return str(session.get(CODES, {}).get(purpose.value, ""))


def shown_address(uid: str) -> str:
    """Where the code went, with its middle hidden; empty when its time is long over."""
    with reading() as unit:
        address = citizen_codes.address_sent_to(unit, uid)
    return address.masked if address else ""


def _ask_for_code(purpose: Purpose, page: str, onward: str) -> Answer:
    form = AddressForm()

    def act() -> Answer:
        address = typed(form.address.data or "")
        with transaction() as unit:
            sent_code(purpose, citizen_codes.send(unit, purpose, address, request.remote_addr or "", clock.now()))
        return redirect(url_for(onward), 303)

    return settle(form, act, lambda: render_template(page, form=form))


def _take_code(purpose: Purpose, page: str, again: str, act: Callable[[CodeForm, str], Answer]) -> Any:
    uid = asked_code(purpose)
    if not uid:
        return redirect(url_for(again), 303)
    form = CodeForm()

    def show() -> str:
        return render_template(page, form=form, address=shown_address(uid), rules=RULES)

    return settle(form, lambda: act(form, uid), show)
