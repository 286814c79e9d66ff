"""Requests like one (相似申请): the list with its reasons, two texts side by side, and what a person finds of them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import InputRequired

from gkapply import clock
from gkapply.casework import casefile, likeness_judging, likeness_lines
from gkapply.casework.access import open_case
from gkapply.casework.likeness_judging import JUDGES, LONGEST_REASON
from gkapply.casework.likeness_records import Judged
from gkapply.database import reading, transaction
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, choices, settle
from gkapply.web.step_form import text_field
from workflows.duties import CASE_DUTIES

blueprint = Blueprint("likeness", __name__)


class JudgementForm(Form):
    """What a person finds of the two requests."""

    judged = RadioField(
        "判断", [InputRequired("请选择判断的结果")], choices=choices([(one.value, one.label) for one in Judged])
    )
    reason = text_field("理由", longest=LONGEST_REASON, description="写明依据什么作出判断；审核人可以看到，随案卷归档")


@blueprint.get("/desk/cases/<reference>/likeness")
@requires(*CASE_DUTIES)
def show(reference: str) -> str:
    """Every like request with its reason, its outcome and what was found of it."""
    actor, now = current_actor(), clock.now()
    with reading() as session:
        case = open_case(session, reference, actor)
        found = likeness_lines.view(session, case, actor, now)
        head = casefile.head(case, clock.day_of(now))
    return render_template("likeness/list.html", found=found, head=head)


@blueprint.route("/desk/cases/<reference>/likeness/<other>", methods=["GET", "POST"])
@requires(*CASE_DUTIES)
def compare(reference: str, other: str) -> Answer:
    """The two texts side by side; a person's finding is kept with its reason."""
    actor, form = current_actor(), JudgementForm()

    def act() -> Response:
        with transaction() as session:
            case = open_case(session, reference, actor, for_step=True)
            judged, reason = form.judged.data or "", form.reason.data or ""
            likeness_judging.judge(session, case, other, judged, reason, actor, clock.now())
        flash("判断已经记录，没有改动任何一件申请")
        return redirect(url_for("likeness.show", reference=reference), 303)

    def page(session: Session) -> str:
        case = open_case(session, reference, actor)
        return render_template(
            "likeness/compare.html",
            head=casefile.head(case, clock.today()),
            found=likeness_lines.side_by_side(session, case, other, actor),
            judged=[one for one in likeness_lines.judged_lines(session, case) if one.reference == other],
            form=form,
            may_judge=actor.holds(*JUDGES) and case.archived_on is None,
            action=request.path,
        )

    def again() -> str:
        with reading() as session:
            return page(session)

    return settle(form, act, again)
