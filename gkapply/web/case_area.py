"""The area of disclosure of a case: what is suggested and why, and the page on which a person confirms it."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.validators import InputRequired

from gkapply import clock
from gkapply.casework import area_confirming, casefile, units
from gkapply.casework.access import Actor, open_case
from gkapply.casework.area_confirming import CONFIRMERS
from gkapply.casework.likeness_index import text_of
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.law.area_suggestion import suggest_areas
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, choices, settle

blueprint = Blueprint("case_area", __name__)


class AreaForm(Form):
    """In which area it lies."""

    area = SelectField("公开领域", [InputRequired("请选择公开领域")], validate_choice=False)


@dataclass(frozen=True, slots=True)
class CaseArea:
    """What the page of a case says of its area: the one confirmed, else the one that its words tell of, with the reason."""

    reference: str
    confirmed: str
    suggested: str
    reason: str
    may_confirm: bool


def of_case(session: Session, case: Case, actor: Actor, now: datetime) -> CaseArea | None:
    """The area of the case; nothing where there is neither one nor anybody to say it."""
    may = actor.holds(*CONFIRMERS)
    found = () if case.area or case.received_on is None else suggest_areas(text_of(case))
    if not case.area and not (may and case.received_on):
        return None
    first = found[0] if found else None
    return CaseArea(case.reference, case.area or "", first.area if first else "", first.reason if first else "", may)


@blueprint.route("/desk/cases/<reference>/area", methods=["GET", "POST"])
@requires(*CONFIRMERS)
def choose(reference: str) -> Answer:
    """Confirm the area, the suggested one being chosen already."""
    actor, form = current_actor(), AreaForm()

    def act() -> Response:
        with transaction() as session:
            case = open_case(session, reference, actor, for_step=True)
            area_confirming.confirm(session, case, form.area.data or "", actor, clock.now())
        flash("公开领域已确认")
        return redirect(url_for("desk.case", reference=reference), 303)

    def show() -> str:
        with reading() as session:
            case = open_case(session, reference, actor)
            found = area_confirming.suggested(session, case)
            names = units.area_names(session, case.organ_id)
            head = casefile.head(case, clock.today())
            confirmed = case.area or ""
        form.area.choices = choices([("", "请选择"), *((one, one) for one in names)])
        if request.method == "GET":
            form.area.data = confirmed or (found.area if found else "")
        return render_template("demand/area.html", form=form, head=head, found=found, confirmed=confirmed)

    return settle(form, act, show)
