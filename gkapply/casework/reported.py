"""What a case keeps so that the annual report is counted from its own row alone (条例第五十条)."""

from typing import TYPE_CHECKING

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, validates

if TYPE_CHECKING:
    from gkapply.casework.records import Applicant

FIRST_NAMED = 1
"""Ordinal of the applicant by whom a case counts in a column of table 三."""


class Reported:
    """Column of ``Case`` by which table 三 counts it; whoever gives a case its applicants writes it with them."""

    applicant_kind: Mapped[str] = mapped_column(String(20), default="", server_default="")
    """The kind of the first-named applicant: a column of table 三. It always equals ``Applicant.kind`` of that applicant."""

    @validates("applicants")
    def _counted_by_the_first(self, _: str, applicant: "Applicant") -> "Applicant":
        if applicant.ordinal == FIRST_NAMED:
            self.applicant_kind = applicant.kind
        return applicant


UNCOUNTED = "report_row IS NULL AND ended_on IS NOT NULL"
"""What ended without a row of table 三: 未成立, covers of divided ones, other kinds of case, and what should not be."""


def report_indexes() -> tuple[Index, Index, Index]:
    """Everything that table 三 asks of a case, so that a year is counted without touching the cases.

    The one begins with the day of receipt, the other with the day of the end: cases ended since a day, and open ones. The third
    has the few that ended and count nowhere.
    """
    return (
        Index("ix_case_file_received", "organ_id", "received_on", "ended_on", "applicant_kind", "report_row", "kind"),
        Index("ix_case_file_ended", "organ_id", "ended_on", "received_on", "applicant_kind", "report_row", "kind"),
        Index(
            "ix_case_file_uncounted",
            "organ_id",
            "ended_on",
            sqlite_where=text(UNCOUNTED),
            postgresql_where=text(UNCOUNTED),
        ),
    )
