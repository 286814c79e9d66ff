"""What an applicant does to a request that the query code opened, on pages of their own: explain, prove payment, withdraw."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from wtforms import FileField, TextAreaField
from wtforms.validators import InputRequired

from gkapply import clock
from gkapply.casework import excess, fee, track, withdrawal
from gkapply.casework.access import Actor, open_case
from gkapply.casework.application import LONGEST
from gkapply.casework.documents import Upload
from gkapply.casework.records import Case
from gkapply.casework.uploads import keep_upload
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.web.access import public
from gkapply.web.application_form import ONE_OF_THEM
from gkapply.web.errors import status_of
from gkapply.web.forms import Form
from gkapply.web.track import NotOpened, applicant_on_track, once_more
from gkapply.web.uploads import uploaded_one

blueprint = Blueprint("acts", __name__)
Act = Callable[[Session, Case, Actor], None]
"""The applicant's deed on their case."""


class ExplanationForm(Form):
    """The reasons: words, a file, or both."""

    text = TextAreaField("申请的理由", ONE_OF_THEM)
    file = FileField("说明材料", ONE_OF_THEM)


class PaymentForm(Form):
    """The proof of payment."""

    file = FileField("缴费凭证", [InputRequired("请选择文件")])


@blueprint.get("/track/<reference>/explanation")
@public
def ask_explanation(reference: str) -> Any:
    """Why the office asks, and where to answer."""
    return page_of(reference, "explain", ExplanationForm(formdata=None))


@blueprint.post("/track/<reference>/explanation")
@public
def explain(reference: str) -> Any:
    """Give the reasons."""
    form, upload = ExplanationForm(), uploaded_one("file")
    text = form.text.data or ""

    def act(unit: Session, case: Case, actor: Actor) -> None:
        if len(text) > LONGEST["description"]:
            raise Refusal(f"最多{LONGEST['description']}个字，现有{len(text)}个字", field="text", do="请写在文件里上传")
        excess.submit_explanation(unit, case, text, upload, actor, clock.now())

    return take(reference, "explain", form, act, "理由说明已提交，由受理机关认定", upload)


@blueprint.get("/track/<reference>/payment")
@public
def ask_payment(reference: str) -> Any:
    """What is to be paid, how it comes about, and where."""
    return page_of(reference, "pay", PaymentForm(formdata=None))


@blueprint.post("/track/<reference>/payment")
@public
def prove_payment(reference: str) -> Any:
    """Hand in the proof of payment."""
    form, upload = PaymentForm(), uploaded_one("file")

    def act(unit: Session, case: Case, actor: Actor) -> None:
        fee.submit_payment(unit, case, upload, actor, clock.now())

    return take(reference, "pay", form, act, "缴费凭证已提交，受理机关核对后答复期限重新计算", upload)


@blueprint.get("/track/<reference>/withdraw")
@public
def ask_withdrawal(reference: str) -> Any:
    """What withdrawing means, before it is done."""
    return page_of(reference, "withdraw", Form(formdata=None))


@blueprint.post("/track/<reference>/withdraw")
@public
def withdraw(reference: str) -> Any:
    """Withdraw: the request ends at once."""

    def act(unit: Session, case: Case, actor: Actor) -> None:
        withdrawal.withdraw_online(unit, case, actor, clock.now())

    return take(reference, "withdraw", Form(), act, "您已撤回申请，本件不再办理")


def take(reference: str, page: str, form: Form, act: Act, done: str, upload: Upload | None = None) -> Any:
    """Do it in one unit; what was written stays on the page when it is refused. The file is looked into and kept before."""
    try:
        with reading() as unit:
            applicant_on_track(unit, reference)
            if upload is not None:
                keep_upload(unit, upload)
        with transaction() as unit:
            actor = applicant_on_track(unit, reference)
            act(unit, open_case(unit, reference, actor, for_step=True), actor)
    except NotOpened as refusal:
        return once_more(refusal)
    except Refusal as refusal:
        form.show(refusal)
        return page_of(reference, page, form), status_of(refusal)
    flash(done)
    return redirect(url_for("track.show", reference=reference), 303)


def page_of(reference: str, page: str, form: Form, **more: Any) -> Any:
    """The page with that template about the request that this browser has opened; else the question for number and code."""
    try:
        with reading() as unit:
            progress = track.progress(unit, applicant_on_track(unit, reference), clock.today())
    except NotOpened:
        return redirect(url_for("track.ask", number=reference), 303)
    return render_template(f"track/{page}.html", progress=progress, form=form, longest=LONGEST["description"], **more)
