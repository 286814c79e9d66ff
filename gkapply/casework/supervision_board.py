"""The board of a supervisor (监督概览): the figures of each organ, rolled up with those of the organs below it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from gkapply.casework.calendars import calendar_of
from gkapply.casework.people import Organ
from gkapply.casework.public_figures import OUTCOMES
from gkapply.casework.records import Case
from gkapply.casework.supervision_figures import FIGURES, Figure, Source, base, happenings
from gkapply.casework.supervision_period import Period, Scope
from gkapply.casework.supervision_tree import Tree
from gkapply.casework.waiting_times import median

COUNTED_BY_CASE = (Source.OPEN, Source.REPLIED, Source.RECEIVED, Source.ENDED)
"""Sources that are cases; of the others several may belong to one case."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the board: an organ alone (``whole`` False), or with every organ below it."""

    organ: Organ
    whole: bool
    below: int
    """How many organs stand below it."""
    figures: Mapping[str, int]
    waited: Mapping[int, int]
    """Working days from the receipt to the reply → how many replies of the period took them."""

    @property
    def median(self) -> float | None:
        """The middle of the waiting times in working days, stops included; None without a reply."""
        return median(self.waited)

    def share(self, code: str, of: str = "finished") -> int | None:
        """The figure in per cent of another, rounded; None when that is nought."""
        whole = self.figures[of]
        return round(100 * self.figures[code] / whole) if whole else None

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to tell of it."""
        return not any(self.figures.values())

    @property
    def outcomes(self) -> Sequence[tuple[str, str, int]]:
        """Code, label and number of each kind of outcome."""
        return [(code, FIGURES[code].label, self.figures[code]) for code in OUTCOMES]


@dataclass(frozen=True, slots=True)
class Board:
    """The organ on which the board looks: all of it together, itself alone, and each organ right below with what it heads."""

    total: Line
    lines: Sequence[Line]


def board(session: Session, tree: Tree, organ: Organ, period: Period, today: date) -> Board:
    """The figures of ``organ`` and of every organ below it, in eight statements whatever the number of organs."""
    scope = Scope(tree.below(organ), period, today)
    figures, waited = count(session, scope, FIGURES), _waited(session, scope)

    def line(of: Organ, whole: bool) -> Line:
        organs = tree.below(of) if whole else [of]
        sums: Counter[str] = Counter()
        days: Counter[int] = Counter()
        for one in organs:
            sums.update(figures.get(one.id, {}))
            days.update(waited.get(one.id, {}))
        return Line(of, whole, len(organs) - 1, {code: sums[code] for code in FIGURES}, days)

    children = tree.children.get(organ.id, ())
    return Board(line(organ, True), [line(organ, False), *(line(one, True) for one in children)])


def count(session: Session, scope: Scope, figures: Mapping[str, Figure]) -> dict[int, dict[str, int]]:
    """Organ → figure → number of requests, one statement for each source; what is missing is nought."""
    found: dict[int, dict[str, int]] = {}
    for source in Source:
        wanted = [one for one in figures.values() if one.source is source]
        if not wanted:
            continue
        for organ_id, *numbers in session.execute(_counting(source, wanted, scope)):
            codes = (one.code for one in wanted)
            found.setdefault(organ_id, {}).update(zip(codes, numbers, strict=True))
    return found


def _counting(source: Source, wanted: Sequence[Figure], scope: Scope) -> Select[*tuple[Any, ...]]:
    if source not in COUNTED_BY_CASE:
        happened = happenings(source, scope).subquery()
        return select(happened.c.organ_id, func.count(happened.c.case_id.distinct())).group_by(happened.c.organ_id)
    counts = [func.count().filter(one.condition(scope)) for one in wanted]
    return select(Case.organ_id, *counts).where(base(source, scope)).group_by(Case.organ_id)


def _waited(session: Session, scope: Scope) -> dict[int, Counter[int]]:
    """Organ → how many replies of the period took how many working days by its calendar."""
    query = (
        select(Case.organ_id, Case.received_on, Case.replied_on, func.count())
        .where(base(Source.ENDED, scope), Case.received_on.is_not(None), Case.replied_on.is_not(None))
        .group_by(Case.organ_id, Case.received_on, Case.replied_on)
    )
    calendars = {organ.id: calendar_of(organ) for organ in scope.organs}
    found: dict[int, Counter[int]] = {}
    for organ_id, received, replied, number in session.execute(query):
        if received is not None and replied is not None:
            found.setdefault(organ_id, Counter())[calendars[organ_id].count(received, replied)] += number
    return found
