"""The cases and disputes behind a figure or a fault of the annual report, paged by key, within what the viewer sees."""

from datetime import date

from flask import Blueprint, render_template, request

from gkapply import clock
from gkapply.casework import dispute_report, report
from gkapply.casework.dispute_lines import dispute_line
from gkapply.casework.docket_places import LARGEST
from gkapply.casework.report_faults import fault_called
from gkapply.database import reading
from gkapply.law.annual_checks import LABELS
from gkapply.law.annual_rows import COLUMNS, TOTAL_LABEL
from gkapply.law.dispute_blocks import DisputePath, DisputeResult
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.report import READERS
from gkapply.web.report_question import asked

blueprint = Blueprint("report_lists", __name__)

PAGE = 100
"""Cases of one figure on one page."""


@blueprint.get("/report/cases")
@requires(*READERS)
def cases() -> str:
    """The cases that one figure of table 三 counts."""
    actor = current_actor()
    row, column = request.args.get("row", ""), request.args.get("column", "")
    with reading() as session:
        question = asked(session, actor)
        given = (session, question.organ_ids, question.span, row, column or None)
        found = report.cases_of_cell(*given, within=report.seen(actor), after=_after(), limit=PAGE + 1)
        place = {**question.values, "row": row, "column": column}
    last = found[PAGE - 1] if len(found) > PAGE else None
    head = next((one.label for one in COLUMNS if one.code == column), TOTAL_LABEL)
    return render_template(
        "report/cases.html",
        cases=found[:PAGE],
        asked=question,
        title=f"{LABELS[row]}：{head}",
        caption="计入这一格的申请，按收到日期排列",
        none="没有计入这一格的申请。",
        more=None if last is None else {**place, "after": f"{last.received_on}~{last.id}"},
        endpoint="report_lists.cases",
    )


@blueprint.get("/report/faults")
@requires(*READERS)
def faults() -> str:
    """The cases in which something is found to be wrong."""
    actor, fault = current_actor(), fault_called(request.args.get("fault", ""))
    with reading() as session:
        question = asked(session, actor)
        given = (session, fault, question.organ_ids, question.span, report.seen(actor))
        found = report.cases_with(*given, _key(), PAGE + 1)
    last = found[PAGE - 1] if len(found) > PAGE else None
    return render_template(
        "report/cases.html",
        cases=found[:PAGE],
        asked=question,
        title=fault.label,
        advice=fault.do,
        caption="需要核对的申请，按登记先后排列",
        none="没有这样的申请。",
        more=None if last is None else {**question.values, "fault": fault.code, "after": last.id},
        endpoint="report_lists.faults",
    )


@blueprint.get("/report/disputes")
@requires(*READERS)
def disputes() -> str:
    """The disputes that one figure of table 四 counts."""
    actor = current_actor()
    path, result = request.args.get("path", ""), request.args.get("result", "")
    with reading() as session:
        question = asked(session, actor)
        given = (session, question.organs, question.span, path, result or None)
        found = dispute_report.disputes_of_cell(*given, after=_key(), limit=PAGE + 1)
        lines = [dispute_line(one, clock.today()) for one in found[:PAGE]]
        place = {**question.values, "path": path, "result": result}
    return render_template(
        "report/disputes.html",
        lines=lines,
        asked=question,
        path=DisputePath(path).label,
        result=DisputeResult(result).label if result else TOTAL_LABEL,
        more={**place, "after": found[PAGE - 1].id} if len(found) > PAGE else None,
    )


def _after() -> tuple[date, int] | None:
    """Where the page begins. Raises Refusal for a place that no page wrote."""
    typed = request.args.get("after", "")
    if not typed:
        return None
    day, _, key = typed.partition("~")
    try:
        return date.fromisoformat(day), _number(key)
    except ValueError:
        raise _lost() from None


def _key() -> int:
    """The key of the last one seen. Raises Refusal for one that no page wrote."""
    try:
        return _number(request.args.get("after", "0"))
    except ValueError:
        raise _lost() from None


def _number(typed: str) -> int:
    key = int(typed)
    if not 0 <= key <= LARGEST:
        raise ValueError(typed)
    return key


def _lost() -> Refusal:
    return Refusal("翻页的位置无法识别", do="请回到第一页", field="after")
