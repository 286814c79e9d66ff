"""The log of reads and exports of personal data: a second append-only table, without chain lock.

A row is written in a short unit of its own before the page is sent; a periodic errand seals what has come into the journal.
"""

import hashlib
import json
from datetime import datetime, timedelta

from sqlalchemy import Index, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gkapply.casework.access import Actor
from gkapply.casework.journal import INSTALLATION, JournalEntry, canonical, record
from gkapply.database import Base, BigKey, Instant

SEAL = "access_log.seal"
"""Deed of the journal entry that seals a stretch of this log."""
SETTLED = timedelta(minutes=10)
"""Rows younger than this wait for the next seal: a unit that took an earlier number may not have committed yet."""


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


def sealed_through(session: Session) -> int:
    """Number of the last row that the journal seals, 0 when nothing is sealed yet."""
    query = select(JournalEntry.body).where(JournalEntry.organ_id == INSTALLATION, JournalEntry.deed == SEAL)
    last = session.scalar(query.order_by(JournalEntry.seq.desc()).limit(1))
    return int(json.loads(last)["last"]) if last else 0


def oldest_unsealed(session: Session) -> datetime | None:
    """When the first row not yet sealed was written."""
    query = select(AccessEntry.at).where(AccessEntry.id > sealed_through(session))
    return session.scalar(query.order_by(AccessEntry.id).limit(1))


def seal(session: Session, now: datetime) -> int:
    """Put the digest of every settled row since the last seal into the journal; returns how many there were."""
    before = sealed_through(session)
    unsettled = select(func.min(AccessEntry.id)).where(AccessEntry.id > before, AccessEntry.at > now - SETTLED)
    newest = select(func.max(AccessEntry.id)).where(AccessEntry.id > before)
    first_unsettled = session.scalar(unsettled)
    last = first_unsettled - 1 if first_unsettled is not None else session.scalar(newest)
    if last is None or last <= before:
        return 0
    count, digest = stretch_digest(session, before, last)
    record(session, None, SEAL, "system", now, first=before + 1, last=last, count=count, digest=digest)
    return count


def stretch_digest(session: Session, after: int, through: int) -> tuple[int, str]:
    """Number of rows in (``after``, ``through``] and the SHA-256 of their content in order."""
    query = select(AccessEntry).where(AccessEntry.id > after, AccessEntry.id <= through).order_by(AccessEntry.id)
    count, digest = 0, hashlib.sha256()
    for row in session.scalars(query.execution_options(yield_per=1000)):
        content = [row.id, row.organ_id, row.case_id, row.actor, row.deed, row.at.isoformat(), row.detail]
        digest.update(canonical(content).encode() + b"\n")
        count += 1
    return count, digest.hexdigest()
