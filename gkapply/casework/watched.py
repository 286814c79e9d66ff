"""Cases as the sweep looks at them: the columns that clocks and guards read, loaded by the hundred in few statements.

They are no records of the session: what changes is written by ``flow.fire_many``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from gkapply.casework import ledger
from gkapply.casework.branches import CORRECTION_PENDING, PAYMENT_PENDING
from gkapply.casework.calendars import calendar_of
from gkapply.casework.entries import Document, Fact
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.clock import day_of
from gkapply.law.case_kinds import CaseKind
from gkapply.law.clocks import Running, reckon
from gkapply.law.facts import Fact as LawFact
from gkapply.law.settings import ClockSettings, OfficeSettings
from gkapply.law.workdays import Calendar
from workflows.case_states import AWAITING_APPLICANT, CaseState

BATCH = 1000
"""Cases in one unit: a tenth of a second, and as much memory however many are due."""
_COLUMNS = (
    Case.id,
    Case.uid,
    Case.organ_id,
    Case.kind,
    Case.state,
    Case.version,
    Case.channel,
    Case.entered_at,
    Case.submitted_at,
    Case.received_on,
    Case.first_seen_at,
    Case.lapse_proposed_on,
    Case.look_on,
    Case.officer_id,
)
_FACTS = select(
    Fact.case_id,
    Fact.id,
    Fact.kind,
    Fact.on_,
    Fact.party,
    Fact.working_days,
    Fact.told_on,
    Fact.answer_within,
    Fact.co_producer,
    Fact.override,
    Fact.until,
    Fact.revokes_id,
)
"""What the ledger reads of a fact."""


@dataclass(slots=True)
class Watched:
    """One case under lock. Guards read it as they read a ``Case``."""

    id: int
    uid: str
    organ_id: int
    kind: CaseKind
    state: CaseState
    version: int
    channel: str
    entered_at: datetime
    submitted_at: datetime | None
    received_on: date | None
    first_seen_at: datetime | None
    lapse_proposed_on: date | None
    look_on: date
    officer_id: int | None
    counting: Calendar
    settings: OfficeSettings
    facts: Sequence[Any]
    correction_waiting: bool
    payment_waiting: bool
    _running: tuple[Running, ...] | None = None

    def law_facts(self) -> Sequence[LawFact]:
        """The dated facts that the clocks count."""
        return ledger.law_facts(self.facts)

    def calendar(self) -> Calendar:
        """The working-day calendar of the organ."""
        return self.counting

    def office_settings(self) -> OfficeSettings:
        """What the organ has chosen where the law leaves it a choice."""
        return self.settings

    def clock_settings(self) -> ClockSettings:
        """The organ's own choices about the clocks."""
        return self.settings.clock_of(self.kind)

    def running_clocks(self) -> tuple[Running, ...]:
        """Every clock that has not ended, reckoned once: under the lock nothing changes.

        Call it only for a case that was received; raises Refusal for unlawful facts.
        """
        if self._running is None:
            assert self.received_on is not None
            reckoned = reckon(self.received_on, self.law_facts(), self.counting, self.clock_settings())
            self._running = reckoned.running
        return self._running

    @property
    def arrived_on(self) -> date:
        """The day on which the request reached the office; not yet the day of receipt."""
        came = (fact.on_ for fact in ledger.standing(self.facts) if fact.kind == ledger.ARRIVED)
        return next(came, day_of(self.submitted_at or self.entered_at))


def due_cases(session: Session, today: date, after: tuple[date, int] | None, limit: int = BATCH) -> list[Watched]:
    """The next open cases that time has to look at, from behind the place (``look_on``, id), in that order, under lock.

    A case that somebody works on at this moment is passed by: what is done there has it looked at again.
    """
    query = (
        select(*_COLUMNS)
        .where(Case.ended_on.is_(None), Case.look_on <= today, ~Case.term_unchecked)
        .order_by(Case.look_on, Case.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    if after is not None:
        query = query.where(tuple_(Case.look_on, Case.id) > after)
    rows = session.execute(query).all()
    if not rows:
        return []
    ids = [row.id for row in rows]
    facts: dict[int, list[Any]] = {}
    for fact in session.execute(_FACTS.where(Fact.case_id.in_(ids)).order_by(Fact.id)):
        facts.setdefault(fact.case_id, []).append(fact)
    waiting = _waiting(session, [row.id for row in rows if row.state in AWAITING_APPLICANT])
    organs = session.scalars(select(Organ).where(Organ.id.in_({row.organ_id for row in rows})))
    ways = {organ.id: (calendar_of(organ), organ.office_settings()) for organ in organs}
    found = []
    for row in rows:
        handed_in = (row.id, CORRECTION_PENDING) in waiting, (row.id, PAYMENT_PENDING) in waiting
        # The columns stand in the order of the fields: by name, a thousand of them cost half as much again.
        values: tuple[Any, ...] = (*row, *ways[row.organ_id], facts.get(row.id, ()), *handed_in)
        found.append(Watched(*values))
    return found


def _waiting(session: Session, ids: Sequence[int]) -> set[tuple[int, str]]:
    """Case and role of what applicants have handed in online and nobody has looked at yet."""
    if not ids:
        return set()
    roles = Document.role.in_((CORRECTION_PENDING, PAYMENT_PENDING))
    query = select(Document.case_id, Document.role).where(Document.case_id.in_(ids), roles, Document.taken_on.is_(None))
    return {(case_id, role) for case_id, role in session.execute(query)}
