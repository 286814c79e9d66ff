"""The whole history of a case as a time line, to be narrowed to one kind and to be printed."""

from collections.abc import Mapping

from flask import Blueprint, render_template, request, url_for

from gkapply import clock
from gkapply.casework import casefile
from gkapply.casework.access import open_case
from gkapply.casework.timeline import Kind, Line, timeline
from gkapply.database import reading
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from workflows.duties import CASE_DUTIES

blueprint = Blueprint("case_history", __name__, url_prefix="/desk/cases/<reference>/history")

PAGES: Mapping[str, str] = {
    "letter": "desk.letter",
    "referral": "referrals.show",
    "deliberation": "deliberations.show",
    "dispute": "disputes.show",
    "paper": "download.document",
}
"""Things that have a page of their own, or a file."""


@blueprint.get("")
@requires(*CASE_DUTIES)
def show(reference: str) -> str:
    """Everything that happened to the case, the oldest first."""
    kind = _kind(request.args.get("kind", ""))
    with reading() as session:
        case = open_case(session, reference, current_actor())
        head = casefile.head(case, clock.today())
        found = timeline(session, case, kind)
    return render_template("desk/history.html", head=head, timeline=found, kind=kind, kinds=Kind, leads_to=_leads_to)


def _kind(code: str) -> Kind | None:
    if code and code not in set(Kind):
        raise Refusal("没有这一类经过", field="kind", do="请在页面上选择种类")
    return Kind(code) if code else None


def _leads_to(line: Line, reference: str) -> str:
    """The address of what a line is about; empty for none."""
    if line.thing is not None and line.thing.kind in PAGES:
        return url_for(PAGES[line.thing.kind], uid=line.thing.uid)
    if line.thing is not None:
        return url_for("desk.case", reference=reference, _anchor=line.thing.kind)
    if line.kind is Kind.FACT:
        return url_for("days.office", reference=reference)
    return url_for("desk.case", reference=reference, _anchor="among-officials") if line.kind is Kind.REMARK else ""
