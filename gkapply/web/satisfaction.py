"""How the service was (满意度): the applicant is asked once on the page of the request; the head and supervisors see what came of it."""

from typing import Any

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired

from gkapply import clock
from gkapply.casework import report, satisfaction
from gkapply.casework.access import Actor
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.web.access import current_actor, public, requires
from gkapply.web.applicant_acts import page_of, take
from gkapply.web.forms import Form, choices
from workflows.duties import Duty

blueprint = Blueprint("satisfaction", __name__)
SCALE = choices((str(score), label) for score, label in satisfaction.SCALE.items())


class OpinionForm(Form):
    """A score, and words if there are any."""

    score = RadioField("您对本件申请的办理", [InputRequired("请选择")], choices=SCALE)
    words = TextAreaField("想说的话")


@blueprint.get("/track/<reference>/satisfaction")
@public
def ask(reference: str) -> Any:
    """The question, which may be passed over."""
    return page_of(reference, "satisfaction", OpinionForm(formdata=None))


@blueprint.post("/track/<reference>/satisfaction")
@public
def answer(reference: str) -> Any:
    """Keep the answer, or that none is wanted."""
    form, skip = OpinionForm(), request.form.get("do") == "skip"

    def act(unit: Session, case: Case, actor: Actor) -> None:
        if skip:
            satisfaction.pass_over(case)
        else:
            given = form.score.data or ""
            score = int(given) if given.isdecimal() else 0
            satisfaction.answer(unit, case, score, form.words.data or "", clock.now())

    return take(reference, "satisfaction", form, act, "好的，不再询问" if skip else "谢谢您的评价")


@blueprint.get("/report/satisfaction")
@requires(Duty.HEAD, Duty.SUPERVISOR)
def figures() -> str:
    """The figures of a year, of the own organ and for a supervisor of those below; the words for the organ's head."""
    actor, year = current_actor(), _year()
    with reading() as unit:
        organs = report.organs_of(unit, actor)
        lines = [(one.name, satisfaction.figures(unit, one.id, year, inside=_inside(actor, one))) for one in organs]
        words = satisfaction.words(unit, organs[0].id, year) if _inside(actor, organs[0]) else []
    this_year = clock.today().year
    return render_template(
        "report/satisfaction.html",
        year=year,
        years=range(this_year, this_year - 3, -1),
        lines=lines,
        words=words,
        scale=satisfaction.SCALE,
        least=satisfaction.LEAST,
    )


def _inside(actor: Actor, organ: Organ) -> bool:
    return actor.holds(Duty.HEAD) and organ.id == actor.organ_id


def _year() -> int:
    given, now = request.args.get("year", ""), clock.today().year
    return int(given) if given.isdecimal() and 2019 <= int(given) <= now else now
