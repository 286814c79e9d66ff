"""常用资料: filled in once, proposed in every form that the account fills in afterwards."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework.citizen_profile import FIELDS, clear_profile, keep_profile, profile_of
from gkapply.database import reading, transaction
from gkapply.law.annual_rows import NATURAL_PERSON
from gkapply.web.application_form import ApplicationForm
from gkapply.web.forms import Answer, settle
from gkapply.web.me_login import current_citizen, for_citizens, holder

blueprint = Blueprint("me_profile", __name__)


class ProfileForm(ApplicationForm):
    """The applicant's part of the application form, nothing of it obligatory."""

    def __init__(self, *given: Any, **more: Any):
        super().__init__(*given, **more)
        for name in [one.name for one in self if one.name not in FIELDS and one.name != "csrf_token"]:
            del self[name]
        for one in self:
            one.flags.required = one.name == "kind"


@blueprint.route("/me/profile", methods=["GET", "POST"])
@for_citizens
def show() -> Answer:
    """Show what is kept, or keep what was filled in."""
    form = ProfileForm(data={"kind": NATURAL_PERSON, **proposed()})

    def act() -> Response:
        with transaction() as unit:
            keep_profile(unit, holder().citizen_id, form.as_application(), clock.today(), clock.now())
        flash("常用资料已保存，以后提出申请时会自动填好，提交前还可以改")
        return redirect(url_for("me_profile.show"), 303)

    kept = bool(proposed())
    return settle(form, act, lambda: render_template("me/profile.html", form=form, kept=kept))


@blueprint.post("/me/profile/clear")
@for_citizens
def clear() -> Response:
    """Keep nothing any more."""
    with transaction() as unit:
        clear_profile(unit, holder().citizen_id, clock.now())
    flash("常用资料已删除")
    return redirect(url_for("me_profile.show"), 303)


def proposed() -> Mapping[str, str]:
    """What the account that is logged in would fill into a form; empty for everybody else."""
    login = current_citizen()
    if login is None:
        return {}
    with reading() as unit:
        return profile_of(unit, login.citizen_id)
