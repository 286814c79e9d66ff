"""My requests (我的申请): what the account that is logged in opens, without query codes."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import case_links
from gkapply.casework.own_requests import own_requests
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.web.errors import status_of
from gkapply.web.me_login import for_citizens, holder
from gkapply.web.row_key import row_key
from gkapply.web.track import AskForm, by_code
from workflows.case_states import CaseState

blueprint = Blueprint("me", __name__)

STATES = {one.value: one for one in CaseState}


@blueprint.get("/me")
@for_citizens
def index() -> str:
    """Every request of the account: where it stands, what comes next, what waits to be read."""
    with reading() as unit:
        before = request.args.get("before", type=row_key)
        state = STATES.get(request.args.get("state", ""))
        found = own_requests(unit, holder().citizen_id, clock.today(), before=before, state=state)
    return render_template("me/index.html", found=found, before=before, state=state)


@blueprint.get("/me/claim")
@for_citizens
def ask_claim() -> str:
    """Ask for number and query code of a request that was sent without the account."""
    return render_template("me/claim.html", form=AskForm(formdata=None))


@blueprint.post("/me/claim")
@for_citizens
def claim() -> Any:
    """Take a request into the account: the same answer for an unknown number and a wrong code, and the same bound, as at /track."""
    form = AskForm()
    try:
        return _claim(form.number.data or "", form.code.data or "")
    except Refusal as refusal:
        form.show(refusal)
        return render_template("me/claim.html", form=form), status_of(refusal)


def _claim(number: str, code: str) -> Response:
    _, opened = by_code(number, code)
    with transaction() as unit:
        case_links.claim(unit, holder().citizen_id, unit.merge(opened, load=False), clock.now())
    flash(f"{opened.reference} 已加入“我的申请”，以后登录就能查看，不必再输入查询码")
    return redirect(url_for("me.index"), 303)
