"""Importing a catalogue file: chosen, shown with what is new, changed and gone, and only then filled into drafts."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import FileField, HiddenField, SelectField
from wtforms.validators import InputRequired, Regexp

from gkapply import clock
from gkapply.casework import catalogue_desk, catalogue_import
from gkapply.casework.catalogue_access import KEEPERS
from gkapply.casework.catalogue_columns import WRITTEN
from gkapply.casework.catalogue_file import LARGEST, MOST_ROWS, BadCatalogue
from gkapply.casework.services import store
from gkapply.casework.uploads import put_examined
from gkapply.database import reading, transaction
from gkapply.files import MissingFile
from gkapply.law.refusal import Refusal, Stale
from gkapply.web.access import current_actor, requires
from gkapply.web.csv_file import csv_file
from gkapply.web.forms import Answer, Form, choices, settle
from gkapply.web.uploads import uploaded_table

blueprint = Blueprint("catalogue_import", __name__, url_prefix="/desk/catalogue/import")
SHOWN = 200
"""Bad cells that a page lists; all are counted."""


class CatalogueFileForm(Form):
    """The file, and the area that is meant where it says none."""

    file = FileField("目录文件", description=f"xlsx 或者 csv，不超过{LARGEST >> 20} MB、{MOST_ROWS}行")
    area = SelectField("公开领域", description="文件中没有「公开领域」列，工作表也不以领域命名的，在这里选择")


class ConfirmForm(Form):
    """What was previewed, to be imported."""

    file = HiddenField(validators=[InputRequired("请重新选择文件"), Regexp("[0-9a-f]{64}$", message="请重新选择文件")])
    area = HiddenField()
    basis = HiddenField(validators=[InputRequired("请重新选择文件")])


@blueprint.get("")
@requires(*KEEPERS)
def index() -> str:
    """Choose the file."""
    return _index(CatalogueFileForm(formdata=None))


@blueprint.post("")
@requires(*KEEPERS)
def preview() -> Answer:
    """Show what the file would change; no catalogue is written. The file waits in the store for the confirmation."""
    form = CatalogueFileForm()
    _offer(form)
    problems: list[str] = []

    def act() -> str:
        chosen = uploaded_table("file")
        if chosen is None:
            raise Refusal("没有选择文件", do="请选择目录文件", field="file")
        area = form.area.data or ""
        with reading() as session:
            try:
                file = catalogue_import.read(session, chosen.content, area, current_actor(), clock.now())
                found = catalogue_import.plan(session, file, current_actor(), clock.now())
            except BadCatalogue as refusal:
                problems.extend(str(one) for one in refusal.problems)
                raise
            digest = put_examined(session, chosen.content) if found.parts else ""
        confirm = ConfirmForm(formdata=None, data={"file": digest, "area": area, "basis": found.basis})
        return render_template("catalogue_desk/preview.html", found=found, form=confirm)

    return settle(form, act, lambda: _index(form, problems=problems))


@blueprint.post("/confirm")
@requires(*KEEPERS)
def confirm() -> Answer:
    """Fill the drafts: all of them or none."""
    form = ConfirmForm()

    def act() -> Response:
        area, actor, now = form.area.data or "", current_actor(), clock.now()
        with transaction() as session:
            try:
                content = store(session).get(form.file.data or "")
            except MissingFile as error:
                raise Stale("预览已经过期", do="请重新选择文件") from error
            file = catalogue_import.read(session, content, area, actor, now)
            filled = catalogue_import.carry_out(session, file, content, form.basis.data or "", actor, now)
        flash(f"已导入为{len(filled)}版待报送的目录，公众还看不到")
        return redirect(url_for("catalogue_desk.index"), 303)

    return settle(form, act, lambda: _index(CatalogueFileForm(formdata=None), refused=form))


@blueprint.get("/empty.csv")
@requires(*KEEPERS)
def empty() -> Response:
    """The heads alone, to be filled in."""
    return csv_file([one.head for one in WRITTEN], [], "政务公开事项标准目录（空表）.csv")


def _index(form: CatalogueFileForm, *, refused: Form | None = None, problems: list[str] | None = None) -> str:
    _offer(form)
    return render_template(
        "catalogue_desk/import.html",
        form=form,
        refused=refused,
        problems=(problems or [])[:SHOWN],
        count=len(problems or []),
        columns=WRITTEN,
    )


def _offer(form: CatalogueFileForm) -> None:
    with reading() as session:
        _, areas = catalogue_desk.places(session, current_actor(), clock.today())
    form.area.choices = choices([("", "按文件"), *((one, one) for one in areas)])
