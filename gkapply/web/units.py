"""The units (承办单位) of an organ, as the head of its disclosure office keeps them."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from gkapply import clock
from gkapply.casework import units
from gkapply.casework.unit_records import Unit
from gkapply.casework.units import UnitDetails
from gkapply.database import reading, transaction
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, choices, settle
from workflows.duties import Duty

blueprint = Blueprint("units", __name__, url_prefix="/desk/units")
DEPARTMENT = "本机关的内设科室"


class UnitForm(Form):
    """What is entered of a unit; the names are those of UnitDetails."""

    name = StringField("单位名称", [InputRequired("请填写单位名称"), Length(max=120)], description="例如：政务公开股")
    organ = SelectField(
        "单位性质",
        description="有自己工作台的下级、同级机关，请选择该机关，转办直接到它的工作台",
        validate_choice=False,
    )
    areas = TextAreaField(
        "负责的公开领域", description="每行一个，例如：自然资源；分办时据此提出建议", render_kw={"rows": 4}
    )
    phone = StringField(
        "办公电话", [Length(max=40)], description="没有账号的单位凭转办单上的链接答复时，用后四位核对身份"
    )
    members = SelectMultipleField(
        "接收转办的人员",
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description="只用于内设科室。只持“承办单位经办人”职责的，只看到转办给本单位的事项，看不到整件申请",
        coerce=int,
        validate_choice=False,
    )


@blueprint.get("")
@requires(Duty.HEAD)
def index() -> str:
    """Every unit, closed ones too."""
    actor = current_actor()
    assert actor.organ_id is not None
    with reading() as session:
        return render_template("units/index.html", units=units.units_of(session, actor.organ_id, closed=True))


@blueprint.post("/adopt")
@requires(Duty.HEAD)
def adopt() -> Response:
    """Make units of the organs directly below."""
    with transaction() as session:
        count = units.adopt_organs(session, current_actor(), clock.now())
    flash(f"已加入{count}个下级机关" if count else "下级机关都已经是承办单位")
    return redirect(url_for("units.index"), 303)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Duty.HEAD)
def add() -> Answer:
    """Enter a unit."""
    actor = current_actor()
    with reading() as session:
        form = _form(session, Unit(organ_id=actor.organ_id, name="", areas="", phone="", members=[]))

    def act() -> Response:
        with transaction() as session:
            unit = units.add_unit(session, _entered(form), actor, clock.now())
            units.set_members(session, unit, form.members.data or (), actor, clock.now())
        flash("已添加承办单位")
        return redirect(url_for("units.index"), 303)

    return settle(form, act, lambda: render_template("units/unit.html", form=form, heading="添加承办单位", unit=None))


@blueprint.route("/<uid>", methods=["GET", "POST"])
@requires(Duty.HEAD)
def show(uid: str) -> Answer:
    """One unit, to be changed."""
    actor = current_actor()
    with reading() as session:
        unit = units.find_unit(session, uid, actor.organ_id)
        form = _form(session, unit)

    def act() -> Response:
        with transaction() as session:
            found = units.find_unit(session, uid, actor.organ_id)
            units.set_members(session, found, form.members.data or (), actor, clock.now())
            units.change_unit(session, found, _entered(form), actor, clock.now())
        flash("已保存")
        return redirect(url_for("units.index"), 303)

    return settle(form, act, lambda: render_template("units/unit.html", form=form, heading=unit.name, unit=unit))


@blueprint.post("/<uid>/close")
@requires(Duty.HEAD)
def close(uid: str) -> Response:
    """Give the unit no work any more."""
    return _turn(uid, units.close_unit, "已停用，未办结的转办仍由它答复")


@blueprint.post("/<uid>/reopen")
@requires(Duty.HEAD)
def reopen(uid: str) -> Response:
    """Let the unit get work again."""
    return _turn(uid, units.reopen_unit, "已重新启用")


def _turn(uid: str, deed: Any, done: str) -> Response:
    actor = current_actor()
    with transaction() as session:
        deed(session, units.find_unit(session, uid, actor.organ_id), actor, clock.now())
    flash(done)
    return redirect(url_for("units.index"), 303)


def _form(session: Session, unit: Unit) -> UnitForm:
    form = UnitForm(
        data={
            "name": unit.name,
            "areas": unit.areas,
            "phone": unit.phone,
            "organ": unit.linked_organ.code if unit.linked_organ else "",
            "members": [one.user_id for one in unit.members],
        }
    )
    near = units.linkable(session, unit.organ_id)
    form.organ.choices = choices([("", DEPARTMENT), *((one.code, one.name) for one in near)])
    people = units.candidates(session, unit, clock.today())
    form.members.choices = choices((one.id, f"{one.name}（{one.login}）") for one in people)
    return form


def _entered(form: UnitForm) -> UnitDetails:
    return UnitDetails(form.name.data or "", form.areas.data or "", form.phone.data or "", form.organ.data or "")
