"""The statutory clocks of one case: from its facts to every due date, each with its article.

``reckon`` works out the reply date; whatever else a ``Reckoning`` can say, the reason for each single day above all, is
worked out when it is asked for, so that a sweep over many cases pays for the date alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from gkapply.law.course import Course
from gkapply.law.day_list import Day, day_list
from gkapply.law.facts import Fact, FactKind
from gkapply.law.ordered import ORDERED_ARTICLE
from gkapply.law.prolonging import DELAY_ARTICLE
from gkapply.law.settings import ClockSettings
from gkapply.law.stops import Stop, held_since
from gkapply.law.taking import follow
from gkapply.law.workdays import Calendar

_DEFAULTS = ClockSettings()


class Clock(StrEnum):
    """The clocks, in the order in which an answer lists them."""

    REPLY = "reply"
    CORRECTION_NOTICE = "correction_notice"
    CORRECTION_ANSWER = "correction_answer"
    THIRD_PARTY_OPINION = "third_party_opinion"
    ORGAN_OPINION = "organ_opinion"
    PAYMENT = "payment"


_FIXED = {FactKind.DELAYED: DELAY_ARTICLE, FactKind.ORDERED: ORDERED_ARTICLE}
_OPINION_CLOCKS = {FactKind.THIRD_PARTY_ASKED: Clock.THIRD_PARTY_OPINION, FactKind.ORGAN_ASKED: Clock.ORGAN_OPINION}


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that has not ended. ``due_on`` is None while it stands still or its start is not proved yet."""

    clock: Clock
    due_on: date | None
    article: str
    party: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The entry of ``running`` in the answer of ``gkapply deadline``."""
        entry: dict[str, Any] = {"clock": str(self.clock), "due_on": _written(self.due_on), "article": self.article}
        if self.party is not None:
            entry["party"] = self.party
        return entry


class Reckoning:
    """What the facts of a case come to. Read-only; everything but ``reply_due_on`` is worked out when it is read."""

    __slots__ = ("_course", "reply_due_on")

    def __init__(self, course: Course):
        self._course = course
        self.reply_due_on = course.due_on()
        """The last day for the reply; None while the clock stands still with no end in sight."""

    @property
    def clock_from(self) -> date:
        """The day after which the reply clock counts: the receipt, or the last restart."""
        return self._course.clock_from

    @property
    def correction_notice_due_on(self) -> date:
        """The last day on which a correction may be asked for (条例第三十条)."""
        return self._course.correction_notice_due_on

    @property
    def ended_on(self) -> date | None:
        """The day of the reply, the withdrawal or the lapse that stands."""
        return None if self._course.ended is None else self._course.ended.on

    @property
    def in_time(self) -> bool | None:
        """Whether the case ended within the term; None while it has not ended."""
        if self._course.ended is None:
            return None
        return self.reply_due_on is None or self._course.ended.on <= self.reply_due_on

    @property
    def stopped_since(self) -> date | None:
        """The day since which no day has counted; None unless an open stop holds the clock."""
        if self.reply_due_on is not None:
            return None
        return held_since(self._course.holding())

    @property
    def fixed_by(self) -> Fact | None:
        """The delay or order whose ``until`` is the day for the reply; None where the term is counted."""
        return self._course.fixed

    @property
    def running(self) -> tuple[Running, ...]:
        """Every clock that has not ended, in the order of ``Clock``, within one clock in the order of asking."""
        if self._course.ended is not None:
            return ()
        return tuple(sorted(_running(self._course, self.reply_due_on), key=_order))

    @property
    def provisional(self) -> bool:
        """Whether a date of this answer lies beyond the published calendar, where only weekends are known."""
        dates = [self.reply_due_on, *(clock.due_on for clock in self.running)]
        return any(on is not None and self._course.calendar.is_provisional(on) for on in dates)

    def days(self) -> list[Day]:
        """The reason for each day since ``clock_from``, to the due date, or to the last fact while stopped.

        Empty when the case has ended.
        """
        return day_list(self._course, self.reply_due_on)

    def as_json(self) -> dict[str, Any]:
        """The answer of ``gkapply deadline``."""
        answer: dict[str, Any] = {"reply_due_on": _written(self.reply_due_on), "provisional": self.provisional}
        if self.stopped_since is not None:
            answer["stopped_since"] = _written(self.stopped_since)
        if self.in_time is not None:
            answer["in_time"] = self.in_time
        answer["running"] = [clock.as_json() for clock in self.running]
        answer["days"] = [day.as_json() for day in self.days()]
        return answer


def reckon(
    received_on: date, facts: Iterable[Fact], calendar: Calendar, settings: ClockSettings = _DEFAULTS
) -> Reckoning:
    """The clocks of a case received on that day, from its facts (in any order of days).

    Raises Refusal for an unlawful fact, with reason and article.
    """
    return Reckoning(follow(received_on, facts, calendar, settings))


def _running(course: Course, reply_due_on: date | None) -> Iterator[Running]:
    fixed = course.fixed
    yield Running(Clock.REPLY, reply_due_on, course.reply_article if fixed is None else _FIXED[fixed.kind])
    notice = course.terms.correction_notice
    if course.last_on is None:
        yield Running(Clock.CORRECTION_NOTICE, course.correction_notice_due_on, notice.article)
    if course.correction is not None and course.correction_received_on is None:
        yield Running(Clock.CORRECTION_ANSWER, course.correction_answer_due_on, notice.article)
    if course.fee is not None and course.fee_paid_on is None:
        yield Running(Clock.PAYMENT, course.payment_due_on, course.terms.payment.article)
    for stops in course.questions.values():
        for stop in stops:
            yield from _opinion(course, stop)


def _opinion(course: Course, stop: Stop) -> Iterator[Running]:
    """The clock of one question, unless it was answered, came back, or its term was over before the last fact.

    Silence ends it by time alone: the organ decides (条例第三十二条), a co-producer is deemed to consent (第三十四条).
    """
    asked = stop.asked
    if stop.answered or asked.returned_on is not None:
        return
    ends_on = None if stop.limit is None else course.calendar.workday_at(stop.limit)
    if ends_on is not None and course.last_on is not None and ends_on < course.last_on:
        return
    if asked.kind is FactKind.THIRD_PARTY_ASKED:
        article = course.terms.third_party_opinion.article
    elif asked.co_producer:
        article = course.terms.co_producer_opinion.article
    else:
        article = "条例第三十三条第三款"
    yield Running(_OPINION_CLOCKS[asked.kind], ends_on, article, asked.party)


_PLACES = {clock: place for place, clock in enumerate(Clock)}


def _order(running: Running) -> int:
    return _PLACES[running.clock]


def _written(on: date | None) -> str | None:
    return None if on is None else on.isoformat()
