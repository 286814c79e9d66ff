"""Figures for everybody (公开统计): requests, outcomes, how long replies took, disputes, by year; small ones are not told.

They are counted once a day from the same statements as the annual report, so that no visitor makes the database count, and kept
by organ. The time of a reply is in working days from the day of receipt to the day of the reply, times that are left out by law
(条例第三十条, 第三十三条) included: it is what the applicant waited.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gkapply.casework import report
from gkapply.casework.calendars import calendar_of
from gkapply.casework.figure_records import PublicFigures
from gkapply.casework.journal import canonical
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.small_cells import hidden
from gkapply.casework.waiting_times import median
from gkapply.law import annual_rows
from gkapply.law.annual_report import DisputePath
from gkapply.law.case_kinds import CaseKind

NEW, CARRIED_IN, FINISHED, CARRIED_OUT = "new", "carried_in", "finished", "carried_out"
OUTCOMES: Mapping[str, tuple[str, str]] = {
    "disclosed": ("予以公开", "3.1"),
    "partial": ("部分公开", "3.2"),
    "refused": ("不予公开", "3.3."),
    "unable": ("无法提供", "3.4."),
    "untreated": ("不予处理", "3.5."),
    "other": ("其他处理", "3.6."),
}
"""Measure → its label and the beginning of the rows of table 三 that it adds up."""
REVIEWS, SUITS = "reviews", "suits"
MEASURES: Mapping[str, str] = {
    NEW: "新收申请",
    CARRIED_IN: "上年结转",
    FINISHED: "办结",
    **{code: label for code, (label, _) in OUTCOMES.items()},
    CARRIED_OUT: "结转下年",
    REVIEWS: "行政复议",
    SUITS: "行政诉讼",
}
"""Every measure with its head, in the order of the table."""
LEAST = 5
"""A figure above 0 and below this is told as 少于5件."""
Cell = tuple[int, int, str]
"""Year, organ (or EVERYBODY) and measure of a figure."""
EVERYBODY = 0
"""In place of an organ's key: all organs together."""


@dataclass(frozen=True, slots=True)
class Line:
    """One year of one organ, or of all. A measure is None where it is not told; ``median`` in working days."""

    year: int
    counted_on: date
    told: Mapping[str, int | None]
    small: frozenset[str]
    """Measures of which only 少于5件 is told; the others that are not told are hidden because of these."""
    median: float | None


def years_of(session: Session, organ: Organ, today: date) -> Sequence[int]:
    """The years in which the organ had a request or a dispute to report, oldest first, up to the present one."""
    first = session.scalar(
        select(func.min(Case.received_on)).where(Case.organ_id == organ.id, Case.kind == CaseKind.APPLICATION)
    )
    if first is None:
        return ()
    return range(max(first.year, report.EARLIEST_YEAR), today.year + 1)


def count_year(session: Session, organ: Organ, year: int, today: date) -> PublicFigures:
    """The figures of one organ's year as the cases say today; nothing is kept yet."""
    made = report.annual(session, organ, year)
    totals = {row["code"]: row["values"][-1] for row in made["table3"]["rows"]}
    figures: dict[str, Any] = {
        NEW: totals[annual_rows.NEW],
        CARRIED_IN: totals[annual_rows.CARRIED_IN],
        FINISHED: totals[annual_rows.TOTAL],
        CARRIED_OUT: totals[annual_rows.CARRIED_OUT],
    }
    for code, (_, begins) in OUTCOMES.items():
        figures[code] = sum(
            value for row, value in totals.items() if row != annual_rows.TOTAL and row.startswith(begins)
        )
    disputes = {path: made["table4"][path.value][-1] for path in DisputePath}
    figures[REVIEWS] = disputes[DisputePath.REVIEW]
    figures[SUITS] = disputes[DisputePath.SUIT_DIRECT] + disputes[DisputePath.SUIT_AFTER_REVIEW]
    figures["days"] = {str(days): count for days, count in sorted(_days(session, organ, year).items())}
    return PublicFigures(organ_id=organ.id, year=year, counted_on=today, figures=canonical(figures))


def count_all(session: Session, today: date) -> list[PublicFigures]:
    """The figures of every organ's years as the cases say today. It reads only: no writer waits for it."""
    organs = session.scalars(select(Organ).order_by(Organ.id)).all()
    return [count_year(session, organ, year, today) for organ in organs for year in years_of(session, organ, today)]


def keep(session: Session, counted: Iterable[PublicFigures]) -> None:
    """Put these figures in the place of those that were counted before."""
    for one in counted:
        session.merge(one)


def lines(session: Session, organ: Organ | None = None) -> list[Line]:
    """The years of one organ, or of all together, newest first, without what would tell of single persons."""
    by_year: dict[int, list[PublicFigures]] = {}
    for one in session.scalars(select(PublicFigures).order_by(PublicFigures.year.desc(), PublicFigures.organ_id)):
        by_year.setdefault(one.year, []).append(one)
    wanted = EVERYBODY if organ is None else organ.id
    found = {year: {one.organ_id: json.loads(one.figures) for one in kept} for year, kept in by_year.items()}
    values = {
        (year, organ, code): figures[code]
        for year, organs in found.items()
        for organ, figures in organs.items()
        for code in MEASURES
    }
    for year, organs in found.items():
        for code in MEASURES:
            values[year, EVERYBODY, code] = sum(figures[code] for figures in organs.values())
    equations = [[(year, *key) for key in line] for year, organs in found.items() for line in _equations(organs)]
    veiled = hidden(values, equations + _carried_on(values), LEAST)
    return [
        _line(year, kept, found[year], values, veiled, wanted)
        for year, kept in by_year.items()
        if wanted == EVERYBODY or wanted in found[year]
    ]


def _line(
    year: int,
    kept: Sequence[PublicFigures],
    found: Mapping[int, Any],
    values: Mapping[Cell, int],
    veiled: Collection[Cell],
    wanted: int,
) -> Line:
    shown = {code: None if (year, wanted, code) in veiled else values[year, wanted, code] for code in MEASURES}
    small = {code for code in MEASURES if 0 < values[year, wanted, code] < LEAST}
    waited: Counter[int] = Counter()
    for organ, figures in found.items():
        if wanted in (EVERYBODY, organ):
            waited.update({int(days): count for days, count in figures["days"].items()})
    return Line(year, min(one.counted_on for one in kept), shown, frozenset(small), _median(waited))


def _carried_on(values: Mapping[Cell, int]) -> list[list[Cell]]:
    """What stands in two years: requests that one year leaves to the next are those that the next begins with."""
    pairs = [
        ((year, organ, code), (year + 1, organ, CARRIED_IN)) for year, organ, code in values if code == CARRIED_OUT
    ]
    return [[left, begun] for left, begun in pairs if begun in values]


def _equations(organs: Iterable[int]) -> list[list[tuple[int, str]]]:
    """What adds up: the outcomes to what was finished, what came in to what went out, the organs to all together."""
    found = []
    for organ in (*organs, EVERYBODY):
        found.append([(organ, code) for code in (*OUTCOMES, FINISHED)])
        found.append([(organ, code) for code in (NEW, CARRIED_IN, CARRIED_OUT, FINISHED)])
    return found + [[*((organ, code) for organ in organs), (EVERYBODY, code)] for code in MEASURES]


def _median(waited: Mapping[int, int]) -> float | None:
    """The middle of the waiting times; None for fewer than LEAST replies."""
    return median(waited) if sum(waited.values()) >= LEAST else None


def _days(session: Session, organ: Organ, year: int) -> Counter[int]:
    """How many replies of the year took how many working days."""
    query = (
        select(Case.received_on, Case.replied_on, func.count())
        .where(
            Case.organ_id == organ.id,
            Case.kind == CaseKind.APPLICATION,
            Case.replied_on >= date(year, 1, 1),
            Case.replied_on < date(year + 1, 1, 1),
        )
        .group_by(Case.received_on, Case.replied_on)
    )
    calendar, found = calendar_of(organ), Counter[int]()
    for received, replied, count in session.execute(query):
        if received is not None and replied is not None:
            found[calendar.count(received, replied)] += count
    return found
