"""The settings of an account: another password, another address, closing it."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from gkapply import clock
from gkapply.casework import citizens, passwords
from gkapply.casework.citizen_records import Purpose
from gkapply.casework.own_requests import numbers_of
from gkapply.database import reading
from gkapply.law.refusal import Refusal
from gkapply.web.forms import Answer, Form, settle
from gkapply.web.me_account import CODES, RULES, asked_code, sent_code, shown_address, typed
from gkapply.web.me_login import AddressLabelled, enter, for_citizens, holder, leave

blueprint = Blueprint("me_settings", __name__)
PROVE = [InputRequired("请填写口令"), Length(max=passwords.LONGEST)]


class PasswordForm(Form):
    """The old password and the new one twice."""

    password = PasswordField("原口令", PROVE)
    new_password = PasswordField("新口令", PROVE)
    repeated = PasswordField("再输入一次新口令", PROVE)


class AddressForm(AddressLabelled):
    """The new address, and the password."""

    address = StringField("新的电子邮箱", [InputRequired("请填写"), Length(max=254)])
    password = PasswordField("口令", PROVE)


class CodeForm(Form):
    """The code that was sent to the new address."""

    code = StringField("验证码", [InputRequired("请填写验证码"), Length(max=20)])


class CloseForm(Form):
    """The password once more."""

    password = PasswordField("口令", PROVE)


@blueprint.get("/me/settings")
@for_citizens
def show() -> str:
    """What may be changed."""
    return render_template("me/settings.html")


@blueprint.route("/me/settings/password", methods=["GET", "POST"])
@for_citizens
def password() -> Answer:
    """Set another password; every login ends, this browser is logged in anew."""
    form = PasswordForm()

    def act() -> Response:
        if form.new_password.data != form.repeated.data:
            raise Refusal("两次输入的新口令不一致", do="请重新输入", field="repeated")
        old, new = form.password.data or "", form.new_password.data or ""
        token = citizens.change_password(holder().citizen_id, old, new, _network(), clock.now())
        flash("口令已修改。其他地方的登录已全部退出")
        return enter(redirect(url_for("me_settings.show"), 303), token)

    return settle(form, act, lambda: render_template("me/password.html", form=form, rules=RULES))


@blueprint.route("/me/settings/address", methods=["GET", "POST"])
@for_citizens
def address() -> Answer:
    """Have a code sent to another address."""
    form = AddressForm()

    def act() -> Response:
        new, proof = typed(form.address.data or ""), form.password.data or ""
        sent_code(Purpose.CHANGE, citizens.ask_change(holder().citizen_id, new, proof, _network(), clock.now()))
        return redirect(url_for("me_settings.address_code"), 303)

    return settle(form, act, lambda: render_template("me/address.html", form=form))


@blueprint.route("/me/settings/address/code", methods=["GET", "POST"])
@for_citizens
def address_code() -> Answer:
    """Type the code: from then on the account is known by the new address."""
    uid, form = asked_code(Purpose.CHANGE), CodeForm()
    if not uid:
        return redirect(url_for("me_settings.address"), 303)

    def act() -> Response:
        citizens.change_address(holder().citizen_id, uid, form.code.data or "", clock.now())
        session.pop(CODES, None)
        flash("已更换，以后用新的邮箱或者手机号登录")
        return redirect(url_for("me_settings.show"), 303)

    return settle(form, act, lambda: render_template("me/address_code.html", form=form, address=shown_address(uid)))


@blueprint.route("/me/settings/close", methods=["GET", "POST"])
@for_citizens
def close() -> Answer:
    """Close the account, after telling what becomes of the requests."""
    form = CloseForm()

    def act() -> Response:
        citizens.close(holder().citizen_id, form.password.data or "", _network(), clock.now())
        answer = leave(redirect(url_for("public.home"), 303))
        flash("账号已注销。已经提出的申请照常办理，可以凭登记编号和查询码查询")
        return answer

    def page() -> str:
        with reading() as unit:
            numbers = numbers_of(unit, holder().citizen_id)
        return render_template("me/close.html", form=form, numbers=numbers)

    return settle(form, act, page)


def _network() -> str:
    return request.remote_addr or ""
