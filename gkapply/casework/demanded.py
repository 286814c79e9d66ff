"""What a request keeps for the analysis of demand (需求分析): where it seems to lie, and whether its words have been read.

Reading is an errand's work (``demand_reading``); deeds that change what is read only say so, with ``read_again``.
"""

from typing import TYPE_CHECKING

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

if TYPE_CHECKING:
    from gkapply.casework.records import Case

TO_READ = "demand_day <= 0 AND received_on IS NOT NULL AND kind = 'application'"
"""Requests whose words are to be read."""


class Demanded:
    """Columns of ``Case`` that only ``demand_reading`` writes."""

    area_suggested: Mapped[str | None] = mapped_column(String(60))
    """The area in which its words place it; what a person has confirmed (``Case.area``) goes before it."""
    demand_day: Mapped[int] = mapped_column(default=0, server_default="0")
    """The day (its proleptic ordinal) under which its terms stand; 0: they were never read; below 0: they are to be read again."""


def read_again(case: "Case") -> None:
    """What the analysis read of the request has changed, or the request counts no longer."""
    case.demand_day = -abs(case.demand_day or 0)


def to_read_index() -> Index:
    """The index by which an errand finds the requests that are to be read."""
    return Index("ix_case_file_demand", "id", sqlite_where=text(TO_READ), postgresql_where=text(TO_READ))
