"""Which organs have delivered what: the quarterly sheets of a year, with the way to 督办."""

from flask import Blueprint, render_template, request

from gkapply import clock
from gkapply.casework import delivered_reports, supervision_tree
from gkapply.casework.delivered_reports import Standing
from gkapply.database import reading
from gkapply.law.report_spans import EARLIEST_YEAR, QUARTERS
from gkapply.web.access import current_actor, requires
from gkapply.web.report_choice import year_asked
from workflows.duties import Duty

blueprint = Blueprint("supervise_reports", __name__)


@blueprint.get("/supervise/reports")
@requires(Duty.SUPERVISOR)
def index() -> str:
    """The organs below, each with what it has delivered of a year."""
    today, year = clock.today(), year_asked()
    with reading() as session:
        tree = supervision_tree.tree(session, current_actor())
        organs = [one for one in tree.below(tree.root) if one.id != tree.root.id]
        lines = delivered_reports.of_year(session, organs, year, today)
    return render_template(
        "supervise/reports.html",
        lines=[one for one in lines if one.is_behind] if request.args.get("behind") else lines,
        count=len(lines),
        behind=sum(one.is_behind for one in lines),
        only_behind=bool(request.args.get("behind")),
        year=year,
        years=range(today.year, EARLIEST_YEAR - 1, -1),
        quarters=QUARTERS,
        quarterly=any(one.standing is not Standing.UNASKED for line in lines for one in line.quarters),
        asks=tree.root.office_settings().quarterly_sheets,
    )
