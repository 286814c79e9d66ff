"""Disputes on pages: the list by urgency, and each one with its terms, decisions, papers and steps."""

from flask import Blueprint, render_template

from gkapply import clock
from gkapply.casework import casefile, dispute_lines
from gkapply.casework.dispute_import import IMPORTERS
from gkapply.casework.duty_names import people_of
from gkapply.database import reading
from gkapply.web.access import current_actor, requires
from gkapply.web.options import Viewer, dispute_offers
from workflows.duties import CASE_DUTIES

blueprint = Blueprint("disputes", __name__)


@blueprint.get("/desk/disputes")
@requires(*CASE_DUTIES)
def index() -> str:
    """The disputes that are not closed, the most urgent first."""
    with reading() as session:
        lines = dispute_lines.open_disputes(session, current_actor(), clock.today())
    may_import = current_actor().holds(*IMPORTERS)
    return render_template("disputes/index.html", lines=lines, may_import=may_import)


@blueprint.get("/desk/disputes/<uid>")
@requires(*CASE_DUTIES)
def show(uid: str) -> str:
    """One dispute."""
    actor, now = current_actor(), clock.now()
    today = clock.day_of(now)
    with reading() as session:
        dispute = dispute_lines.find(session, uid, actor)
        sheet = dispute_lines.sheet(session, dispute, today)
        head = casefile.head(dispute.case, today)
        offers = dispute_offers(dispute, Viewer(actor, now, people_of(session, dispute.organ_id, today)))
    return render_template("disputes/show.html", sheet=sheet, line=sheet.line, head=head, offers=offers)
