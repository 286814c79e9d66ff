"""The internal clock (内部期限): from the day on which a request reached the office, beside the statutory one.

Where both sides confirm the receipt, the term runs from the confirmation (条例第三十一条). A portal without an exception notice
may be held to the day of sending (最高人民法院指导案例26号), so the office also sees the term as it would run from there.
"""

from dataclasses import dataclass
from datetime import date

from gkapply.casework.intake import arrived_on
from gkapply.casework.records import Case
from gkapply.law.channels import CHANNELS
from gkapply.law.course import INTERNAL_TERM
from gkapply.law.periods import PeriodName, period


@dataclass(frozen=True, slots=True)
class ReplyTerm:
    """The term for the reply as a page names it: its label, its working days, what it rests on."""

    label: str
    days: int
    article: str


def term_of(case: Case) -> ReplyTerm:
    """The term within which the case is to be answered: statutory, or internal where the law sets none (条例第四十一条)."""
    internal = case.clock_settings().reply_term
    if internal is not None:
        return ReplyTerm("办理期限", internal, INTERNAL_TERM)
    statutory = period(PeriodName.REPLY, case.received_on or arrived_on(case))
    return ReplyTerm("答复期限", statutory.amount, statutory.article)


def internal_due_on(case: Case) -> date | None:
    """The last day for the reply if the term ran from the arrival; None where that is the statutory one, or none runs.

    After a restart both are the same; while the clock stands still neither has a day.
    """
    came_on = arrived_on(case)
    if CHANNELS[case.channel].fixes_the_day or case.ended_on is not None:
        return None
    calendar = case.calendar()
    if case.received_on is None:
        return calendar.add(came_on, term_of(case).days)
    if case.due_on is None or case.clock_from != case.received_on or case.received_on == came_on:
        return None
    earlier = calendar.position(case.received_on) - calendar.position(came_on)
    return calendar.workday_at(calendar.position(case.due_on) - earlier)
