"""The register of seals (用印登记簿): every use in a month, and the sheet of it to be printed."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import seal_sheet, sealing_register
from gkapply.casework.documents import WORD_TYPE
from gkapply.casework.number_register import READERS
from gkapply.casework.seal_sheet import month_of
from gkapply.config import bundled
from gkapply.database import reading
from gkapply.law.forms import FormKind
from gkapply.law.refusal import Refusal
from gkapply.law.seals import SealKind
from gkapply.letters.fields import complete
from gkapply.letters.render import render
from gkapply.letters.template import load
from gkapply.web.access import current_actor, requires
from gkapply.web.attachment import attachment

blueprint = Blueprint("seals", __name__)

SEALS = {one.value: one for one in SealKind}


@blueprint.get("/desk/seals")
@requires(*READERS)
def index() -> str:
    """Every use of a seal in a month."""
    month = _month()
    begins, ends = month_of(month)
    with reading() as session:
        uses = sealing_register.uses_of(session, current_actor(), begins, ends)
        lines = [(one, sealing_register.title_of(one.letter), SealKind(one.seal)) for one in uses]
    used = [one for one in SealKind if any(seal is one for _, _, seal in lines)]
    return render_template("seals/index.html", month=month, begins=begins, lines=lines, used=used)


@blueprint.get("/desk/seals/sheet")
@requires(*READERS)
def sheet() -> Response:
    """The 用印审批登记 of one seal and month as .docx. Raises Refusal when there is nothing in it."""
    month, seal = _month(), SEALS.get(request.args.get("seal", ""))
    if seal is None:
        raise Refusal("没有这种印章", do="请从用印登记簿中选择", field="seal")
    with reading() as session:
        found = seal_sheet.fields(session, current_actor(), seal, month, clock.today())
    template = load(bundled("answer_templates"), FormKind.SEAL_REGISTER)
    content = render(template, complete(FormKind.SEAL_REGISTER, found))
    return attachment(content, WORD_TYPE, f"用印审批登记-{seal.label}-{month}.docx")


def _month() -> str:
    """The month asked for, else the present one."""
    return request.args.get("month", "") or f"{clock.today():%Y-%m}"
