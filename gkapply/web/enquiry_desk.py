"""The desk of enquiries (咨询): what waits by its last day, the page of one, an oral question entered and answered in one step."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from sqlalchemy.orm import Session
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField

from gkapply import clock
from gkapply.casework import enquiries, enquiry_answers, enquiry_contact, enquiry_list
from gkapply.casework.access import Actor
from gkapply.casework.docket_places import Place
from gkapply.casework.enquiries import DESK, ORAL, Question
from gkapply.casework.enquiry_outcomes import GIVEN, Outcome
from gkapply.casework.enquiry_records import Enquiry
from gkapply.database import reading, transaction
from gkapply.law.channels import COUNTER
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.application_form import MUST, NO_POPUP
from gkapply.web.errors import status_of
from gkapply.web.form_token import new_token, require_token
from gkapply.web.forms import Answer, Form, choices
from workflows.duties import CASE_DUTIES, Duty

blueprint = Blueprint("enquiry_desk", __name__, url_prefix="/desk/enquiries")

ENTERED = "enquiries_entered"
"""Key of the browser's session: numbers whose query code may be shown, for telling it to whoever asked."""
OUTCOMES = [(one.value, one.label) for one in GIVEN]
OWN_WORDS = "选「答复」的必须填写；其他的可以不填，即使用下方列出的通用文字"


class AnswerForm(Form):
    """The answer, or which other way the question should go."""

    outcome = RadioField("处理方式", MUST, choices=choices(OUTCOMES), default=Outcome.ANSWERED, validate_choice=False)
    words = TextAreaField("答复内容", description=OWN_WORDS)


class MoveForm(Form):
    """To which other organ, and why."""

    organ = SelectField("转交给", MUST, validate_choice=False, render_kw=NO_POPUP)
    reason = TextAreaField("转交的理由", MUST, render_kw=NO_POPUP, description="提问人会看到")


class ContactForm(Form):
    """Why the contact is to be shown."""

    why = StringField("查看事由", MUST, render_kw=NO_POPUP)


class EnterForm(Form):
    """An oral question, and its answer when it was given at once."""

    channel = RadioField("提出方式", MUST, choices=choices(ORAL.items()), validate_choice=False)
    subject = StringField("主题", MUST, render_kw=NO_POPUP)
    text = TextAreaField("咨询内容", MUST, render_kw=NO_POPUP)
    contact = StringField("电子邮箱或者手机号码", description="提问人愿意留的才填写；不要求姓名和证件")
    outcome = RadioField(
        "是否当场答复", choices=choices([("", "以后答复"), *OUTCOMES]), default="", validate_choice=False
    )
    words = TextAreaField("答复内容", description=OWN_WORDS)
    token = HiddenField()


@blueprint.get("")
@requires(*DESK)
def index() -> str:
    """What waits for an answer by its last day, or what has ended."""
    view = request.args.get("view", enquiry_list.OPEN)
    after = Place.read(request.args["after"]) if request.args.get("after") else None
    actor = current_actor()
    with reading() as unit:
        page = enquiry_list.listed(unit, actor, clock.today(), view, after)
        years = enquiry_list.years(unit, actor)
    return render_template(
        "enquiries/index.html",
        page=page,
        view=view,
        views=enquiry_list.VIEWS,
        years=years,
        first=after is None,
        may_enter=actor.holds(Duty.REGISTRAR),
    )


@blueprint.get("/new")
@requires(Duty.REGISTRAR)
def blank() -> str:
    """The empty form for an oral question."""
    return _enter_page(EnterForm(formdata=None, data={"token": new_token(), "channel": COUNTER}))


@blueprint.post("/new")
@requires(Duty.REGISTRAR)
def enter() -> Answer:
    """Enter the question, and the answer with it where one was given."""
    form = EnterForm()
    try:
        reference = _entered(form, current_actor())
    except Refusal as refusal:
        form.show(refusal)
        return _enter_page(form), status_of(refusal)
    session[ENTERED] = [*(one for one in session.get(ENTERED, []) if one != reference), reference][-10:]
    flash("咨询已登记，请把编号和查询码告诉提问人" if not form.outcome.data else "咨询和答复已登记")
    return redirect(url_for("enquiry_desk.show", reference=reference), 303)


@blueprint.get("/<reference>")
@requires(*CASE_DUTIES)
def show(reference: str) -> str:
    """One question, what became of it, and what may be done."""
    return _page(reference)


@blueprint.post("/<reference>/answer")
@requires(*DESK)
def answer(reference: str) -> Answer:
    """Answer the question."""
    form = AnswerForm()

    def act(unit: Session, enquiry: Enquiry, actor: Actor) -> None:
        enquiry_answers.answer(unit, enquiry, form.outcome.data or "", form.words.data or "", actor, clock.now())

    return _act(reference, form, act, "答复已发布，提问人凭编号和查询码查看")


@blueprint.post("/<reference>/move")
@requires(*DESK)
def move(reference: str) -> Answer:
    """Hand the question on to another organ, where it leaves this desk."""
    form = MoveForm()

    def act(unit: Session, enquiry: Enquiry, actor: Actor) -> None:
        enquiry_answers.hand_on(unit, enquiry, form.organ.data or "", form.reason.data or "", actor, clock.now())

    return _act(reference, form, act, "咨询已转交，答复期限不变", url_for("enquiry_desk.index"))


@blueprint.post("/<reference>/contact")
@requires(*DESK)
def contact(reference: str) -> Answer:
    """Write down who looks and why, then show the contact on this one answer."""
    form, actor = ContactForm(), current_actor()
    try:
        with transaction() as unit:
            enquiry = enquiries.open_enquiry(unit, reference, actor)
            shown = enquiry_contact.in_clear(unit, enquiry, form.why.data or "", actor, clock.now())
    except Refusal as refusal:
        form.show(refusal)
        return _page(reference, form), status_of(refusal)
    return _page(reference, shown=shown)


def _act(reference: str, form: Form, act: Any, done: str, then: str = "") -> Answer:
    actor = current_actor()
    try:
        with transaction() as unit:
            act(unit, enquiries.open_enquiry(unit, reference, actor, for_step=True), actor)
    except Refusal as refusal:
        form.show(refusal)
        return _page(reference, form), status_of(refusal)
    flash(done)
    return redirect(then or url_for("enquiry_desk.show", reference=reference), 303)


def _entered(form: EnterForm, actor: Actor) -> str:
    token, now, outcome = form.token.data or "", clock.now(), form.outcome.data or ""
    require_token(token)
    question = Question(form.subject.data or "", form.text.data or "", form.contact.data or "")
    with transaction() as unit:
        enquiry, is_new = enquiries.enter(unit, form.channel.data or "", question, token, actor, now)
        if outcome and is_new:
            enquiry_answers.answer(unit, enquiry, outcome, form.words.data or "", actor, now)
        return enquiry.reference


def _enter_page(form: EnterForm) -> str:
    return render_template("enquiries/enter.html", form=form, given=GIVEN)


def _page(reference: str, refused: Form | None = None, shown: str = "") -> Any:
    actor = current_actor()
    with reading() as unit:
        enquiry = enquiries.open_enquiry(unit, reference, actor)
        line = enquiry_list.line(unit, enquiry, clock.today())
        moving = _form(MoveForm, refused)
        organs = enquiry_answers.others(unit, enquiry, clock.now())
        moving.organ.choices = choices([("", "请选择"), *((one.code, one.name) for one in organs)])
        code = enquiries.query_code(unit, enquiry) if reference in session.get(ENTERED, []) else ""
        return render_template(
            "enquiries/desk.html",
            enquiry=enquiry,
            line=line,
            answering=_form(AnswerForm, refused),
            moving=moving,
            asking=_form(ContactForm, refused),
            refused=refused,
            given=GIVEN,
            code=code,
            masked=enquiry_contact.masked(unit, enquiry),
            shown=shown,
            may_act=actor.holds(*DESK) and enquiry.ended_at is None,
            may_register=actor.holds(Duty.REGISTRAR) and enquiry.request_id is None,
        )


def _form(kind: type[Form], refused: Form | None) -> Any:
    """The form that was refused, or an empty one."""
    return refused if isinstance(refused, kind) else kind(formdata=None)
