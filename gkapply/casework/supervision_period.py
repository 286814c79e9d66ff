"""What a supervisor asks about: which organs, which period, on which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gkapply.casework.people import Organ
from gkapply.clock import OFFICE_ZONE
from gkapply.law.refusal import Refusal

EARLIEST = date(2019, 5, 15)
"""Day on which the Regulation as revised came into force: no period begins before it."""
LATEST = date(2099, 12, 31)
"""A period that reaches beyond it is a slip of the keys."""
LONGEST = 366
"""Days of the longest period that is counted at once."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, both included. Raises Refusal for one turned round or longer than a year."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Check it."""
        if self.first > self.last:
            raise Refusal("起始日期晚于截止日期", field="last", do="请核对起止日期")
        if self.first < EARLIEST or self.last > LATEST or (self.last - self.first).days >= LONGEST:
            raise Refusal("统计的时段须在2019年5月15日以后，不超过一年", field="first", do="请缩短时段，或者分年查看")

    @property
    def begins_at(self) -> datetime:
        """The moment with which it begins."""
        return datetime.combine(self.first, time(), OFFICE_ZONE)

    @property
    def ends_at(self) -> datetime:
        """The moment with which it is over."""
        return datetime.combine(self.last + timedelta(days=1), time(), OFFICE_ZONE)


def quarter_of(day: date) -> Period:
    """The quarter in which ``day`` lies, up to that day."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Period(max(first, EARLIEST), max(day, EARLIEST))


@dataclass(frozen=True, slots=True)
class Scope:
    """Which organs, which period, on which day it is asked."""

    organs: Sequence[Organ]
    period: Period
    today: date

    @property
    def ids(self) -> list[int]:
        """The keys of the organs."""
        return [organ.id for organ in self.organs]
