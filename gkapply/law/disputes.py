"""The terms of reviews and suits: the organ's for answering and appealing, the applicant's for turning there.

The day of receipt never counts. Terms in working days end on one; terms in days or months whose last day is a rest day end
on the first working day after it (《民法典》第二百零一条至第二百零三条, 《民事诉讼法》第八十五条). Each day comes with the row of
its term, article included; whether it lies beyond the published calendar says ``Calendar.is_provisional``.
"""

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gkapply.law.periods import Period, PeriodName, Unit, period
from gkapply.law.workdays import Calendar


class Stage(StrEnum):
    """Before whom the organ answers."""

    REVIEW = "review"
    """行政复议."""
    SUIT = "suit"
    """行政诉讼, first instance."""


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a term, and the term."""

    on: date
    term: Period


@dataclass(frozen=True, slots=True)
class RemedyTerms:
    """Until when the applicant may turn where after a reply was delivered."""

    review: Due
    suit: Due


def answer_due_on(stage: Stage, received_on: date, calendar: Calendar, *, simple: bool = False) -> Due:
    """The last day for the organ's answer and evidence, from its receipt of the copy of the application or complaint.

    ``simple``: the review authority told the organ that the simple procedure (简易程序) applies; where it changes to the
    ordinary one (《行政复议法》第五十五条), ask again without. In court the term is the same in both, unless the court
    sets a shorter one.
    """
    if stage is Stage.SUIT:
        name = PeriodName.SUIT_ANSWER
    else:
        name = PeriodName.REVIEW_ANSWER_SIMPLE if simple else PeriodName.REVIEW_ANSWER
    return due_on(name, received_on, calendar)


def appeal_due_on(received_on: date, calendar: Calendar, *, ruling: bool = False) -> Due:
    """The last day for appealing against a judgment of first instance, or a ``ruling`` (裁定), received on that day."""
    return due_on(PeriodName.APPEAL_RULING if ruling else PeriodName.APPEAL_JUDGMENT, received_on, calendar)


def remedy_terms(delivered_on: date, calendar: Calendar) -> RemedyTerms:
    """Until when review and suit are open against a reply that the applicant received on that day.

    For a reply that told the applicant of both; otherwise up to a year (《行政复议法》第二十条第三款). Where review must
    come first (``remedies.variant``), the suit's term is that of ``suit_after_review_due_on`` instead.
    """
    return RemedyTerms(
        review=due_on(PeriodName.REVIEW, delivered_on, calendar),
        suit=due_on(PeriodName.SUIT, delivered_on, calendar),
    )


def suit_after_review_due_on(decided_on: date, calendar: Calendar) -> Due:
    """The last day for suing after a review decision that the applicant received on that day."""
    return due_on(PeriodName.SUIT_AFTER_REVIEW, decided_on, calendar)


def due_on(name: PeriodName, received_on: date, calendar: Calendar) -> Due:
    """The last day of that term from a receipt. Raises Refusal when the calendar does not reach that far."""
    term = period(name, received_on)
    if term.unit is Unit.WORKING_DAYS:
        return Due(calendar.add(received_on, term.amount), term)
    if term.unit is Unit.MONTHS:
        last = _months_later(received_on, term.amount)
    else:
        last = received_on + timedelta(days=term.amount)
    return Due(last if calendar.is_workday(last) else calendar.add(last, 1), term)


def _months_later(day: date, count: int) -> date:
    """The corresponding day, or the month's last where it has none (《民法典》第二百零二条)."""
    years, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))
