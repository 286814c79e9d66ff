"""The keepers' pages of the catalogue (目录编制): what waits, an edition with its entries, submitting, checking, publishing."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from gkapply import clock
from gkapply.casework import catalogue, catalogue_desk, catalogue_drafts, catalogue_public
from gkapply.casework.access import Actor
from gkapply.casework.catalogue_access import KEEPERS, find_edition
from gkapply.casework.catalogue_columns import WRITTEN
from gkapply.casework.catalogue_drafts import LONGEST_NOTE
from gkapply.casework.catalogue_records import CatalogueEdition, EditionState
from gkapply.casework.organs import find_organ
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound, Refusal
from gkapply.sheets import write_csv
from gkapply.web.access import current_actor, requires
from gkapply.web.attachment import attachment
from gkapply.web.csv_file import CSV_TYPE
from gkapply.web.forms import Answer, Form, choices, settle
from gkapply.workbooks import WORKBOOK_TYPE, write_workbook
from workflows.duties import Duty

blueprint = Blueprint("catalogue_desk", __name__, url_prefix="/desk/catalogue")
WIDTHS = (14, 16, 24, 40, 30, 22, 20, 24, 12, 10, 10, 30)
"""Widths of the columns of a workbook, in characters."""


class BeginForm(Form):
    """Whose catalogue, in which area."""

    area = SelectField("公开领域", [InputRequired("请选择公开领域")])
    organ = SelectField("机关", description="不选的，归负责该领域的机关；没有机关负责的，归本机关")


class SubmitForm(Form):
    """What was changed, for the change list."""

    note = TextAreaField(
        "更新说明",
        [Length(max=LONGEST_NOTE)],
        description="为什么更新，例如依据修订、职责调整；随更新记录公开",
        render_kw={"class": "short"},
    )


class ReturnForm(Form):
    """Why it is returned."""

    reason = TextAreaField(
        "退回理由", [InputRequired("退回须写明理由"), Length(max=LONGEST_NOTE)], render_kw={"class": "short"}
    )


@blueprint.get("")
@requires(*KEEPERS)
def index() -> str:
    """What waits for a decision, what is being compiled, what holds."""
    return _index(BeginForm(formdata=None))


@blueprint.post("/begin")
@requires(*KEEPERS)
def begin() -> Answer:
    """Begin an edition, or go to the one that is open."""
    form = BeginForm()
    _offer(form)

    def act() -> Response:
        with transaction() as session:
            organ = _chosen_organ(session, form)
            edition = catalogue_drafts.begin(session, organ, form.area.data or "", current_actor(), clock.now())
            uid = edition.uid
        return redirect(url_for("catalogue_desk.show", uid=uid), 303)

    return settle(form, act, lambda: _index(form))


@blueprint.post("/several")
@requires(*KEEPERS)
def several() -> Answer:
    """Submit or publish the editions that were ticked: all of them or none."""
    chosen, deed = request.form.getlist("edition"), request.form.get("deed", "")
    deeds: dict[str, Callable[[Session, CatalogueEdition, Actor, Any], None]] = {
        "submit": catalogue.submit,
        "publish": catalogue.publish,
    }
    if not chosen or deed not in deeds:
        flash("没有勾选任何一版目录，没有执行")
        return redirect(url_for("catalogue_desk.index"), 303)
    with transaction() as session:
        for uid in chosen:
            edition = find_edition(session, uid, current_actor(), for_change=True)
            deeds[deed](session, edition, current_actor(), clock.now())
    flash(f"已{'报送' if deed == 'submit' else '发布'}{len(chosen)}版目录")
    return redirect(url_for("catalogue_desk.index"), 303)


@blueprint.get("/editions/<uid>")
@requires(*KEEPERS)
def show(uid: str) -> str:
    """One edition: where it stands, what it changes, its entries."""
    return _show(uid)


@blueprint.post("/editions/<uid>/submit")
@requires(*KEEPERS)
def submit(uid: str) -> Answer:
    """Hand it to the head who decides."""
    form = SubmitForm()

    def deed(session: Session, edition: CatalogueEdition) -> str:
        catalogue_drafts.set_note(edition, form.note.data or "", current_actor())
        catalogue.submit(session, edition, current_actor(), clock.now())
        return "已报送，等待核对发布"

    return _decide(uid, form, deed, note_form=form)


@blueprint.post("/editions/<uid>/return")
@requires(Duty.HEAD)
def give_back(uid: str) -> Answer:
    """Return it with the reason."""
    form = ReturnForm()

    def deed(session: Session, edition: CatalogueEdition) -> str:
        catalogue.give_back(session, edition, form.reason.data or "", current_actor(), clock.now())
        return "已退回"

    return _decide(uid, form, deed, return_form=form)


@blueprint.post("/editions/<uid>/publish")
@requires(Duty.HEAD)
def publish(uid: str) -> Answer:
    """Accept and publish it."""
    return _do(uid, catalogue.publish, "已发布，公众现在可以查看")


@blueprint.post("/editions/<uid>/take-back")
@requires(*KEEPERS)
def take_back(uid: str) -> Answer:
    """Compile on."""
    return _do(uid, catalogue.take_back, "已撤回，可以继续修改")


@blueprint.post("/editions/<uid>/drop")
@requires(*KEEPERS)
def drop(uid: str) -> Answer:
    """Give a draft up."""
    return _do(uid, catalogue_drafts.drop, "已放弃这一版")


@blueprint.get("/editions/<uid>/file.<ending>")
@requires(*KEEPERS)
def download(uid: str, ending: str) -> Response:
    """The edition as csv or xlsx, in the columns that an import reads. Raises NotFound for another ending."""
    if ending not in ("csv", "xlsx"):
        raise NotFound("只能下载 csv 或者 xlsx")
    with reading() as session:
        edition = find_edition(session, uid, current_actor())
        rows = list(catalogue_public.table_rows(edition.entries))
    heads, name = [one.head for one in WRITTEN], f"{edition.organ.name}{edition.area}领域政务公开事项标准目录.{ending}"
    if ending == "csv":
        return attachment(write_csv(heads, rows), CSV_TYPE, name)
    return attachment(write_workbook(edition.area, heads, rows, WIDTHS), WORKBOOK_TYPE, name)


def _do(uid: str, deed: Callable[[Session, CatalogueEdition, Actor, Any], None], done: str) -> Answer:
    with transaction() as session:
        deed(session, find_edition(session, uid, current_actor(), for_change=True), current_actor(), clock.now())
    flash(done)
    return redirect(url_for("catalogue_desk.show", uid=uid), 303)


def _decide(uid: str, form: Form, deed: Callable[[Session, CatalogueEdition], str], **shown: Form) -> Answer:
    def act() -> Response:
        with transaction() as session:
            done = deed(session, find_edition(session, uid, current_actor(), for_change=True))
        flash(done)
        return redirect(url_for("catalogue_desk.show", uid=uid), 303)

    return settle(form, act, lambda: _show(uid, refused=form, **shown))


def _show(
    uid: str, refused: Form | None = None, note_form: SubmitForm | None = None, return_form: ReturnForm | None = None
) -> str:
    actor = current_actor()
    with reading() as session:
        edition = find_edition(session, uid, actor)
        entries, changes = list(edition.entries), catalogue_drafts.changes_of(session, edition)
    waiting = edition.state is EditionState.SUBMITTED
    return render_template(
        "catalogue_desk/edition.html",
        edition=edition,
        entries=entries,
        changes=changes,
        refused=refused,
        note_form=note_form or SubmitForm(formdata=None, data={"note": edition.note}),
        return_form=return_form or ReturnForm(formdata=None),
        may_edit=edition.state is EditionState.DRAFT and edition.made_in_id == actor.organ_id,
        may_renew=edition.state is EditionState.PUBLISHED and actor.organ_id in (edition.organ_id, edition.made_in_id),
        may_take_back=waiting and edition.made_in_id == actor.organ_id,
        may_decide=waiting and edition.checker_id == actor.organ_id and actor.holds(Duty.HEAD),
        own_submission=edition.submitted_by == actor.user_id,
    )


def _index(form: BeginForm) -> str:
    actor = current_actor()
    _offer(form)
    with reading() as session:
        found = catalogue_desk.overview(session, actor, clock.today())
    return render_template(
        "catalogue_desk/index.html", found=found, form=form, decides=actor.holds(Duty.HEAD), draft=EditionState.DRAFT
    )


def _offer(form: BeginForm) -> None:
    with reading() as session:
        organs, areas = catalogue_desk.places(session, current_actor(), clock.today())
    form.area.choices = choices([("", "请选择"), *((one, one) for one in areas)])
    form.organ.choices = choices([("", "按领域确定"), *((one.code, one.name) for one in organs)])


def _chosen_organ(session: Session, form: BeginForm) -> int:
    if form.organ.data:
        return find_organ(session, form.organ.data).id
    organs, _ = catalogue_desk.places(session, current_actor(), clock.today())
    if not organs:
        raise Refusal("本机关已不在有效期内")
    answering = catalogue_desk.proposed_organ(organs, form.area.data or "")
    return answering.id if answering else organs[0].id
