"""在办分布 on a page: who has how much, each figure a way to the desk with just those requests."""

from urllib.parse import urlencode

from flask import Blueprint, render_template

from gkapply import clock
from gkapply.casework import load, saved_views
from gkapply.casework.clock_states import horizon
from gkapply.casework.docket_filters import UNASSIGNED
from gkapply.casework.docket_surroundings import surroundings
from gkapply.casework.load import Load
from gkapply.database import reading
from gkapply.web.access import current_actor, requires
from workflows.duties import CASE_DUTIES

blueprint = Blueprint("load", __name__)


@blueprint.get("/desk/load")
@requires(*CASE_DUTIES)
def index() -> str:
    """The open requests of the organ by person, and by unit where it has any."""
    actor, today = current_actor(), clock.today()
    with reading() as session:
        around = surroundings(session, actor, today, saved_views.LEDGER)
        days = horizon(today, around.calendar)
        people = load.by_officer(session, actor, days)
        units = load.by_unit(session, actor, days) if around.units else []
    tables = [("officer", "承办人", "未分办", people)]
    if around.units:
        tables.append(("unit", "承办单位", "未转办", units))
    return render_template("desk/load.html", tables=tables, to=_to)


def _to(name: str, one: Load, lamp: str = "") -> str:
    """The desk with the requests of one figure."""
    whose = UNASSIGNED if one.key is None else str(one.key)
    chosen = {"view": "all", name: whose} | ({"lamp": lamp} if lamp else {})
    return f"/desk?{urlencode(chosen)}"
