"""The receipt of a submission on the web: as a page, printed, as a file, and the query code to the contact in the file."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import code_sending, limits, submission_slip
from gkapply.casework.internal_term import term_of
from gkapply.casework.new_case import submitted_with
from gkapply.casework.query_code import query_code
from gkapply.casework.records import Case
from gkapply.config import Settings
from gkapply.database import reading, transaction
from gkapply.law.channels import confirm_by
from gkapply.law.refusal import NotFound
from gkapply.web.access import public
from gkapply.web.attachment import attachment
from gkapply.web.qr import query_picture

blueprint = Blueprint("receipts", __name__)

SENT = "sent"
"""Key of the browser's session: tokens of the forms that it sent, whose receipts may show the query code."""
MOST_SENT = 10


def may_show_code(token: str) -> None:
    """This browser sent the form with that token: its receipt may show the query code."""
    session[SENT] = [*(one for one in session.get(SENT, []) if one != token), token][-MOST_SENT:]


@blueprint.get("/apply/receipt/<token>")
@public
def show(token: str) -> str:
    """The receipt (回执) of a request that was just sent.

    The query code is shown in the browser that sent the form, and nowhere else: an address may be seen by others.
    """
    with reading() as unit:
        case = _case_of(unit, token)
        code = _code(unit, case, token)
        return render_template(
            "intake/receipt.html",
            case=case,
            code=code,
            token=token,
            confirm_by=confirm_by(case.channel, clock.day_of(case.entered_at), case.calendar()),
            at_once=submission_slip.received_by_sending(case),
            receipt_is_out=submission_slip.receipt_is_out(case),
            steps=submission_slip.next_steps(case),
            ways=code_sending.ways_of(unit, case) if code else {},
            qr=query_picture(case.reference),
            term=term_of(case),
        )


@blueprint.get("/apply/receipt/<token>/file")
@public
def as_file(token: str) -> Response:
    """The receipt as a text file that opens everywhere; with the query code in the browser that sent the form."""
    with reading() as unit:
        case = _case_of(unit, token)
        address = url_for("track.ask", number=case.reference, _external=True)
        text = submission_slip.as_text(case, _code(unit, case, token), address)
        name = f"提交凭据-{case.reference}.txt"
    # The mark at the front lets old editors see that it is UTF-8.
    return attachment(text.encode("utf-8-sig"), "text/plain; charset=utf-8", name)


@blueprint.post("/apply/receipt/<token>/code")
@public
def send_code(token: str) -> Any:
    """Send the query code to the contact in the file, because the applicant asks for it. Raises NotFound elsewhere."""
    settings: Settings = current_app.config["GKAPPLY"]
    limit = limits.Limit(limits.CODE, settings.wrong_codes_per_hour)
    now, address = clock.now(), request.remote_addr or ""
    with transaction() as unit:
        limits.require_within(unit, limit, address, now)
        case = _case_of(unit, token)
        if _code(unit, case, token) is None:
            raise NotFound("本浏览器没有提交过这件申请", do="请在“查询进度”页找回查询码")
        limits.count(unit, limit, case.reference, address, now, succeeded=True)
        new = code_sending.send_code(unit, case, request.form.get("way", ""), "applicant", now)
    flash("查询码已发出，请在几分钟内查收" if new else "查询码在一小时之内已经发过，请先查收；一小时之后可以再发")
    return redirect(url_for("receipts.show", token=token), 303)


def _case_of(unit: Session, token: str) -> Case:
    case = submitted_with(unit, token)
    if case is None or case.submitted_at is None:
        raise NotFound("没有这份回执", do="如果您刚提交过申请，请返回申请页查看是否有需要更正之处")
    return case


def _code(unit: Session, case: Case, token: str) -> str | None:
    return query_code(unit, case) if token in session.get(SENT, []) else None
