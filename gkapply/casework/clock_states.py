"""How the clock of a request stands (期限状态), as a condition on its row and in words; every list that filters by it asks here.

The bounds are working days of the organ's calendar, turned into days once, so that the database only compares dates.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select

from gkapply.casework.papers import Consultation
from gkapply.casework.records import Case
from gkapply.casework.urgency import NEAR
from gkapply.law.workdays import Calendar
from workflows.consultation import ConsultationState

WEEK_AHEAD = 7
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
    WEEK = "week", f"{WEEK_AHEAD}个工作日内到期"
    LATER = "later", f"{WEEK_AHEAD}个工作日后到期"
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


@dataclass(frozen=True, slots=True)
class Horizon:
    """The days against which clocks are compared: today, and the last days that are near and within a week."""

    today: date
    near: date
    week: date


def horizon(today: date, calendar: Calendar) -> Horizon:
    """The horizon of an organ with that calendar."""
    return Horizon(today, _last_day(today, NEAR, calendar), _last_day(today, WEEK_AHEAD, calendar))


def stands(state: ClockState, days: Horizon) -> ColumnElement[bool]:
    """The condition that a case's clock stands so; what has ended has no clock."""
    stopped = or_(Case.stopped_since.is_not(None), asked_since(days.today).is_not(None))
    found = {
        ClockState.OVERDUE: Case.due_on < days.today,
        ClockState.TODAY: Case.due_on == days.today,
        ClockState.NEAR: Case.due_on.between(days.today, days.near),
        ClockState.WEEK: Case.due_on.between(days.today, days.week),
        ClockState.LATER: Case.due_on > days.week,
        ClockState.STOPPED: stopped,
        ClockState.NONE: and_(Case.due_on.is_(None), ~stopped),
    }
    return and_(Case.ended_on.is_(None), found[state])


def _last_day(today: date, workdays: int, calendar: Calendar) -> date:
    """The last day whose term has at most that many working days left."""
    return calendar.add(today, workdays + 1) - timedelta(days=1)
