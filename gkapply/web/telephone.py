"""The note of a telephone call on a case (电话记录单): prefilled, kept with one key, printed from the sheets of the case."""

from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from gkapply import clock
from gkapply.casework import casefile, telephone_notes
from gkapply.casework.access import Actor, open_case
from gkapply.casework.records import Case
from gkapply.casework.telephone_notes import DIRECTIONS, OTHER_NUMBER, Call
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.application_form import MUST, NO_POPUP
from gkapply.web.errors import status_of
from gkapply.web.forms import Form, choices
from workflows.duties import Duty

blueprint = Blueprint("telephone", __name__)

WRITERS = (Duty.REGISTRAR, Duty.OFFICER)


class CallForm(Form):
    """One call."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    direction = RadioField("来电或者去电", MUST, choices=choices(DIRECTIONS.items()), validate_choice=False)
    line = SelectField("号码", validate_choice=False)
    said = TextAreaField("通话内容")
    result = RadioField("结果", MUST, validate_choice=False)
    outcome = StringField("处理情况", description="例如：告知最迟答复之日；转承办人")
    who = StringField("与谁通话", description="上面所选号码的本人可以不填")
    number = StringField("其他号码", description="上面没有的号码，保存时遮盖中间几位")
    on = DateField("通话日期", MUST, render_kw=NO_POPUP)
    at = StringField("时刻", MUST, render_kw=NO_POPUP, description="例如 09:30")

    def offer(self, session: Session, case: Case, now: datetime) -> None:
        """The numbers of the request, masked, and what may come of the call as the case stands; a new form begins as of now."""
        lines = telephone_notes.lines_of(session, case)
        self.line.choices = choices(
            [*((one.key, f"{one.who}　{one.number}") for one in lines), (OTHER_NUMBER, "其他号码")]
        )
        results = telephone_notes.results_for(case)
        self.said.flags.required = not results
        if results:
            self.result.choices = choices(results.items())
        elif "result" in self:
            del self.result
        self.version.data = case.version
        self.version.raw_data = None

    def call(self) -> Call:
        """What was filled in. Raises Refusal without a day."""
        if self.on.data is None:
            raise Refusal("请填写通话日期", telephone_notes.ARTICLE, field="on", do="例如 2026-03-02")
        names = ("direction", "line", "number", "who", "at", "said", "outcome")
        result = self["result"].data or "" if "result" in self else ""
        return Call(on=self.on.data, result=result, **{name: self[name].data or "" for name in names})


@blueprint.get("/desk/cases/<reference>/call")
@requires(*WRITERS)
def note(reference: str) -> str:
    """The sheet of a call that is being made, or has just been made."""
    now, actor = clock.now(), current_actor()
    with reading() as unit:
        case = open_case(unit, reference, actor)
        first = next((one.key for one in telephone_notes.lines_of(unit, case)), OTHER_NUMBER)
        at = now.astimezone(clock.OFFICE_ZONE).strftime("%H:%M")
        known = {"direction": "out", "line": first, "on": clock.day_of(now), "at": at}
        return _page(unit, case, CallForm(formdata=None, data=known), actor, now)


@blueprint.post("/desk/cases/<reference>/call")
@requires(*WRITERS)
def keep(reference: str) -> Any:
    """Keep the call, or show the sheet again with everything that was typed."""
    form, now, actor = CallForm(), clock.now(), current_actor()
    try:
        return _kept(form, reference, actor, now)
    except Refusal as refusal:
        with reading() as unit:
            case = open_case(unit, reference, actor)
            form.offer(unit, case, now)
            form.show(refusal)
            return _page(unit, case, form, actor, now), status_of(refusal)


def _kept(form: CallForm, reference: str, actor: Actor, now: datetime) -> Response:
    with transaction() as unit:
        case = open_case(unit, reference, actor, for_step=True, version=form.version.data)
        told = telephone_notes.record_call(unit, case, form.call(), actor, now)
        sheet = len(telephone_notes.calls_of(case))
    flash(f"{told}。电话记录单可以在“打印表单”中打印" if sheet else told)
    return redirect(url_for("desk.case", reference=reference), 303)


def _page(unit: Session, case: Case, form: CallForm, actor: Actor, now: datetime) -> str:
    form.offer(unit, case, now)
    return render_template(
        "desk/call.html",
        form=form,
        head=casefile.head(case, clock.day_of(now)),
        possible=telephone_notes.may_note(case, actor, now),
        waits=case.received_on is None,
    )
