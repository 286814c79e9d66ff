"""One entry of an edition that is being compiled: added, changed, taken out."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from gkapply import clock
from gkapply.casework import catalogue_drafts
from gkapply.casework.catalogue_access import KEEPERS, find_edition
from gkapply.casework.catalogue_columns import ACTIVE, BY_CODE, EVERYBODY, LEVELS, ON_REQUEST
from gkapply.casework.catalogue_records import COLUMNS
from gkapply.database import reading, transaction
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, choices, settle

blueprint = Blueprint("catalogue_entries", __name__, url_prefix="/desk/catalogue/editions/<uid>/entries")
JOINED = ("way", "level")
SHORT = {"class": "short"}


def _must(code: str) -> list[InputRequired | Length]:
    column = BY_CODE[code]
    bound = Length(max=column.longest)
    return [InputRequired(f"请填写{column.head}"), bound] if column.needed else [bound]


def _ticks(label: str, missing: str, pairs: list[tuple[str, str]]) -> SelectMultipleField:
    """Several of a few words, as check boxes."""
    must, several = [InputRequired(missing)], ListWidget(prefix_label=False)
    return SelectMultipleField(label, must, choices=choices(pairs), widget=several, option_widget=CheckboxInput())


class EntryForm(Form):
    """The columns of an entry; the names are their codes."""

    heading = StringField("一级事项", _must("heading"), description="类别，例如「最低生活保障」")
    name = StringField("事项名称（二级事项）", _must("name"), description="用群众看得懂的说法")
    content = TextAreaField("公开内容（要素）", _must("content"), render_kw=SHORT)
    basis = TextAreaField("公开依据", _must("basis"), render_kw=SHORT)
    term = StringField("公开时限", _must("term"))
    subject = StringField("公开主体", _must("subject"))
    channel = StringField("公开渠道和载体", _must("channel"))
    audience = StringField("公开对象", _must("audience"), description="「全社会」，或者「特定群体（写明是谁）」")
    way = _ticks("公开方式", "请选择公开方式", [(ACTIVE, "主动公开"), (ON_REQUEST, "依申请公开")])
    level = _ticks("公开层级", "请选择公开层级", [(one, one) for one in LEVELS])
    address = StringField("公开地址", _must("address"), description="已经公开的，填写完整网址，公众可以直接打开")


@blueprint.route("/new", methods=["GET", "POST"])
@requires(*KEEPERS)
def add(uid: str) -> Answer:
    """Add an entry."""
    fresh = {"audience": EVERYBODY, "way": [ACTIVE], "term": "信息形成或者变更之日起20个工作日内"}
    return _edit(uid, None, EntryForm(data=fresh), "添加事项")


@blueprint.route("/<entry>", methods=["GET", "POST"])
@requires(*KEEPERS)
def change(uid: str, entry: str) -> Answer:
    """Change an entry."""
    with reading() as session:
        edition = find_edition(session, uid, current_actor())
        values = catalogue_drafts.find_entry(edition, entry).values()
    split = {code: value.split("、") if code in JOINED else value for code, value in values.items()}
    return _edit(uid, entry, EntryForm(data=split), "修改事项")


@blueprint.post("/<entry>/remove")
@requires(*KEEPERS)
def remove(uid: str, entry: str) -> Response:
    """Take an entry out of the draft."""
    with transaction() as session:
        edition = find_edition(session, uid, current_actor(), for_change=True)
        catalogue_drafts.remove_entry(session, edition, entry, current_actor(), clock.now())
    flash("已从本版目录中撤下，发布后公众不再看到")
    return redirect(url_for("catalogue_desk.show", uid=uid), 303)


def _edit(uid: str, entry: str | None, form: EntryForm, heading: str) -> Answer:
    with reading() as session:
        edition = find_edition(session, uid, current_actor())
        if request.method == "GET":
            catalogue_drafts.require_draft(edition, current_actor())

    def act() -> Response:
        values = {code: form[code].data or "" for code in COLUMNS}
        joined = {code: "、".join(form[code].data or ()) for code in JOINED}
        with transaction() as session:
            draft = find_edition(session, uid, current_actor(), for_change=True)
            catalogue_drafts.put_entry(session, draft, entry, values | joined, current_actor(), clock.now())
        flash("已保存，尚未发布")
        return redirect(url_for("catalogue_desk.show", uid=uid), 303)

    return settle(
        form,
        act,
        lambda: render_template("catalogue_desk/entry.html", form=form, edition=edition, entry=entry, heading=heading),
    )
