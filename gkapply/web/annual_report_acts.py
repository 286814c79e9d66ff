"""What is done with an annual report besides writing it: differences explained, frozen, delivered, drawn up anew, typed from paper."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import HiddenField, IntegerField, RadioField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from gkapply import clock
from gkapply.casework import annual_report_deeds as deeds
from gkapply.casework import annual_reports
from gkapply.casework.annual_report_taken import typed_report
from gkapply.casework.people import Organ
from gkapply.database import transaction
from gkapply.law import annual_table2
from gkapply.law.annual_report import DisputePath, DisputeResult
from gkapply.law.annual_rows import COLUMNS
from gkapply.law.dispute_kinds import DisputeKind
from gkapply.web.access import current_actor, requires
from gkapply.web.annual_report import page
from gkapply.web.forms import Answer, Form, choices, settle
from gkapply.web.report_choice import refuse_impossible_year
from gkapply.web.step_form import day_field, line_field, text_field
from workflows.annual_report import MAKERS
from workflows.duties import Duty

blueprint = Blueprint("annual_report_acts", __name__, url_prefix="/report/annual")
blueprint.url_value_preprocessor(refuse_impossible_year)


class _Versioned(Form):
    """A form that carries the version of the report that its page showed."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired("页面不完整，请返回年度报告页面重新进入")])


class ExplainForm(_Versioned):
    """Why a check does not agree."""

    code = HiddenField(validators=[InputRequired("页面不完整，请返回年度报告页面重新进入")])
    reason = text_field("原因", longest=annual_reports.LONGEST_REASON)


class DeliverForm(_Versioned):
    """On which day, to whom and how."""

    way = RadioField("方式", choices=choices(deeds.WAYS.items()), validators=[InputRequired("请选择报送还是公布")])
    on = day_field("日期")
    where = line_field("报送的方式、公布的栏目或者网址")


class ReopenForm(_Versioned):
    """Why it is drawn up anew."""

    reason = text_field("重新编制的理由", longest=annual_reports.LONGEST_REASON)


class EarlierForm(Form):
    """The figures of a report that was not made here, as far as they are needed."""

    source = line_field("数据来源", description="例如：本机关网站2025年1月20日公布的年度报告")


CARRIED = {column.code: f"row_4_{column.code}" for column in COLUMNS}
DISPUTES = {(path, result): f"table4_{path.value}_{result.value}" for path in DisputePath for result in DisputeResult}
_PATHS = {kind.path: kind.label for kind in DisputeKind if kind.path is not None}
for _column in COLUMNS:
    setattr(
        EarlierForm,
        CARRIED[_column.code],
        StringField(f"结转下年度继续办理：{_column.label}", [InputRequired("没有的请填0")]),
    )
for _line in annual_table2.LINES:
    for _name, _head in zip(_line.names, _line.heads, strict=True):
        setattr(EarlierForm, _name, StringField(f"{_line.label}{_head}"))
for (_path, _result), _name in DISPUTES.items():
    setattr(EarlierForm, _name, StringField(f"{_PATHS[_path]}{_result.label}"))


@blueprint.post("/<int:year>/explain")
@requires(*MAKERS)
def explain(year: int) -> Answer:
    """Record why a check or a carried case differs."""
    form = ExplainForm()
    code, reason = form.code.data or "", form.reason.data or ""
    return _done(
        year,
        form,
        lambda session, organ: deeds.explain(
            session, organ, year, code, reason, current_actor(), clock.now(), version=form.version.data
        ),
        "原因已记录",
    )


@blueprint.post("/<int:year>/freeze")
@requires(Duty.HEAD)
def freeze(year: int) -> Answer:
    """The head settles the report."""
    form = _Versioned()
    return _done(
        year,
        form,
        lambda session, organ: deeds.freeze(
            session, organ, year, current_actor(), clock.now(), version=form.version.data
        ),
        "已定稿，内容不再随数据变化",
    )


@blueprint.post("/<int:year>/deliver")
@requires(*MAKERS)
def deliver(year: int) -> Answer:
    """Record that it was handed in or published."""
    form = DeliverForm()
    way, on, where = form.way.data or "", form.on.data or date.min, form.where.data or ""
    return _done(
        year,
        form,
        lambda session, organ: deeds.deliver(
            session, organ, year, way, on, where, current_actor(), clock.now(), version=form.version.data
        ),
        "已登记",
    )


@blueprint.post("/<int:year>/reopen")
@requires(Duty.HEAD)
def reopen(year: int) -> Answer:
    """Draw it up anew."""
    form = ReopenForm()
    return _done(
        year,
        form,
        lambda session, organ: deeds.reopen(
            session, organ, year, form.reason.data or "", current_actor(), clock.now(), version=form.version.data
        ),
        "可以重新编制，定稿后成为新的版次",
    )


@blueprint.route("/<int:year>/earlier", methods=["GET", "POST"])
@requires(*MAKERS)
def earlier(year: int) -> Answer:
    """Type the figures of a report that was published before and not made here."""
    actor, now, form = current_actor(), clock.now(), EarlierForm()

    def act() -> Response:
        report = typed_report({name: field.data or "" for name, field in form._fields.items()}, CARRIED, DISPUTES)
        with transaction() as session:
            own, source = session.get_one(Organ, actor.organ_id), form.source.data or ""
            annual_reports.take_published(session, own, year, report, actor, now, source=source)
        flash(f"{year}年度报告的数据已录入，{year + 1}年度据此核对")
        return redirect(url_for("annual_report.show", year=year + 1), 303)

    def show() -> str:
        return render_template(
            "report/annual_earlier.html",
            form=form,
            year=year,
            carried=CARRIED,
            columns=COLUMNS,
            lines_of_table2=annual_table2.LINES,
            paths=_PATHS,
            results=tuple(DisputeResult),
            disputes=DISPUTES,
        )

    return settle(form, act, show)


def _done(year: int, form: Form, deed: Callable[[Session, Organ], object], told: str) -> Answer:
    """Do it on the own organ's report and go back to its page; what is refused is shown there."""
    actor = current_actor()

    def act() -> Response:
        with transaction() as session:
            deed(session, session.get_one(Organ, actor.organ_id))
        flash(told)
        return redirect(url_for("annual_report.show", year=year), 303)

    return settle(form, act, lambda: page(year, actor, refused=form))
