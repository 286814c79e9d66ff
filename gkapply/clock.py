"""The only readers of the wall clock.

Everything else takes ``now`` or ``today`` as an argument, so that a rule can be asked about any day.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The present calendar day in the office's time zone: the day that the law counts."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """The calendar day of an aware instant in the office's time zone."""
    return instant.astimezone(OFFICE_ZONE).date()
