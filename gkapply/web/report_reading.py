"""A published annual report uploaded and checked: which figures break which rule.

Nothing of it is kept, unless whoever keeps the organ's own reports takes it as what the organ has published for that year.
"""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response
from wtforms import FileField, HiddenField
from wtforms.validators import InputRequired

from gkapply import clock
from gkapply.annual_form.judging import Judgement, judge, takeable
from gkapply.annual_form.published import Published
from gkapply.annual_form.reading import read, row_label
from gkapply.annual_form.verdict import WEIGHTS
from gkapply.casework import annual_reports
from gkapply.casework.people import Organ
from gkapply.database import reading, transaction
from gkapply.law.annual_checks import HEADS
from gkapply.law.annual_rows import CARRIED_OUT
from gkapply.law.dispute_blocks import DisputePath, DisputeResult
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, settle
from gkapply.web.report import READERS
from gkapply.web.step_form import line_field
from gkapply.web.uploads import uploaded_table
from workflows.annual_report import MAKERS

blueprint = Blueprint("report_reading", __name__)

_RESULTS = (*(result.label for result in DisputeResult), HEADS[-1])


class ReportForm(Form):
    """The file of a report."""

    file = FileField(
        "年度报告文件",
        [InputRequired("请选择年度报告文件")],
        description="docx、xlsx，或者另存的网页（html），2019年和2021年的格式都可以",
    )


class TakeForm(Form):
    """What was read, to be kept as the organ's own published report."""

    report = HiddenField(validators=[InputRequired("请重新选择文件")])
    source = line_field("数据来源", description="例如：本机关网站2025年1月20日公布的年度报告")


@blueprint.get("/report/reading")
@requires(*READERS)
def index() -> str:
    """Choose a file."""
    return _page(ReportForm())


@blueprint.post("/report/reading")
@requires(*READERS)
def check() -> Answer:
    """Read the file and show what was found."""
    form = ReportForm()

    def act() -> str:
        chosen = uploaded_table("file")
        if chosen is None:
            raise Refusal("没有选择文件", do="请选择年度报告文件", field="file")
        published = read(chosen.content)
        return _page(ReportForm(formdata=None), published, judge(published))

    return settle(form, act, lambda: _page(form))


@blueprint.post("/report/reading/take")
@requires(*MAKERS)
def take() -> Answer:
    """Keep what was read as the report that the own organ has published for its year."""
    form, actor = TakeForm(), current_actor()

    def act() -> Response:
        try:
            report = _signer().loads(form.report.data or "")
        except BadSignature as wrong:
            raise Refusal("页面不完整，没有录入", do="请重新选择文件") from wrong
        with transaction() as session:
            own, source = session.get_one(Organ, actor.organ_id), form.source.data or ""
            annual_reports.take_published(session, own, report["year"], report, actor, clock.now(), source=source)
        flash(f"{report['year']}年度报告的数据已录入，{report['year'] + 1}年度据此核对")
        return redirect(url_for("annual_report.show", year=report["year"]), 303)

    return settle(form, act, lambda: _page(ReportForm(formdata=None), taking=form))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="published annual report")


def _page(
    form: ReportForm,
    published: Published | None = None,
    judged: Judgement | None = None,
    taking: TakeForm | None = None,
) -> str:
    """The form, and under it what came of a file."""
    found: dict[str, Any] = {}
    if published is not None and judged is not None:
        marked = {(place.table, place.row, place.column) for broken in judged.broken for place in broken.places}
        marked |= {(one.place.table, one.place.row, one.place.column) for one in judged.suspects}
        found = {
            "published": published,
            "judged": judged,
            "marked": marked,
            "rows": [(row_label(row), row["values"]) for row in published.report["table3"]["rows"]],
            "paths": [(path.label, published.report["table4"][path.value]) for path in DisputePath],
        }
        taking = _taking(published)
    return render_template(
        "report/reading.html",
        form=form,
        taking=taking,
        organ=_own_name() if taking else "",
        heads=HEADS,
        results=_RESULTS,
        weights=WEIGHTS,
        **found,
    )


def _taking(published: Published) -> TakeForm | None:
    """The form by which the report is kept; None for who may not, and for one without a year or what the next year needs of it."""
    report = takeable(published)
    carried = any(row["code"] == CARRIED_OUT for row in report["table3"]["rows"])
    if not current_actor().holds(*MAKERS) or not report["year"] or not carried:
        return None
    return TakeForm(formdata=None, data={"report": _signer().dumps(report)})


def _own_name() -> str:
    with reading() as session:
        return session.get_one(Organ, current_actor().organ_id).name
