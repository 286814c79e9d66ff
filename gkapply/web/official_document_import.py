"""Importing the register of official documents: a file is chosen, what it would change is shown, and only then is it entered."""

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import BooleanField, FileField, HiddenField
from wtforms.validators import InputRequired, Regexp

from gkapply import clock
from gkapply.casework import official_document_import
from gkapply.casework.official_document_columns import FILE_COLUMNS
from gkapply.casework.official_document_file import (
    LARGEST,
    MOST_ROWS,
    BadDocuments,
    DocumentFile,
    read_documents,
)
from gkapply.casework.official_documents import KEEPERS
from gkapply.casework.services import store
from gkapply.casework.uploads import put_examined
from gkapply.database import reading, transaction
from gkapply.files import MissingFile
from gkapply.law.attributes import Attribute, ground_words
from gkapply.law.refusal import Refusal, Stale
from gkapply.law.replies import REFUSALS
from gkapply.web.access import current_actor, requires
from gkapply.web.attachment import attachment
from gkapply.web.forms import Answer, Form, settle
from gkapply.web.uploads import uploaded_table
from gkapply.workbooks import WORKBOOK_TYPE, write_form

blueprint = Blueprint("official_document_import", __name__, url_prefix="/desk/official-documents/import")
SHOWN = 200
"""Bad cells and changes that a page lists; all are counted."""
ROWS_OF_A_FORM = 200


class FileForm(Form):
    """The file."""

    file = FileField("登记表", description=f"xlsx 或者 csv，不超过{LARGEST >> 20} MB、{MOST_ROWS}行")


class ConfirmForm(Form):
    """What was previewed, to be entered."""

    file = HiddenField(validators=[InputRequired("请重新选择文件"), Regexp("[0-9a-f]{64}$", message="请重新选择文件")])
    basis = HiddenField(validators=[InputRequired("请重新选择文件")])
    vouched = BooleanField("已核对：表中各件的题名、文号、理由本身都不属于国家秘密")


@blueprint.get("")
@requires(*KEEPERS)
def index() -> str:
    """Choose the file."""
    return _index(FileForm(formdata=None))


@blueprint.post("")
@requires(*KEEPERS)
def preview() -> Answer:
    """Show what the file would change; nothing is entered. The file waits in the store for the confirmation."""
    form, problems = FileForm(), list[str]()

    def act() -> str:
        chosen = uploaded_table("file")
        if chosen is None:
            raise Refusal("没有选择文件", do="请选择登记表", field="file")
        try:
            file = read_documents(chosen.content, clock.today())
            with reading() as session:
                found = official_document_import.plan(session, file, current_actor(), clock.now())
                digest = put_examined(session, chosen.content) if found.changes_anything else ""
        except BadDocuments as refusal:
            problems.extend(str(one) for one in refusal.problems)
            raise
        return _preview(found, ConfirmForm(formdata=None, data={"file": digest, "basis": found.basis}))

    return settle(form, act, lambda: _index(form, problems))


@blueprint.post("/confirm")
@requires(*KEEPERS)
def confirm() -> Answer:
    """Enter it: all of it or nothing."""
    form = ConfirmForm()

    def act() -> Response:
        actor, now = current_actor(), clock.now()
        with reading() as session:  # no writer waits while the file is read
            file = _kept(session, form)
        with transaction() as session:
            given = (form.basis.data or "", form.vouched.data, actor, now)
            done = official_document_import.carry_out(session, file, *given)
        flash(f"已登记{len(done.new)}件，更正{len(done.changed)}件")
        return redirect(url_for("official_documents.index"), 303)

    def again() -> str:
        if "vouched" not in form.errors or not form.file.data:
            return _index(FileForm(formdata=None), refused=form)
        with reading() as session:
            found = official_document_import.plan(session, _kept(session, form), current_actor(), clock.now())
        return _preview(found, form)

    return settle(form, act, again)


@blueprint.get("/empty.xlsx")
@requires(*KEEPERS)
def empty() -> Response:
    """The empty table with its hints; attribute, ground and 是/否 are chosen from lists."""
    hints = {one.head: one.hint for one in FILE_COLUMNS}
    lists = {
        "公开属性": [one.label for one in Attribute],
        "不予公开的依据": [ground_words(one) for one in REFUSALS],
        "行政规范性文件": ["是", "否"],
    }
    content = write_form("公文公开属性登记表", hints, lists, ROWS_OF_A_FORM, 20)
    return attachment(content, WORKBOOK_TYPE, "公文公开属性登记表（空表）.xlsx")


def _kept(session: Session, form: ConfirmForm) -> DocumentFile:
    """The file as it was previewed. Raises Stale once it is gone."""
    try:
        return read_documents(store(session).get(form.file.data or ""), clock.today())
    except MissingFile as error:
        raise Stale("预览已经过期", do="请重新选择文件") from error


def _preview(found: official_document_import.Plan, form: ConfirmForm) -> str:
    return render_template("official_documents/preview.html", found=found, form=form, most=SHOWN)


def _index(form: FileForm, problems: list[str] | None = None, *, refused: Form | None = None) -> str:
    return render_template(
        "official_documents/import.html",
        form=form,
        refused=refused,
        problems=(problems or [])[:SHOWN],
        count=len(problems or []),
        columns=FILE_COLUMNS,
    )
