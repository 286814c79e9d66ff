"""A published annual report uploaded and checked: which figures break which rule. Nothing of it is kept."""

from typing import Any

from flask import Blueprint, render_template
from wtforms import FileField
from wtforms.validators import InputRequired

from gkapply.annual_form.judging import Judgement, judge
from gkapply.annual_form.published import Published
from gkapply.annual_form.reading import read, row_label
from gkapply.annual_form.verdict import WEIGHTS
from gkapply.law.annual_checks import HEADS
from gkapply.law.dispute_blocks import DisputePath, DisputeResult
from gkapply.law.refusal import Refusal
from gkapply.web.access import requires
from gkapply.web.forms import Answer, Form, settle
from gkapply.web.report import READERS
from gkapply.web.uploads import uploaded_table

blueprint = Blueprint("report_reading", __name__)

_RESULTS = (*(result.label for result in DisputeResult), HEADS[-1])


class ReportForm(Form):
    """The file of a report."""

    file = FileField(
        "年度报告文件",
        [InputRequired("请选择年度报告文件")],
        description="docx、xlsx，或者另存的网页（html），2019年和2021年的格式都可以",
    )


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


def _page(form: ReportForm, published: Published | None = None, judged: Judgement | None = None) -> str:
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
    return render_template("report/reading.html", form=form, heads=HEADS, results=_RESULTS, weights=WEIGHTS, **found)
