"""Annual reports of organs by year, the versions that were frozen, and what was noted about them.

A version and a note are written once.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.people import Organ, User
from gkapply.database import Base, BigKey, Instant, code_column
from workflows.annual_report import AnnualReportState


class AnnualReport(Base):
    """The report of one organ for one year: where it stands, and its text as far as it is written."""

    __tablename__ = "annual_report"
    __table_args__ = (UniqueConstraint("organ_id", "year"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    year: Mapped[int]
    state: Mapped[AnnualReportState] = mapped_column(code_column(AnnualReportState), default=AnnualReportState.NEW)
    version: Mapped[int] = mapped_column(default=0)
    edition: Mapped[int] = mapped_column(default=1)
    """Number of the version (版次) that is being written, or that was frozen last."""
    part_1: Mapped[str] = mapped_column(Text, default="")
    part_5: Mapped[str] = mapped_column(Text, default="")
    part_6: Mapped[str] = mapped_column(Text, default="")
    table2: Mapped[str] = mapped_column(Text, default="")
    """Canonical JSON of table 二 (``law.annual_table2``); empty where nothing was filled in."""
    delivered_on: Mapped[date | None]
    """The first day on which any version was handed in or published."""
    told: Mapped[int] = mapped_column(default=0)
    """The last level on which people were reminded of its term."""

    organ: Mapped[Organ] = relationship()
    editions: Mapped[list["AnnualReportEdition"]] = relationship(
        back_populates="report", order_by="AnnualReportEdition.number"
    )
    notes: Mapped[list["AnnualReportNote"]] = relationship(back_populates="report", order_by="AnnualReportNote.id")

    @property
    def parts(self) -> dict[str, str]:
        """The text by the number of its part."""
        return {"1": self.part_1, "5": self.part_5, "6": self.part_6}


class AnnualReportEdition(Base):
    """One version (版次) as it was frozen, or as it was taken from a report made elsewhere."""

    __tablename__ = "annual_report_edition"
    __table_args__ = (UniqueConstraint("report_id", "number"), Index("ix_annual_report_edition_organ", "organ_id"))

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    report_id: Mapped[int] = mapped_column(ForeignKey("annual_report.id"))
    number: Mapped[int]
    source: Mapped[str] = mapped_column(String(10))
    """``made`` here, or ``taken`` from what was published before."""
    content: Mapped[str] = mapped_column(Text)
    """Canonical JSON: the report, the rules it was counted by, what was explained."""
    hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the content."""
    cases: Mapped[str] = mapped_column(Text, deferred=True)
    """Canonical JSON: of every case that was counted its key, column, whether it was new, and its row; empty where taken."""
    frozen_on: Mapped[date]
    frozen_at: Mapped[datetime] = mapped_column(Instant)
    frozen_by: Mapped[int] = mapped_column(ForeignKey("user.id"))

    report: Mapped[AnnualReport] = relationship(back_populates="editions")
    author: Mapped[User] = relationship()


class AnnualReportNote(Base):
    """Something noted about a report: a check explained, a delivery, why it was drawn up anew."""

    __tablename__ = "annual_report_note"
    __table_args__ = (Index("ix_annual_report_note_report", "report_id", "id"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    report_id: Mapped[int] = mapped_column(ForeignKey("annual_report.id"))
    edition: Mapped[int]
    """The version that was being written, or that it is about."""
    kind: Mapped[str] = mapped_column(String(20))
    """Code of ``annual_report_notes.NoteKind``."""
    code: Mapped[str] = mapped_column(String(80))
    """What exactly: the key of a check or difference, the way of a delivery."""
    on_: Mapped[date | None]
    """The day on which it was delivered."""
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    report: Mapped[AnnualReport] = relationship(back_populates="notes")
    author: Mapped[User] = relationship()
