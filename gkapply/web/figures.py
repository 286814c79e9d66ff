"""Public figures (公开统计): requests, outcomes, waiting times and disputes by year, as a table and as csv."""

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import public_figures
from gkapply.casework.people import Organ
from gkapply.casework.public_figures import LEAST, MEASURES, OUTCOMES, Line
from gkapply.casework.reception import receiving_organ, receiving_organs
from gkapply.database import reading
from gkapply.law.refusal import NotFound, Refusal
from gkapply.web.access import public
from gkapply.web.csv_file import csv_file
from gkapply.web.headers import impersonal

blueprint = Blueprint("figures", __name__)
MEDIAN = "答复用时中位数（工作日）"


@blueprint.get("/figures")
@public
@impersonal
def index() -> str:
    """The years of all organs together, or with ``?organ=`` of one."""
    with reading() as session:
        organ = organ_named(session)
        years = public_figures.lines(session, organ)
        organs = receiving_organs(session, clock.today())
    return render_template(
        "guide/figures.html",
        heads=[f"{one.year}年" for one in years],
        outcomes=OUTCOMES,
        middle=middle,
        organ=organ,
        organs=organs,
        years=years,
        measures=MEASURES,
        told=told,
        least=LEAST,
        median=MEDIAN,
    )


@blueprint.get("/figures/file")
@public
@impersonal
def as_file() -> Response:
    """The same as csv."""
    with reading() as session:
        organ = organ_named(session)
        years = public_figures.lines(session, organ)
    heads = ("年度", *MEASURES.values(), MEDIAN, "统计截至")
    rows = [
        (one.year, *(told(one, code) for code in MEASURES), middle(one), one.counted_on.isoformat()) for one in years
    ]
    return csv_file(heads, rows, f"政府信息公开申请统计-{'全部机关' if organ is None else organ.name}.csv")


def told(line: Line, measure: str) -> str:
    """What the table says of a measure."""
    value = line.told[measure]
    if value is not None:
        return str(value)
    return f"少于{LEAST}" if measure in line.small else "不单列"


def middle(line: Line) -> str:
    """What the table says of the waiting time."""
    return "不单列" if line.median is None else f"{line.median:g}"


def organ_named(session: Session) -> Organ | None:
    """The organ that the address names; None for all. Raises NotFound."""
    code = request.args.get("organ", "")
    if not code:
        return None
    try:
        return receiving_organ(session, code, clock.today())
    except Refusal as refusal:
        raise NotFound("没有这个机关的统计", do="请从列表选择机关") from refusal
