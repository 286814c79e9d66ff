"""Organs and signing names, as the system administrator (系统管理员) enters them."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from gkapply import clock
from gkapply.casework import calendars, organs, signing_names
from gkapply.casework.organs import OrganDetails
from gkapply.casework.people import ORGAN_KINDS
from gkapply.casework.signing_names import SigningNameDetails
from gkapply.database import reading, transaction
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, choices, settle
from workflows.duties import Duty

blueprint = Blueprint("admin_organs", __name__, url_prefix="/admin/organs")


class OrganForm(Form):
    """What is entered of an organ besides its code; the names are those of OrganDetails."""

    name = StringField("机关全称", [InputRequired("请填写机关全称"), Length(max=120)])
    kind = SelectField("机关类别", [InputRequired()], choices=choices(ORGAN_KINDS.items()))
    parent = SelectField("上级机关", [Optional()])
    calendar = SelectField(
        "工作日日历", [InputRequired()], description="按哪个地区的放假安排计算期限；改动后重算本机关在办申请的期限"
    )
    contact_unit = StringField("政府信息公开工作机构", [Length(max=120)])
    contact_phone = StringField("联系电话", [Length(max=60)])
    contact_address = StringField("联系地址", [Length(max=200)])
    areas = TextAreaField("负责的公开领域", description="每行填写一个，供申请人选择受理机关时参考")
    accepts_applications = BooleanField("受理政府信息公开申请")
    valid_from = DateField("起始日期", [InputRequired("请填写起始日期")])
    valid_to = DateField("截止日期", [Optional()], description="机关撤销或者更名后不再受理的，填写最后一日")


class NewOrganForm(OrganForm):
    """The same with the code, which is given once."""

    code = StringField(
        "机关代码",
        [InputRequired("请填写机关代码"), Length(max=20)],
        description="字母、数字，例如行政区划代码。它是登记编号的前半部分，录入后不能修改",
    )


class SigningNameForm(Form):
    """What is entered of a signing name; the names are those of SigningNameDetails."""

    full_name = StringField("落款全称", [InputRequired("请填写落款全称"), Length(max=120)])
    code_word = StringField(
        "机关代字",
        [InputRequired("请填写机关代字"), Length(max=20)],
        description="例如填写「安府公开」，文号即为「安府公开〔2026〕12号」",
    )
    review_authority = StringField(
        "行政复议机关",
        [InputRequired("请填写行政复议机关"), Length(max=120)],
        description="依《行政复议法》第二十四条、第二十五条、第二十七条确定，写入每份答复的救济途径",
    )
    court = StringField("有管辖权的人民法院", [InputRequired("请填写人民法院"), Length(max=120)])
    online_review = StringField(
        "网上行政复议渠道",
        [Length(max=200)],
        description="网上送达的答复须同时告知网上行政复议渠道（《行政复议法》第二十二条第二款）",
    )
    is_default = BooleanField("设为本机关的默认落款")
    valid_from = DateField("起始日期", [InputRequired("请填写起始日期")])
    valid_to = DateField("截止日期", [Optional()], description="不再使用的，填写最后一日")


@blueprint.get("")
@requires(Duty.SYSADMIN)
def index() -> str:
    """Every organ of the installation."""
    with reading() as session:
        found = organs.list_organs(session)
    return render_template("admin/organs.html", organs=found, kinds=ORGAN_KINDS, day=date.fromisoformat)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Duty.SYSADMIN)
def add() -> Answer:
    """Enter an organ."""
    form = NewOrganForm(data=asdict(OrganDetails(name="")))
    form.parent.choices, form.calendar.choices = choices(_parents()), choices(_calendars())

    def act() -> Response:
        details = OrganDetails(**_entered(form, OrganDetails))
        with transaction() as session:
            organ = organs.add_organ(session, form.code.data or "", details, current_actor(), clock.now())
        flash(f"已添加「{organ.name}」，请接着为它添加落款")
        return redirect(url_for("admin_organs.show", code=organ.code), 303)

    return settle(form, act, lambda: render_template("admin/organ_new.html", form=form))


@blueprint.route("/<code>", methods=["GET", "POST"])
@requires(Duty.SYSADMIN)
def show(code: str) -> Answer:
    """One organ: what is entered of it, to be changed, and its signing names."""
    with reading() as session:
        organ = organs.find_organ(session, code)
        standing, names = organs.details_of(session, organ), list(organ.signing_names)
    form = OrganForm(data=asdict(standing))
    form.parent.choices, form.calendar.choices = choices(_parents(but=code)), choices(_calendars())

    def act() -> Response:
        with transaction() as session:
            organ = organs.find_organ(session, code, for_change=True)
            details = replace(organs.details_of(session, organ), **_entered(form, OrganDetails))
            organs.change_organ(session, organ, details, current_actor(), clock.now())
        flash("已保存")
        return redirect(url_for("admin_organs.show", code=code), 303)

    return settle(form, act, lambda: render_template("admin/organ.html", form=form, organ=organ, names=names))


@blueprint.route("/<code>/signing-names/new", methods=["GET", "POST"])
@requires(Duty.SYSADMIN)
def add_signing_name(code: str) -> Answer:
    """Enter a signing name."""
    with reading() as session:
        organ = organs.find_organ(session, code)
    form = SigningNameForm(data=asdict(SigningNameDetails(organ.name, "", "", "")))

    def act() -> Response:
        details = SigningNameDetails(**_entered(form, SigningNameDetails))
        with transaction() as session:
            found = organs.find_organ(session, code, for_change=True)
            signing_names.add_signing_name(session, found, details, current_actor(), clock.now())
        flash("已添加落款")
        return redirect(url_for("admin_organs.show", code=code), 303)

    return settle(form, act, lambda: _signing_name_page(form, organ, "添加落款"))


@blueprint.route("/<code>/signing-names/<word>", methods=["GET", "POST"])
@requires(Duty.SYSADMIN)
def show_signing_name(code: str, word: str) -> Answer:
    """One signing name, by its 代字, to be changed."""
    with reading() as session:
        organ = organs.find_organ(session, code)
        standing = signing_names.details_of(signing_names.find_signing_name(session, organ, word))
    form = SigningNameForm(data=asdict(standing))

    def act() -> Response:
        with transaction() as session:
            found = organs.find_organ(session, code, for_change=True)
            signing_name = signing_names.find_signing_name(session, found, word)
            details = SigningNameDetails(**_entered(form, SigningNameDetails))
            signing_names.change_signing_name(session, signing_name, details, current_actor(), clock.now())
        flash("已保存")
        return redirect(url_for("admin_organs.show", code=code), 303)

    return settle(form, act, lambda: _signing_name_page(form, organ, "修改落款", word))


def _signing_name_page(form: SigningNameForm, organ: Any, heading: str, standing: str = "") -> str:
    return render_template("admin/signing_name.html", form=form, organ=organ, heading=heading, standing=standing)


def _entered(form: Form, details: type) -> dict[str, Any]:
    """The fields of the form that ``details`` has, an empty text instead of nothing."""
    names = details.__dataclass_fields__  # type: ignore[attr-defined]
    empty = {"valid_to": None}
    return {
        name: empty.get(name, "") if field.data is None else field.data
        for name, field in form._fields.items()
        if name in names
    }


def _calendars() -> list[tuple[str, str]]:
    with reading() as session:
        return [(code, f"{name}（{code}）") for code, name in calendars.regions(session).items()]


def _parents(but: str = "") -> list[tuple[str, str]]:
    with reading() as session:
        found = organs.list_organs(session)
    return [("", "无")] + [(one["code"], f"{one['code']} {one['name']}") for one in found if one["code"] != but]
