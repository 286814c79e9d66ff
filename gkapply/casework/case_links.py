"""Which requests an account opens without their query codes: those it sent, and those whose code its holder showed.

A request that was opened by its code stays open only while that code is the newest: whoever had a code re-issued shuts out everybody
who came in with the old one.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from gkapply.casework.citizen_records import CitizenCase
from gkapply.casework.records import Case


def stands() -> ColumnElement[bool]:
    """The SQL condition on a link joined with its case: it still opens the case."""
    return or_(CitizenCase.generation.is_(None), CitizenCase.generation == Case.query_code_generation)


def opens(session: Session, citizen_id: int, case: Case) -> bool:
    """Whether the account opens the request."""
    mine = select(CitizenCase.id).join(Case).where(CitizenCase.citizen_id == citizen_id, CitizenCase.case_id == case.id)
    return session.scalar(mine.where(stands())) is not None


def keep_sent(
    session: Session,
    citizen_id: int,
    case: Case,
    now: datetime,
    *,
    batch_id: int | None = None,
    line: int | None = None,
) -> None:
    """The account sent the request; sent twice it is kept once."""
    link = _link(session, citizen_id, case)
    if link is None:
        session.add(CitizenCase(citizen_id=citizen_id, case_id=case.id, since=now, batch_id=batch_id, line=line))
        session.flush()


def claim(session: Session, citizen_id: int, case: Case, now: datetime) -> None:
    """The holder of the account has shown the query code of the request as it stands now."""
    link = _link(session, citizen_id, case)
    if link is None:
        link = CitizenCase(citizen_id=citizen_id, case_id=case.id, since=now, generation=case.query_code_generation)
        session.add(link)
    elif link.generation is not None:
        link.generation = case.query_code_generation
    session.flush()


def _link(session: Session, citizen_id: int, case: Case) -> CitizenCase | None:
    query = select(CitizenCase).where(CitizenCase.citizen_id == citizen_id, CitizenCase.case_id == case.id)
    return session.scalars(query).one_or_none()
