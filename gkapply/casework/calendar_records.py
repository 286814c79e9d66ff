"""Editions of the working-day calendars, and the runs that re-date open cases by them with every due day that moved."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.database import Base, BigKey, Instant


class CalendarEdition(Base):
    """One year of one region's calendar as it was imported; a later one of the same year supersedes it. Never changed."""

    __tablename__ = "calendar_edition"
    __table_args__ = (UniqueConstraint("region", "year", "version"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    region: Mapped[str] = mapped_column(String(20))
    region_name: Mapped[str] = mapped_column(String(60))
    year: Mapped[int]
    version: Mapped[int]
    """1 for the first import of the year, and so on."""
    notice: Mapped[str] = mapped_column(String(200))
    """文号 or name of the notice that the days come from."""
    title: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(300))
    published: Mapped[bool]
    """False for a plan (预排) that no notice has confirmed yet."""
    payload: Mapped[str] = mapped_column(Text)
    """Canonical JSON of ``HolidayNotice.payload``."""
    sha256: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[datetime] = mapped_column(Instant)
    imported_by: Mapped[str] = mapped_column(String(40))


class Redating(Base):
    """One run through the open cases that derives their due days anew. Its place is kept here, so that it goes on after a kill."""

    __tablename__ = "redating"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    cause: Mapped[str] = mapped_column(String(20))
    """A code of ``redating.CAUSES``."""
    region: Mapped[str] = mapped_column(String(20))
    """Cases of the organs with this calendar; CN: of all organs, since every calendar rests on the country's."""
    organ_id: Mapped[int | None] = mapped_column(ForeignKey("organ.id"))
    """Only the cases of this organ."""
    actor: Mapped[str] = mapped_column(String(40))
    begun_at: Mapped[datetime] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    done_organ: Mapped[int] = mapped_column(BigKey, default=0)
    """Organs up to this key are done."""
    done_case: Mapped[int] = mapped_column(BigKey, default=0)
    """Cases of the next organ up to this key are done."""
    looked_at: Mapped[int] = mapped_column(default=0)
    moved: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    """Cases whose facts do not fit the calendar any more: left as they are, for a person to look at."""


class RedatingMove(Base):
    """An open case whose due day a run moved, or could not derive. Never changed."""

    __tablename__ = "redating_move"
    __table_args__ = (
        UniqueConstraint("redating_id", "organ_id", "case_id"),
        Index("ix_redating_move_case", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    redating_id: Mapped[int] = mapped_column(ForeignKey("redating.id"))
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    old_due: Mapped[date | None]
    new_due: Mapped[date | None]
    problem: Mapped[str] = mapped_column(Text)
    """Why the due day could not be derived; empty when it moved."""

    run: Mapped[Redating] = relationship()
