"""The mail room (收发室): the post's file taken in after a preview, and one screen for the results of many items of mail."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import DateField, FieldList, FileField, FormField, HiddenField, SelectField, StringField
from wtforms import Form as Part
from wtforms.validators import InputRequired, Length, Optional

from gkapply import clock
from gkapply.casework import mail_room
from gkapply.casework.mail_room import Entry
from gkapply.casework.open_mail import OpenItem, open_items
from gkapply.casework.post_file import COLUMNS, read_post_file
from gkapply.database import reading, transaction
from gkapply.law.delivery_ways import ENTERED, Outcome
from gkapply.law.refusal import Refusal
from gkapply.sheets import decoded
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, choices, settle
from gkapply.web.uploads import uploaded_table
from workflows.duties import Duty

blueprint = Blueprint("mail_room", __name__)


class PostFileForm(Form):
    """The file that the post gave back."""

    file = FileField("邮政回传文件", description=f"csv，列：{','.join(COLUMNS)}；不超过2 MB")


class ConfirmForm(Form):
    """What was previewed, to be entered."""

    content = HiddenField(validators=[InputRequired("请重新选择文件")])
    name = HiddenField(validators=[InputRequired("请重新选择文件"), Length(max=200)])


class RowForm(Part):
    """One item of mail: its number when it is posted, or what became of it."""

    reference = HiddenField()
    known = HiddenField()
    tracking = StringField("邮件号", [Optional(), Length(max=30)])
    outcome = SelectField(
        "结果", choices=choices([("", "—"), *((one, one.label) for one in ENTERED)]), validate_choice=False
    )
    on = DateField("日期", [Optional()])
    said = StringField("签收人或者原因", [Optional(), Length(max=60)])


class ScreenForm(Form):
    """Many items of mail at once."""

    rows = FieldList(FormField(RowForm), "邮件")


@blueprint.get("/desk/deliveries/import")
@requires(Duty.REGISTRAR)
def index() -> str:
    """Choose the file."""
    return _index(PostFileForm(formdata=None))


@blueprint.post("/desk/deliveries/import")
@requires(Duty.REGISTRAR)
def preview() -> Answer:
    """Show row by row what would be entered; nothing is written."""
    form = PostFileForm()

    def act() -> str:
        upload = uploaded_table("file")
        if upload is None:
            raise Refusal("没有选择文件", field="file")
        read = read_post_file(upload.content, upload.name)
        with reading() as session:
            planned = mail_room.plan(session, read.entries, current_actor(), clock.now())
        problems = sorted([*read.problems, *((one.entry.line, one.problem) for one in planned if one.problem)])
        # The text goes round by the browser: what is confirmed is read and judged again.
        confirm = ConfirmForm(formdata=None, data={"content": decoded(upload.content), "name": upload.name[:200]})
        return render_template("deliveries/preview.html", planned=planned, problems=problems, form=confirm)

    return settle(form, act, lambda: _index(form))


@blueprint.post("/desk/deliveries/import/confirm")
@requires(Duty.REGISTRAR)
def confirm() -> Answer:
    """Enter what was previewed: all of it or nothing."""
    form = ConfirmForm()

    def act() -> Response:
        read = read_post_file((form.content.data or "").encode(), form.name.data or "")
        if read.problems:
            raise Refusal("；".join(f"第{line}行：{why}" for line, why in read.problems), field="file")
        with transaction() as session:
            changed = mail_room.carry_out(session, read.entries, current_actor(), clock.now())
        flash(f"已登记{changed}行" if changed else "文件中的内容都已经登记过，没有改动")
        return redirect(url_for("deliveries.index"), 303)

    return settle(form, act, lambda: _index(PostFileForm(formdata=None), form))


@blueprint.route("/desk/deliveries/enter", methods=["GET", "POST"])
@requires(Duty.REGISTRAR)
def enter() -> Answer:
    """One screen for many items: numbers of what is posted, results of what is on its way."""
    actor, today = current_actor(), clock.today()
    with reading() as session:
        items = open_items(session, actor)
    fresh = [{"reference": one.reference, "known": one.tracking, "on": today} for one in items]
    form = ScreenForm(data={"rows": fresh})

    def act() -> Response:
        entries = [
            found for line, row in enumerate(form.rows, start=1) if (found := _entry(line, row.form)) is not None
        ]
        if not entries:
            raise Refusal("没有填写任何一行", do="请填写邮件号或者选择结果")
        with transaction() as session:
            changed = mail_room.carry_out(session, entries, actor, clock.now())
        flash(f"已登记{changed}件")
        return redirect(url_for("mail_room.enter"), 303)

    return settle(form, act, lambda: render_template("deliveries/enter.html", form=form, items=_by_reference(items)))


def _entry(line: int, row: Any) -> Entry | None:
    """The row as an entry; None for one that was left alone."""
    if (row.outcome.data or "") not in ("", *ENTERED):
        raise Refusal(f"第{line}行的结果不在可选之列")
    known, number = (row.known.data or "").strip(), (row.tracking.data or "").strip().upper()
    code, on = row.outcome.data or "", row.on.data
    if not code and not (number and not known):
        return None
    if on is None:
        raise Refusal(f"第{line}行没有填写日期")
    said = row.said.data or ""
    if not code:
        return Entry(line, row.reference.data or "", number, posted_on=on)
    outcome, tracking = Outcome(code), known or number
    if outcome is Outcome.DELIVERED:
        return Entry(line, row.reference.data or "", tracking, delivered_on=on, signed_by=said)
    return Entry(line, row.reference.data or "", tracking, returned_on=on, reason=said, outcome=outcome)


def _by_reference(items: list[OpenItem]) -> dict[str, OpenItem]:
    return {one.reference: one for one in items}


def _index(form: PostFileForm, refused: Form | None = None) -> str:
    return render_template("deliveries/import.html", form=form, refused=refused, columns=COLUMNS)
