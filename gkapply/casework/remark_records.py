"""What officials keep among themselves about a case: remarks (备注), who watches it (关注), which cases belong together (关联)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.people import User
from gkapply.casework.records import Case
from gkapply.database import Base, BigKey, Instant


class Remark(Base):
    """A remark of one official to the others (内部备注): never shown to the applicant, never in the archive. Written once."""

    __tablename__ = "remark"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)

    author: Mapped[User] = relationship()


class Watch(Base):
    """An official wants to be told when anything happens to a case."""

    __tablename__ = "watch"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, autoincrement=False, index=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    since: Mapped[datetime] = mapped_column(Instant)


class CaseTie(Base):
    """Two cases of the organ that an official holds together, with the reason; taken back, it stays with the reason for that."""

    __tablename__ = "case_tie"
    __table_args__ = (Index("ix_case_tie_other", "other_id"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    reason: Mapped[str] = mapped_column(Text)
    tied_by: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Instant)
    loosened_by: Mapped[str] = mapped_column(String(40), default="", server_default="")
    loosened_at: Mapped[datetime | None] = mapped_column(Instant)
    loosened_because: Mapped[str] = mapped_column(Text, default="", server_default="")

    case: Mapped[Case] = relationship(foreign_keys=case_id)
    other: Mapped[Case] = relationship(foreign_keys=other_id)
