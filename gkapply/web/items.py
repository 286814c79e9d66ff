"""The seven questions (七问) page by page: all items with their progress, one item's open question, what its answers led to.

A question is two plain pages where its answer demands evidence: the first is the choice, the second asks for the evidence at
once. Nothing is kept in the browser.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound as NoSuchPage
from werkzeug.wrappers import Response
from wtforms import HiddenField

from gkapply import clock
from gkapply.casework import casefile, deciding, item_answers, item_draft, likeness_lines
from gkapply.casework.access import open_case
from gkapply.casework.case_lines import Pairs, evidence_pairs, note_lines
from gkapply.casework.flow import APPLICATIONS, Option
from gkapply.casework.question_lines import consultation_lines
from gkapply.casework.records import Case, Item
from gkapply.casework.reply import SEARCH
from gkapply.database import reading, transaction
from gkapply.law import guidance
from gkapply.law.evidence import Evidence
from gkapply.law.refusal import NotFound, NotPermitted, Refusal
from gkapply.law.seven_questions import Answer, Stop, asked_of, question
from gkapply.web.access import current_actor, requires
from gkapply.web.errors import status_of
from gkapply.web.evidence_fields import SEARCH_RECORD, as_typed, evidence_fields, grown, typed_in, written
from gkapply.web.forms import Form
from workflows.duties import CASE_DUTIES, Duty

blueprint = Blueprint("items", __name__)
ONWARD = ("propose_correction", "accept", "record_search", "draft_reply", "decide_item")
"""Steps of the case that the pages point to, where they may be taken."""


class AnswerForm(Form):
    """An answer to one question, with its evidence where it demands any."""

    before = HiddenField()
    answer = HiddenField("回答")
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as the list of answers shows it; ``idle`` says why a question was not asked."""

    code: str
    name: str
    label: str
    article: str
    evidence: Pairs
    idle: str


@blueprint.get("/desk/cases/<reference>/items")
@requires(*CASE_DUTIES)
def overview(reference: str) -> Any:
    """Every item: how far it is, what it came to; from here the reply is drafted."""
    with reading() as session:
        case = open_case(session, reference, current_actor())
        if not asked_of(case.kind):
            return redirect(url_for("steps.case", reference=reference, trigger="decide_item"), 303)
        like = likeness_lines.view(session, case, current_actor(), clock.now())
        return render_template("items/overview.html", items=item_answers.progress(case), like=like, **_around(case))


@blueprint.get("/desk/cases/<reference>/items/<int:ordinal>")
@requires(*CASE_DUTIES)
def item(reference: str, ordinal: int) -> Any:
    """The next question of the item, or what its answers led to."""
    with reading() as session:
        case = open_case(session, reference, current_actor())
        found = _item(case, ordinal)
        stop = item_answers.way_of(found).next
        if stop is None:
            return _outcome(session, case, found)
        return _question(session, case, found, stop, None, _form(found, stop, None))


@blueprint.get("/desk/cases/<reference>/items/<int:ordinal>/<code>")
@requires(*CASE_DUTIES)
def ask(reference: str, ordinal: int, code: str) -> Any:
    """One question of the item; with ``answer`` in the address, what that answer demands."""
    with reading() as session:
        case = open_case(session, reference, current_actor())
        found = _item(case, ordinal)
        way = item_answers.way_of(found)
        stop = way.stop(code)
        if not way.reaches(code):
            return redirect(url_for("items.item", reference=reference, ordinal=ordinal), 303)
        chosen = next((one for one in stop.answers if one.code == request.args.get("answer")), None)
        return _question(session, case, found, stop, chosen, _form(found, stop, chosen))


@blueprint.post("/desk/cases/<reference>/items/<int:ordinal>/<code>")
@requires(Duty.OFFICER)
def answer(reference: str, ordinal: int, code: str) -> Any:
    """Keep the answer, or ask for its evidence first."""
    chosen = question(code).answer(request.form.get("answer"))
    here: dict[str, Any] = {"reference": reference, "ordinal": ordinal}
    if chosen is not None and chosen.evidence and "asked" not in request.form:
        return redirect(url_for("items.ask", **here, code=code, answer=chosen.code), 303)
    with reading() as session:
        found = _item(open_case(session, reference, current_actor()), ordinal)
        form = _form(found, item_answers.way_of(found).stop(code), chosen)
    status = 200
    if not grown(form):
        status = 422
        if form.validate():
            try:
                return _keep(here, code, form)
            except (NotFound, NotPermitted):
                raise
            except Refusal as refusal:
                form.show(refusal)
                status = status_of(refusal)
    with reading() as session:
        case = open_case(session, reference, current_actor())
        found = _item(case, ordinal)
        return _question(session, case, found, item_answers.way_of(found).stop(code), chosen, form), status


def _keep(here: dict[str, Any], code: str, form: AnswerForm) -> Response:
    actor, now = current_actor(), clock.now()
    evidence = typed_in(form, form.evidence)
    with transaction() as session:
        case = open_case(session, here["reference"], actor, for_step=True)
        item_answers.answer(
            session, case, here["ordinal"], code, form.answer.data or "", evidence, form.before.data or "", actor, now
        )
    return redirect(url_for("items.item", **here), 303)


def _form(found: Item, stop: Stop, chosen: Answer | None) -> AnswerForm:
    """The form of a question; with the evidence that ``chosen`` demands, filled with what was given before."""
    demands = written(chosen.evidence) if chosen else ()
    kept, given = item_answers.given_with(found, stop.question.code)
    data: dict[str, Any] = {
        "before": item_answers.way_of(found).before(stop.question.code),
        "answer": chosen.code if chosen else kept,
    }
    if chosen and chosen.code == kept:
        data.update(as_typed(given, demands))
    form_class = type("AnswerForm", (AnswerForm,), {**evidence_fields(demands), "evidence": demands})
    form = form_class(data=data)
    assert isinstance(form, AnswerForm)
    return form


def _item(case: Case, ordinal: int) -> Item:
    if not asked_of(case.kind) or not any(one.ordinal == ordinal for one in case.items):
        raise NoSuchPage()
    return deciding.item_of(case, ordinal)


def _question(session: Session, case: Case, found: Item, stop: Stop, chosen: Answer | None, form: AnswerForm) -> str:
    demanded = {one.code for one in chosen.evidence} if chosen else set()
    hints: Sequence[guidance.Hint] = ()
    if chosen and len(chosen.leaves) == 1:
        hints = guidance.for_reply(next(iter(chosen.leaves)))
    return render_template(
        "items/question.html",
        item=item_answers.progress_of(found),
        stop=stop,
        chosen=chosen,
        left=[kind for kind in stop.left if chosen is None or kind in chosen.leaves],
        form=form,
        hints=hints,
        searches=note_lines(session, case, SEARCH) if SEARCH_RECORD in demanded else (),
        rests_on_search=SEARCH_RECORD in demanded,
        consultations=consultation_lines(case, clock.today()) if "third_party_record" in demanded else (),
        given=_given(found),
        **_around(case),
    )


def _outcome(session: Session, case: Case, found: Item) -> str:
    draft = item_draft.item_draft(session, case, found, clock.today())
    paragraphs, refusal = [], None
    try:
        paragraphs = item_draft.text(draft)
    except Refusal as caught:
        refusal = caught
    return render_template(
        "items/outcome.html",
        item=item_answers.progress_of(found),
        draft=draft,
        paragraphs=paragraphs,
        text_refusal=refusal,
        given=_given(found),
        **_around(case),
    )


def _given(found: Item) -> list[Given]:
    """The answers so far, up to the first question that is open; questions passed over for one reason stand together."""
    told: list[Given] = []
    for stop in item_answers.way_of(found).stops:
        if stop.is_open:
            break
        asked, answer = stop.question, stop.given
        if answer is not None:
            _, evidence = item_answers.given_with(found, asked.code)
            pairs = evidence_pairs(answer.evidence, evidence)
            told.append(Given(asked.code, asked.name, answer.label, answer.article, pairs, ""))
        elif told and told[-1].idle == stop.idle:
            told[-1] = replace(told[-1], name=f"{told[-1].name}、{asked.name}")
        else:
            told.append(Given(asked.code, asked.name, "", "", (), stop.idle))
    return told


def _around(case: Case) -> dict[str, Any]:
    """Head of the case, whether the viewer may answer, and the steps that lead on."""
    actor = current_actor()
    options = {one.step.trigger: one for one in APPLICATIONS.available(case, actor, clock.now())}
    return {
        "head": casefile.head(case, clock.today()),
        "may_answer": _possible(options.get(item_answers.BY_WHOM)),
        "steps": {trigger: _possible(options.get(trigger)) for trigger in ONWARD},
        "decided": all(one.outcome is not None for one in case.items),
    }


def _possible(option: Option | None) -> bool:
    return option is not None and option.possible
