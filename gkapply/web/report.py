"""The annual report on a page: tables 三 and 四 of a year, every figure a link to its cases or disputes."""

from datetime import date

from flask import Blueprint, render_template, request

from gkapply import clock
from gkapply.casework import dispute_report, report
from gkapply.casework.dispute_lines import dispute_line
from gkapply.casework.fee_register import fees_of
from gkapply.casework.report import EARLIEST_YEAR
from gkapply.database import reading
from gkapply.law.annual_report import DEFAULT_RULE, DisputePath, DisputeResult
from gkapply.law.annual_rows import COLUMNS, ROWS, TOTAL_LABEL
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.report_choice import organ_asked, year_asked
from workflows.duties import CASE_DUTIES, Duty

blueprint = Blueprint("report", __name__)

PAGE = 100
"""Cases of one figure on one page."""
READERS = (Duty.STATISTICIAN, Duty.HEAD, Duty.SUPERVISOR)
COLUMN_CODES = (*(column.code for column in COLUMNS), "")
"""Codes of the seven columns in their order; the sum has none."""


@blueprint.get("/report")
@requires(*READERS)
def index() -> str:
    """Tables 三 and 四 of one organ and year."""
    actor, year = current_actor(), year_asked()
    with reading() as session:
        organs = report.organs_of(session, actor)
        organ = organ_asked(organs)
        figures = report.annual(session, organ, year)
        fees = fees_of(session, organ.id, year)
    return render_template(
        "report/index.html",
        fees=fees,
        figures=figures,
        organ=organ,
        organs=organs,
        year=year,
        years=range(clock.today().year, EARLIEST_YEAR - 1, -1),
        columns=COLUMN_CODES,
        rule=DEFAULT_RULE.label,
        paths=[(path.value, kind.label) for path, kind in dispute_report.PATHS.items()],
        results=[*((one.value, one.label) for one in DisputeResult), ("", TOTAL_LABEL)],
    )


@blueprint.get("/report/disputes")
@requires(*READERS)
def disputes() -> str:
    """The disputes that one figure of table 四 counts."""
    actor, year = current_actor(), year_asked()
    path, result = request.args.get("path", ""), request.args.get("result", "")
    with reading() as session:
        organ = organ_asked(report.organs_of(session, actor))
        found = dispute_report.disputes_of_cell(session, organ, year, path, result or None)
        lines = [dispute_line(one, clock.today()) for one in found]
    return render_template(
        "report/disputes.html",
        lines=lines,
        organ=organ,
        year=year,
        path=dispute_report.PATHS[DisputePath(path)].label,
        result=DisputeResult(result).label if result else TOTAL_LABEL,
    )


@blueprint.get("/report/cases")
@requires(*READERS)
def cases() -> str:
    """The cases that one figure counts."""
    actor, year = current_actor(), year_asked()
    row, column = request.args.get("row", ""), request.args.get("column", "")
    with reading() as session:
        organ = organ_asked(report.organs_of(session, actor))
        found = report.cases_of_cell(session, organ, year, row, column or None, after=_after(), limit=PAGE + 1)
    return render_template(
        "report/cases.html",
        cases=found[:PAGE],
        last=found[PAGE - 1] if len(found) > PAGE else None,
        organ=organ,
        year=year,
        row=next(one for one in ROWS if one.code == row),
        column=next((one.label for one in COLUMNS if one.code == column), TOTAL_LABEL),
        column_code=column,
        opens=actor.holds(*CASE_DUTIES),
    )


def _after() -> tuple[date, int] | None:
    """Where the page begins. Raises Refusal for a place that no page wrote."""
    typed = request.args.get("after", "")
    if not typed:
        return None
    day, _, key = typed.partition("~")
    try:
        return date.fromisoformat(day), int(key)
    except ValueError:
        raise Refusal("翻页的位置无法识别", do="请回到第一页", field="after") from None
