"""Asking for a lost query code (找回查询码): number and a contact in the file; the answer is the same whether or not they fit."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from wtforms import StringField

from gkapply import clock
from gkapply.casework import code_sending, limits
from gkapply.config import Settings
from gkapply.database import transaction
from gkapply.law.refusal import Refusal
from gkapply.web.access import public
from gkapply.web.application_form import MUST, NO_POPUP
from gkapply.web.forms import Form, settle
from gkapply.web.headers import impersonal

blueprint = Blueprint("code_request", __name__)


class WishForm(Form):
    """Number, and a contact that is in the file."""

    number = StringField("登记编号", MUST, render_kw=NO_POPUP)
    contact = StringField("申请时填写的电子邮箱或者手机号码", MUST, render_kw=NO_POPUP)


@blueprint.get("/track/code")
@public
@impersonal
def ask() -> Any:
    """The question for number and contact."""
    return _page(WishForm(formdata=None, data={"number": request.args.get("number", "")[:64]}))


@blueprint.post("/track/code")
@public
def wish() -> Any:
    """Take the wish; what it comes to is found out afterwards."""
    form = WishForm()

    def act() -> Any:
        number, contact = (form.number.data or "").strip(), (form.contact.data or "").strip()
        if not number or not contact:
            raise Refusal("请填写登记编号和联系方式", field="contact" if number else "number")
        _take(number, contact)
        flash(
            "如果登记编号和联系方式与申请时填写的一致，查询码会发往该邮箱或者手机，一小时内只发一次。"
            "几分钟后仍没有收到的，请核对后再试，或者持身份证明到受理机关重发"
        )
        return redirect(url_for("track.ask", number=number[:64]), 303)

    return settle(form, act, lambda: _page(form))


def _take(number: str, contact: str) -> None:
    settings: Settings = current_app.config["GKAPPLY"]
    limit = limits.Limit(limits.CODE, settings.wrong_codes_per_hour)
    now, address = clock.now(), request.remote_addr or ""
    with transaction() as unit:
        limits.require_within(unit, limit, address, now)
        limits.count(unit, limit, number, address, now, succeeded=True)
        code_sending.ask_for_code(unit, number, contact, now)


def _page(form: WishForm) -> str:
    return render_template("track/code.html", form=form)
