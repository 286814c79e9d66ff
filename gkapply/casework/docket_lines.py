"""A line of the desk: what a list says of one case, read as columns alone."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

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


class Line(NamedTuple):
    """One case in a list; a tuple, since every page makes fifty."""

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
            Case.term_unchecked,
            Organ.calendar,
            Organ.calendar_edition,
        )
        .join(Organ, Organ.id == Case.organ_id)
        .outerjoin(Applicant, and_(Applicant.case_id == Case.id, Applicant.ordinal == 1))
        .outerjoin(User, User.id == Case.officer_id)
    )


def written(session: Session, rows: Iterable[Row[*tuple[Any, ...]]], today: date) -> Iterator[Line]:
    """The lines of the rows that ``lines`` found. Terms that fall on the same days are judged once."""
    terms: dict[Any, Term] = {}
    for row in rows:
        *told, due_on, provisional, stopped, ended, unchecked, region, edition = row
        _, reference, number, name, applicant_kind, start, kind, state, officer, void, channel, received, outcome = told
        days = due_on, provisional, stopped, ended, unchecked, region, edition
        term = terms.get(days)
        if term is None:
            calendar = calendar_at(session, region, edition)
            term = terms[days] = term_on(
                today,
                due_on,
                calendar,
                ended_on=ended,
                provisional=provisional,
                stopped_since=stopped,
                unchecked=unchecked,
            )
        plain = " ".join(start.split())
        yield Line(
            reference=reference,
            number=number,
            kind=kind,
            applicant=name or "",
            applicant_kind=KINDS.get(applicant_kind, ""),
            excerpt=plain if len(start) <= EXCERPT else f"{plain[:EXCERPT]}…",
            state=state,
            officer=officer,
            void_proposed=bool(void) and state is not CaseState.VOIDED,
            term=term,
            channel=CHANNELS.get(channel, channel),
            received_on=received,
            outcome=_OUTCOMES.get(outcome or "", ""),
        )
