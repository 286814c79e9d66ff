"""Letters read and decided one after the other (集中批阅), on a desk or on a phone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import Length

from gkapply import clock
from gkapply.casework import reading_list
from gkapply.casework.reading_list import Decision, Unread, decision_of
from gkapply.casework.tasks import DECIDERS
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.errors import status_of
from gkapply.web.forms import Form, choices
from gkapply.web.letter_text import LetterText, read

blueprint = Blueprint("reading", __name__)
MOST_AT_ONCE = 50


class DecisionForm(Form):
    """What is decided on one letter; until something is chosen it waits."""

    class Meta(Form.Meta):
        """One token guards the whole page."""

        csrf = False

    read = HiddenField()
    decision = RadioField("您的决定", default=Decision.LATER.value, validate_choice=False)
    comment = TextAreaField(
        "意见",
        [Length(max=1000, message="最多1000个字，请精简后再提交")],
        description="退回的，请写明需要修改之处",
        render_kw={"rows": 2},
    )
    number = StringField("文号", description="由外部系统给出；多份文书按名单顺序用空格隔开")


@dataclass(frozen=True, slots=True)
class Entry:
    """One letter of the page: what waits, its text, the form."""

    unread: Unread
    text: LetterText
    form: DecisionForm


@blueprint.get("/desk/reading")
@requires(*DECIDERS)
def show() -> str:
    """The letters that wait for the viewer, the most urgent first, each with its whole text."""
    return _page({})


@blueprint.post("/desk/reading")
@requires(*DECIDERS)
def decide() -> Any:
    """Take each decision in a unit of its own: one that is refused leaves the others as they are."""
    actor, kept, status = current_actor(), {}, 200
    for uid in request.form.getlist("letter")[:MOST_AT_ONCE]:
        form = DecisionForm(prefix=uid)
        try:
            decision = decision_of(form.decision.data or "")
            if decision is Decision.LATER:
                continue
            if not form.validate():
                raise Refusal("意见过长", field="comment", do="最多1000个字，请精简后再提交")
            with transaction() as session:
                numbers = (form.number.data or "").split()
                flash(
                    reading_list.decide(
                        session,
                        uid,
                        form.read.data or "",
                        decision,
                        form.comment.data or "",
                        numbers,
                        actor,
                        clock.now(),
                    )
                )
        except Refusal as refusal:
            form.show(refusal)
            kept[uid], status = form, status_of(refusal)
    if kept:
        return _page(kept), status
    return redirect(url_for("reading.show"), 303)


def _page(kept: Mapping[str, DecisionForm]) -> str:
    now = clock.now()
    with reading() as session:
        unread, count = reading_list.reading_list(session, current_actor(), now, clock.day_of(now))
    entries = [Entry(one, read(one.sheet), _form(one, kept)) for one in unread]
    gone = [form for uid, form in kept.items() if uid not in {one.uid for one in unread}]
    return render_template("desk/reading.html", entries=entries, count=count, gone=gone)


def _form(unread: Unread, kept: Mapping[str, DecisionForm]) -> DecisionForm:
    """The form of one letter: empty, or as it was sent, but always over the text that the page shows now."""
    form = kept.get(unread.uid) or DecisionForm(formdata=None, prefix=unread.uid)
    form.read.data = unread.read
    form.decision.choices = choices(
        [(Decision.LATER, "稍后再定"), (Decision.AGREE, unread.agree), (Decision.RETURN, "退回起草人")]
    )
    return form
