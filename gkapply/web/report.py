"""The annual report on a page: tables 三 and 四 of a period, every figure a link to its cases, every failing check to what breaks it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, render_template, request

from gkapply import clock
from gkapply.casework import annual_reports, report, report_checks
from gkapply.casework.annual_report_content import report_of
from gkapply.casework.annual_report_records import AnnualReportEdition
from gkapply.casework.fee_register import fees_of
from gkapply.casework.report import EARLIEST_YEAR
from gkapply.casework.report_rollup import Extent
from gkapply.database import reading
from gkapply.law.annual_checks import COLUMN_CODES
from gkapply.law.annual_differences import Difference, differences
from gkapply.law.annual_rows import TOTAL_LABEL
from gkapply.law.counting_rules import rules_of_table3, rules_of_table4
from gkapply.law.dispute_blocks import DisputePath, DisputeResult
from gkapply.web.access import current_actor, requires
from gkapply.web.report_question import PERIODS, asked
from workflows.duties import Duty

blueprint = Blueprint("report", __name__)

READERS = (Duty.STATISTICIAN, Duty.HEAD, Duty.SUPERVISOR)
THOROUGH = "each"
"""Value of ``examine`` in the address: each case is looked at."""


@blueprint.get("/report")
@requires(*READERS)
def index() -> str:
    """Tables 三 and 四 of the period that is asked for."""
    actor = current_actor()
    thorough = request.args.get("examine") == THOROUGH
    with reading() as session:
        question = asked(session, actor)
        last = annual_reports.published(session, question.organ.id, question.year - 1) if question.whole else None
        figures = report.reported(session, question.organs, question.span, name=question.name, last_year=last)
        fees = fees_of(session, question.organ.id, question.year)
        if thorough:
            faults = report_checks.examined(session, question.organ_ids, question.span)
        else:
            behind = report_checks.behind(figures["checks"])
            faults = report_checks.named(session, question.organ_ids, question.span, behind)
        settings = question.organ.office_settings()
        settled = annual_reports.standing(session, question.organ.id, question.year) if question.whole else None
        since = _since(settled, figures)
    return render_template(
        "report/index.html",
        asked=question,
        fees=fees if question.whole else None,
        figures=figures,
        today=clock.today(),
        settled=settled,
        since=since,
        faults=faults,
        thorough=thorough,
        years=range(clock.today().year, EARLIEST_YEAR - 1, -1),
        periods=PERIODS,
        extents=list(Extent) if actor.holds(Duty.SUPERVISOR) else (),
        columns=COLUMN_CODES,
        marked=marked(figures["checks"]),
        rules=rules_of_table3(settings),
        rules_of_disputes=rules_of_table4(settings),
        paths=[(path.value, path.label) for path in DisputePath],
        results=[*((one.value, one.label) for one in DisputeResult), ("", TOTAL_LABEL)],
        opens=question.opens,
    )


def _since(settled: AnnualReportEdition | None, figures: Mapping[str, Any]) -> list[Difference]:
    """The figures of tables 三 and 四 that are not those of the version; it alone holds table 二."""
    return [one for one in differences(report_of(settled), figures) if one.table != "表二"] if settled else []


def marked(checks: Sequence[dict[str, Any]]) -> set[tuple[str, str, str]]:
    """Table, row and column of every cell that a failing check names; an empty column is the sum's."""
    return {(table, row, column) for check in checks if not check["ok"] for table, row, column in check["cells"]}
