"""What a leader wrote on a matter (领导批示): who, the words, what is to follow, by when, and what came of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from gkapply.casework.entries import Document
from gkapply.casework.records import Case
from gkapply.database import Base, BigKey, Instant

OPEN = "done_on IS NULL"


class Instruction(Base):
    """One instruction about one case. Its words are kept as written; only what came of it is added later."""

    __tablename__ = "instruction"
    __table_args__ = (
        Index("ix_instruction_open", "due_on", "id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    leader: Mapped[str] = mapped_column(String(60))
    """Name and office of the leader: not everybody who writes on a paper has an account."""
    text: Mapped[str] = mapped_column(Text)
    on_: Mapped[date]
    follows: Mapped[str] = mapped_column(Text)
    """What is to be done; empty when the leader only took note."""
    due_on: Mapped[date | None]
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    entered_at: Mapped[datetime] = mapped_column(Instant)
    entered_by: Mapped[str] = mapped_column(String(40))
    done_on: Mapped[date | None]
    """Day on which it was carried out; of one that asks for nothing, its own day."""
    done_note: Mapped[str] = mapped_column(Text)
    done_by: Mapped[str] = mapped_column(String(40))

    case: Mapped[Case] = relationship(backref=backref("instructions", order_by="Instruction.id"))
    scan: Mapped[Document | None] = relationship()
