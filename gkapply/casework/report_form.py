"""What the official form of the annual report is filled with: its figures and text, and by which rules they were counted."""

from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import annual_reports
from gkapply.casework.annual_report_computing import GAPS
from gkapply.casework.annual_report_content import content_of, report_of
from gkapply.casework.people import Organ
from gkapply.casework.report import reported
from gkapply.casework.report_rollup import Extent, name_of, organs_in
from gkapply.law.annual_rows import FORMAT
from gkapply.law.counting_rules import rules_by_table
from gkapply.law.refusal import Refusal
from gkapply.law.report_spans import Span


def form_of(
    session: Session, organ: Organ, year: int, extent: Extent = Extent.OWN, *, edition: int | None = None
) -> dict[str, Any]:
    """The report as the form takes it, with the rules of counting under ``notes`` and, once it is settled, its day under ``on``.

    Several organs together have figures and no text. ``edition`` is the number of an earlier version. Raises Refusal for an
    impossible year and for a report in another form, NotFound for a version that there is not.
    """
    if extent is not Extent.OWN:
        reached, notes = organs_in(session, organ, extent), rules_by_table(organ.office_settings())
        made = reported(session, reached, Span.of_year(year), name=name_of(organ, extent))
        return {**made, "notes": notes}
    kept = annual_reports.find(session, organ.id, year)
    chosen = annual_reports.edition_that_stands(kept) if edition is None else annual_reports.edition_of(kept, edition)
    if chosen is None:
        made = annual_reports.computed(session, organ, year).report
        # What is still to be written concerns its author, not whoever reads the figures.
        made["checks"] = [one for one in made["checks"] if one["code"] != GAPS]
        return {**made, "notes": rules_by_table(organ.office_settings())}
    said, report = content_of(chosen), report_of(chosen)
    if report["format"] != FORMAT:
        raise Refusal(
            f"{year}年度的报告是{report['format']}格式，不能按{FORMAT}格式输出",
            "国办公开办函〔2021〕30号",
            do="请使用公布时的文件",
        )
    notes = said.get("notes") or {"table3": said.get("rules") or []}
    return {**report, "notes": notes, "on": chosen.frozen_on.isoformat()}
