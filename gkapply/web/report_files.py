"""The annual report in the official form: as a page to print, and as files."""

from typing import Any

from flask import Blueprint, abort, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.annual_form import html_page
from gkapply.annual_form.files import FILES, file_name
from gkapply.annual_form.layout import title
from gkapply.casework import report
from gkapply.casework.access_log import note_access
from gkapply.casework.report_form import form_of
from gkapply.database import reading, transaction
from gkapply.web.access import current_actor, requires
from gkapply.web.attachment import attachment
from gkapply.web.report import READERS
from gkapply.web.report_choice import organ_asked, year_asked
from gkapply.web.row_key import row_key

blueprint = Blueprint("report_files", __name__)


@blueprint.get("/report/form")
@requires(*READERS)
def form() -> str:
    """The report of one organ and year as it is printed: as it stands, or an earlier version of it."""
    made, organ = _asked()
    return render_template(
        "report/form.html",
        title=title(made),
        final="on" in made,
        # The writer of the page escapes every word.
        content=Markup(html_page.content(made)),
        organ=organ,
        year=made["year"],
        edition=request.args.get("edition", type=row_key),
        files=FILES,
    )


@blueprint.get("/report/form.<ending>")
@requires(*READERS)
def file(ending: str) -> Response:
    """The report as a file of one of the kinds."""
    kind = FILES.get(ending)
    if kind is None:
        abort(404)
    made, organ = _asked()
    with transaction() as session:
        which, now = f"annual_report {made['year']} {organ}", clock.now()
        note_access(session, current_actor(), "list.exported", now, form=ending, which=which, filters="")
    return attachment(kind.write(made), kind.media_type, file_name(made, ending))


def _asked() -> tuple[dict[str, Any], str]:
    """The report that is asked for, and the code of its organ. Raises NotFound for an organ whose figures the viewer may not see."""
    year = year_asked()
    with reading() as session:
        organ = organ_asked(report.organs_of(session, current_actor()))
        return form_of(session, organ, year, edition=request.args.get("edition", type=row_key)), organ.code
