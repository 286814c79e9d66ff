"""How a reply term stands on a day: what is left of it, its lamp, and the word beside the colour."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gkapply.law.workdays import Calendar

NEAR = 3
"""Working days: a term with no more than these left is 临近."""


class Lamp(StrEnum):
    """The lamp of a term; the value is its class on a page."""

    label: str

    def __new__(cls, value: str, label: str) -> "Lamp":
        """A member is its code."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    OVERDUE = "overdue", "逾期"
    NEAR = "near", "临近"
    NORMAL = "normal", "正常"


@dataclass(frozen=True, slots=True)
class Term:
    """Where the reply term of a case stands on a day.

    ``remaining`` counts the working days left, today not among them; it is negative when the term is over. It and ``lamp``
    are None when there is nothing to be late with: no due day, or the case has ended.
    """

    due_on: date | None
    provisional: bool
    stopped_since: date | None
    remaining: int | None
    lamp: Lamp | None
    unchecked: bool = False
    """期限未核: it came with a register, and nobody has said what happened to its clocks before."""

    @property
    def without(self) -> str:
        """Why there is no due day, in words."""
        return "期限未核" if self.unchecked else "期限未起算"

    @property
    def words(self) -> str:
        """What is left, in words, for those who do not see the colour; empty without a lamp."""
        if self.remaining is None:
            return ""
        if self.lamp is Lamp.OVERDUE:
            # Seen on the rest days just after the last day, no working day has gone by yet.
            return f"超过{-self.remaining}个工作日" if self.remaining < 0 else "已过期限"
        return "今天到期" if self.remaining == 0 else f"还有{self.remaining}个工作日"


def term_on(
    today: date,
    due_on: date | None,
    calendar: Calendar,
    *,
    ended_on: date | None = None,
    provisional: bool = False,
    stopped_since: date | None = None,
    unchecked: bool = False,
) -> Term:
    """The term with this due day as it stands on ``today``: being overdue is a comparison, never a stored status."""
    if ended_on is not None:
        return Term(due_on, provisional, None, None, None, unchecked)
    if due_on is None:
        return Term(due_on, provisional, stopped_since, None, None, unchecked)
    remaining = calendar.count(today, due_on)
    lamp = Lamp.OVERDUE if due_on < today else Lamp.NEAR if remaining <= NEAR else Lamp.NORMAL
    return Term(due_on, provisional, stopped_since, remaining, lamp)
