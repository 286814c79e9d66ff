"""Runs that dated open cases anew, and what they moved, as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.calendar_records import Redating, RedatingMove
from gkapply.casework.people import Organ, User
from gkapply.casework.records import Case
from gkapply.law.refusal import NotFound

PAGE = 100


@dataclass(frozen=True, slots=True)
class Moved:
    """A case that a run moved, or could not derive."""

    id: int
    """The place in the list."""
    reference: str
    organ: str
    officer: str
    old_due: date | None
    new_due: date | None
    problem: str


def runs(session: Session, limit: int = 20) -> Sequence[Redating]:
    """The last runs: those that moved something, were begun by a person, or are under way; and the last check."""
    last = select(func.max(Redating.id)).scalar_subquery()
    told = (Redating.moved > 0) | (Redating.refused > 0) | (Redating.cause != "check") | (Redating.id == last)
    return session.scalars(select(Redating).where(told).order_by(Redating.id.desc()).limit(limit)).all()


def find_run(session: Session, run_id: int) -> Redating:
    """The run with that key. Raises NotFound."""
    found = session.get(Redating, run_id)
    if found is None:
        raise NotFound("没有这次期限重算", do="请从列表中选择")
    return found


def last_run_for(session: Session, actor: Actor) -> Redating | None:
    """The last run that moved a case which the actor sees; None when there is none."""
    query = (
        select(Redating)
        .join(RedatingMove, RedatingMove.redating_id == Redating.id)
        .join(Case, Case.id == RedatingMove.case_id)
        .where(visible_cases(actor))
        .order_by(Redating.id.desc())
        .limit(1)
    )
    return session.scalars(query).first()


def still_open(session: Session) -> int:
    """Open cases of the whole installation: what a run over all organs goes through."""
    query = select(func.count()).select_from(Case).where(Case.ended_on.is_(None), Case.received_on.is_not(None))
    return session.scalar(query) or 0


def moves(session: Session, run: Redating, *, actor: Actor | None = None, after: int = 0) -> Sequence[Moved]:
    """What the run lists, from below the key ``after`` on, a page; with ``actor`` the cases that the actor sees."""
    query = (
        select(RedatingMove, Case.reference, Organ.name, User.name)
        .join(Case, Case.id == RedatingMove.case_id)
        .join(Organ, Organ.id == RedatingMove.organ_id)
        .outerjoin(User, User.id == Case.officer_id)
        .where(RedatingMove.redating_id == run.id, RedatingMove.id > after)
        .order_by(RedatingMove.id)
        .limit(PAGE)
    )
    if actor is not None:
        query = query.where(visible_cases(actor))
    return [
        Moved(row.id, reference, organ, officer or "", row.old_due, row.new_due, row.problem)
        for row, reference, organ, officer in session.execute(query)
    ]
