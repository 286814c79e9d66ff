"""Importing a register of reviews and suits: chosen, shown with what would be entered, and only then entered."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import FileField, HiddenField
from wtforms.validators import InputRequired, Regexp

from gkapply import clock
from gkapply.casework import dispute_import, dispute_plan
from gkapply.casework.dispute_file import HEADS, LARGEST, MOST_ROWS, NEEDED, BadDisputes, read_disputes
from gkapply.casework.dispute_import import IMPORTERS
from gkapply.casework.people import Organ
from gkapply.casework.services import store
from gkapply.casework.uploads import put_examined
from gkapply.database import reading, transaction
from gkapply.files import MissingFile
from gkapply.law.refusal import Refusal, Stale
from gkapply.web.access import current_actor, requires
from gkapply.web.application_form import MUST
from gkapply.web.csv_file import csv_file
from gkapply.web.forms import Answer, Form, settle
from gkapply.web.uploads import uploaded_table

blueprint = Blueprint("dispute_import", __name__, url_prefix="/desk/disputes/import")
SHOWN = 200
"""Bad cells and disputes that a page lists; all are counted."""


class DisputeFileForm(Form):
    """The file."""

    file = FileField("复议、诉讼台账", MUST, description=f"xlsx 或者 csv，不超过{LARGEST >> 20} MB、{MOST_ROWS}行")


class ConfirmForm(Form):
    """What was previewed, to be imported."""

    file = HiddenField(validators=[InputRequired("请重新选择文件"), Regexp("[0-9a-f]{64}$", message="请重新选择文件")])


@blueprint.get("")
@requires(*IMPORTERS)
def index() -> str:
    """Choose the file."""
    return _index(DisputeFileForm(formdata=None))


@blueprint.post("")
@requires(*IMPORTERS)
def preview() -> Answer:
    """Show what the file would enter; nothing is entered. The file waits in the store for the confirmation."""
    form, problems = DisputeFileForm(), list[str]()

    def act() -> str:
        chosen = uploaded_table("file")
        if chosen is None:
            raise Refusal("没有选择文件", do="请选择复议、诉讼台账", field="file")
        with reading() as session:
            organ = session.get_one(Organ, current_actor().organ_id)
            try:
                found = dispute_plan.plan(session, organ, read_disputes(chosen.content, clock.today()))
                if found.problems:
                    raise BadDisputes(found.problems)
            except BadDisputes as refusal:
                problems.extend(str(one) for one in refusal.problems)
                raise
            digest = put_examined(session, chosen.content) if found.changes else ""
        confirm = ConfirmForm(formdata=None, data={"file": digest})
        return render_template("disputes/import_preview.html", found=found, form=confirm, shown=SHOWN)

    return settle(form, act, lambda: _index(form, problems=problems))


@blueprint.post("/confirm")
@requires(*IMPORTERS)
def confirm() -> Answer:
    """Enter all of it, or nothing."""
    form, problems = ConfirmForm(), list[str]()

    def act() -> Response:
        actor = current_actor()
        with transaction() as session:
            try:
                content = store(session).get(form.file.data or "")
            except MissingFile as error:
                raise Stale("预览已经过期", do="请重新选择文件") from error
            organ = session.get_one(Organ, actor.organ_id)
            try:
                done = dispute_import.carry_out(session, organ, content, actor, clock.now())
            except BadDisputes as refusal:
                problems.extend(str(one) for one in refusal.problems)
                raise
        flash(f"新登记{done.new}件，补充登记{done.further}件，{done.unchanged}件与系统中的相同")
        return redirect(url_for("disputes.index"), 303)

    return settle(form, act, lambda: _index(DisputeFileForm(formdata=None), refused=form, problems=problems))


@blueprint.get("/empty.csv")
@requires(*IMPORTERS)
def empty() -> Response:
    """The heads alone, to be filled in."""
    return csv_file(HEADS, [], "复议诉讼台账（空表）.csv")


def _index(form: DisputeFileForm, *, refused: Form | None = None, problems: list[str] | None = None) -> str:
    return render_template(
        "disputes/import.html",
        form=form,
        refused=refused,
        problems=(problems or [])[:SHOWN],
        count=len(problems or []),
        heads=HEADS,
        needed=NEEDED,
    )
