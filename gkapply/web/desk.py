"""The desk: the list by urgency, the page of a case, its letters and papers."""

from flask import Blueprint, render_template

from gkapply import clock, pdf
from gkapply.casework import (
    casefile,
    deliberation_lines,
    delivery_list,
    in_tray,
    letter_pdf,
    letterbook,
    letterfile,
    likeness_lines,
)
from gkapply.casework.duty_names import people_of
from gkapply.casework.unreached import MAY_SETTLE
from gkapply.database import reading, transaction
from gkapply.web import desk_list
from gkapply.web.access import current_actor, requires
from gkapply.web.case_panels import panels
from gkapply.web.letter_text import read
from gkapply.web.options import Viewer, letter_offers, offers
from workflows.duties import CASE_DUTIES, Duty

blueprint = Blueprint("desk", __name__)


@blueprint.get("/desk")
@requires(*CASE_DUTIES)
def index() -> str:
    """The cases by urgency: what waits for the viewer unless something else is asked for."""
    return desk_list.page_of_desk()


@blueprint.get("/desk/cases/<reference>")
@requires(*CASE_DUTIES)
def case(reference: str) -> str:
    """Everything about one case, and the steps that lead on."""
    actor, now = current_actor(), clock.now()
    with reading() as session:
        found = casefile.find(session, reference, actor)
        file = casefile.casefile(session, found, clock.day_of(now))
        steps = offers(found, Viewer(actor, now, people_of(session, found.organ_id, clock.day_of(now))))
        more = panels(session, found, actor, now)
        unseen = found.first_seen_at is None and actor.holds(Duty.REGISTRAR)
    if unseen:
        with transaction() as session:
            in_tray.note_seen(session, found.id, actor, now)
    may_settle = actor.holds(*MAY_SETTLE)
    return render_template(
        "desk/case.html",
        file=file,
        head=file.head,
        offers=steps,
        panels=more,
        clocks=casefile.CLOCKS,
        may_settle=may_settle,
    )


@blueprint.get("/desk/letters/<uid>")
@requires(*CASE_DUTIES)
def letter(uid: str) -> str:
    """A letter to be read."""
    today = clock.today()
    with reading() as session:
        found = letterbook.open_letter(session, uid, current_actor())
        sheet = letterfile.letterfile(session, found, today)
        head = casefile.head(found.case, today)
        deliveries = delivery_list.of_letter(session, found)
        steps = letter_offers(found, Viewer(current_actor(), clock.now(), people_of(session, found.organ_id, today)))
        conclusions = deliberation_lines.rests_on(found.cases) if sheet.answers else ()
        as_pdf = letter_pdf.pdf_of(session, found) != "" or pdf.available()
        like = likeness_lines.view(session, found.case, current_actor(), clock.now()) if sheet.answers else None
    return render_template(
        "desk/letter.html",
        letter=sheet,
        text=read(sheet),
        head=head,
        deliveries=deliveries,
        as_pdf=as_pdf,
        like=like,
        offers=steps,
        conclusions=conclusions,
    )
