"""「为什么是这一天」: every counted and skipped day of the reply term, for the office and for the applicant; as page, text, json."""

from datetime import date
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from gkapply import clock
from gkapply.casework import casefile, day_explanation
from gkapply.casework.access import open_case
from gkapply.casework.day_explanation import WEEKDAYS, conclusion, heading
from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.law.refusal import Refusal
from gkapply.law.what_if import if_extended
from gkapply.web.access import current_actor, public, requires
from gkapply.web.attachment import attachment
from gkapply.web.forms import Form
from gkapply.web.track import NotOpened, applicant_on_track
from workflows.duties import CASE_DUTIES

blueprint = Blueprint("days", __name__)


class ExtensionForm(Form):
    """How far the term would be extended today."""

    class Meta(Form.Meta):
        """Nothing is changed by asking."""

        csrf = False

    working_days = IntegerField(
        "假如今天告知延长（工作日）",
        [InputRequired("请填写延长的工作日数"), NumberRange(1, 20, message="应为1至20（条例第三十三条第二款）")],
        default=20,
    )


@blueprint.get("/desk/cases/<reference>/days")
@requires(*CASE_DUTIES)
def office(reference: str) -> Any:
    """Every day with its reason, and what an extension told today would come to."""
    today, form = clock.today(), ExtensionForm(request.args)
    with reading() as session:
        case = casefile.find(session, reference, current_actor())
        told = day_explanation.explanation(case, today)
        head = casefile.head(case, today)
        asked = "working_days" in request.args and form.validate()
        would_be, refusal = _what_if(case, form.working_days.data or 0, today) if asked else (None, None)
    return render_template(
        "days/office.html", told=told, head=head, form=form, would_be=would_be, refusal=refusal, **_words()
    )


@blueprint.get("/desk/cases/<reference>/days.txt")
@requires(*CASE_DUTIES)
def office_text(reference: str) -> Response:
    """The same as plain text."""
    with reading() as session:
        return _text(open_case(session, reference, current_actor()))


@blueprint.get("/desk/cases/<reference>/days.json")
@requires(*CASE_DUTIES)
def office_json(reference: str) -> Response:
    """The same for a program."""
    with reading() as session:
        return jsonify(day_explanation.as_json(open_case(session, reference, current_actor()), clock.today()))


@blueprint.get("/track/<reference>/days")
@public
def applicant(reference: str) -> Any:
    """Every day with its reason, for the applicant."""
    try:
        with reading() as session:
            case = _own(session, reference)
            told = day_explanation.explanation(case, clock.today())
    except NotOpened:
        return redirect(url_for("track.ask", number=reference), 303)
    return render_template("days/applicant.html", told=told, reference=reference, organ=case.organ.name, **_words())


@blueprint.get("/track/<reference>/days.txt")
@public
def applicant_text(reference: str) -> Any:
    """The same as plain text, to be kept."""
    try:
        with reading() as session:
            return _text(_own(session, reference))
    except NotOpened:
        return redirect(url_for("track.ask", number=reference), 303)


@blueprint.get("/track/<reference>/days.json")
@public
def applicant_json(reference: str) -> Any:
    """The same for a program."""
    try:
        with reading() as session:
            return jsonify(day_explanation.as_json(_own(session, reference), clock.today()))
    except NotOpened:
        return redirect(url_for("track.ask", number=reference), 303)


def _own(session: Session, reference: str) -> Case:
    return open_case(session, reference, applicant_on_track(session, reference))


def _text(case: Case) -> Response:
    text = day_explanation.as_text(case, clock.today())
    return attachment(text.encode(), "text/plain; charset=utf-8", f"{case.reference}-days.txt")


def _what_if(case: Case, working_days: int, today: date) -> tuple[date | None, Refusal | None]:
    """The day that an extension told today would come to, or why it cannot be told."""
    assert case.received_on is not None
    found = if_extended(case.received_on, case.law_facts(), case.calendar(), case.clock_settings(), today, working_days)
    return (None, found) if isinstance(found, Refusal) else (found.reply_due_on, None)


def _words() -> dict[str, Any]:
    return {"weekdays": WEEKDAYS, "conclusion": conclusion, "heading": heading}
