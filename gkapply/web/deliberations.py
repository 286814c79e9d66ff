"""Joint consultations (会商) on pages: the list with its filters, and each one with members, opinions and conclusion."""

from typing import Any

from flask import Blueprint, render_template, request

from gkapply import clock
from gkapply.casework import casefile, deliberation, deliberation_lines, precedents
from gkapply.casework.duty_names import people_of
from gkapply.casework.precedents import STANDS, Wanted
from gkapply.casework.units import area_names
from gkapply.database import reading
from gkapply.law.deliberation_triggers import Trigger
from gkapply.law.replies import ReplyKind
from gkapply.web.access import current_actor, requires
from gkapply.web.options import Viewer, deliberation_offers
from gkapply.web.row_key import row_key
from workflows.duties import CASE_DUTIES

blueprint = Blueprint("deliberations", __name__)
FILTERS = ("words", "trigger", "area", "outcome", "stands")


@blueprint.get("/desk/deliberations")
@requires(*CASE_DUTIES)
def index() -> str:
    """The consultations of the organ, the newest first, narrowed by words and filters."""
    actor = current_actor()
    asked = {name: request.args.get(name, "").strip() for name in FILTERS}
    before = request.args.get("before", type=row_key)
    with reading() as session:
        found = precedents.find(session, actor, Wanted(**asked, before=before))
        areas = area_names(session, actor.organ_id) if actor.organ_id is not None else []
    return render_template(
        "deliberations/index.html",
        found=found,
        asked=asked,
        first=before is None,
        triggers=list(Trigger),
        outcomes=list(ReplyKind),
        areas=areas,
        stands=STANDS,
    )


@blueprint.get("/desk/deliberations/<uid>")
@requires(*CASE_DUTIES)
def show(uid: str) -> Any:
    """One consultation."""
    actor, now = current_actor(), clock.now()
    today = clock.day_of(now)
    with reading() as session:
        one = deliberation.open_deliberation(session, uid, actor)
        sheet = deliberation_lines.sheet(session, one, actor, today, request.url_root)
        head = casefile.head(one.case, today)
        offers = deliberation_offers(one, Viewer(actor, now, people_of(session, one.organ_id, today)))
    return render_template("deliberations/show.html", sheet=sheet, line=sheet.line, head=head, offers=offers)
