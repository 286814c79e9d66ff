"""Receipt points (收件窗口) of service halls, as the system administrator enters them."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import DateField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from gkapply import clock
from gkapply.casework import organs, receipt_points
from gkapply.casework.receipt_points import PointDetails
from gkapply.database import reading, transaction
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, choices, settle
from workflows.duties import Duty

blueprint = Blueprint("admin_points", __name__, url_prefix="/admin/receipt-points")


class PointForm(Form):
    """What is entered of a receipt point; the names are those of PointDetails."""

    name = StringField(
        "窗口名称", [InputRequired("请填写窗口名称"), Length(max=120)], description="例如：安岳县政务服务中心综合窗口"
    )
    address = StringField("地址", [Length(max=200)])
    announced_in = StringField(
        "公布于何处",
        [InputRequired("请填写公布于何处"), Length(max=200)],
        description="写明在哪份政府信息公开指南中公布；没有公布的窗口，提交不算向机关提交",
    )
    runner = SelectField(
        "管理窗口的机关", [InputRequired("请选择管理窗口的机关")], description="由它的登记员在窗口登记"
    )
    organs = SelectMultipleField(
        "窗口服务的机关",
        [InputRequired("请至少选择一个窗口服务的机关")],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description="在窗口提交，当日即视为向所选机关当面提交",
    )
    valid_from = DateField("起始日期", [InputRequired("请填写起始日期")])
    valid_to = DateField("截止日期", [Optional()], description="窗口不再收件的，填写最后一日")


@blueprint.get("")
@requires(Duty.SYSADMIN)
def index() -> str:
    """Every receipt point."""
    with reading() as session:
        return render_template("admin/points.html", points=receipt_points.all_points(session))


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Duty.SYSADMIN)
def add() -> Answer:
    """Enter a receipt point."""
    form = _form(asdict(PointDetails("", "", "", ())))

    def act() -> Response:
        with transaction() as session:
            receipt_points.add_point(session, _entered(form), current_actor(), clock.now())
        flash("已添加收件窗口")
        return redirect(url_for("admin_points.index"), 303)

    return settle(form, act, lambda: render_template("admin/point.html", form=form, heading="添加收件窗口"))


@blueprint.route("/<int:point_id>", methods=["GET", "POST"])
@requires(Duty.SYSADMIN)
def show(point_id: int) -> Answer:
    """One receipt point, to be changed."""
    with reading() as session:
        form = _form(asdict(receipt_points.details_of(receipt_points.find_point(session, point_id))))

    def act() -> Response:
        with transaction() as session:
            point = receipt_points.find_point(session, point_id)
            receipt_points.change_point(session, point, _entered(form), current_actor(), clock.now())
        flash("已保存")
        return redirect(url_for("admin_points.index"), 303)

    return settle(form, act, lambda: render_template("admin/point.html", form=form, heading="修改收件窗口"))


def _form(data: dict[str, Any]) -> PointForm:
    form = PointForm(data=data)
    with reading() as session:
        found = [(one["code"], f"{one['code']} {one['name']}") for one in organs.list_organs(session)]
    form.runner.choices = choices(found)
    form.organs.choices = choices(found)
    return form


def _entered(form: PointForm) -> PointDetails:
    return PointDetails(
        name=form.name.data or "",
        announced_in=form.announced_in.data or "",
        runner=form.runner.data or "",
        organs=tuple(form.organs.data or ()),
        address=form.address.data or "",
        valid_from=form.valid_from.data,  # type: ignore[arg-type]  # the form asks for it
        valid_to=form.valid_to.data,
    )
