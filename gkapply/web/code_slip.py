"""The slip with a query code that was re-issued at the counter: for a few minutes, in the browser of the registrar who did it."""

from datetime import datetime, timedelta

from flask import Blueprint, redirect, render_template, session, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework.access import open_case
from gkapply.casework.query_code import query_code
from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.web.access import current_actor, requires
from gkapply.web.qr import query_picture
from workflows.duties import Duty

blueprint = Blueprint("code_slip", __name__)

REISSUED = "reissued"
"""Key of the browser's session: number of the request → until when its slip may show the code."""
SHOWN_FOR = timedelta(minutes=10)


def may_show(reference: str, now: datetime) -> None:
    """This browser may show the slip of that request for a while."""
    session[REISSUED] = {reference: int((now + SHOWN_FOR).timestamp())}


@blueprint.get("/desk/cases/<reference>/code-slip")
@requires(Duty.REGISTRAR)
def show(reference: str) -> str | Response:
    """Number and code, to be printed and handed over."""
    with reading() as unit:
        case: Case = open_case(unit, reference, current_actor())
        if session.get(REISSUED, {}).get(reference, 0) < clock.now().timestamp():
            return redirect(url_for("desk.case", reference=reference), 303)
        return _page(unit, case)


def _page(unit: Session, case: Case) -> str:
    picture = query_picture(case.reference)
    return render_template("register/code_slip.html", case=case, code=query_code(unit, case), qr=picture)
