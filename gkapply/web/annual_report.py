"""The annual report of a year on one page: its text with sentences to take over, table 二, the checks, how far it is."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import FileField, IntegerField, StringField
from wtforms.widgets import HiddenInput

from gkapply import clock
from gkapply.casework import annual_report_changes, annual_reports, report
from gkapply.casework import annual_report_deeds as deeds
from gkapply.casework.access import Actor
from gkapply.casework.annual_report_computing import check_lines, compute
from gkapply.casework.annual_report_content import content_of, report_of, table2_of
from gkapply.casework.annual_report_records import AnnualReport
from gkapply.casework.annual_report_table2_file import HEADS, empty_rows, read_table2
from gkapply.casework.annual_report_terms import DELIVERED, due_on
from gkapply.casework.people import Organ
from gkapply.database import reading, transaction
from gkapply.law import annual_table2
from gkapply.law.annual_sentences import PARTS, offered
from gkapply.law.refusal import NotFound, Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.csv_file import csv_file
from gkapply.web.forms import Answer, Form, settle
from gkapply.web.report_choice import refuse_impossible_year
from gkapply.web.step_form import text_field
from gkapply.web.uploads import uploaded_table
from workflows.annual_report import MAKERS, AnnualReportState
from workflows.duties import Duty

blueprint = Blueprint("annual_report", __name__, url_prefix="/report/annual")
blueprint.url_value_preprocessor(refuse_impossible_year)

READERS = (Duty.STATISTICIAN, Duty.HEAD, Duty.SUPERVISOR)
NAMES = {part: f"part_{part}" for part in PARTS}


class ReportForm(Form):
    """The text of the report and table 二."""

    version = IntegerField(widget=HiddenInput())
    part_1 = text_field(PARTS["1"], needed=False, longest=deeds.LONGEST_PART)
    part_5 = text_field(PARTS["5"], needed=False, longest=deeds.LONGEST_PART)
    part_6 = text_field(PARTS["6"], needed=False, longest=deeds.LONGEST_PART)

    @property
    def parts(self) -> dict[str, str]:
        """The text by the number of its part."""
        return {part: self[name].data or "" for part, name in NAMES.items()}

    @property
    def table2(self) -> dict[str, Any]:
        """Table 二. Raises Refusal at the field that is wrong."""
        return annual_table2.read({name: self[name].data or "" for name in annual_table2.NAMES})


for _line in annual_table2.LINES:
    for _name, _head in zip(_line.names, _line.heads, strict=True):
        setattr(ReportForm, _name, StringField(f"{_line.label}{_head}"))


class TableFileForm(Form):
    """A file with table 二."""

    version = IntegerField(widget=HiddenInput())
    file = FileField("表二文件", description="xlsx 或者 csv：下载空表填写，或者用公文格式的表二，不超过1 MB")


@blueprint.get("", strict_slashes=False)
@requires(*READERS)
def newest() -> Response:
    """The report that is drawn up at this time: last year's."""
    return redirect(url_for("annual_report.show", year=clock.today().year - 1, organ=request.args.get("organ")), 303)


@blueprint.route("/<int:year>", methods=["GET", "POST"])
@requires(*READERS)
def show(year: int) -> Answer:
    """The report; a POST keeps the text and table 二, and takes a sentence over where one was chosen."""
    actor, now = current_actor(), clock.now()
    with reading() as session:
        organ = organ_asked(session, actor)
        kept = annual_reports.find(session, organ.id, year)
        form = ReportForm(data=_typed(kept))

    def act() -> Response:
        parts, wanted = form.parts, request.form.get("take", "")
        with transaction() as session:
            own = session.get_one(Organ, organ.id)
            if wanted:
                part, text = _sentence(session, own, year, wanted)
                parts[part] = f"{parts[part].rstrip()}{text}"
            deeds.write(session, own, year, parts, form.table2, actor, now, version=form.version.data or None)
        flash("已取用，请核对修改" if wanted else "已保存")
        anchor = f"part_{part}" if wanted else None
        return redirect(url_for("annual_report.show", year=year, _anchor=anchor), 303)

    return settle(form, act, lambda: page(year, actor, form))


@blueprint.post("/<int:year>/table2")
@requires(*MAKERS)
def import_table2(year: int) -> Answer:
    """Fill table 二 in from a file; the text stays."""
    actor, now, form = current_actor(), clock.now(), TableFileForm()

    def act() -> Response:
        chosen = uploaded_table("file")
        if chosen is None:
            raise Refusal("没有选择文件", do="请选择表二文件", field="file")
        table = read_table2(chosen.content)
        with transaction() as session:
            own = session.get_one(Organ, actor.organ_id)
            deeds.write(session, own, year, {}, table, actor, now, version=form.version.data or None)
        flash("表二已导入，请核对")
        return redirect(url_for("annual_report.show", year=year, _anchor="table2"), 303)

    return settle(form, act, lambda: page(year, actor, file_form=form))


@blueprint.get("/table2.csv")
@requires(*MAKERS)
def empty_table2() -> Response:
    """The empty form of table 二."""
    return csv_file(HEADS, empty_rows(), "主动公开政府信息情况（空表）.csv")


def page(
    year: int,
    actor: Actor,
    form: ReportForm | None = None,
    file_form: TableFileForm | None = None,
    refused: Form | None = None,
) -> str:
    """The page of the report, with the form that was sent in vain, if one was."""
    with reading() as session:
        organ = organ_asked(session, actor)
        kept, before = (annual_reports.find(session, organ.id, one) for one in (year, year - 1))
        now = compute(session, organ, year, kept, before)
        state = kept.state if kept else AnnualReportState.NEW
        settled = state in (AnnualReportState.FROZEN, AnnualReportState.DELIVERED)
        said = report_of(kept.editions[-1]) if kept and settled else now.report
        own = organ.id == actor.organ_id and actor.holds(*MAKERS)
        return render_template(
            "report/annual.html",
            year=year,
            organ=organ,
            query={} if organ.id == actor.organ_id else {"organ": organ.code},
            kept=kept,
            state=state,
            settled=settled,
            report=said,
            edition=content_of(kept.editions[-1]) if kept and settled else None,
            writes=own and not settled,
            notes_it=own,
            heads=organ.id == actor.organ_id and actor.holds(Duty.HEAD),
            over=clock.today().year > year,
            due_on=due_on(organ, year),
            overdue=_is_overdue(organ, year, kept),
            lines=check_lines(session, now.report, kept, before) if not settled else [],
            offers=offered(now.report, now.last, now.besides),
            late=annual_report_changes.late(session, kept),
            last=now.last,
            lines_of_table2=annual_table2.LINES,
            parts_of_text=PARTS,
            names=NAMES,
            ways=deeds.WAYS,
            longest=organ.office_settings().report_overview_length,
            form=form or ReportForm(formdata=None, data=_typed(kept)),
            file_form=file_form or TableFileForm(formdata=None, data={"version": kept.version if kept else 0}),
            refused=refused,
            typed=request.form,
        )


def _is_overdue(organ: Organ, year: int, kept: AnnualReport | None) -> bool:
    """Whether the term is over without a delivery; of a year that nobody began here nothing is known."""
    today = clock.today()
    if kept is None:
        return year == today.year - 1 and today > due_on(organ, year)
    return today > due_on(organ, year) and kept.delivered_on is None and kept.state != DELIVERED


def organ_asked(session: Session, actor: Actor) -> Organ:
    """The organ that the address names among those that the viewer may see, else their own. Raises NotFound."""
    organs, code = report.organs_of(session, actor), request.args.get("organ", "")
    found = next((organ for organ in organs if organ.code == code), None) if code else organs[0]
    if found is None:
        raise NotFound("没有这个机关，或者您无权查看它的报告")
    return found


def _typed(kept: AnnualReport | None) -> Mapping[str, Any]:
    """What the form shows before anybody has typed."""
    texts = {NAMES[part]: text for part, text in (kept.parts if kept else {}).items()}
    return {"version": kept.version if kept else 0, **texts, **annual_table2.typed(table2_of(kept))}


def _sentence(session: Session, organ: Organ, year: int, code: str) -> tuple[str, str]:
    """Part and text of an offered sentence, as the figures are now. Raises Refusal when it is not offered any more."""
    now = annual_reports.computed(session, organ, year)
    for one in offered(now.report, now.last, now.besides):
        if one.code == code:
            return one.part, one.text
    raise Refusal("数据已有变动，这句话现在不再适用", do="请看最新的参考句")
