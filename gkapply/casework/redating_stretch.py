"""A stretch of an organ's open cases, and what their due days come to under a calendar.

Most open cases have nothing but their day of receipt, and many share it: cases with the same day and the same facts are worked
out once.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from gkapply.casework import ledger
from gkapply.casework.dating import cached_dates
from gkapply.casework.entries import Fact
from gkapply.casework.records import Case
from gkapply.law.case_kinds import CaseKind
from gkapply.law.clocks import reckon
from gkapply.law.facts import Fact as LawFact
from gkapply.law.refusal import Refusal
from gkapply.law.settings import OfficeSettings
from gkapply.law.workdays import Calendar

_WITHOUT_CLOCK = (ledger.ARRIVED, ledger.RECEIVED)
"""Every request has them; the day of receipt stands on the case."""
_COLUMNS = ("clock_from", "due_on", "due_provisional", "stopped_since")
_MOST_KEPT = 20_000
Dates = Mapping[str, date | bool | None]


@dataclass(frozen=True, slots=True)
class Derived:
    """An open case as it stands and as it should: its cached dates anew, or why they cannot be derived."""

    id: int
    organ_id: int
    reference: str
    old_due: date | None
    dates: Dates
    moved: bool
    """Whether a day changed; otherwise at most the mark 暂定 did."""
    settled: bool
    """Whether the mark 暂定 alone changed."""
    problem: str

    @property
    def new_due(self) -> date | None:
        """The due day as it should be; the old one where it cannot be derived."""
        return self.old_due if self.problem else self.dates["due_on"]  # type: ignore[return-value]


class Reckoner:
    """Derives the dates of an organ's cases under one calendar, each combination of receipt and facts once."""

    def __init__(self, calendar: Calendar, settings: OfficeSettings):
        self._calendar = calendar
        self._settings = settings
        self._known: dict[tuple[CaseKind, date, tuple[LawFact, ...]], Dates | str] = {}

    def derive(self, row: Row[*tuple[Any, ...]], facts: Sequence[Row[*tuple[Any, ...]]]) -> Derived:
        """What the case of ``row`` (columns of ``open_cases``) comes to by the rows of its ledger."""
        found = self._dates(row.kind, row.received_on, tuple(ledger.law_facts(facts)) if facts else ())  # type: ignore[arg-type]
        if isinstance(found, str):
            return Derived(
                row.id, row.organ_id, row.reference, row.due_on, {}, moved=False, settled=False, problem=found
            )
        wrong = [column for column in _COLUMNS if getattr(row, column) != found[column]]
        moved = bool(wrong) and wrong != ["due_provisional"]
        settled = bool(wrong) and not moved
        return Derived(row.id, row.organ_id, row.reference, row.due_on, found, moved=moved, settled=settled, problem="")

    def _dates(self, kind: CaseKind, received_on: date, facts: tuple[LawFact, ...]) -> Dates | str:
        known = self._known.get((kind, received_on, facts))
        if known is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            try:
                known = cached_dates(reckon(received_on, facts, self._calendar, self._settings.clock_of(kind)))
            except Refusal as refusal:
                known = str(refusal)
            self._known[kind, received_on, facts] = known
        return known


def stretch(
    session: Session, organ_id: int, reckoner: Reckoner, *, after: int, limit: int, lock: bool = False
) -> list[Derived]:
    """The next ``limit`` open cases of the organ with a key above ``after``, each with its dates derived anew."""
    query = (
        select(
            Case.id,
            Case.organ_id,
            Case.reference,
            Case.kind,
            Case.received_on,
            *(getattr(Case, column) for column in _COLUMNS),
        )
        .where(Case.organ_id == organ_id, Case.id > after, Case.ended_on.is_(None), Case.received_on.is_not(None))
        .where(~Case.term_unchecked)
        .order_by(Case.id)
        .limit(limit)
    )
    rows = session.execute(query.with_for_update(key_share=True) if lock else query).all()
    facts: dict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    table = Fact.__table__
    of_these = select(table).where(
        Fact.case_id.in_([row.id for row in rows]), Fact.kind.not_in(_WITHOUT_CLOCK) | Fact.revokes_id.is_not(None)
    )
    for fact in session.execute(of_these.order_by(Fact.id)) if rows else ():
        facts[fact.case_id].append(fact)
    return [reckoner.derive(row, facts.get(row.id, ())) for row in rows]


def stretches(session: Session, organ_id: int, reckoner: Reckoner, size: int) -> Iterator[Derived]:
    """Every open case of the organ, read ``size`` at a time."""
    after = 0
    while True:
        found = stretch(session, organ_id, reckoner, after=after, limit=size)
        yield from found
        if len(found) < size:
            return
        after = found[-1].id
