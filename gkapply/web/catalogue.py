"""The catalogue of disclosure items (政务公开事项标准目录) for everybody: by area, entry by entry, as a file."""

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from gkapply.casework import catalogue_public
from gkapply.casework.catalogue_columns import WRITTEN
from gkapply.casework.catalogue_public import PAGE
from gkapply.casework.catalogue_records import PUBLIC_KIND
from gkapply.casework.organs import find_organ
from gkapply.casework.people import Organ
from gkapply.database import reading
from gkapply.law.areas import area_named, sources
from gkapply.web.access import public
from gkapply.web.csv_file import csv_file
from gkapply.web.headers import impersonal
from gkapply.web.row_key import row_key
from gkapply.web.taken import note_taken

blueprint = Blueprint("catalogue", __name__)
MOST_ORGANS = 12
"""Organs of an area that are shown side by side; more are chosen from a list."""


@blueprint.get("/catalogue")
@public
@impersonal
def index() -> str:
    """The areas with their counts, by organ."""
    with reading() as session:
        counts = catalogue_public.area_counts(session)
    total = sum(one.total for one in counts)
    return render_template("catalogue/index.html", counts=counts, total=total)


@blueprint.get("/catalogue/areas/<area>")
@public
@impersonal
def show_area(area: str) -> str:
    """The items of an area, of all organs or of one. Raises NotFound for what is no area."""
    after = request.args.get("after", 0, type=row_key)
    with reading() as session:
        organ = _organ(session)
        catalogue_public.require_area(session, area)
        counts = next((one for one in catalogue_public.area_counts(session) if one.area == area), None)
        found = catalogue_public.entries_of(session, area, organ.id if organ else None, after, PAGE + 1)
    more = found[PAGE - 1].id if len(found) > PAGE else None
    return render_template(
        "catalogue/area.html",
        area=area,
        about=area_named(area),
        sources=sources(),
        counts=counts,
        organ=organ,
        entries=found[:PAGE],
        after=after,
        more=more,
        most_organs=MOST_ORGANS,
    )


@blueprint.get("/catalogue/areas/<area>/changes")
@public
@impersonal
def changes(area: str) -> str:
    """The change list (更新记录) of an area: which edition, when, by whom, what is new, changed and gone."""
    with reading() as session:
        organ = _organ(session)
        catalogue_public.require_area(session, area)
        found = catalogue_public.change_list(session, area, organ.id if organ else None)
    return render_template("catalogue/changes.html", area=area, organ=organ, editions=found)


@blueprint.get("/catalogue/entries/<uid>")
@public
@impersonal
def show_entry(uid: str) -> str:
    """One item with all its columns and its history; that it was opened is counted, not by whom."""
    with reading() as session:
        found = catalogue_public.find_public(session, uid)
    note_taken(PUBLIC_KIND, uid)
    return render_template("catalogue/entry.html", found=found, entry=found.entry, columns=WRITTEN[1:])


@blueprint.get("/catalogue.csv")
@public
def download() -> Response:
    """The published catalogue as csv: whole, of one area (``?area=``) or of one organ (``?organ=``)."""
    area = request.args.get("area", "")
    with reading() as session:
        organ = _organ(session)
        rows = list(
            catalogue_public.table_rows(catalogue_public.all_entries(session, area, organ.id if organ else None))
        )
    heads = [one.head for one in WRITTEN]
    return csv_file(heads, rows, f"政务公开事项标准目录{f'（{area}）' if area else ''}.csv")


def _organ(session: Session) -> Organ | None:
    """The organ that ``?organ=`` chooses. Raises NotFound."""
    code = request.args.get("organ", "")
    return find_organ(session, code) if code else None
