"""The whole history of a case as a time line, and from each of its steps the way to put a mistake right."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import IntegerField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from gkapply import clock
from gkapply.casework import casefile, letterbook, undoing
from gkapply.casework.access import Actor, open_case
from gkapply.casework.duty_names import people_of, who
from gkapply.casework.flow import APPLICATIONS, LETTERS, require_duty
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.timeline import Kind, Line, timeline
from gkapply.casework.undoing import Mistake
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, settle
from gkapply.web.step_form import text_field
from gkapply.web.subjects import CASE, LETTER
from workflows.duties import CASE_DUTIES
from workflows.step import Step

blueprint = Blueprint("case_history", __name__, url_prefix="/desk/cases/<reference>/history")

PAGES: Mapping[str, str] = {
    "letter": "desk.letter",
    "referral": "referrals.show",
    "deliberation": "deliberations.show",
    "dispute": "disputes.show",
    "paper": "download.document",
}
"""Things that have a page of their own, or a file."""


class MistakeForm(Form):
    """Why it was a mistake."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired("页面不完整，请返回办理经过重新进入")])
    reason = text_field(
        "为什么办错", longest=undoing.LONGEST, description="原来的记载不会删除，与更正一并保留在办理经过中"
    )


@blueprint.get("")
@requires(*CASE_DUTIES)
def show(reference: str) -> str:
    """Everything that happened to the case, the oldest first."""
    kind = _kind(request.args.get("kind", ""))
    with reading() as session:
        case = open_case(session, reference, current_actor())
        head = casefile.head(case, clock.today())
        found = timeline(session, case, kind)
    return render_template("desk/history.html", head=head, timeline=found, kind=kind, kinds=Kind, leads_to=_leads_to)


def _kind(code: str) -> Kind | None:
    if code and code not in set(Kind):
        raise Refusal("没有这一类经过", field="kind", do="请在页面上选择种类")
    return Kind(code) if code else None


def _leads_to(line: Line, reference: str) -> str:
    """The address of what a line is about; empty for none."""
    if line.thing is not None and line.thing.kind in PAGES:
        return url_for(PAGES[line.thing.kind], uid=line.thing.uid)
    if line.thing is not None:
        return url_for("desk.case", reference=reference, _anchor=line.thing.kind)
    if line.kind is Kind.FACT:
        return url_for("days.office", reference=reference)
    return url_for("desk.case", reference=reference, _anchor="among-officials") if line.kind is Kind.REMARK else ""


@blueprint.route("/<int:seq>/mistake", methods=["GET", "POST"])
@requires(*CASE_DUTIES)
def mistaken(reference: str, seq: int) -> Answer:
    """What is done about a step that was a mistake: its counter-step, what that changes, and the reason."""
    form, actor = MistakeForm(), current_actor()

    def act() -> Response:
        with transaction() as session:
            case = open_case(session, reference, actor, for_step=True, version=form.version.data)
            one = undoing.mistake(session, case, seq)
            onward = _put_right(session, case, one, form.reason.data or "", actor)
        flash("已更正，原来的记载保留在办理经过中" if one.direct else "已记录为什么办错，请继续办理更正的步骤")
        return redirect(onward, 303)

    def show() -> str:
        with reading() as session:
            case = open_case(session, reference, actor)
            one = undoing.mistake(session, case, seq)
            return _mistake_page(session, case, one, form, actor)

    return settle(form, act, show)


def _put_right(session: Session, case: Case, one: Mistake, reason: str, actor: Actor) -> str:
    """Take the counter-step at once, or keep the reason and lead to its page. Raises Refusal where there is none."""
    now = clock.now()
    if one.step is None or not one.direct:
        undoing.explain(session, case, one, reason, actor, now)
        return _page_of(case, one)
    if one.step.trigger == "take_back_acceptance":
        undoing.take_back_acceptance(session, case, reason, actor, now, one.seq)
    elif one.step.trigger == "take_back_correction":
        undoing.take_back_correction(session, case, reason, actor, now, one.seq)
    else:
        letter = undoing.letter_of(case, one)
        held = letterbook.open_letter(session, letter.uid if letter else "", actor, for_step=True)
        undoing.take_back_delivery(session, held, reason, actor, now, one.seq)
    return url_for("case_history.show", reference=case.reference)


def _mistake_page(session: Session, case: Case, one: Mistake, form: MistakeForm, actor: Actor) -> str:
    today, letter, changed, refusal = clock.today(), undoing.letter_of(case, one), None, None
    if one.step is not None and not one.direct:
        refusal = _not_permitted(one.step, actor)
    elif one.step is not None:
        refusal = _refusal(letter if one.step.trigger == "take_back_delivery" else case, one, actor)
        changed = None if refusal else undoing.dates_after(case, one, letter)
    if request.method == "GET":
        form.version.data = case.version
    return render_template(
        "desk/mistake.html",
        head=casefile.head(case, today),
        one=one,
        form=form,
        refusal=refusal,
        changed=changed,
        by=who(one.step.duties, people_of(session, case.organ_id, today)) if one.step is not None else "",
    )


def _not_permitted(step: Step, actor: Actor) -> Refusal | None:
    try:
        require_duty(step, actor)
    except Refusal as refusal:
        return refusal
    return None


def _refusal(thing: Case | Letter | None, one: Mistake, actor: Actor) -> Refusal | None:
    """Why the counter-step cannot be taken now, if so."""
    flow: Any = APPLICATIONS if isinstance(thing, Case) else LETTERS
    if thing is None or one.step is None:
        return Refusal("这一步之后已经变动，不能更正", do="请从办理经过中选择最近的步骤")
    if thing.state not in one.step.sources:
        return flow.wrong_state(thing, one.step)
    options = flow.available(thing, actor, clock.now())
    return next((option.refusal for option in options if option.step.trigger == one.step.trigger), None)


def _page_of(case: Case, one: Mistake) -> str:
    """The page on which the counter-step is taken; that of the case where it is found among the next steps there."""
    room, trigger = one.counter.by or ("", "")
    if room == "application" and trigger in CASE.pages and not CASE.pages[trigger].entry_for(case):
        return url_for("steps.case", reference=case.reference, trigger=trigger)
    if room == "letter" and one.deed.startswith("letter.") and one.of and trigger in LETTER.pages:
        return url_for("steps.letter", uid=one.of, trigger=trigger)
    return url_for("desk.case", reference=case.reference)
