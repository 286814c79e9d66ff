"""Answers to the question how the service was (满意度): apart from every file, so that they cannot be traced to a request.

A row names the organ, the quarter and the score. It names no case, its key is drawn by lot and gives no order, and the words
are sealed for the head of the organ.
"""

from datetime import date

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from gkapply.database import Base, BigKey


class Satisfaction(Base):
    """One answer."""

    __tablename__ = "satisfaction"
    __table_args__ = (Index("ix_satisfaction_organ", "organ_id", "quarter"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    """Drawn by lot."""
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    quarter: Mapped[date]
    """First day of the quarter in which it was given."""
    score: Mapped[int]
    """1 (很不满意) to 5 (很满意)."""
    words: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    """What was written besides, sealed; empty when nothing was."""
