"""What a case gathers while it lives: dated facts, papers and notes."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.database import Base, BigKey, Instant

if TYPE_CHECKING:
    from gkapply.casework.records import Case


class Fact(Base):
    """A dated fact of the case's legal life. Never edited; a wrong one is revoked by another with its reason."""

    __tablename__ = "fact"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    on_: Mapped[date]
    """The legal day: on which the office acted or the thing happened."""
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(String(40))
    article: Mapped[str] = mapped_column(String(80), default="")
    party: Mapped[str | None] = mapped_column(String(40))
    working_days: Mapped[int | None]
    told_on: Mapped[date | None]
    answer_within: Mapped[int | None]
    co_producer: Mapped[bool | None]
    override: Mapped[bool | None]
    until: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    detail: Mapped[str] = mapped_column(Text, default="{}")
    revokes_id: Mapped[int | None] = mapped_column(ForeignKey("fact.id"))

    case: Mapped["Case"] = relationship(back_populates="facts")


class Document(Base):
    """A paper of the file: what came in, what proves a date, what went out. Its bytes are in the content store."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    role: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    on_: Mapped[date]
    added_at: Mapped[datetime] = mapped_column(Instant)
    added_by: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text, default="")
    """What was written instead of a file (an online correction's text)."""
    taken_on: Mapped[date | None]
    """For a correction handed in online: the day on which the office confirmed its receipt."""
    dispute_id: Mapped[int | None] = mapped_column(ForeignKey("dispute.id"), index=True)
    """The dispute that the paper belongs to, if it is one of its papers."""

    case: Mapped["Case"] = relationship(back_populates="documents")


class Note(Base):
    """A working record: a telephone call, a search, other work. Written once."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    on_: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(String(40))
    content: Mapped[str] = mapped_column(Text)
    """Canonical JSON of the note's fields."""

    case: Mapped["Case"] = relationship(back_populates="notes")
