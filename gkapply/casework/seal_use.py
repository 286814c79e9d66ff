"""The record of one use of a seal on a letter (用印登记)."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.entries import Document
from gkapply.database import Base, BigKey, Instant

if TYPE_CHECKING:
    from gkapply.casework.papers import Letter


class SealUse(Base):
    """One use of a seal: who applied, who approved, who stamped, when, how many copies, with the scan. Written once."""

    __tablename__ = "seal_use"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    seal: Mapped[str] = mapped_column(String(20))
    """Code of ``law.seals.SealKind``."""
    applied_by: Mapped[str] = mapped_column(String(60))
    approved_by: Mapped[str] = mapped_column(String(60))
    stamped_by: Mapped[str] = mapped_column(String(60))
    stamped_on: Mapped[date]
    copies: Mapped[int]
    letters: Mapped[int]
    """How many letters the same scan shows: more than one where one question was put to many at once."""
    file_sha: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the letter's file, whose print was stamped."""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    """The stamped scan."""
    entered_at: Mapped[datetime] = mapped_column(Instant)
    entered_by: Mapped[str] = mapped_column(String(40))

    letter: Mapped["Letter"] = relationship(back_populates="seal_uses")
    scan: Mapped[Document | None] = relationship()
