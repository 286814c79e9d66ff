"""A line of the desk: what a list says of one case, read as columns alone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.orm import Session

from gkapply.casework.application import CHANNELS, KINDS
from gkapply.casework.calendars import calendar_at
from gkapply.casework.clock_states import asked_since
from gkapply.casework.people import Organ, User
from gkapply.casework.records import Applicant, Case
from gkapply.casework.urgency import Term, term_on
from gkapply.law.annual_rows import RESULT_ROWS
from gkapply.law.case_kinds import CaseKind
from workflows.case_states import CaseState

EXCERPT = 60
"""Characters of the description that a list shows."""
_OUTCOMES = {row.code: row.label for row in RESULT_ROWS}


@dataclass(frozen=True, slots=True)
class Line:
    """One case in a list."""

    reference: str
    number: str
    kind: CaseKind
    applicant: str
    applicant_kind: str
    excerpt: str
    state: CaseState
    officer: str | None
    void_proposed: bool
    term: Term
    channel: str
    received_on: date | None
    outcome: str
    """Label of the row of table 三 in which the request stands; empty while it is open."""


def lines(today: date) -> Select[*tuple[Any, ...]]:
    """The columns of a line, for any condition on ``Case``."""
    return (
        select(
            Case.id,
            Case.reference,
            Case.number,
            Applicant.name.label("applicant"),
            Applicant.kind.label("applicant_kind"),
            func.substr(Case.description, 1, EXCERPT + 1).label("start"),
            Case.kind,
            Case.state,
            User.name.label("officer"),
            Case.void_reason,
            Case.channel,
            Case.received_on,
            Case.report_row,
            Case.due_on,
            Case.due_provisional,
            func.coalesce(Case.stopped_since, asked_since(today)).label("stopped_since"),
            Case.ended_on,
            Organ.calendar,
            Organ.calendar_edition,
        )
        .join(Organ, Organ.id == Case.organ_id)
        .outerjoin(Applicant, and_(Applicant.case_id == Case.id, Applicant.ordinal == 1))
        .outerjoin(User, User.id == Case.officer_id)
    )


def line(session: Session, row: Row[*tuple[Any, ...]], today: date) -> Line:
    """The line of a row that ``lines`` found."""
    start = " ".join(row.start.split())
    return Line(
        reference=row.reference,
        number=row.number,
        kind=row.kind,
        applicant=row.applicant or "",
        applicant_kind=KINDS.get(row.applicant_kind, ""),
        excerpt=start if len(row.start) <= EXCERPT else f"{start[:EXCERPT]}…",
        state=row.state,
        officer=row.officer,
        void_proposed=bool(row.void_reason) and row.state is not CaseState.VOIDED,
        term=term_on(
            today,
            row.due_on,
            calendar_at(session, row.calendar, row.calendar_edition),
            ended_on=row.ended_on,
            provisional=row.due_provisional,
            stopped_since=row.stopped_since,
        ),
        channel=CHANNELS.get(row.channel, row.channel),
        received_on=row.received_on,
        outcome=_OUTCOMES.get(row.report_row or "", ""),
    )
