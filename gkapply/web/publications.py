"""Proposals to publish what was applied for, on a page: those to be decided first."""

from flask import Blueprint, render_template

from gkapply import clock
from gkapply.casework import turning_public
from gkapply.casework.urgency import term_on
from gkapply.database import reading
from gkapply.web.access import current_actor, requires
from gkapply.web.options import publication_offers
from workflows.duties import CASE_DUTIES

blueprint = Blueprint("publications", __name__)


@blueprint.get("/desk/publications")
@requires(*CASE_DUTIES)
def index() -> str:
    """Every proposal of the organ with the steps that the viewer may take."""
    actor, now = current_actor(), clock.now()
    today = clock.day_of(now)
    with reading() as session:
        found = turning_public.publications(session, actor)
        lines = [
            (
                one,
                turning_public.WHY[one.why],
                term_on(today, one.publish_by, one.case.calendar(), ended_on=one.published_on),
                publication_offers(one, actor, now),
            )
            for one in found
        ]
    return render_template("publications/index.html", lines=lines)
