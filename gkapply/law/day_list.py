"""The reason for each day of a reply term: counted with its number, or not counted and why."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gkapply.law.course import Course
from gkapply.law.facts import FactKind
from gkapply.law.stops import stop_over

_REASONS = {
    FactKind.CORRECTION_ASKED: ("等待补正", "条例第三十条"),
    FactKind.THIRD_PARTY_ASKED: ("征求第三方意见", "条例第三十三条第三款"),
    FactKind.ORGAN_ASKED: ("征求其他机关意见", "条例第三十三条第三款"),
    FactKind.FEE_NOTICED: ("等待缴费", "国办函〔2020〕109号"),
}


@dataclass(frozen=True, slots=True)
class Day:
    """One day: ``number`` when it counts, else ``because``, with the article where a stop is the reason."""

    on: date
    counts: bool
    number: int | None = None
    because: str | None = None
    article: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The entry of ``days`` in the answer of ``gkapply deadline``."""
        entry: dict[str, Any] = {"on": self.on.isoformat(), "counts": self.counts}
        if self.number is not None:
            entry["number"] = self.number
        if self.because is not None:
            entry["because"] = self.because
        if self.article is not None:
            entry["article"] = self.article
        return entry


def day_list(course: Course, reply_due_on: date | None) -> list[Day]:
    """The days after the receipt or the last restart, up to the due date, or to the last fact while it is stopped.

    Empty when the case has ended.
    """
    until = reply_due_on or course.last_on
    return [] if course.ended is not None or until is None else days_until(course, until)


def days_until(course: Course, until: date) -> list[Day]:
    """The days after the receipt or the last restart up to ``until``, whether the case has ended or not.

    Once a day is fixed, questions to others leave nothing out any more.
    """
    days = []
    number = 0
    fixed_on = date.max if course.fixed is None else course.fixed.on
    holding = course.holding()
    on = course.clock_from
    while on < until:
        on += timedelta(days=1)
        because = course.calendar.why_off(on)
        if because is not None:
            days.append(Day(on, counts=False, because=because))
        elif (stop := stop_over(course.stops if on <= fixed_on else holding, course.calendar.position(on))) is not None:
            reason, article = _REASONS[stop.asked.kind]
            days.append(Day(on, counts=False, because=reason, article=article))
        else:
            number += 1
            days.append(Day(on, counts=True, number=number))
    return days
