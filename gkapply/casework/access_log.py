"""The log of reads and exports of personal data: a second append-only table, without chain lock.

A row is written in a short unit of its own before the page is sent; a periodic errand seals what has come into the journal.
"""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from gkapply.casework.access import Actor
from gkapply.casework.journal import canonical
from gkapply.database import Base, BigKey, Instant


class AccessEntry(Base):
    """One look at personal data: who, what, whose case, why."""

    __tablename__ = "access_log"
    __table_args__ = (Index("ix_access_log_case", "case_id", "id"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int | None]
    case_id: Mapped[int | None]
    actor: Mapped[str] = mapped_column(String(40))
    deed: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Instant)
    detail: Mapped[str] = mapped_column(Text)


def note_access(
    session: Session, actor: Actor, deed: str, now: datetime, *, case_id: int | None = None, **detail: str
) -> None:
    """Record a look at personal data (``deed``: for example ``identity.shown``, ``file.fetched``) in this unit."""
    session.add(
        AccessEntry(
            organ_id=actor.organ_id,
            case_id=case_id,
            actor=actor.signature,
            deed=deed,
            at=now,
            detail=canonical(detail),
        )
    )
