"""What is noted about an annual report: a difference explained, a delivery, why it was drawn up anew. Written once."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.annual_report_records import AnnualReport, AnnualReportNote


class NoteKind(StrEnum):
    """What a note is about."""

    EXPLAINED = "explained"
    DELIVERED = "delivered"
    REOPENED = "reopened"


def add_note(
    session: Session,
    report: AnnualReport,
    kind: NoteKind,
    text: str,
    actor: Actor,
    now: datetime,
    *,
    code: str = "",
    on: date | None = None,
) -> None:
    """Keep a note about the version that is being written, or that was frozen last."""
    assert actor.user_id is not None
    note = AnnualReportNote(
        organ_id=report.organ_id,
        edition=report.edition,
        kind=kind.value,
        code=code,
        on_=on,
        text=text,
        at=now,
        user_id=actor.user_id,
    )
    report.notes.append(note)
    session.flush()


def explanations(report: AnnualReport | None) -> Mapping[str, AnnualReportNote]:
    """The last explanation of each check or difference, by its key."""
    return {one.code: one for one in (report.notes if report else ()) if one.kind == NoteKind.EXPLAINED}
