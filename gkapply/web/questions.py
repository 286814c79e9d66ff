"""The 送达名单 of a question that was put to many: a page to work from and to print."""

from flask import Blueprint, render_template

from gkapply import clock
from gkapply.casework import access_log, casefile, letters_together
from gkapply.casework.access import open_case
from gkapply.casework.delivery import WAYS
from gkapply.database import reading, transaction
from gkapply.web.access import current_actor, requires
from workflows.duties import CASE_DUTIES

blueprint = Blueprint("questions", __name__)


@blueprint.get("/desk/cases/<reference>/questions/<group>")
@requires(*CASE_DUTIES)
def service_list(reference: str, group: str) -> str:
    """Every addressee with its letter and proof, in the order in which post numbers are entered; addresses are noted as seen."""
    actor, now = current_actor(), clock.now()
    with reading() as session:
        found = casefile.find(session, reference, actor)
        first, lines = letters_together.service_list(session, found, group)
        head = casefile.head(found, clock.day_of(now))
    with transaction() as session:
        case = open_case(session, reference, actor)
        access_log.note_access(session, actor, "service_list.shown", now, case_id=case.id, group=group)
    return render_template("desk/service_list.html", head=head, first=first, lines=lines, ways=WAYS)
