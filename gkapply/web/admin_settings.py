"""The settings of an office: one form made from the table of settings."""

from dataclasses import Field, asdict
from enum import StrEnum
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange

from gkapply import clock
from gkapply.casework import office_settings, organs
from gkapply.database import reading, transaction
from gkapply.law.settings import SETTINGS
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, choices, settle
from workflows.duties import Duty

blueprint = Blueprint("admin_settings", __name__, url_prefix="/admin/organs")


def _field(setting: Field[Any]) -> Any:
    """The form field of a setting, with its article and hint beside it."""
    about = setting.metadata
    beside = "；".join(part for part in (about["basis"], about["hint"]) if part)
    if isinstance(setting.default, bool):
        return BooleanField(about["label"], description=beside)
    if isinstance(setting.default, StrEnum):
        return RadioField(
            about["label"], [InputRequired("请选择")], choices=choices(about["choices"].items()), description=beside
        )
    least, most = about["least"], about["most"]
    sentence = f"应为{least}至{most}的整数"
    return IntegerField(
        about["label"], [InputRequired(sentence), NumberRange(least, most, message=sentence)], description=beside
    )


SettingsForm = type("SettingsForm", (Form,), {one.name: _field(one) for one in SETTINGS})
"""One field for each setting, named like it."""


@blueprint.route("/<code>/settings", methods=["GET", "POST"])
@requires(Duty.SYSADMIN)
def show(code: str) -> Answer:
    """What the office has chosen where the law leaves it a choice."""
    with reading() as session:
        organ = organs.find_organ(session, code)
        form = SettingsForm(data=asdict(organ.office_settings()))

    def act() -> Response:
        values = {one.name: form[one.name].data for one in SETTINGS}
        with transaction() as session:
            found = organs.find_organ(session, code, for_change=True)
            moved = office_settings.change_settings(session, found, values, current_actor(), clock.now())
        flash(f"已保存，{moved}件在办申请的答复期限随之变动" if moved else "已保存")
        return redirect(url_for("admin_organs.show", code=code), 303)

    return settle(form, act, lambda: render_template("admin/settings.html", form=form, organ=organ, settings=SETTINGS))
