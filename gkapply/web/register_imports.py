"""Taking a register (台账) over on pages: chosen, read by an errand, shown with every bad row, and only then taken."""

import json

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, FileField
from wtforms.validators import InputRequired

from gkapply import clock
from gkapply.casework import register_import, register_upload
from gkapply.casework.register_checking import pieces_of
from gkapply.casework.register_import_records import PHASES, READY, REFUSED, TAKING, UPLOADED, WARNINGS
from gkapply.casework.register_upload import KEEPERS
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.law.register_heads import COLUMNS, FACT_COLUMNS
from gkapply.law.register_rows import Odd
from gkapply.web.access import current_actor, requires
from gkapply.web.csv_file import csv_file
from gkapply.web.forms import Answer, Form, settle
from gkapply.web.uploads import uploaded_table

blueprint = Blueprint("register_imports", __name__, url_prefix="/desk/ledger/import")
SHOWN = 200
"""Bad rows that the page lists; all of them are in the file that it offers."""
ODD_SHOWN = 20


class RegisterFileForm(Form):
    """The register, its facts where they come in a file of their own, and whether rows that are here may be changed."""

    file = FileField("台账文件", [InputRequired("请选择台账文件")])
    facts = FileField("期限事实文件")
    changing = BooleanField("更新已经导入过、内容不同的记录")


class ConfirmForm(Form):
    """Nothing but the decision."""


@blueprint.get("")
@requires(*KEEPERS)
def index() -> str:
    """Choose a file; what came before."""
    return _index(RegisterFileForm(formdata=None))


@blueprint.post("")
@requires(*KEEPERS)
def hand_in() -> Answer:
    """Keep the file and have it read."""
    form = RegisterFileForm()

    def act() -> Response:
        chosen, facts = uploaded_table("file"), uploaded_table("facts")
        if chosen is None:
            raise Refusal("没有选择文件", do="请选择台账文件", field="file")
        with transaction() as session:
            run = register_upload.hand_in(
                session, chosen, facts, current_actor(), clock.now(), changing=bool(form.changing.data)
            )
        return redirect(url_for("register_imports.show", uid=run.uid), 303)

    return settle(form, act, lambda: _index(form))


@blueprint.get("/<uid>")
@requires(*KEEPERS)
def show(uid: str) -> str:
    """How far a run has come, and what its file comes to."""
    return _page(uid, ConfirmForm(formdata=None))


@blueprint.get("/<uid>/problems.csv")
@requires(*KEEPERS)
def problems(uid: str) -> Response:
    """Every bad row."""
    with reading() as session:
        found = register_upload.problems(session, register_upload.find(session, uid, current_actor()))
    rows = [(one.sheet, one.line or "", one.column, one.value, one.reason) for one in found]
    return csv_file(["工作表", "行", "列", "内容", "原因"], rows, "台账核对结果.csv")


@blueprint.post("/<uid>/take")
@requires(*KEEPERS)
def take(uid: str) -> Answer:
    """Take what was found sound; the errand goes on with it."""
    form = ConfirmForm()

    def act() -> Response:
        with transaction() as session:
            run = register_upload.find(session, uid, current_actor())
            register_import.begin(session, run.id, clock.now())
        flash("已开始导入；关闭本页也会继续进行，直到全部完成")
        return redirect(url_for("register_imports.show", uid=uid), 303)

    return settle(form, act, lambda: _page(uid, form))


@blueprint.post("/<uid>/drop")
@requires(*KEEPERS)
def drop(uid: str) -> Answer:
    """Give it up before anything is taken."""
    form = ConfirmForm()

    def act() -> Response:
        with transaction() as session:
            register_upload.give_up(session, register_upload.find(session, uid, current_actor(), for_change=True))
        flash("没有导入，这份文件的内容已经删除")
        return redirect(url_for("register_imports.index"), 303)

    return settle(form, act, lambda: _page(uid, form))


@blueprint.app_template_global("register_under_way")
def under_way() -> str:
    """The sentence that a list or figure of the organ shows while a register is being taken; empty otherwise."""
    with reading() as session:
        run = register_upload.under_way(session, current_actor())
    if run is None:
        return ""
    return f"原台账导入进行中：已导入{run.done_rows}行，共{run.fresh + run.changed}行；完成之前，列表和统计中还没有全部记录。"


def _index(form: RegisterFileForm) -> str:
    with reading() as session:
        runs = register_upload.runs(session, current_actor())
    return render_template(
        "register/imports.html", form=form, runs=runs, phases=PHASES, columns=COLUMNS, facts=FACT_COLUMNS
    )


def _page(uid: str, form: ConfirmForm) -> str:
    with reading() as session:
        run = register_upload.find(session, uid, current_actor())
        wrong = register_upload.problems(session, run, SHOWN) if run.phase == REFUSED else []
        counts = json.loads(run.warnings)
        odd: dict[str, list[int]] = {}
        for piece in pieces_of(session, run, WARNINGS) if run.phase == READY else ():
            for one in piece:
                odd.setdefault(one["odd"], []).append(one["line"])
    return render_template(
        "register/import_run.html",
        form=form,
        run=run,
        phases=PHASES,
        waits=run.phase in (UPLOADED, TAKING),
        wrong=wrong,
        odd=[(Odd(code).label, counts[code], lines[:ODD_SHOWN]) for code, lines in sorted(odd.items())],
        may_take=run.phase == READY and run.fresh + run.changed > 0,
        total=run.fresh + run.changed,
    )
