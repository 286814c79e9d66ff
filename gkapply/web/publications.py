"""Proposals to publish what was applied for, on a page: those to be decided first."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import turning_public
from gkapply.casework.duty_names import people_of
from gkapply.casework.services import store
from gkapply.casework.urgency import term_on
from gkapply.database import reading
from gkapply.law.refusal import NotFound
from gkapply.web.access import current_actor, requires
from gkapply.web.attachment import attachment
from gkapply.web.options import Viewer, publication_offers
from workflows.duties import CASE_DUTIES
from workflows.publication import PUBLICATION

blueprint = Blueprint("publications", __name__)

DEEDS = {step.trigger: step.label for step in PUBLICATION.steps}
"""What is told of the history of an item."""


@blueprint.get("/desk/publications")
@requires(*CASE_DUTIES)
def index() -> str:
    """Every proposal of the organ with the steps that the viewer may take."""
    actor, now = current_actor(), clock.now()
    today = clock.day_of(now)
    with reading() as session:
        found = turning_public.publications(session, actor)
        people = {} if actor.organ_id is None else people_of(session, actor.organ_id, today)
        viewer = Viewer(actor, now, people)
        lines = [
            (
                one,
                turning_public.WHY[one.why],
                term_on(today, one.publish_by, one.case.calendar(), ended_on=one.published_on),
                publication_offers(one, viewer),
            )
            for one in found
        ]
    return render_template("publications/index.html", lines=lines, deeds=DEEDS)


@blueprint.get("/desk/publications/<uid>/files/<file>")
@requires(*CASE_DUTIES)
def file(uid: str, file: str) -> Response:
    """A file of any version, for whoever cleans or checks it."""
    with reading() as session:
        publication = turning_public.open_publication(session, uid, current_actor())
        versions = () if publication.item is None else publication.item.versions
        found = next((one for version in versions for one in version.files if one.uid == file), None)
        if found is None:
            raise NotFound("没有这份文件", do="请回到「转主动公开」查看")
        content = store(session).get(found.sha256)
    return attachment(content, found.media_type, found.name)
