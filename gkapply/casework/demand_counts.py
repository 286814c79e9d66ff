"""Counting what was asked for in a period (需求分析): by area, by term, by month. Grouped statements alone; a page never walks the requests.

What counts is what the annual report counts as received: requests with a day of receipt that were not 未成立 and not divided into others.
The area is the one that a person confirmed, else the one suggested.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from gkapply.casework.demand_records import DemandTerm, TermKind
from gkapply.casework.public_figures import OUTCOMES
from gkapply.casework.records import Case
from gkapply.casework.supervision_period import Period, Scope
from gkapply.law.case_kinds import CaseKind

OPEN = "open"
"""In place of an outcome: not ended yet."""
known_area: ColumnElement[str] = func.coalesce(Case.area, Case.area_suggested, "")


@dataclass(slots=True)
class Tally:
    """What the requests of one area came to. ``late``: answered after their term, or overdue today."""

    requests: int = 0
    confirmed: int = 0
    late: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    channels: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)

    def add(self, row: Any) -> None:
        """Count a row of ``_by_area``."""
        self.requests += row.requests
        self.confirmed += row.confirmed
        self.late += row.late
        self.kinds[row.kind] += row.requests
        self.channels[row.channel] += row.requests
        self.outcomes[outcome_of(row.report_row)] += row.requests


@dataclass(frozen=True, slots=True)
class TermCount:
    """How many requests of how many applicants name a term."""

    term: int
    requests: int
    applicants: int


@dataclass(slots=True)
class Course:
    """What became of the requests that name a term."""

    late: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)


def outcome_of(report_row: str | None) -> str:
    """The measure of the public figures that a row of table 三 belongs to; OPEN without one."""
    return next((code for code, (_, begins) in OUTCOMES.items() if (report_row or "").startswith(begins)), OPEN)


def counted(scope: Scope) -> ColumnElement[bool]:
    """The SQL condition for the requests that count in the scope."""
    return and_(
        Case.organ_id.in_(scope.ids),
        Case.received_on.between(scope.period.first, scope.period.last),
        Case.kind == CaseKind.APPLICATION,
        or_(Case.ended_on.is_(None), Case.report_row.is_not(None)),
    )


def late(today: date) -> ColumnElement[bool]:
    """The SQL condition for a reply after its term, or one that is overdue; not where nobody has checked the term (期限未核)."""
    overdue = and_(Case.replied_on.is_(None), Case.ended_on.is_(None), Case.due_on < today)
    return and_(~Case.term_unchecked, or_(Case.replied_on > Case.due_on, overdue))


def by_area(session: Session, scope: Scope) -> dict[str, Tally]:
    """Area → what its requests came to; empty: those of which nothing tells the area."""
    found: defaultdict[str, Tally] = defaultdict(Tally)
    for row in session.execute(_by_area(scope)):
        found[row.area].add(row)
    return dict(found)


def _by_area(scope: Scope) -> Select[*tuple[Any, ...]]:
    parts = (known_area.label("area"), Case.applicant_kind.label("kind"), Case.channel, Case.report_row)
    return (
        select(
            *parts,
            func.count().label("requests"),
            func.count(Case.area).label("confirmed"),
            func.count(case((late(scope.today), 1))).label("late"),
        )
        .where(counted(scope))
        .group_by(known_area, Case.applicant_kind, Case.channel, Case.report_row)
    )


def months_of_areas(session: Session, scope: Scope) -> dict[str, Counter[str]]:
    """Area → month (2026-03) → requests."""
    query = (
        select(known_area, Case.received_on, func.count()).where(counted(scope)).group_by(known_area, Case.received_on)
    )
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for area, day, number in session.execute(query):
        found[area][f"{day:%Y-%m}"] += number
    return dict(found)


def requests(session: Session, scope: Scope) -> int:
    """How many requests count in the scope."""
    return session.scalar(select(func.count()).select_from(Case).where(counted(scope))) or 0


def terms_in(scope: Scope, kind: TermKind) -> ColumnElement[bool]:
    """The SQL condition for the terms of one kind in the scope, in the order of their key."""
    days = DemandTerm.day.between(scope.period.first.toordinal(), scope.period.last.toordinal())
    return and_(DemandTerm.organ_id.in_(scope.ids), DemandTerm.kind == int(kind), days)


def by_term(session: Session, scope: Scope, kind: TermKind, least: int, most: int) -> list[TermCount]:
    """The terms that at least ``least`` applicants name, those of most requests first, at most ``most``."""
    number, applicants = func.count(), func.count(DemandTerm.applicant.distinct())
    query = (
        select(DemandTerm.term, number, applicants)
        .where(terms_in(scope, kind))
        .group_by(DemandTerm.term)
        .having(applicants >= least)
        .order_by(number.desc(), DemandTerm.term)
        .limit(most)
    )
    return [TermCount(*row) for row in session.execute(query)]


def months_of_terms(session: Session, scope: Scope, kind: TermKind, terms: Collection[int]) -> dict[int, Counter[str]]:
    """Term → month (2026-03) → requests, for these terms."""
    query = (
        select(DemandTerm.term, DemandTerm.day, func.count())
        .where(terms_in(scope, kind), DemandTerm.term.in_(terms))
        .group_by(DemandTerm.term, DemandTerm.day)
    )
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for term, day, number in session.execute(query):
        found[term][f"{date.fromordinal(day):%Y-%m}"] += number
    return dict(found)


def courses(session: Session, scope: Scope, terms: Collection[int]) -> dict[int, Course]:
    """Theme → what became of the requests that name it, for these themes."""
    query = (
        select(
            DemandTerm.term,
            Case.report_row,
            func.count().label("requests"),
            func.count(case((late(scope.today), 1))).label("late"),
        )
        .join(Case, Case.id == DemandTerm.case_id)
        .where(terms_in(scope, TermKind.THEME), DemandTerm.term.in_(terms))
        .group_by(DemandTerm.term, Case.report_row)
    )
    found: defaultdict[int, Course] = defaultdict(Course)
    for row in session.execute(query):
        found[row.term].late += row.late
        found[row.term].outcomes[outcome_of(row.report_row)] += row.requests
    return dict(found)


def often(session: Session, scope: Scope, kind: TermKind, least: int, applicants: int, most: int) -> dict[int, int]:
    """Term → requests, for at most ``most`` terms of at least ``least`` requests of at least ``applicants`` applicants."""
    named = func.count(DemandTerm.applicant.distinct())
    query = select(DemandTerm.term, func.count()).where(terms_in(scope, kind)).group_by(DemandTerm.term)
    query = query.having(func.count() >= least, named >= applicants).order_by(func.count().desc(), DemandTerm.term)
    return dict(session.execute(query.limit(most)).all())


def numbers(session: Session, scope: Scope, kind: TermKind, terms: Collection[int]) -> dict[int, int]:
    """Term → requests, for these terms."""
    query = select(DemandTerm.term, func.count()).where(terms_in(scope, kind), DemandTerm.term.in_(terms))
    return dict(session.execute(query.group_by(DemandTerm.term)).all())


def months(period: Period) -> Sequence[str]:
    """The months (2026-03) that the period touches."""
    first, last = (day.year * 12 + day.month - 1 for day in (period.first, period.last))
    return [f"{one // 12}-{one % 12 + 1:02}" for one in range(first, last + 1)]


def total(tallies: Iterable[Tally]) -> Tally:
    """Several areas together."""
    whole = Tally()
    for one in tallies:
        whole.requests += one.requests
        whole.confirmed += one.confirmed
        whole.late += one.late
        whole.kinds += one.kinds
        whole.channels += one.channels
        whole.outcomes += one.outcomes
    return whole


def in_order(tallies: Mapping[str, Tally]) -> Sequence[tuple[str, Tally]]:
    """The areas with most requests first; those without an area last."""
    return sorted(tallies.items(), key=lambda one: (one[0] == "", -one[1].requests, one[0]))
