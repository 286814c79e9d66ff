"""Assessments (考核通报) that a supervising organ has issued, frozen as they were issued. Written once."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.people import Organ, User
from gkapply.database import Base, BigKey, Instant


class Assessment(Base):
    """One 通报 over the organs right below the issuing organ: its period and everything that it says."""

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("organ_id", "number"), Index("ix_assessment_organ", "organ_id", "id"))

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    """The supervising organ."""
    number: Mapped[str] = mapped_column(String(40))
    """考核通报〔2026〕1号: a series of the supervising organ, without gaps."""
    first_on: Mapped[date]
    last_on: Mapped[date]
    comment: Mapped[str] = mapped_column(Text)
    """What the supervising organ says of it in words."""
    snapshot: Mapped[str] = mapped_column(Text)
    """Canonical JSON of the weights, the formula in words and every organ's marks (``assessment.read``)."""
    issued_on: Mapped[date]
    issued_at: Mapped[datetime] = mapped_column(Instant)
    issued_by: Mapped[int] = mapped_column(ForeignKey("user.id"))

    organ: Mapped[Organ] = relationship()
    author: Mapped[User] = relationship()
