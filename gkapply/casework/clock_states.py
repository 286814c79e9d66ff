"""How the clock of a request stands (期限状态), as a condition on its row and in words; every list that filters by it asks here.

The bounds are working days of the organ's calendar, turned into days once, so that the database only compares dates.
"""

from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select

from gkapply.casework.papers import Consultation
from gkapply.casework.records import Case
from gkapply.casework.urgency import NEAR
from gkapply.law.workdays import Calendar
from workflows.consultation import ConsultationState

WEEK = 7
"""Working days: the second bound by which offices look ahead."""


class ClockState(StrEnum):
    """A filter by the clock of a request that has not ended."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "ClockState":
        """A member is its code."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    OVERDUE = "overdue", "逾期"
    TODAY = "today", "今天到期"
    NEAR = "near", f"{NEAR}个工作日内到期"
    WEEK = "week", f"{WEEK}个工作日内到期"
    LATER = "later", f"{WEEK}个工作日后到期"
    STOPPED = "stopped", "停止计算"
    NONE = "none", "无期限"


def asked_since(today: date) -> ScalarSelect[date | None]:
    """For each case the first day on which an opinion was asked that it still waits for (条例第三十三条第三款)."""
    return (
        select(func.min(Consultation.asked_on))
        .where(
            Consultation.case_id == Case.id,
            Consultation.state == ConsultationState.ASKED,
            or_(Consultation.opinion_due_on.is_(None), Consultation.opinion_due_on >= today),
        )
        .scalar_subquery()
    )


def stands(state: ClockState, today: date, calendar: Calendar) -> ColumnElement[bool]:
    """The condition that a case's clock stands so on ``today``; what has ended has no clock."""
    running = Case.ended_on.is_(None)
    stopped = or_(Case.stopped_since.is_not(None), asked_since(today).is_not(None))
    match state:
        case ClockState.OVERDUE:
            found = Case.due_on < today
        case ClockState.TODAY:
            found = Case.due_on == today
        case ClockState.NEAR:
            found = Case.due_on.between(today, last_day(today, NEAR, calendar))
        case ClockState.WEEK:
            found = Case.due_on.between(today, last_day(today, WEEK, calendar))
        case ClockState.LATER:
            found = Case.due_on > last_day(today, WEEK, calendar)
        case ClockState.STOPPED:
            found = stopped
        case ClockState.NONE:
            found = and_(Case.due_on.is_(None), ~stopped)
    return and_(running, found)


def last_day(today: date, workdays: int, calendar: Calendar) -> date:
    """The last day whose term has at most that many working days left."""
    return calendar.add(today, workdays + 1) - timedelta(days=1)
