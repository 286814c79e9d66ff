"""Asking a question (咨询) on the web, reading the answer, and making a request of it."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from wtforms import HiddenField, SelectField, StringField, TextAreaField

from gkapply import clock
from gkapply.casework import enquiries, enquiry_contact, enquiry_request, limits
from gkapply.casework.application_check import Findings
from gkapply.casework.enquiries import LONGEST_TEXT, Question
from gkapply.casework.enquiry_outcomes import Outcome
from gkapply.casework.people import Organ
from gkapply.casework.reception import areas, receiving_organ, receiving_organs
from gkapply.config import Settings
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound, Refusal
from gkapply.web.access import public
from gkapply.web.application_form import MUST, NO_POPUP
from gkapply.web.content_page import offered, organ_names
from gkapply.web.draft_browser import keep_for, remember
from gkapply.web.draft_forms import DEFAULTS
from gkapply.web.enquiry_browser import let_read, may_read
from gkapply.web.errors import status_of
from gkapply.web.form_token import new_token, require_empty, require_token, token_of_request
from gkapply.web.forms import Answer, Form
from gkapply.web.headers import impersonal
from gkapply.web.qr import query_picture

blueprint = Blueprint("enquiries", __name__, url_prefix="/ask")

DOOR = "enquiry"
SENT = "asked"
"""Key of the browser's session: tokens of the questions that it sent, whose receipts may show the query code."""
MOST_SENT = 10


class AskForm(Form):
    """What somebody wants to know, of whom, and where an answer may be announced."""

    subject = StringField("主题", MUST, render_kw=NO_POPUP, description="一句话，最多60个字")
    text = TextAreaField("内容", MUST, render_kw=NO_POPUP)
    organ = SelectField("问哪个机关", MUST, validate_choice=False, render_kw=NO_POPUP)
    contact = StringField("电子邮箱或者手机号码")
    token = HiddenField()
    leave_empty = StringField("请勿填写此栏")

    def question(self) -> Question:
        """What was typed."""
        return Question(self.subject.data or "", self.text.data or "", self.contact.data or "")


@blueprint.get("")
@public
@impersonal
def ask() -> str:
    """The form; ``?organ=`` chooses an organ beforehand."""
    return _page(AskForm(formdata=None, data={"organ": request.args.get("organ", ""), "token": new_token()}))


@blueprint.post("")
@public
def send() -> Answer:
    """Take the question in, or show the form again with everything that was typed and every wrong field."""
    form = AskForm()
    token = form.token.data or ""
    try:
        _take_in(form, token)
        token = token_of_request(token)
    except Refusal as refusal:
        form.show(refusal)
        return _page(form), status_of(refusal)
    session[SENT] = [*(one for one in session.get(SENT, []) if one != token), token][-MOST_SENT:]
    return redirect(url_for("enquiries.receipt", token=token), 303)


@blueprint.get("/receipt/<token>")
@public
def receipt(token: str) -> str:
    """Number, query code and term of a question that was just asked; the code in the browser that asked it alone."""
    with reading() as unit:
        enquiry = enquiries.asked_with(unit, token)
        if enquiry is None or token not in session.get(SENT, []):
            raise NotFound("没有这份回执，或者不是用这个浏览器提交的", do="请凭咨询编号和查询码在「查询进度」页查看")
        let_read(enquiry)
        return render_template(
            "enquiries/receipt.html",
            enquiry=enquiry,
            code=enquiries.query_code(unit, enquiry),
            qr=query_picture(enquiry.reference),
            contact=enquiry_contact.masked(unit, enquiry),
        )


@blueprint.get("/<reference>")
@public
def show(reference: str) -> Answer:
    """The question, where it lies, the answer; for a browser that has shown the code."""
    if not may_read(reference):
        return redirect(url_for("track.ask", number=reference), 303)
    with reading() as unit:
        enquiry = enquiries.find(unit, reference)
        let_read(enquiry)
        return render_template("enquiries/show.html", enquiry=enquiry, outcomes=Outcome)


@blueprint.post("/<reference>/request")
@public
def turn(reference: str) -> Answer:
    """Go on to a draft of an application with the question in it: whoever completes and sends it makes the request."""
    if not may_read(reference):
        return redirect(url_for("track.ask", number=reference), 303)
    now, settings, network = clock.now(), _settings(), request.remote_addr or ""
    limit = limits.Limit(limits.DRAFT, settings.drafts_per_hour)
    with transaction() as unit:
        limits.require_within(unit, limit, network, now)
        enquiry = enquiries.find(unit, reference, for_step=True)
        token = enquiry_request.begin(unit, enquiry, DEFAULTS, now, keep_for())
        limits.count(unit, limit, token, network, now, succeeded=True)
    flash("咨询的内容已经带到申请表。请核对、补填申请人后提交；提交以后才成为公开申请")
    return remember(redirect(url_for("drafts.content", token=token), 303), token)


def _take_in(form: AskForm, token: str) -> None:
    """Raises Refusal with everything that is wrong."""
    require_empty(form.leave_empty.data or "")
    require_token(token)
    now, network, code = clock.now(), request.remote_addr or "", form.organ.data or ""
    limit, found, question = limits.Limit(DOOR, _settings().submissions_per_hour), Findings(), form.question()
    with transaction() as unit:
        limits.require_within(unit, limit, network, now)
        found.test(enquiries.checked, question)
        if code not in {one.code for one in receiving_organs(unit, clock.today())}:
            found.add("organ", "请选择问哪个机关", do="不清楚的，可以按事项查找")
        found.settle()
        organ: Organ = receiving_organ(unit, code, clock.today())
        enquiry = enquiries.ask(unit, organ, question, token_of_request(token), now)
        limits.count(unit, limit, enquiry.reference, network, now, succeeded=True)


def _page(form: AskForm) -> Any:
    form.organ.choices = offered(organ_names())
    with reading() as unit:
        today = clock.today()
        answering = [one for one in areas(unit, today) if one.takes_requests]
        terms = {one.office_settings().enquiry_term for one in receiving_organs(unit, today)}
    term = terms.pop() if len(terms) == 1 else None
    return render_template("enquiries/ask.html", form=form, areas=answering, longest=LONGEST_TEXT, term=term)


def _settings() -> Settings:
    found: Settings = current_app.config["GKAPPLY"]
    return found
