"""The pages behind the link of a 转办单: identified by code and number, then the matter, the answer, the confirmation."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from wtforms import StringField

from gkapply import clock
from gkapply.casework import referral_link
from gkapply.casework.link_door import LinkClosed
from gkapply.casework.uploads import keep_upload
from gkapply.database import reading, transaction
from gkapply.web.access import public
from gkapply.web.application_form import MUST, NO_POPUP
from gkapply.web.link_pages import (
    ANSWERED,
    IDENTIFIED,
    IdentityForm,
    closed_page,
    grant,
    holds,
    let_in,
    or_again,
)
from gkapply.web.referrals import AnswerForm, ReturnForm
from gkapply.web.uploads import uploaded

blueprint = Blueprint("referral_answer", __name__, url_prefix="/referral")
blueprint.register_error_handler(LinkClosed, closed_page)
FAILURES = "referral_link_address"


class UnitIdentityForm(IdentityForm):
    """What only the unit has."""

    tail = StringField("办公电话的后四位", MUST, render_kw=NO_POPUP)


@blueprint.get("/<token>")
@public
def show(token: str) -> Any:
    """The matter, for a browser that has identified itself; else the questions by which it does."""
    if not holds(IDENTIFIED, token):
        return _identity_page(token, UnitIdentityForm(formdata=None))
    return _matter_page(token, AnswerForm(formdata=None), ReturnForm(formdata=None))


@blueprint.post("/<token>")
@public
def identify(token: str) -> Any:
    """Let the unit in."""
    form = UnitIdentityForm()
    return let_in(form, token, FAILURES, referral_link.identify, lambda: _identity_page(token, form))


@blueprint.post("/<token>/answer")
@public
def answer(token: str) -> Any:
    """Take the answer; what was written stays on the page when it is refused."""
    form, files = AnswerForm(), uploaded("files")
    if not holds(IDENTIFIED, token):
        return redirect(url_for("referral_answer.show", token=token), 303)

    def take() -> Any:
        with reading() as session:
            for one in files:
                keep_upload(session, one, field="files")
        with transaction() as session:
            referral_link.give(session, token, form.text.data or "", files, clock.now())
        grant(ANSWERED, token)
        return redirect(url_for("referral_answer.confirmed", token=token), 303)

    return or_again(form, take, lambda: _matter_page(token, form, ReturnForm(formdata=None)))


@blueprint.post("/<token>/send-back")
@public
def send_back(token: str) -> Any:
    """Give it back with a reason."""
    form = ReturnForm()
    if not holds(IDENTIFIED, token):
        return redirect(url_for("referral_answer.show", token=token), 303)

    def give_back() -> Any:
        with transaction() as session:
            referral_link.send_back(session, token, form.reason.data or "", clock.now())
        grant(ANSWERED, token)
        return redirect(url_for("referral_answer.confirmed", token=token), 303)

    return or_again(form, give_back, lambda: _matter_page(token, AnswerForm(formdata=None), form))


@blueprint.get("/<token>/confirmed")
@public
def confirmed(token: str) -> Any:
    """What was taken and when; for the browser that sent it."""
    if not holds(ANSWERED, token):
        return redirect(url_for("referral_answer.show", token=token), 303)
    with reading() as session:
        given = referral_link.confirmation(session, token)
    return render_template("referrals/confirmed.html", given=given)


def _identity_page(token: str, form: IdentityForm) -> Any:
    with reading() as session:
        referral_link.find(session, token)
    return render_template("referrals/identify.html", form=form, token=token)


def _matter_page(token: str, form: AnswerForm, returning: ReturnForm) -> Any:
    with transaction() as session:
        referral_link.note_look(session, token, clock.now())
    with reading() as session:
        asked = referral_link.asked(session, token, clock.today())
    return render_template("referrals/matter.html", form=form, returning=returning, token=token, asked=asked)
