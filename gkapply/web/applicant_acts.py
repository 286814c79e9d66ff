"""What an applicant may do to a request that the query code opened: withdraw it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from gkapply import clock
from gkapply.casework import track, withdrawal
from gkapply.casework.access import open_case
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.web.access import public
from gkapply.web.errors import status_of
from gkapply.web.forms import Form
from gkapply.web.track import NotOpened, applicant_on_track, once_more

blueprint = Blueprint("acts", __name__)


@blueprint.get("/track/<reference>/withdraw")
@public
def ask_withdrawal(reference: str) -> Any:
    """What withdrawing means, before it is done."""
    try:
        return _withdrawal_page(reference, Form(formdata=None))
    except NotOpened:
        return redirect(url_for("track.ask", number=reference), 303)


@blueprint.post("/track/<reference>/withdraw")
@public
def withdraw(reference: str) -> Any:
    """Withdraw: the request ends at once."""
    form = Form()
    try:
        with transaction() as unit:
            actor = applicant_on_track(unit, reference)
            case = open_case(unit, reference, actor, for_step=True)
            withdrawal.withdraw_online(unit, case, actor, clock.now())
    except NotOpened as refusal:
        return once_more(refusal)
    except Refusal as refusal:
        form.show(refusal)
        return _withdrawal_page(reference, form), status_of(refusal)
    flash("您已撤回申请，本件不再办理")
    return redirect(url_for("track.show", reference=reference), 303)


def _withdrawal_page(reference: str, form: Form) -> str:
    with reading() as unit:
        progress = track.progress(unit, applicant_on_track(unit, reference), clock.today())
    return render_template("track/withdraw.html", progress=progress, form=form)
