"""Working-day calendars, as the system administrator (系统管理员) keeps them: what holds, import with its preview, what moved."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import FileField, HiddenField, StringField
from wtforms.validators import InputRequired, Length, Optional

from gkapply import clock
from gkapply.casework import calendar_import, calendar_view, calendars, redating, redating_list
from gkapply.casework.calendar_file import read_file
from gkapply.casework.journal import canonical
from gkapply.casework.redating_list import PAGE
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, settle
from gkapply.web.row_key import row_key
from gkapply.web.uploads import uploaded_table
from workflows.duties import CASE_DUTIES, Duty

blueprint = Blueprint("admin_calendars", __name__)


class HolidayForm(Form):
    """A file of holidays, and where its days were published."""

    file = FileField("放假安排文件", description="csv（列：日期,类型（放假/上班）,名称[,地区]）或者 json，不超过1 MB")
    region = StringField(
        "地区代码", [Optional(), Length(max=20)], description="全国的安排不填；地方节日填写地区代码，例如 GX"
    )
    notice = StringField("通知的文号", [Length(max=200)], description="文件中没有写明时填写")
    title = StringField("通知的标题", [Length(max=200)])
    address = StringField("通知的网址", [Length(max=300)])


class ConfirmForm(Form):
    """What was previewed, to be imported."""

    holidays = HiddenField(validators=[InputRequired("请重新选择文件")])
    basis = HiddenField(validators=[InputRequired("请重新选择文件")])


@blueprint.get("/admin/calendars")
@requires(Duty.SYSADMIN)
def index() -> str:
    """What holds now, the import, and the last runs."""
    return _index(HolidayForm())


@blueprint.post("/admin/calendars")
@requires(Duty.SYSADMIN)
def preview() -> Answer:
    """Show what the file would move; nothing is written."""
    form = HolidayForm()

    def act() -> str:
        chosen = uploaded_table("file")
        if chosen is None:
            raise Refusal("没有选择文件", do="请选择放假安排文件", field="file")
        source = {name: form[name].data or "" for name in ("notice", "title", "address")}
        file = read_file(chosen.content, form.region.data).with_source(**source)
        with reading() as session:
            found = calendar_import.preview(session, file)
        confirm = ConfirmForm(formdata=None, data={"holidays": canonical(file.payload()), "basis": found.basis})
        return render_template("admin/calendar_preview.html", found=found, form=confirm)

    return settle(form, act, lambda: _index(form))


@blueprint.post("/admin/calendars/import")
@requires(Duty.SYSADMIN)
def confirm() -> Answer:
    """Import what was previewed."""
    form = ConfirmForm()

    def act() -> Response:
        file = read_file((form.holidays.data or "").encode())
        told = form.basis.data or ""
        basis = int(told) if told.isdecimal() else -1
        with transaction() as session:
            done = calendar_import.import_holidays(session, file, current_actor(), clock.now(), basis=basis)
        if done.run is None:
            flash("与现行的安排相同，没有改动")
            return redirect(url_for("admin_calendars.index"), 303)
        flash("已导入，正在重算在办申请的期限")
        return redirect(url_for("admin_calendars.show_run", run=done.run.id), 303)

    return settle(form, act, lambda: _index(HolidayForm(formdata=None), form))


@blueprint.get("/admin/calendars/<region>/<int:year>")
@requires(Duty.SYSADMIN)
def show_year(region: str, year: int) -> str:
    """One year, month by month."""
    with reading() as session:
        found = calendar_view.year_of(session, region, year)
    return render_template("admin/calendar_year.html", found=found)


@blueprint.get("/admin/calendars/runs/<int:run>")
@requires(Duty.SYSADMIN)
def show_run(run: int) -> str:
    """How far a run has come, and what it moved."""
    after = request.args.get("after", 0, type=row_key)
    with reading() as session:
        found = redating_list.find_run(session, run)
        moves = redating_list.moves(session, found, after=after)
        total = redating_list.still_open(session)
    return render_template(
        "admin/redating.html", run=found, moves=moves, total=total, causes=redating.CAUSES, after=after, page=PAGE
    )


@blueprint.get("/desk/redatings")
@requires(*CASE_DUTIES)
def moved() -> str:
    """The cases of the viewer's organ that the last run with any of them has moved."""
    after, actor = request.args.get("after", 0, type=row_key), current_actor()
    with reading() as session:
        found = redating_list.last_run_for(session, actor)
        moves = [] if found is None else redating_list.moves(session, found, actor=actor, after=after)
    return render_template(
        "desk/redatings.html", run=found, moves=moves, causes=redating.CAUSES, after=after, page=PAGE
    )


def _index(form: HolidayForm, refused: Form | None = None) -> str:
    with reading() as session:
        years = list(calendars.years_in_force(session))
        names = calendars.regions(session)
        runs = redating_list.runs(session)
    return render_template(
        "admin/calendars.html", form=form, refused=refused, years=years, names=names, runs=runs, causes=redating.CAUSES
    )
