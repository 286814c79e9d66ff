"""The book of incoming mail (收文登记): entered by keyboard, settled one by one, printed and handed out by the month."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response
from wtforms import DateField, FileField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from gkapply import clock
from gkapply.casework import incoming_list, incoming_mail, incoming_settling
from gkapply.casework.docket_places import Place
from gkapply.casework.incoming_kinds import MAIL, SETTLED_BY_HAND, MailOutcome, Purpose
from gkapply.casework.incoming_mail import KEEPERS, READERS, AlreadyEntered, Envelope
from gkapply.casework.incoming_settling import CASE, CONSULTATION, LETTER, Lead, Settlement
from gkapply.casework.services import store
from gkapply.casework.uploads import keep_upload
from gkapply.database import reading, transaction
from gkapply.law.channels import SIGNED_POST
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.application_form import MUST, NO_POPUP
from gkapply.web.attachment import attachment
from gkapply.web.csv_file import csv_file
from gkapply.web.errors import status_of
from gkapply.web.form_token import new_token, require_token
from gkapply.web.forms import Answer, Form, choices
from gkapply.web.uploads import any_chosen, uploaded_one

blueprint = Blueprint("incoming", __name__, url_prefix="/desk/incoming")

AGAIN = "incoming_again"
"""Key of the browser's session: what the next envelope of the same post round most likely shares with the last."""
SHARED = ("channel", "came_on", "signed_by", "passed_to")


class EnvelopeForm(Form):
    """One envelope; Enter sends it, and the next one begins with what it shares."""

    tracking = StringField("邮件号码", description="可以扫码枪录入；平常信函没有号码的留空")
    sender = StringField("寄件人（照信封写）", MUST, render_kw=NO_POPUP)
    channel = SelectField("种类", MUST, choices=choices(MAIL.items()), default=SIGNED_POST, validate_choice=False)
    came_on = DateField("收到日期", MUST, render_kw=NO_POPUP, description="签收之日，不是拆阅、登记之日")
    came_at = StringField("时间", description="例如 9:30；今天收到的可以留空")
    signed_by = StringField("签收人")
    passed_to = StringField("转交给")
    late_reason = StringField("补登理由", description="收到日期早于今天的必填")
    photo = FileField("信封照片", [Optional()])
    token = HiddenField()

    def envelope(self) -> Envelope:
        """What was typed."""
        words = ("channel", "came_at", "tracking", "signed_by", "sender", "passed_to", "late_reason")
        return Envelope(
            came_on=self.came_on.data,
            photo=uploaded_one("photo"),
            **{name: self[name].data or "" for name in words},
        )


class SettleForm(Form):
    """What the envelope is, if it is no new request."""

    outcome = RadioField(
        "处理", MUST, choices=choices([(one.value, one.label) for one in SETTLED_BY_HAND]), validate_choice=False
    )
    case = StringField("属于哪件申请", description="登记编号，例如 2026-0012")
    purpose = SelectField(
        "来件是", choices=choices([("", "请选择"), *((one.value, one.label) for one in Purpose)]), validate_choice=False
    )
    passed_to = StringField("转交给", description="不是申请的必填，例如：县信访局、退回邮政")
    reason = TextAreaField("说明", description="不是申请、作废的必填")


@blueprint.get("")
@requires(*READERS)
def index() -> str:
    """The form for the next envelope, and the list: what is open, or the whole book."""
    again = session.get(AGAIN, {})
    data = {"came_on": clock.today(), **_shared(again), "token": new_token()}
    return _index(EnvelopeForm(formdata=None, data=data))


@blueprint.post("")
@requires(*KEEPERS)
def enter() -> Answer:
    """Enter an envelope, or show the form again with what was typed; a number that is known is refused with a link to the first."""
    form = EnvelopeForm()
    try:
        reference = _entered(form)
    except Refusal as refusal:
        form.show(refusal)
        first = refusal.first if isinstance(refusal, AlreadyEntered) else ""
        return _index(form, first=first), status_of(refusal)
    session[AGAIN] = {name: str(form[name].data or "") for name in SHARED}
    flash(f"已登记 {reference}，可以接着登记下一件")
    return redirect(url_for("incoming.index"), 303)


@blueprint.get("/month")
@requires(*READERS)
def month() -> str:
    """A month of the book, to be printed on A4 across."""
    wanted = _month()
    with transaction() as unit:
        lines = incoming_list.month(unit, current_actor(), wanted, clock.today(), clock.now(), "printed")
        return render_template("incoming/month.html", month=wanted, lines=list(lines), heads=incoming_list.HEADS)


@blueprint.get("/month.csv")
@requires(*READERS)
def export() -> Response:
    """A month of the book as csv."""
    wanted = _month()
    with transaction() as unit:
        lines = incoming_list.month(unit, current_actor(), wanted, clock.today(), clock.now(), "exported")
        rows = [line.cells for line in lines]
    return csv_file(incoming_list.HEADS, rows, f"收文登记-{wanted}.csv")


@blueprint.get("/<reference>")
@requires(*READERS)
def show(reference: str) -> str:
    """One envelope, what became of it, and what may be done."""
    return _page(reference, SettleForm(formdata=None))


@blueprint.post("/<reference>")
@requires(*KEEPERS)
def settle(reference: str) -> Answer:
    """Settle an envelope; what belongs to a request leads on to the step that takes it."""
    form, actor = SettleForm(), current_actor()
    said = Settlement(**{name: form[name].data or "" for name in ("outcome", "reason", "case", "purpose", "passed_to")})
    try:
        with transaction() as unit:
            mail = incoming_mail.find(unit, reference, actor, for_step=True)
            lead = incoming_settling.settle(unit, mail, said, actor, clock.now())
            came_on = mail.came_on.isoformat()
    except Refusal as refusal:
        form.show(refusal)
        return _page(reference, form), status_of(refusal)
    if lead is None:
        flash(f"{reference} 已处理")
        return redirect(url_for("incoming.index"), 303)
    flash(f"{reference} 已归入该申请，收到日期 {came_on}；请接着办理相应的步骤")
    return redirect(_where(lead, came_on), 303)


@blueprint.get("/<reference>/photo")
@requires(*READERS)
def photo(reference: str) -> Response:
    """The photo of the envelope; looking at it is noted."""
    actor = current_actor()
    with transaction() as unit:
        mail = incoming_mail.find(unit, reference, actor)
        incoming_mail.note_photo(unit, mail, actor, clock.now())
        content, media_type, name = store(unit).get(mail.photo_sha), mail.photo_type, mail.photo_name
    return attachment(content, media_type, name)


def _entered(form: EnvelopeForm) -> str:
    token, envelope = form.token.data or "", form.envelope()
    require_token(token)
    incoming_mail.check(envelope, clock.today())
    if envelope.photo is not None:
        with reading() as unit:
            keep_upload(unit, envelope.photo, field="photo")
    with transaction() as unit:
        return incoming_mail.enter(unit, envelope, token, current_actor(), clock.now()).reference


def _shared(again: dict[str, str]) -> dict[str, Any]:
    """What the last envelope leaves for the next: kind, who signed, to whom; the day only while it is today's."""
    return {name: again[name] for name in SHARED if name != "came_on" and again.get(name)}


def _index(form: EnvelopeForm, first: str = "") -> str:
    actor = current_actor()
    view = request.args.get("view", incoming_list.OPEN)
    after = Place.read(request.args["after"]) if request.args.get("after") else None
    with reading() as unit:
        page = incoming_list.listed(unit, actor, clock.today(), view, after)
    return render_template(
        "incoming/index.html",
        page=page,
        form=form,
        view=view,
        views=incoming_list.VIEWS,
        on_first=after is None,
        duplicate=first,
        files_lost=any_chosen(),
        may_enter=actor.holds(*KEEPERS),
        month=f"{clock.today():%Y-%m}",
    )


def _page(reference: str, form: SettleForm) -> str:
    actor = current_actor()
    with reading() as unit:
        mail = incoming_mail.find(unit, reference, actor)
        line = incoming_list.line(unit, mail, clock.today())
        may_settle = actor.holds(*KEEPERS) and mail.ended_at is None
        known = mail.outcome is not MailOutcome.MISTAKE
        return render_template(
            "incoming/show.html", mail=mail, line=line, form=form, may_settle=may_settle, known=known
        )


def _where(lead: Lead, came_on: str) -> str:
    if not lead.trigger:
        return url_for("desk.case", reference=lead.key)
    if lead.thing == CASE:
        return url_for("steps.case", reference=lead.key, trigger=lead.trigger, on=came_on)
    endpoint = {CONSULTATION: "steps.question", LETTER: "steps.letter"}[lead.thing]
    return url_for(endpoint, uid=lead.key, trigger=lead.trigger, on=came_on)


def _month() -> str:
    return request.args.get("month", "") or f"{clock.today():%Y-%m}"
