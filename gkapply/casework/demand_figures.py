"""What the public asked for, for everybody (公开的需求统计): requests by area and theme, by year, without small figures.

Counted once a day, kept by organ. The sum of the areas is what ``/figures`` tells as 新收申请, and all organs together are told, too: a figure
that could be reckoned from others is hidden with the small ones (``small_cells``).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import demand_counts, demand_names, public_figures
from gkapply.casework.demand_records import DemandFigures, TermKind
from gkapply.casework.journal import canonical
from gkapply.casework.people import Organ
from gkapply.casework.public_figures import EVERYBODY, LEAST
from gkapply.casework.small_cells import hidden
from gkapply.casework.supervision_period import EARLIEST, Period, Scope

MOST_THEMES = 100
"""Themes of an organ's year that are kept."""
SHOWN = 20
"""Themes that the page shows."""
YEARS = 3
"""Years that are counted every day."""
OTHER = "其他"
"""Requests in none of the areas that are known to everybody, or of which nothing tells the area."""
TOTAL = "total"
"""In place of an area: all of them."""
Cell = tuple[int, str]
"""Organ (or EVERYBODY) and area of a figure."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure: None where it is not told; ``small``: because it is small, else because it would tell of a small one."""

    name: str
    value: int | None
    small: bool


@dataclass(frozen=True, slots=True)
class Year:
    """One year of one organ, or of all: its areas, and the themes of which enough can be told."""

    year: int
    counted_on: date
    areas: Sequence[Shown]
    themes: Sequence[Shown]

    @property
    def largest(self) -> int:
        """The largest figure that is told; 1 without any."""
        return max((one.value or 0 for one in (*self.areas, *self.themes)), default=0) or 1


def count_year(session: Session, organ: Organ, year: int, today: date) -> DemandFigures:
    """The figures of one organ's year as the requests say today; nothing is kept yet."""
    period = Period(max(date(year, 1, 1), EARLIEST), date(year, 12, 31))
    scope = Scope([organ], period, today)
    areas = {area: one.requests for area, one in demand_counts.by_area(session, scope).items()}
    names = demand_names.themes()
    named = demand_counts.by_term(session, scope, TermKind.THEME, LEAST, MOST_THEMES)
    themes = {names[one.term]: one.requests for one in named if one.term in names}
    return DemandFigures(
        organ_id=organ.id, year=year, counted_on=today, figures=canonical({"areas": areas, "themes": themes})
    )


def count_all(session: Session, today: date) -> list[DemandFigures]:
    """The figures of every organ's last YEARS years as the requests say today. It reads only; older years stay as they were counted."""
    organs = session.scalars(select(Organ).order_by(Organ.id)).all()
    return [
        count_year(session, organ, year, today)
        for organ in organs
        for year in public_figures.years_of(session, organ, today)
        if year > today.year - YEARS
    ]


def keep(session: Session, counted: Iterable[DemandFigures]) -> None:
    """Put these figures in the place of those that were counted before."""
    for one in counted:
        session.merge(one)


def years(session: Session, organ: Organ | None = None) -> list[Year]:
    """The years of one organ, or of all together, newest first, without what would tell of single persons."""
    wanted = EVERYBODY if organ is None else organ.id
    by_year: dict[int, list[DemandFigures]] = {}
    for one in session.scalars(select(DemandFigures).order_by(DemandFigures.year.desc(), DemandFigures.organ_id)):
        by_year.setdefault(one.year, []).append(one)
    found = []
    for year, kept in by_year.items():
        figures = {one.organ_id: json.loads(one.figures) for one in kept}
        if wanted == EVERYBODY or wanted in figures:
            counted_on = min(one.counted_on for one in kept)
            found.append(Year(year, counted_on, areas_shown(figures, wanted), themes_shown(figures, wanted)))
    return found


def areas_shown(figures: Mapping[int, Mapping[str, Any]], wanted: int) -> list[Shown]:
    """Every area that anybody asked about. The total of an organ is known from elsewhere, and never hides a figure."""
    names = sorted({area for one in figures.values() for area in one["areas"]})
    values = {(organ, area): one["areas"].get(area, 0) for organ, one in figures.items() for area in names}
    lines = _with_everybody(values, figures, names)
    for organ in (*figures, EVERYBODY):
        values[organ, TOTAL] = 0  # what is nought is never hidden beside a small figure
        lines.append([(organ, area) for area in (*names, TOTAL)])
    veiled = hidden(values, lines, LEAST)
    shown = [_shown(area or OTHER, (wanted, area), values, veiled) for area in names]
    return sorted((one for one in shown if one.value != 0), key=_order)


def themes_shown(figures: Mapping[int, Mapping[str, Any]], wanted: int) -> list[Shown]:
    """The themes of which a figure can be told, the largest first. They overlap: nothing adds up but the organs."""
    names = sorted({theme for one in figures.values() for theme in one["themes"]})
    values = {(organ, theme): one["themes"].get(theme, 0) for organ, one in figures.items() for theme in names}
    veiled = hidden(values, _with_everybody(values, figures, names), LEAST)
    shown = [_shown(theme, (wanted, theme), values, veiled) for theme in names]
    return sorted((one for one in shown if one.value), key=_order)[:SHOWN]


def _with_everybody(values: dict[Cell, int], organs: Iterable[int], names: Sequence[str]) -> list[list[Cell]]:
    """Adds the figures of all organs together, and returns what adds up to them."""
    known = list(organs)
    lines = []
    for name in names:
        values[EVERYBODY, name] = sum(values[organ, name] for organ in known)
        lines.append([*((organ, name) for organ in known), (EVERYBODY, name)])
    return lines


def _shown(name: str, cell: Cell, values: Mapping[Cell, int], veiled: set[Cell]) -> Shown:
    value = values[cell]
    return Shown(name, None if cell in veiled else value, 0 < value < LEAST)


def _order(one: Shown) -> tuple[bool, int, str]:
    return one.name == OTHER, -(one.value or 0), one.name
