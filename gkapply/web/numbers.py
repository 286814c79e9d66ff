"""The register of letter numbers (文号登记簿) on a page and as a csv file, and why numbers were left out."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired

from gkapply import clock
from gkapply.casework import number_register
from gkapply.casework.number_register import KEEPERS, READERS, Gap, NumberLine, Series
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.application_form import MUST, NO_POPUP
from gkapply.web.csv_file import csv_file
from gkapply.web.forms import Form, settle
from gkapply.web.wording import date_zh

blueprint = Blueprint("numbers", __name__)

PAGE = 100
"""Numbers on one page."""
EARLIEST_YEAR = 2019
HEADS = ("文号", "顺序号", "文书", "登记编号", "签发日期", "发出日期", "状态", "撤销、作废的理由")


class GapForm(Form):
    """Why numbers were left out."""

    first = IntegerField("起号", [InputRequired("请填写空号的第一个号")])
    last = IntegerField("止号", [InputRequired("请填写空号的最后一个号")], description="只有一个号的，与起号相同")
    reason = StringField("空号的原因", MUST, render_kw=NO_POPUP)


@blueprint.get("/desk/numbers")
@requires(*READERS)
def index() -> str:
    """One series of a year, the newest number first."""
    return _page(GapForm(formdata=None))


@blueprint.get("/desk/numbers/file")
@requires(*READERS)
def as_file() -> Response:
    """The same as csv, in ascending order with the gaps."""
    with reading() as session:
        found = number_register.register(session, current_actor(), _chosen(session))
    rows = [_row(line) for line in found.lines]
    rows += [_gap_row(found.series, gap) for gap in found.gaps]
    rows.sort(key=lambda row: int(str(row[1]).split("—")[0]))
    return csv_file(HEADS, rows, f"文号登记簿-{found.series.word}-{found.series.year}.csv")


@blueprint.post("/desk/numbers/gaps")
@requires(*KEEPERS)
def explain() -> Any:
    """Keep the reason why numbers were left out."""
    form, actor = GapForm(), current_actor()

    def act() -> Response:
        stretch = (form.first.data or 0, form.last.data or 0)
        with transaction() as session:
            series = _chosen(session)
            number_register.explain_gap(session, series, stretch, form.reason.data or "", actor, clock.now())
        flash("空号的原因已登记")
        return redirect(url_for("numbers.index", **_address(series)), 303)

    return settle(form, act, lambda: _page(form))


def _page(form: GapForm) -> str:
    actor, year = current_actor(), _year()
    with reading() as session:
        all_series = number_register.series_of(session, actor, year)
        chosen = _chosen(session) if request.args.get("name") else next(iter(all_series), None)
        found = None if chosen is None else number_register.register(session, actor, chosen)
    unexplained = next((gap for gap in found.gaps if not gap.reason), None) if found else None
    if unexplained is not None and request.method == "GET":
        form.first.data, form.last.data = unexplained.first, unexplained.last
    lines = list(reversed(found.lines)) if found else []
    before = _ordinal(request.args.get("before", "") or "0")
    if before:
        lines = [line for line in lines if line.number.ordinal < before]
    return render_template(
        "numbers/index.html",
        years=range(clock.today().year, EARLIEST_YEAR - 1, -1),
        year=year,
        all_series=all_series,
        found=found,
        address=_address(found.series) if found else {},
        lines=lines[:PAGE],
        more=lines[PAGE - 1].number.ordinal if len(lines) > PAGE else None,
        first=not before,
        form=form,
        keeps=unexplained is not None and actor.holds(*KEEPERS),
        links=_address,
    )


def _chosen(session: Any) -> Series:
    """The series asked for. Raises NotFound."""
    name, word = request.args.get("name", ""), request.args.get("word", "")
    return number_register.find_series(session, current_actor(), _ordinal(name or "0"), word, _year())


def _address(series: Series) -> dict[str, Any]:
    return {"name": series.name_id, "word": series.word, "year": series.year}


def _year() -> int:
    typed = request.args.get("year", "")
    if not typed:
        return clock.today().year
    if not (typed.isdecimal() and len(typed) == 4 and typed.isascii()):
        raise Refusal("年度须为四位数字", do="例如 2026", field="year")
    return int(typed)


def _ordinal(typed: str) -> int:
    """A number out of an address or hidden field. Raises Refusal for what no page wrote."""
    if not (typed.isdecimal() and typed.isascii() and len(typed) <= 9):
        raise Refusal("地址中的序号无法识别", do="请从文号登记簿重新进入")
    return int(typed)


def _row(line: NumberLine) -> tuple[object, ...]:
    return (
        line.number,
        line.number.ordinal,
        line.title,
        line.reference,
        line.signed_on,
        line.sent_on,
        line.state.label,
        line.reason,
    )


def _gap_row(series: Series, gap: Gap) -> tuple[object, ...]:
    stretch = str(gap.first) if gap.first == gap.last else f"{gap.first}—{gap.last}"
    told = f"{gap.reason}（{gap.who}，{date_zh(gap.on)}）" if gap.reason else "未说明"
    return f"{series.word}〔{series.year}〕{stretch}号", stretch, "", "", "", "", "空号", told
