"""Versions of an annual report as they were frozen, what differs between them and from last year, what was corrected afterwards."""

from flask import Blueprint, render_template

from gkapply.casework import annual_report_changes, annual_reports
from gkapply.casework.annual_report_content import content_of, report_of
from gkapply.database import reading
from gkapply.law import annual_table2
from gkapply.law.annual_differences import changed_parts, differences
from gkapply.law.annual_report import DisputeResult
from gkapply.law.annual_rows import TOTAL_LABEL
from gkapply.law.annual_sentences import PARTS
from gkapply.law.dispute_kinds import DisputeKind
from gkapply.web.access import current_actor, requires
from gkapply.web.annual_report import READERS, organ_asked
from gkapply.web.report_choice import refuse_impossible_year

blueprint = Blueprint("annual_report_versions", __name__, url_prefix="/report/annual")
blueprint.url_value_preprocessor(refuse_impossible_year)
SHOWN = 200
"""Cases that the page lists; all are counted."""


@blueprint.get("/<int:year>/versions/<int:number>")
@requires(*READERS)
def version(year: int, number: int) -> str:
    """One version: everything that it says, and cell by cell what differs from the version before and from last year."""
    with reading() as session:
        organ = organ_asked(session, current_actor())
        kept = annual_reports.find(session, organ.id, year)
        edition = annual_reports.edition_of(kept, number)
        said = report_of(edition)
        before = report_of(annual_reports.edition_of(kept, number - 1)) if number > 1 else None
        last = annual_reports.published(session, organ.id, year - 1)
        return render_template(
            "report/annual_version.html",
            year=year,
            organ=organ,
            kept=kept,
            edition=edition,
            content=content_of(edition),
            report=said,
            before=before,
            since_before=differences(before, said) if before else [],
            texts=[PARTS[part] for part in changed_parts(before, said)] if before else [],
            last=last,
            since_last=differences(last, said) if last else [],
            lines_of_table2=annual_table2.LINES,
            table2=annual_table2.typed(said.get("table2")),
            parts_of_text=PARTS,
            paths={kind.path: kind.label for kind in DisputeKind if kind.path is not None},
            results=[*(result.label for result in DisputeResult), TOTAL_LABEL],
        )


@blueprint.get("/<int:year>/corrections")
@requires(*READERS)
def corrections(year: int) -> str:
    """The cases of the year that count otherwise than when its last version was frozen, and by how much each cell differs."""
    with reading() as session:
        organ = organ_asked(session, current_actor())
        kept = annual_reports.find(session, organ.id, year)
        found = annual_report_changes.late(session, kept)
        now = annual_reports.computed(session, organ, year).report
        frozen = annual_report_changes.last_made(kept)
        return render_template(
            "report/annual_corrections.html",
            year=year,
            organ=organ,
            frozen=frozen,
            cases=annual_report_changes.in_words(session, found[:SHOWN]),
            count=len(found),
            words=annual_report_changes.cells_in_words(found),
            cells=[one for one in differences(report_of(frozen), now) if one.table == "表三"] if frozen else [],
        )
