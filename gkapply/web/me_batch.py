"""批量提交: download the sheet, fill it in, upload it, look it through, confirm once, keep the list of receipts."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response
from wtforms import FileField

from gkapply import clock
from gkapply.casework import batch_check, batch_sheet, batches
from gkapply.casework.batch_sheet import COLUMNS, HINTS, BadSheet, read_sheet
from gkapply.casework.batches import Sheet
from gkapply.casework.citizen_profile import profile_of
from gkapply.casework.reception import receiving_organs
from gkapply.config import Settings
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound, Refusal
from gkapply.web.application_form import MUST
from gkapply.web.attachment import attachment
from gkapply.web.csv_file import csv_file
from gkapply.web.errors import status_of
from gkapply.web.forms import Form
from gkapply.web.me_login import for_citizens, holder
from gkapply.web.uploads import uploaded_table
from gkapply.web.wording import date_zh
from gkapply.workbooks import WORKBOOK_TYPE, write_workbook

blueprint = Blueprint("me_batch", __name__)

CONFIRMED = "batches"
"""Key of the browser's session: the sheets that it confirmed, whose list may show the query codes."""
MOST_CONFIRMED = 5
RECEIPT_HEADS = ("行", "登记编号", "查询码", "受理机关", "申请的信息", "下一个日期")


class SheetForm(Form):
    """The filled-in sheet."""

    file = FileField("填好的表", MUST)


@blueprint.get("/me/batch")
@for_citizens
def index() -> str:
    """How it goes, the empty sheet, where to upload it, what was sent before."""
    return _index(SheetForm(formdata=None))


@blueprint.get("/me/batch/sheet.csv")
@for_citizens
def blank_csv() -> Response:
    """The empty sheet as csv."""
    return csv_file(tuple(COLUMNS), (), "批量提交.csv")


@blueprint.get("/me/batch/sheet.xlsx")
@for_citizens
def blank_workbook() -> Response:
    """The empty sheet as xlsx, with lists to choose from."""
    with reading() as unit:
        organs = [organ.name for organ in receiving_organs(unit, clock.today())]
    content = batch_sheet.blank_workbook(organs, _settings().batch_rows)
    return attachment(content, WORKBOOK_TYPE, "批量提交.xlsx")


@blueprint.post("/me/batch")
@for_citizens
def upload() -> Any:
    """Read the sheet and go on to its preview; else every bad cell at once."""
    form = SheetForm()
    try:
        file = uploaded_table("file")
        if file is None:
            raise Refusal("请选择填好的表", field="file")
        rows = read_sheet(file.content, _settings().batch_rows)
        mine, now = holder().citizen_id, clock.now()
        with transaction() as unit:
            understood = batch_check.understood(unit, mine, rows, clock.day_of(now))
            uid = batches.prepare(unit, mine, understood, now)
    except Refusal as refusal:
        form.show(refusal)
        cells = refusal.cells if isinstance(refusal, BadSheet) else ()
        return _index(form, cells), status_of(refusal)
    return redirect(url_for("me_batch.show", uid=uid), 303)


@blueprint.get("/me/batch/<uid>")
@for_citizens
def show(uid: str) -> str:
    """The preview before the confirmation; afterwards how far it has come, and the list of receipts."""
    sheet = _sheet(uid)
    page = "preview" if sheet.confirmed_at is None else "receipts"
    return render_template(f"me/batch_{page}.html", sheet=sheet, codes=_may_see_codes(uid))


@blueprint.post("/me/batch/<uid>")
@for_citizens
def confirm(uid: str) -> Response:
    """Send every request of the sheet; a double click, a second window, a resend are the same n requests."""
    session[CONFIRMED] = [*(one for one in session.get(CONFIRMED, []) if one != uid), uid][-MOST_CONFIRMED:]
    network = request.remote_addr or ""
    batches.confirm(holder().citizen_id, uid, network, _settings().batches_per_hour, clock.now())
    return redirect(url_for("me_batch.show", uid=uid), 303)


@blueprint.post("/me/batch/<uid>/discard")
@for_citizens
def discard(uid: str) -> Response:
    """Forget a sheet that was not confirmed."""
    with transaction() as unit:
        batches.discard(unit, holder().citizen_id, uid)
    flash("没有提交，这张表已经删除")
    return redirect(url_for("me_batch.index"), 303)


@blueprint.get("/me/batch/<uid>/receipts.csv")
@for_citizens
def receipts(uid: str) -> Response:
    """The list of receipts as csv."""
    rows, name = _receipts(uid)
    return csv_file(RECEIPT_HEADS, rows, f"{name}.csv")


@blueprint.get("/me/batch/<uid>/receipts.xlsx")
@for_citizens
def receipts_workbook(uid: str) -> Response:
    """The list of receipts as xlsx."""
    rows, name = _receipts(uid)
    return attachment(
        write_workbook("回执", RECEIPT_HEADS, rows, (6, 18, 16, 28, 60, 28)), WORKBOOK_TYPE, f"{name}.xlsx"
    )


def _receipts(uid: str) -> tuple[list[tuple[object, ...]], str]:
    """The rows of the list and the name of its file. Raises NotFound while requests wait to be entered."""
    sheet = _sheet(uid)
    if sheet.finished_at is None:
        raise NotFound("这张表还没有全部提交", do="请回到批量提交页查看进展")
    rows: list[tuple[object, ...]] = [
        (one.line, one.reference, one.code, one.organ, one.title, _next_day(one)) for one in sheet.entries
    ]
    return rows, f"批量提交回执-{date_zh(sheet.confirmed_at)}"


def _next_day(entry: batches.SheetEntry) -> str:
    if entry.confirm_by is not None:
        return f"{date_zh(entry.confirm_by)}前确认收到"
    return f"{date_zh(entry.due_on)}前答复" if entry.due_on else ""


def _sheet(uid: str) -> Sheet:
    with reading() as unit:
        return batches.sheet(unit, holder().citizen_id, uid, with_codes=_may_see_codes(uid))


def _may_see_codes(uid: str) -> bool:
    return uid in session.get(CONFIRMED, [])


def _index(form: SheetForm, cells: Any = ()) -> str:
    mine = holder().citizen_id
    with reading() as unit:
        return render_template(
            "me/batch.html",
            form=form,
            cells=cells,
            hints=HINTS,
            most=_settings().batch_rows,
            profile=profile_of(unit, mine),
            sheets=batches.sheets(unit, mine),
            organs=[organ.name for organ in receiving_organs(unit, clock.today())],
        )


def _settings() -> Settings:
    settings: Settings = current_app.config["GKAPPLY"]
    return settings
