"""Tables 三 and 四 of the annual report on the page: every figure leads back to its cases."""

from flask import Blueprint, render_template, request

from gkapply import clock
from gkapply.casework import report
from gkapply.casework.access import Actor
from gkapply.casework.people import Organ
from gkapply.database import reading
from gkapply.law import annual_rows
from gkapply.law.annual_report import DEFAULT_RULE
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from workflows.duties import CASE_DUTIES, Duty

blueprint = Blueprint("report", __name__)
READERS = (Duty.STATISTICIAN, Duty.HEAD, Duty.SUPERVISOR)
TOTAL = "total"
"""The column of sums, in an address."""


@blueprint.get("/report")
@requires(*READERS)
def annual() -> str:
    """The tables of one year, the present one unless another is asked for."""
    actor, this_year = current_actor(), clock.today().year
    year = _year(request.args.get("year", ""), this_year)
    with reading() as session:
        organ = session.get_one(Organ, actor.organ_id)
        figures = report.annual(session, organ, year)
    return render_template(
        "report/annual.html",
        figures=figures,
        year=year,
        years=range(this_year, report.EARLIEST_YEAR - 1, -1),
        columns=[*(column.code for column in annual_rows.COLUMNS), TOTAL],
        leads_to_cases=_sees_cases(actor),
        rule=DEFAULT_RULE.label,
    )


@blueprint.get("/report/<int:year>/<row>/<column>")
@requires(Duty.STATISTICIAN, Duty.HEAD)
def cell(year: int, row: str, column: str) -> str:
    """The cases that one figure counts."""
    actor = current_actor()
    rows = {one.code: one for one in annual_rows.ROWS}
    columns = {one.code: one.label for one in annual_rows.COLUMNS} | {TOTAL: annual_rows.TOTAL_LABEL}
    if row not in rows or column not in columns:
        raise Refusal("报表中没有这一格", do="请从年度报告表中点选", field="row")
    with reading() as session:
        organ = session.get_one(Organ, actor.organ_id)
        cases = report.cases_of_cell(session, organ, year, row, None if column == TOTAL else column)
        lines = [(one.reference, one.received_on, one.ended_on, one.state.label, one.report_reason) for one in cases]
    return render_template("report/cell.html", year=year, label=rows[row].label, column=columns[column], lines=lines)


def _sees_cases(actor: Actor) -> bool:
    return not actor.duties.isdisjoint(CASE_DUTIES)


def _year(text: str, otherwise: int) -> int:
    if not text:
        return otherwise
    if not text.isdecimal():
        raise Refusal("年度须是四位数字", "条例第五十条", field="year", do="例如 2026")
    return int(text)
