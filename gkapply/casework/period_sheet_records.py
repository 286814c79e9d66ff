"""Quarterly sheets (季度统计表) as they were delivered. The record alone; it only grows: a corrected sheet is another edition."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.people import Organ, User
from gkapply.database import Base, BigKey, Instant


class PeriodSheet(Base):
    """One edition of one organ's sheet of a quarter, delivered to the organs above. Written once; the newest holds."""

    __tablename__ = "period_sheet"
    __table_args__ = (UniqueConstraint("organ_id", "year", "quarter", "edition"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    year: Mapped[int]
    quarter: Mapped[int]
    edition: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    """Canonical JSON: tables 三 and 四 of the quarter as delivered, in the form of the annual report's."""
    hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the content."""
    note: Mapped[str] = mapped_column(Text)
    """What is said with it: why a check fails, what was corrected."""
    on_: Mapped[date]
    delivered_at: Mapped[datetime] = mapped_column(Instant)
    delivered_by: Mapped[int] = mapped_column(ForeignKey("user.id"))

    organ: Mapped[Organ] = relationship()
    author: Mapped[User] = relationship()
