"""Referrals (转办): what lies where since when, and the page of one for its unit and for the office that sent it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from wtforms import FileField, IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, NumberRange

from gkapply import clock
from gkapply.casework import access_log, referral_desk, referral_lines, referral_list, referrals, referring, units
from gkapply.casework.access import Actor
from gkapply.casework.docket_places import Place
from gkapply.casework.duty_names import people_of
from gkapply.casework.flow import REFERRALS
from gkapply.casework.link_door import address_of
from gkapply.casework.referral_list import Filter
from gkapply.casework.referral_records import Referral
from gkapply.casework.uploads import keep_upload
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound, NotPermitted, Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.application_form import MUST, NO_POPUP
from gkapply.web.errors import status_of
from gkapply.web.forms import Answer, Form, choices
from gkapply.web.options import Viewer, referral_cannot
from gkapply.web.qr import picture
from gkapply.web.uploads import uploaded
from workflows.duties import CASE_DUTIES, UNIT_DUTIES

blueprint = Blueprint("referrals", __name__, url_prefix="/desk/referrals")


class AnswerForm(Form):
    """What came of it."""

    text = TextAreaField("办理结果", render_kw={"rows": 6}, description="检索情况、能否公开的意见和依据；最多5000字")
    files = FileField("材料")


class ReturnForm(Form):
    """Why it is sent back."""

    reason = TextAreaField("退回的理由", MUST, render_kw=NO_POPUP, id="return-reason")


class WithdrawForm(Form):
    """Why nothing is awaited any more."""

    reason = TextAreaField("撤回的理由", MUST, render_kw=NO_POPUP, id="withdraw-reason")


class HandOnForm(Form):
    """To which unit, which part, by when."""

    unit = SelectField("转交给", MUST, validate_choice=False, render_kw=NO_POPUP)
    matter = TextAreaField("转交的事项", MUST, render_kw=NO_POPUP)
    working_days = IntegerField(
        "办结时限（工作日）", [InputRequired("请填写办结时限"), NumberRange(1, message="至少1个工作日")], default=2
    )


@blueprint.get("")
@requires(*UNIT_DUTIES)
def index() -> str:
    """What lies with whom since when, and what lies with the viewer's own unit."""
    actor, today = current_actor(), clock.today()
    after = Place.read(request.args["after"]) if request.args.get("after") else None
    with reading() as session:
        view = request.args.get("view") or referral_list.first_view(session, actor)
        wanted = Filter(
            view, request.args.get("where", ""), _day(request.args.get("since", "")), request.args.get("late") == "1"
        )
        page = referral_list.listed(session, actor, wanted, today, after)
        lying = referral_list.places(session, actor)
    return render_template(
        "referrals/index.html",
        page=page,
        wanted=wanted,
        places=lying,
        views=referral_list.views_of(actor),
        first=after is None,
        opens_cases=actor.holds(*CASE_DUTIES),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refusal("日期不正确", field="since", do="请按年-月-日填写") from error


@blueprint.get("/<uid>")
@requires(*UNIT_DUTIES)
def show(uid: str) -> str:
    """One referral: for its unit what is wanted, for the office what came of it."""
    return _page(uid)


@blueprint.get("/<uid>/slip")
@requires(*UNIT_DUTIES)
def slip(uid: str) -> str:
    """The 转办单 to print: with the code that opens its page, and the link for a unit without accounts."""
    actor, today = current_actor(), clock.today()
    with reading() as session:
        found = referrals.open_referral(session, uid, actor)
        token, code = referrals.link_of(session, found) if actor.organ_id == found.organ_id else ("", "")
        address = address_of(session, "referral", token, request.url_root) if token else ""
        return render_template(
            "referrals/slip.html",
            line=referral_lines.line(found, today),
            asked=referral_lines.request_of(session, found, today),
            address=address,
            code=code,
            picture=picture(address or url_for("referrals.show", uid=uid, _external=True)),
        )


@blueprint.post("/<uid>/accept")
@requires(*UNIT_DUTIES)
def accept(uid: str) -> Answer:
    """Take it from the pool."""
    return _act(uid, None, referral_desk.accept, "已签收，由您办理")


@blueprint.post("/<uid>/answer")
@requires(*UNIT_DUTIES)
def answer(uid: str) -> Answer:
    """Answer it; files are examined before the unit begins."""
    form, files = AnswerForm(), uploaded("files")

    def act(session: Session, found: Referral, actor: Actor, now: Any) -> None:
        referral_desk.answer(session, found, form.text.data or "", files, actor, now)

    try:
        with reading() as session:
            referrals.open_referral(session, uid, current_actor())
            for one in files:
                keep_upload(session, one, field="files")
    except NotFound:
        raise
    except Refusal as refusal:
        form.show(refusal)
        return _page(uid, form), status_of(refusal)
    return _act(uid, form, act, "已反馈")


@blueprint.post("/<uid>/send-back")
@requires(*UNIT_DUTIES)
def send_back(uid: str) -> Answer:
    """Give it back with a reason."""
    return _act(uid, form := ReturnForm(), _with_reason(form, referral_desk.send_back), "已退回")


@blueprint.post("/<uid>/hand-on")
@requires(*UNIT_DUTIES)
def hand_on(uid: str) -> Answer:
    """Hand a part on to a unit of one's own organ."""
    form = HandOnForm()

    def act(session: Session, found: Referral, actor: Actor, now: Any) -> None:
        days = form.working_days.data or 0
        referral_desk.hand_on(session, found, form.unit.data or "", form.matter.data or "", days, actor, now)

    return _act(uid, form, act, "已转交一部分，本单位仍负责按期反馈")


@blueprint.post("/<uid>/urge")
@requires(*CASE_DUTIES)
def urge(uid: str) -> Answer:
    """Urge the unit."""
    return _act(uid, None, referring.urge, "已催办")


@blueprint.post("/<uid>/withdraw")
@requires(*CASE_DUTIES)
def withdraw(uid: str) -> Answer:
    """Nothing is awaited any more."""
    return _act(uid, form := WithdrawForm(), _with_reason(form, referring.withdraw), "已撤回")


@blueprint.post("/<uid>/settle")
@requires(*CASE_DUTIES)
def settle(uid: str) -> Answer:
    """Take note of a return."""
    return _act(uid, None, referring.settle, "已记录知悉")


Deed = Callable[[Session, Referral, Actor, Any], Any]


def _with_reason(form: ReturnForm | WithdrawForm, deed: Callable[..., Any]) -> Deed:
    return lambda session, found, actor, now: deed(session, found, form.reason.data or "", actor, now)


def _act(uid: str, form: Form | None, deed: Deed, done: str) -> Answer:
    """Do it in one unit of work; what is refused comes back on the page with what was typed."""
    actor, shown = current_actor(), form or Form()
    try:
        if form is not None and not form.validate():
            return _page(uid, form), 422
        with transaction() as session:
            deed(session, referrals.open_referral(session, uid, actor, for_step=True), actor, clock.now())
    except (NotFound, NotPermitted):
        raise
    except Refusal as refusal:
        shown.show(refusal)
        return _page(uid, shown), status_of(refusal)
    flash(done)
    return redirect(url_for("referrals.show", uid=uid), 303)


def _page(uid: str, refused: Form | None = None) -> str:
    actor, now = current_actor(), clock.now()
    today = clock.day_of(now)
    with transaction() as session:
        found = referrals.open_referral(session, uid, actor)
        if found.shows_applicant and actor.organ_id != found.organ_id:
            access_log.note_access(session, actor, "referral.shown", now, case_id=found.case_id, of=found.uid)
    with reading() as session:
        found = referrals.open_referral(session, uid, actor)
        ours, office = referrals.serves(session, actor, found), actor.organ_id == found.organ_id
        handing = _form(HandOnForm, refused)
        others = units.units_of(session, actor.organ_id) if ours and actor.organ_id is not None else []
        handing.unit.choices = choices(
            [("", "请选择"), *((one.uid, one.name) for one in others if one.id != found.unit_id)]
        )
        possible = {one.step.trigger for one in REFERRALS.available(found, actor, now) if one.possible}
        return render_template(
            "referrals/show.html",
            line=referral_lines.line(found, today),
            asked=referral_lines.request_of(session, found, today),
            handed=[referral_lines.line(one, today) for one in found.case.referrals if one.parent_id == found.id],
            answering=_form(AnswerForm, refused),
            returning=_form(ReturnForm, refused),
            withdrawing=_form(WithdrawForm, refused),
            handing=handing,
            refused=refused,
            can=possible if ours else set(),
            office=possible if office and actor.holds(*CASE_DUTIES) else set(),
            opens_case=office and actor.holds(*CASE_DUTIES),
            cannot=referral_cannot(found, Viewer(actor, now, people_of(session, found.organ_id, today))),
            link=bool(found.link_hash) and found.is_open and office,
            unreachable=office and found.is_open and not found.link_hash and referrals.reaches_nobody(found.unit),
        )


def _form(kind: type[Form], refused: Form | None) -> Any:
    """The form that was refused, or an empty one."""
    return refused if isinstance(refused, kind) else kind(formdata=None)
