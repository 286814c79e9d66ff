"""成批登记: one text, a list of applicants, a preview that names every bad row, then one request for each, and their slips."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, session, url_for
from werkzeug.wrappers import Response
from wtforms import FileField, MultipleFileField, RadioField, TextAreaField

from gkapply import clock
from gkapply.casework import group_registration
from gkapply.casework.application import APPLICATION_PAPER
from gkapply.casework.application_check import Findings
from gkapply.casework.batch_sheet import BadCell, BadSheet
from gkapply.casework.group_sheet import COLUMNS, LONGEST, MOST, read_list
from gkapply.casework.in_tray import confirm_by
from gkapply.casework.people import Organ
from gkapply.casework.query_code import query_code
from gkapply.casework.uploads import keep_files
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound, Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.application_form import KIND_CHOICES, MUST, ONE_OF_THEM, WantedFields
from gkapply.web.arrival_fields import ARRIVAL, ArrivalFields
from gkapply.web.errors import status_of
from gkapply.web.forms import Form
from gkapply.web.qr import query_picture
from gkapply.web.register import signing_name_of
from gkapply.web.register_form import DEFAULTS
from gkapply.web.uploads import any_chosen, uploaded, uploaded_one, uploaded_table
from workflows.duties import CASE_DUTIES, Duty

blueprint = Blueprint("group", __name__)

ENTERED = "groups"
"""Key of the browser's session: the lists that it entered, whose slips may show the query codes."""
MOST_ENTERED = 3


class GroupForm(ArrivalFields, WantedFields):
    """What all have in common, and who they are."""

    ON_TOP = ("", *ARRIVAL)
    kind = RadioField("申请人类型", MUST, choices=KIND_CHOICES, validate_choice=False)
    people = TextAreaField("申请人名单", ONE_OF_THEM)
    file = FileField("名单文件", ONE_OF_THEM)


class PapersForm(Form):
    """What came with the letter, for each of the files."""

    application = MultipleFileField("纸质申请的扫描件")
    proof = FileField("收到日期的凭证")


@blueprint.get("/desk/register/group")
@requires(Duty.REGISTRAR)
def blank() -> str:
    """The empty form."""
    return _form_page(GroupForm(formdata=None, data={**DEFAULTS, "received_on": clock.today()}))


@blueprint.post("/desk/register/group")
@requires(Duty.REGISTRAR)
def check() -> Any:
    """Read the list and go on to its preview; else every bad row and field at once."""
    form, now, actor = GroupForm(), clock.now(), current_actor()
    try:
        file, found = uploaded_table("file"), Findings()
        receipt = form.receipt(found)
        found.test(group_registration.check_common, form.as_application(), clock.today())
        found.settle()
        assert receipt is not None, "settle() raises while the day is missing"
        content = file.content if file else None
        rows = read_list(form.people.data or "", content, form.as_application(), clock.today())
        with transaction() as unit:
            name = signing_name_of(unit, form.signing_name.data or "", unit.get_one(Organ, actor.organ_id))
            uid = group_registration.prepare(unit, rows, receipt, actor, now, signing_name=name)
    except Refusal as refusal:
        form.show(refusal)
        cells = refusal.cells if isinstance(refusal, BadSheet) else ()
        return _form_page(form, cells), status_of(refusal)
    return redirect(url_for("group.show", uid=uid), 303)


@blueprint.get("/desk/register/group/<uid>")
@requires(*CASE_DUTIES)
def show(uid: str) -> str:
    """The preview; afterwards the list of the requests."""
    return _group_page(uid, PapersForm(formdata=None))


@blueprint.post("/desk/register/group/<uid>")
@requires(Duty.REGISTRAR)
def enter(uid: str) -> Any:
    """Enter every request of the list; a double click is the same n requests."""
    form, now, actor = PapersForm(), clock.now(), current_actor()
    uploads = {APPLICATION_PAPER: uploaded(APPLICATION_PAPER)}
    try:
        with reading() as unit:
            keep_files(unit, uploads)
        with transaction() as unit:
            references = group_registration.enter(unit, uid, uploads, uploaded_one("proof"), actor, now)
    except Refusal as refusal:
        form.show(refusal)
        return _group_page(uid, form), status_of(refusal)
    session[ENTERED] = [*(one for one in session.get(ENTERED, []) if one != uid), uid][-MOST_ENTERED:]
    flash(f"已登记{len(references)}件：{references[0]}至{references[-1]}")
    return redirect(url_for("group.show", uid=uid), 303)


@blueprint.post("/desk/register/group/<uid>/discard")
@requires(Duty.REGISTRAR)
def discard(uid: str) -> Response:
    """Forget a list that was not entered."""
    with transaction() as unit:
        group_registration.discard(unit, uid, current_actor())
    flash("没有登记，这份名单已经删除")
    return redirect(url_for("group.blank"), 303)


@blueprint.get("/desk/register/group/<uid>/slips")
@requires(Duty.REGISTRAR)
def slips(uid: str) -> str:
    """The slips of all requests, one a sheet."""
    with_codes = uid in session.get(ENTERED, [])
    with reading() as unit:
        group = group_registration.group_of(unit, uid, current_actor())
        each = [
            (case, query_code(unit, case) if with_codes else "", query_picture(case.reference), confirm_by(case))
            for case in group.cases
        ]
        return render_template("register/group_slips.html", group=group, slips=each)


def _form_page(form: GroupForm, cells: tuple[BadCell, ...] = ()) -> str:
    with reading() as unit:
        organ = unit.get_one(Organ, current_actor().organ_id)
        form.offer(organ, (), clock.today())
        return render_template(
            "register/group.html",
            form=form,
            organ=organ,
            cells=cells,
            columns=tuple(COLUMNS),
            most=MOST,
            longest=LONGEST,
            files_lost=any_chosen(),
        )


def _group_page(uid: str, form: PapersForm) -> str:
    with reading() as unit:
        group = group_registration.group_of(unit, uid, current_actor())
        may_register = current_actor().holds(Duty.REGISTRAR)
        if group.entered_at is None and not may_register:
            raise NotFound("这份名单还没有登记")
        return render_template("register/group_list.html", group=group, form=form, may_register=may_register)
