"""公文公开属性登记 on pages: the list with its filters, one document entered, corrected or voided, the whole as csv or xlsx."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, DateField, IntegerField, SelectField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from gkapply import clock
from gkapply.casework import official_document_list, official_documents
from gkapply.casework.official_document_list import HEADS, STANDS, Wanted
from gkapply.casework.official_documents import COLUMNS, KEEPERS, LONGEST, DocumentDetails
from gkapply.database import reading, transaction
from gkapply.law.attributes import Attribute, ground_words
from gkapply.law.refusal import NotFound
from gkapply.law.replies import REFUSALS
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, choices, settle
from gkapply.web.list_file import hand_out
from gkapply.web.row_key import row_key
from gkapply.web.step_form import line_field, text_field
from workflows.duties import CASE_DUTIES

blueprint = Blueprint("official_documents", __name__, url_prefix="/desk/official-documents")
FILTERS = ("words", "attribute", "ground", "stands")
SHORT = {"class": "short"}


class DocumentForm(Form):
    """What is registered of a document; the names are the codes of its columns."""

    version = IntegerField(widget=HiddenInput(), default=0)
    title = line_field("题名", longest=LONGEST["title"], description="题名中有公民姓名等个人信息的，以“某某”代替")
    number = line_field("文号", needed=False, longest=LONGEST["number"])
    formed_on = DateField("成文日期", [Optional()])
    keeper = line_field("承办单位", needed=False, longest=LONGEST["keeper"])
    attribute = SelectField(
        "公开属性",
        [InputRequired("请选择公开属性")],
        choices=choices([("", "请选择"), *((one.value, one.label) for one in Attribute)]),
    )
    ground = SelectField(
        "不予公开的依据",
        choices=choices([("", "没有"), *((one.value, ground_words(one)) for one in REFUSALS)]),
        description="选择「不予公开」的必填（条例第十三条）",
    )
    reason = text_field(
        "理由",
        needed=False,
        longest=LONGEST["reason"],
        description="不予公开、依申请公开的，说明为什么不主动公开；主动公开的不填",
        render_kw=SHORT,
    )
    next_review_on = DateField(
        "下次评估审查日期", [Optional()], description="不填的，按本机关设定的间隔计算（条例第十八条）"
    )
    normative = BooleanField("是行政规范性文件")
    ends_on = DateField("有效期至", [Optional()], description="届满后列入清理")
    published_where = line_field("发布位置", needed=False, longest=LONGEST["published_where"])
    vouched = BooleanField("已核对：题名、文号、理由本身都不属于国家秘密")


class VoidForm(Form):
    """Why the entry is void."""

    reason = line_field("作废的理由", longest=LONGEST["reason"])


@blueprint.get("")
@requires(*CASE_DUTIES)
def index() -> str:
    """The documents of the organ, the newest first, narrowed by words and filters."""
    actor, today = current_actor(), clock.today()
    asked: dict[str, Any] = {name: request.args.get(name, "").strip() for name in FILTERS}
    before = request.args.get("before", type=row_key)
    with reading() as session:
        found = official_document_list.find(session, actor, Wanted(**asked, before=before), today)
    return render_template(
        "official_documents/index.html",
        found=found,
        asked=asked,
        first=before is None,
        attributes=[(one.value, one.label) for one in Attribute],
        grounds=[(one.value, ground_words(one)) for one in REFUSALS],
        standings=list(STANDS.items()),
        stands=official_document_list.stands,
        may_keep=actor.holds(*KEEPERS),
        today=today,
    )


@blueprint.get("/file.<ending>")
@requires(*CASE_DUTIES)
def download(ending: str) -> Response:
    """The list with its filters as csv or xlsx. Raises NotFound for another ending."""
    if ending not in ("csv", "xlsx"):
        raise NotFound("只能下载 csv 或者 xlsx")
    actor, today = current_actor(), clock.today()
    asked: dict[str, Any] = {name: request.args.get(name, "").strip() for name in FILTERS}

    def rows() -> Iterator[Sequence[object]]:
        with reading() as session:
            yield from official_document_list.table(session, actor, Wanted(**asked), today)

    chosen = "&".join(name for name, value in asked.items() if value)
    return hand_out(ending, "公文公开属性登记表", HEADS, rows, actor, which="documents", filters=chosen)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(*KEEPERS)
def add() -> Answer:
    """Register a document."""
    form = DocumentForm()

    def act() -> Response:
        with transaction() as session:
            made = official_documents.register(session, details(form), form.vouched.data, current_actor(), clock.now())
            uid = made.uid
        flash("已登记")
        return redirect(url_for("official_documents.show", uid=uid), 303)

    return settle(form, act, lambda: render_template("official_documents/edit.html", form=form, one=None))


@blueprint.get("/<uid>")
@requires(*CASE_DUTIES)
def show(uid: str) -> str:
    """One document."""
    return _page(uid, VoidForm(formdata=None))


@blueprint.route("/<uid>/edit", methods=["GET", "POST"])
@requires(*KEEPERS)
def edit(uid: str) -> Answer:
    """Put right what was registered wrongly."""
    with reading() as session:
        one = official_documents.open_document(session, uid, current_actor())
        shown = {name: getattr(one, name) for name in COLUMNS}
    form = DocumentForm(data={**shown, "version": one.version})

    def act() -> Response:
        actor, version = current_actor(), form.version.data or 0
        given = (details(form), form.vouched.data, actor, clock.now())
        with transaction() as session:
            found = official_documents.open_document(session, uid, actor, for_change=True, version=version)
            official_documents.correct(session, found, *given)
        flash("登记已更正")
        return redirect(url_for("official_documents.show", uid=uid), 303)

    return settle(form, act, lambda: render_template("official_documents/edit.html", form=form, one=one))


@blueprint.post("/<uid>/void")
@requires(*KEEPERS)
def void(uid: str) -> Answer:
    """Declare an entry void."""
    form = VoidForm()

    def act() -> Response:
        with transaction() as session:
            found = official_documents.open_document(session, uid, current_actor(), for_change=True)
            official_documents.void(session, found, form.reason.data or "", current_actor(), clock.now())
        flash("已作废，登记仍然留存")
        return redirect(url_for("official_documents.show", uid=uid), 303)

    return settle(form, act, lambda: _page(uid, form))


def details(form: DocumentForm) -> DocumentDetails:
    """What the form holds as casework takes it."""
    values = {name: form[name].data for name in COLUMNS}
    texts = {name: (value or "").strip() for name, value in values.items() if name in LONGEST or name == "ground"}
    return DocumentDetails(**{**values, **texts, "attribute": Attribute(form.attribute.data)})


def _page(uid: str, form: VoidForm) -> str:
    actor, today = current_actor(), clock.today()
    with reading() as session:
        one = official_documents.open_document(session, uid, actor)
        return render_template(
            "official_documents/show.html",
            one=one,
            form=form,
            stands=official_document_list.stands(one),
            due=one.next_review_on is not None and one.next_review_on <= today,
            may_keep=actor.holds(*KEEPERS) and not one.ended_how,
        )
