"""Why this very day (为什么是这一天): the whole course of a reply term, day by day, from the receipt to its end.

``Reckoning.days`` tells the term as it runs now. An officer, a citizen or a court also asks how the term ran before it
began anew, and how it had run when the reply went out: that is told here, from the same facts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gkapply.law.clocks import Reckoning
from gkapply.law.course import Course
from gkapply.law.day_list import Day, days_until
from gkapply.law.facts import Fact, FactKind, in_order
from gkapply.law.settings import ClockSettings
from gkapply.law.taking import follow
from gkapply.law.workdays import Calendar

_ENDS = (FactKind.REPLIED, FactKind.WITHDRAWN, FactKind.LAPSED)
_BEGINS = {
    None: ("收到申请", "条例第三十一条"),
    FactKind.CORRECTION_RECEIVED: ("收到补正的申请，答复期限重新起算", "条例第三十条"),
    FactKind.FEE_PAID: ("申请人缴清信息处理费，答复期限重新起算", "国办函〔2020〕109号"),
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """The term from one beginning to the next, or to its end.

    ``because`` and ``article`` say why it begins on ``begins_on``, which does not count itself (《民法典》第二百零一条).
    ``due_on`` is the last day of the term as this stretch left it, None where it was broken off or stands still.
    ``term`` is its length in working days with the extension.
    """

    begins_on: date
    because: str
    article: str
    term: int
    extended_by: int
    due_on: date | None
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every stretch of the term in order, and what the term came to.

    ``fixed`` is the delay or order that put a day in the place of the counted term; ``ended`` what ended the case.
    """

    received_on: date
    stretches: tuple[Stretch, ...]
    due_on: date | None
    provisional: bool
    fixed: Fact | None
    ended: Fact | None
    in_time: bool | None
    facts: tuple[Fact, ...]
    calendar: Calendar
    article: str
    """What the length of the term rests on."""

    def as_json(self) -> dict[str, Any]:
        """The explanation for a program: the same words as on the page."""
        return {
            "received_on": self.received_on.isoformat(),
            "reply_due_on": _written(self.due_on),
            "article": self.article,
            "provisional": self.provisional,
            "in_time": self.in_time,
            "calendar": {"code": self.calendar.code, "version": self.calendar.version},
            "facts": [
                {"kind": fact.kind.value, "label": fact.kind.label, "on": fact.on.isoformat()} for fact in self.facts
            ],
            "stretches": [
                {
                    "begins_on": one.begins_on.isoformat(),
                    "because": one.because,
                    "article": one.article,
                    "working_days": one.term,
                    "due_on": _written(one.due_on),
                    "days": [day.as_json() for day in one.days],
                }
                for one in self.stretches
            ],
        }


def explain(
    received_on: date, facts: Iterable[Fact], calendar: Calendar, settings: ClockSettings, today: date
) -> Explanation:
    """How the reply term of a case came to its last day; a term that stands still is told up to ``today``.

    Raises Refusal for an unlawful fact, like ``reckon``.
    """
    ordered = in_order(facts)
    whole = follow(received_on, ordered, calendar, settings)
    counted = tuple(fact for fact in ordered if fact.kind not in _ENDS)
    stretches: list[Stretch] = []
    begun: Fact | None = None
    for place, fact in enumerate(counted):
        if fact.kind not in _BEGINS:
            continue
        before = follow(received_on, counted[:place], calendar, settings)
        after = follow(received_on, counted[: place + 1], calendar, settings)
        if _begins_anew(before, after, fact):
            stretches.append(_stretch(before, begun, fact.on, broken=True))
            begun = fact
    last = follow(received_on, counted, calendar, settings)
    due_on = last.due_on()
    until = due_on or max(today if whole.ended is None else whole.ended.on, last.clock_from)
    stretches.append(_stretch(last, begun, until, broken=False))
    result = Reckoning(whole)
    return Explanation(
        received_on=received_on,
        stretches=tuple(stretches),
        due_on=due_on,
        provisional=due_on is not None and calendar.is_provisional(due_on),
        fixed=last.fixed,
        ended=whole.ended,
        in_time=result.in_time,
        facts=ordered,
        calendar=calendar,
        article=last.reply_article,
    )


def _begins_anew(before: Course, after: Course, fact: Fact) -> bool:
    """Whether the clock restarted with the fact; a correction asked for too late is received without a restart."""
    return after.clock_from == fact.on and (before.clock_from != fact.on or before.stops != after.stops)


def _stretch(course: Course, begun: Fact | None, until: date, *, broken: bool) -> Stretch:
    because, article = _BEGINS[None if begun is None else begun.kind]
    return Stretch(
        begins_on=course.clock_from,
        because=because,
        article=article,
        term=course.term(),
        extended_by=course.term() - course.base_term,
        due_on=None if broken else course.due_on(),
        days=tuple(days_until(course, until)),
    )


def _written(on: date | None) -> str | None:
    return None if on is None else on.isoformat()
