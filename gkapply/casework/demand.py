"""The analysis of demand (需求分析): what the public asked an organ, or an organ with those below it, in a period.

It holds figures and words that several applicants use; no request, name, number or address. The statements are grouped and their number
does not depend on what they count.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy.orm import Session

from gkapply.casework import demand_counts, demand_names
from gkapply.casework.demand_counts import Course, Tally, TermCount
from gkapply.casework.demand_records import TermKind
from gkapply.casework.supervision_period import EARLIEST, Period, Scope
from gkapply.law.rising import Rise, Rule, last_of_quarter, quarter_start, rises, start_of_before
from gkapply.law.settings_of_demand import DemandSettings
from gkapply.law.themes import area_of_theme

THEMES, OTHERS, DRAWN = 30, 20, 6
"""Themes of the table, lines of each smaller one, and lines of a chart over time."""
CANDIDATES = 300
"""Terms of a quarter of which it is asked whether they rise."""


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme: its area, how many requests and applicants name it, what became of them, and how it went by month."""

    term: int
    name: str
    area: str
    requests: int
    applicants: int
    course: Course
    months: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A word, a place, a theme without an entry, or an entry, and how many requests and applicants name it."""

    term: int
    name: str
    area: str
    requests: int
    applicants: int


@dataclass(frozen=True, slots=True)
class RiseLine:
    """A new or rising theme or word."""

    name: str
    area: str
    rise: Rise


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that the page and its files show. ``months`` are those of the period; the quarter is the one of its last day."""

    whole: Tally
    areas: Sequence[tuple[str, Tally]]
    months: Sequence[str]
    by_month: Mapping[str, Mapping[str, int]]
    themes: Sequence[ThemeLine]
    words: Sequence[Line]
    places: Sequence[Line]
    unmet: Sequence[Line]
    listed: Sequence[Line]
    quarter: Period
    rule: Rule
    rising: Sequence[RiseLine]


def analyse(session: Session, scope: Scope, settings: DemandSettings) -> Analysis:
    """The analysis of the scope."""
    least = settings.demand_applicants
    tallies = demand_counts.by_area(session, scope)
    areas = demand_counts.in_order(tallies)
    found = {kind: demand_counts.by_term(session, scope, kind, least, _most(kind)) for kind in TermKind}
    rule = Rule(settings.demand_least, float(settings.demand_times))
    quarter = _quarter(scope)
    return Analysis(
        whole=demand_counts.total(tallies.values()),
        areas=areas,
        months=demand_counts.months(scope.period),
        by_month=demand_counts.months_of_areas(session, scope),
        themes=_themes(session, scope, found[TermKind.THEME]),
        words=_named(found[TermKind.WORD], demand_names.words_of(session, scope, _terms(found[TermKind.WORD]))),
        places=_named(found[TermKind.PLACE], demand_names.places_of(session, _terms(found[TermKind.PLACE]))),
        unmet=_named(found[TermKind.UNMET], demand_names.of_unmet(session, scope, _terms(found[TermKind.UNMET]))),
        listed=_entries(session, found[TermKind.LISTED]),
        quarter=quarter,
        rule=rule,
        rising=_rising(session, replace(scope, period=quarter), rule, least),
    )


def _most(kind: TermKind) -> int:
    return THEMES if kind is TermKind.THEME else OTHERS


def _terms(found: Sequence[TermCount]) -> list[int]:
    return [one.term for one in found]


def _themes(session: Session, scope: Scope, found: Sequence[TermCount]) -> list[ThemeLine]:
    names, terms = demand_names.themes(), _terms(found)
    courses = demand_counts.courses(session, scope, terms)
    months = demand_counts.months_of_terms(session, scope, TermKind.THEME, terms[:DRAWN])
    return [
        ThemeLine(
            one.term,
            names[one.term],
            area_of_theme(names[one.term]),
            one.requests,
            one.applicants,
            courses.get(one.term, Course()),
            months.get(one.term, Counter()),
        )
        for one in found
        if one.term in names
    ]


def _named(found: Sequence[TermCount], names: Mapping[int, str]) -> list[Line]:
    return [
        Line(one.term, names[one.term], area_of_theme(names[one.term]), one.requests, one.applicants)
        for one in found
        if one.term in names
    ]


def _entries(session: Session, found: Sequence[TermCount]) -> list[Line]:
    entries = {one.id: one for one in demand_names.entries_of(session, _terms(found))}
    return [
        Line(one.term, entries[one.term].title, entries[one.term].area, one.requests, one.applicants)
        for one in found
        if one.term in entries
    ]


def _quarter(scope: Scope) -> Period:
    """The quarter in which the period ends, as far as it has gone by."""
    first = quarter_start(min(scope.period.last, scope.today))
    return Period(max(first, EARLIEST), max(min(last_of_quarter(first), scope.today), EARLIEST))


def _rising(session: Session, scope: Scope, rule: Rule, least: int) -> list[RiseLine]:
    """What is new or rises in the quarter that is the period of ``scope``, against the four quarters before it."""
    last = scope.period.first - timedelta(days=1)
    if last < EARLIEST:
        return []
    earlier = replace(scope, period=Period(max(start_of_before(scope.period.first), EARLIEST), last))
    requests = demand_counts.requests(session, scope), demand_counts.requests(session, earlier)
    found: list[RiseLine] = []
    for kind in (TermKind.THEME, TermKind.WORD):
        now = demand_counts.often(session, scope, kind, rule.least, least, CANDIDATES)
        before = demand_counts.numbers(session, earlier, kind, now)
        risen = list(rises(now, before, requests, rule))[:OTHERS]
        terms = [one.term for one in risen]
        names = demand_names.themes() if kind is TermKind.THEME else demand_names.words_of(session, scope, terms)
        found += [RiseLine(names[one.term], area_of_theme(names[one.term]), one) for one in risen if one.term in names]
    return found
