"""The register (登记台账) as a sheet: a year's requests with filters in the head of the columns, on paper in A3, as a file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import register_book, saved_views
from gkapply.casework.clock_states import horizon
from gkapply.casework.docket_filters import Filter
from gkapply.casework.docket_surroundings import Surroundings, surroundings
from gkapply.casework.register_book import FILTERS, Page, Place, Sheet
from gkapply.casework.register_columns import COLUMNS, EVERY, USUAL, read_columns
from gkapply.casework.register_entries import Entry
from gkapply.casework.register_upload import KEEPERS
from gkapply.database import reading
from gkapply.web.access import current_actor, requires
from gkapply.web.fragments import kept_under
from gkapply.web.list_file import hand_out
from workflows.duties import CASE_DUTIES

blueprint = Blueprint("ledger", __name__)
BETWEEN = "\x1f"
"""Stands between the cells of a row while it is escaped: no text holds this control character."""
IN_HEAD: Mapping[str, str] = {
    "channel": "channel",
    "applicant_kind": "applicant",
    "content": "words",
    "area": "area",
    "unit": "unit",
    "officer": "officer",
    "state": "course",
    "outcome": "outcome",
    "late": "late",
}
"""Column → the filter that stands in its head."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its label and, if one belongs to it, the filter with its words."""

    code: str
    label: str
    filter: Filter | None
    words: Mapping[str, str]
    wide: bool


@blueprint.get("/desk/ledger")
@requires(*CASE_DUTIES)
def index() -> str:
    """A page of the year's requests, the newest first."""
    actor, today = current_actor(), clock.today()
    sheet = _sheet()
    after, before = _place("after"), _place("before")
    with reading() as session:
        around = surroundings(session, actor, today, saved_views.LEDGER, sheet.chosen.get("officer", ""))
        days = horizon(today, around.calendar)
        page = register_book.page(session, actor, days, sheet, after=after, before=None if after else before)
    return render_template(
        "register/book.html",
        may_import=actor.holds(*KEEPERS),
        page=page,
        rows=_rows(page.entries, sheet, today),
        head=_head(sheet, around),
        sheet=sheet,
        unused=[one for one in FILTERS if one.name in sheet.chosen and one.name not in _used(sheet)],
        years=range(today.year, today.year - 10, -1),
        all_columns=COLUMNS,
        shown={column.code for column in sheet.columns},
        chips=[
            (one.label, _said(one, sheet.chosen[one.name], around), _href(sheet, **{one.name: None}))
            for one in FILTERS
            if one.name in sheet.chosen
        ],
        around=around,
        here=_query(sheet),
        every=EVERY,
        keep=urlencode({"page": saved_views.LEDGER, "query": _query(sheet)}),
        **_neighbours(sheet, page),
    )


@blueprint.get("/desk/ledger/file.<any(csv, xlsx):form>")
@requires(*CASE_DUTIES)
def as_file(form: str) -> Response:
    """The year's requests with the filters and columns chosen, all pages."""
    actor, today = current_actor(), clock.today()
    sheet = _sheet()
    with reading() as session:
        days = horizon(today, surroundings(session, actor, today, saved_views.LEDGER).calendar)

    def rows() -> Iterator[Sequence[str]]:
        with reading() as session:
            for entry in register_book.all_entries(session, actor, days, sheet):
                yield [column.text(entry, today) for column in sheet.columns]

    heads = [column.label for column in sheet.columns]
    name, filters = f"登记台账-{sheet.year}", ",".join(sheet.chosen)
    which = f"ledger.{sheet.year}" + (".contact" if sheet.shows_contact else "")
    return hand_out(form, name, heads, rows, actor, which=which, filters=filters)


def _sheet() -> Sheet:
    """What the address asks for. Raises Refusal for what no page offers."""
    columns = read_columns(",".join(request.args.getlist("columns")))
    year = register_book.require_year(request.args.get("year", ""), clock.today())
    return Sheet(year, tuple(columns), register_book.read_filters(request.args))


def _query(sheet: Sheet, **instead: str | None) -> str:
    codes = ",".join(column.code for column in sheet.columns)
    columns = None if tuple(sheet.columns) == USUAL else EVERY if tuple(sheet.columns) == COLUMNS else codes
    named: dict[str, str | None] = {"year": str(sheet.year), **sheet.chosen, "columns": columns, **instead}
    return urlencode({name: value for name, value in named.items() if value})


def _href(sheet: Sheet, **instead: str | None) -> str:
    return f"{url_for('ledger.index')}?{_query(sheet, **instead)}"


def _neighbours(sheet: Sheet, page: Page) -> dict[str, str | None]:
    return {
        "first": _href(sheet) if page.back else None,
        "previous": _href(sheet, before=str(page.back)) if page.back else None,
        "next": _href(sheet, after=str(page.more)) if page.more else None,
    }


def _used(sheet: Sheet) -> set[str]:
    """The filters whose columns are shown."""
    return {IN_HEAD[column.code] for column in sheet.columns if column.code in IN_HEAD}


def _heads(sheet: Sheet, around: Surroundings) -> list[Head]:
    named = {one.name: one for one in FILTERS}
    heads = []
    for column in sheet.columns:
        one = named.get(IN_HEAD.get(column.code, ""))
        heads.append(Head(column.code, column.label, one, _words(one, around), column.wide))
    return heads


def _head(sheet: Sheet, around: Surroundings) -> Markup:
    """Written once for the same columns, filters and people."""
    people = tuple(around.officers.items()), tuple(around.units.items())
    key = "register/book_head.html", sheet.columns, tuple(sorted(sheet.chosen.items())), people
    return kept_under(key, lambda: render_template(key[0], heads=_heads(sheet, around), chosen=sheet.chosen))


def _rows(entries: Sequence[Entry], sheet: Sheet, today: date) -> Markup:
    """The ``<tr>`` of each entry, spelt here: fifty times a dozen cells are most of what the page costs. A row is escaped at once."""
    spelt = []
    for entry in entries:
        number, *texts = [column.text(entry, today) for column in sheet.columns]
        cells = str(escape(BETWEEN.join(texts))).replace(BETWEEN, "</td><td>")
        link = f'<a href="/desk/cases/{escape(entry.row.reference)}">{number}</a>'
        spelt.append(f'<tr><th scope="row">{link}</th><td>{cells}</td></tr>')
    return Markup("\n".join(spelt))


def _words(one: Filter | None, around: Surroundings) -> Mapping[str, str]:
    if one is None or one.name == "words":
        return {}
    return around.words_of(one.name) if one.words is None else one.words


def _said(one: Filter, value: str, around: Surroundings) -> str:
    return _words(one, around).get(value, value)


def _place(name: str) -> Place | None:
    return Place.read(request.args[name], name) if request.args.get(name) else None
