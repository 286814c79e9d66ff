"""Sheets of any period (时段统计): organs side by side, tables 三 and 四 of all together, as files; and their delivery upward."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response
from wtforms import HiddenField

from gkapply import clock
from gkapply.casework import period_sheet_deliveries, period_sheets, report
from gkapply.casework.period_sheet_deliveries import DELIVERERS, LONGEST_NOTE
from gkapply.casework.period_sheets import HEADS
from gkapply.casework.public_figures import OUTCOMES
from gkapply.casework.report_rollup import Extent
from gkapply.database import reading, transaction
from gkapply.law.dispute_blocks import DisputePath, DisputeResult
from gkapply.law.refusal import Refusal
from gkapply.law.report_spans import EARLIEST_YEAR
from gkapply.sheets import csv_rows
from gkapply.web.access import current_actor, requires
from gkapply.web.attachment import name_attachment
from gkapply.web.csv_file import CSV_TYPE
from gkapply.web.forms import Answer, Form, settle
from gkapply.web.period_question import PERIODS, asked
from gkapply.web.report import READERS
from gkapply.web.step_form import text_field
from gkapply.workbook_stream import Table, workbook_pieces
from gkapply.workbooks import WORKBOOK_TYPE
from workflows.duties import Duty

blueprint = Blueprint("period_sheets", __name__, url_prefix="/report/periods")


class DeliveryForm(Form):
    """Which quarter, and what is said with it."""

    of_year = HiddenField()
    of_quarter = HiddenField()
    note = text_field("说明", needed=False, longest=LONGEST_NOTE, description="勾稽关系不符、更正以前报送的，写明原因")


@blueprint.get("")
@requires(*READERS)
def index() -> str:
    """The sheet of the period that is asked for."""
    return _index(DeliveryForm(formdata=None))


@blueprint.post("/deliver")
@requires(*DELIVERERS)
def deliver() -> Answer:
    """Deliver the own organ's sheet of a quarter, with its figures as they stand now."""
    form = DeliveryForm()

    def act() -> Response:
        quarter = _whole(form.of_year.data, "year"), _whole(form.of_quarter.data, "quarter")
        with transaction() as session:
            sheet = period_sheet_deliveries.deliver(
                session, quarter, form.note.data or "", current_actor(), clock.now()
            )
        flash(f"{sheet.year}年第{sheet.quarter}季度统计表已报送（第{sheet.edition}次）")
        return redirect(url_for("period_sheets.index", year=sheet.year, period=f"q{sheet.quarter}", extent="own"), 303)

    return settle(form, act, lambda: _index(form))


@blueprint.get("/file.<any(csv, xlsx):ending>")
@requires(*READERS)
def file(ending: str) -> Response:
    """The organs side by side as csv; as a workbook with tables 三 and 四 of all together."""
    with reading() as session:
        question = asked(session, current_actor())
        lines = period_sheets.lines(session, question.organs, question.span)
        whole = report.reported(session, question.organs, question.span, name=question.name)
    total = period_sheets.together("合计", lines)
    rows = [period_sheets.row(one) for one in (*lines, *([total] if len(lines) > 1 else []))]
    name = f"依申请公开统计表-{question.name}-{question.span.first:%Y%m%d}-{question.span.last:%Y%m%d}.{ending}"
    if ending == "csv":
        answer = FlaskResponse(csv_rows(HEADS, rows), mimetype=CSV_TYPE)
    else:
        tables = [
            Table("各机关", HEADS, rows),
            Table("表三", ("", "项目", *whole["table3"]["columns"]), period_sheets.table3_rows(whole)),
            Table(
                "表四", ("类别", *_results().values()), [[path.label, *whole["table4"][path]] for path in DisputePath]
            ),
        ]
        answer = FlaskResponse(workbook_pieces(tables), mimetype=WORKBOOK_TYPE)
    name_attachment(answer, name)
    return answer


def _index(form: DeliveryForm) -> str:
    actor, today = current_actor(), clock.today()
    with reading() as session:
        question = asked(session, actor)
        lines = period_sheets.lines(session, question.organs, question.span)
        whole = report.reported(session, question.organs, question.span, name=question.name)
        own = question.choices[0]
        wanted = period_sheet_deliveries.requirements(session, [own]).get(own.id)
        there = period_sheet_deliveries.delivered(session, [own.id], question.year)
    quarter = question.quarter
    mine = quarter is not None and question.organ.id == own.id and len(question.organs) == 1
    if quarter is not None:
        form.of_year.data, form.of_quarter.data = str(question.year), str(quarter)
    return render_template(
        "report/periods.html",
        asked=question,
        form=form,
        lines=lines,
        total=period_sheets.together("合计", lines) if len(lines) > 1 else None,
        measures=period_sheets.MEASURES,
        outcomes={code: label for code, (label, _) in OUTCOMES.items()},
        whole=whole,
        results=_results(),
        paths=[(path.value, path.label) for path in DisputePath],
        periods=PERIODS,
        years=range(today.year, EARLIEST_YEAR - 1, -1),
        extents=list(Extent) if actor.holds(Duty.SUPERVISOR) else (),
        wanted=wanted,
        due_on=wanted.due_on((question.year, quarter)) if wanted and quarter is not None else None,
        sheet=there.get((own.id, quarter)) if quarter is not None else None,
        may_deliver=mine and actor.holds(*DELIVERERS) and question.span.next_first <= today,
        mine=mine,
    )


def _results() -> dict[str, str]:
    return {**{one.value: one.label for one in DisputeResult}, "": "总计"}


def _whole(text: str | None, field: str) -> int:
    if not (text or "").isdecimal():
        raise Refusal("请从统计表的页面报送", field=field)
    return int(text or "")
