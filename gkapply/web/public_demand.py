"""What the public asked for (群众申请了什么), for everybody: requests by area and theme of a year, as a table and as csv."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import demand_figures
from gkapply.casework.demand_figures import Shown, Year
from gkapply.casework.public_figures import LEAST
from gkapply.casework.reception import receiving_organs
from gkapply.database import reading
from gkapply.law.refusal import NotFound
from gkapply.web.access import public
from gkapply.web.csv_file import csv_file
from gkapply.web.figures import organ_named
from gkapply.web.headers import impersonal

blueprint = Blueprint("public_demand", __name__, url_prefix="/figures/demand")


@blueprint.get("")
@public
@impersonal
def index() -> str:
    """One year of all organs together, or with ``?organ=`` of one; the newest unless the address names another."""
    with reading() as session:
        organ = organ_named(session)
        years = demand_figures.years(session, organ)
        organs = receiving_organs(session, clock.today())
    return render_template(
        "guide/demand.html",
        organ=organ,
        organs=organs,
        years=years,
        shown=_chosen(years),
        told=told,
        least=LEAST,
    )


@blueprint.get("/file")
@public
@impersonal
def as_file() -> Response:
    """Every year as csv."""
    with reading() as session:
        organ = organ_named(session)
        years = demand_figures.years(session, organ)
    rows = [
        (one.year, head, line.name, told(line), one.counted_on.isoformat())
        for one in years
        for head, lines in (("公开领域", one.areas), ("主题", one.themes))
        for line in lines
    ]
    name = f"群众申请了什么-{'全部机关' if organ is None else organ.name}.csv"
    return csv_file(("年度", "类别", "名称", "申请件数", "统计截至"), rows, name)


def told(one: Shown) -> str:
    """What the table says of a figure."""
    if one.value is not None:
        return str(one.value)
    return f"少于{LEAST}" if one.small else "不单列"


def _chosen(years: list[Year]) -> Year | None:
    typed = request.args.get("year", "")
    found = next((one for one in years if str(one.year) == typed), None)
    if typed and found is None:
        raise NotFound("没有这一年的统计", do="请从列表选择年度")
    return found or (years[0] if years else None)
