"""考核 by a supervisor: the sheet as the cases say now, the bulletin as it was issued."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import assessment
from gkapply.casework.assessment import LONGEST
from gkapply.casework.assessment_bulletin import bulletin
from gkapply.casework.assessment_marks import MARKS
from gkapply.casework.documents import WORD_TYPE
from gkapply.casework.supervision_figures import ASSESSED, FIGURES
from gkapply.database import reading, transaction
from gkapply.web.access import current_actor, requires
from gkapply.web.attachment import attachment
from gkapply.web.forms import Answer, Form, settle
from gkapply.web.step_form import text_field
from gkapply.web.supervise import asked_period
from workflows.duties import Duty

blueprint = Blueprint("assessments", __name__, url_prefix="/supervise/assessments")


class IssueForm(Form):
    """What the supervising organ says of it."""

    comment = text_field("通报意见", needed=False, longest=LONGEST, description="总体情况、存在的问题和要求")


@blueprint.get("")
@requires(Duty.SUPERVISOR, Duty.HEAD)
def index() -> str:
    """Every bulletin that the viewer may read."""
    with reading() as session:
        found = assessment.issued(session, current_actor())
        return render_template(
            "supervise/assessments.html", found=found, supervises=current_actor().holds(Duty.SUPERVISOR)
        )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Duty.SUPERVISOR)
def new() -> Answer:
    """The sheet of the period that the address names; a POST issues it."""
    actor, now, period, form = current_actor(), clock.now(), asked_period(), IssueForm()

    def act() -> Response:
        with transaction() as session:
            made = assessment.issue(session, period, form.comment.data or "", actor, now)
        flash(f"{made.number}已发布")
        return redirect(url_for("assessments.show", uid=made.uid), 303)

    def page() -> str:
        with reading() as session:
            sheet = assessment.reckon(session, actor, period, clock.day_of(now))
        return render_template("supervise/assess.html", sheet=sheet, period=period, form=form, **_words())

    return settle(form, act, page)


@blueprint.get("/<uid>")
@requires(Duty.SUPERVISOR, Duty.HEAD)
def show(uid: str) -> str:
    """One bulletin as it was issued."""
    with reading() as session:
        made = assessment.find(session, uid, current_actor())
        leads = current_actor().holds(Duty.SUPERVISOR) and made.organ_id == current_actor().organ_id
        sheet = assessment.read(made)
        return render_template("supervise/assessment.html", made=made, sheet=sheet, leads=leads, **_words())


@blueprint.get("/<uid>/bulletin.docx")
@requires(Duty.SUPERVISOR, Duty.HEAD)
def print_bulletin(uid: str) -> Response:
    """The 通报 as .docx."""
    with reading() as session:
        made = assessment.find(session, uid, current_actor())
        return attachment(bulletin(session, made), WORD_TYPE, f"{made.number}.docx")


def _words() -> dict[str, object]:
    return {"marks": MARKS, "figures": {**FIGURES, **ASSESSED}, "path": request.path}
