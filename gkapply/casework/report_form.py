"""What the official form of the annual report is filled with: the figures of an organ's year, and by which rules they were counted."""

from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework.people import Organ
from gkapply.casework.report import reported
from gkapply.casework.report_rollup import Extent, name_of, organs_in
from gkapply.law.counting_rules import rules_of_table3, rules_of_table4
from gkapply.law.report_spans import Span


def form_of(session: Session, organ: Organ, year: int, extent: Extent = Extent.OWN) -> dict[str, Any]:
    """The report as the form takes it, with the rules of counting under ``notes``. Raises Refusal for an impossible year."""
    reached, settings = organs_in(session, organ, extent), organ.office_settings()
    made = reported(session, reached, Span.of_year(year), name=name_of(organ, extent))
    return {**made, "notes": {"table3": [*rules_of_table3(settings)], "table4": [*rules_of_table4(settings)]}}
