"""Requests that were sent on to another organ: the record alone, which many read without making a letter."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.papers import Letter
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.database import Base, BigKey


class Transfer(Base):
    """One request sent on to another organ: of this installation (``to_organ_id``) or outside it."""

    __tablename__ = "transfer"
    __table_args__ = (Index("ix_transfer_arrived", "to_organ_id", "received_as_id"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), unique=True)
    to_organ_id: Mapped[int | None] = mapped_column(ForeignKey("organ.id"))
    consent: Mapped[bool]
    """Whether the applicant agreed that name and contact are told."""
    sent_on: Mapped[date | None]
    """The day on which the 移送函 left; empty until then."""
    received_as_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    """The request as which the other organ registered it."""

    organ: Mapped[Organ] = relationship(foreign_keys=[organ_id])
    case: Mapped[Case] = relationship(foreign_keys=[case_id])
    letter: Mapped[Letter] = relationship()
    received_as: Mapped[Case | None] = relationship(foreign_keys=[received_as_id])
