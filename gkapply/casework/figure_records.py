"""The public figures of an organ's year as they were last counted (公开统计)."""

from datetime import date

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from gkapply.database import Base


class PublicFigures(Base):
    """What one organ's year came to, counted from its cases on ``counted_on``; nothing here is about a person."""

    __tablename__ = "public_figures"

    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    counted_on: Mapped[date]
    figures: Mapped[str] = mapped_column(Text)
    """Canonical JSON: each measure of ``public_figures.MEASURES``, and under ``days`` how many replies took how many working days."""
