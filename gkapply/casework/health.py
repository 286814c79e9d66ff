"""Whether the installation is at work: the errands go out, the journal ends where its head says."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from gkapply.casework.journal import JournalEntry, JournalHead
from gkapply.casework.outbox import MAX_ATTEMPTS, Errand

LONGEST_WAIT = timedelta(minutes=15)
"""An errand that is due and has waited longer means that nobody runs them."""


@dataclass(frozen=True, slots=True)
class Health:
    """What a watcher needs to know. ``oldest_errand`` is how long the oldest due errand has waited, None when none waits."""

    oldest_errand: timedelta | None
    stuck_errands: int
    broken_heads: int

    @property
    def good(self) -> bool:
        """Whether the installation is at work. Stuck errands stand on the administrator's page and stop nothing."""
        late = self.oldest_errand is not None and self.oldest_errand > LONGEST_WAIT
        return not late and not self.broken_heads


def health(session: Session, now: datetime) -> Health:
    """How the installation stands at ``now``."""
    waiting = (Errand.done_at.is_(None), Errand.run_at <= now)
    oldest = session.scalar(select(func.min(Errand.run_at)).where(*waiting, Errand.attempts < MAX_ATTEMPTS))
    stuck = select(func.count()).where(Errand.done_at.is_(None), Errand.attempts >= MAX_ATTEMPTS)
    return Health(
        oldest_errand=None if oldest is None else now - oldest,
        stuck_errands=session.scalar(stuck) or 0,
        broken_heads=session.scalar(_broken_heads()) or 0,
    )


def _broken_heads() -> Select[int]:
    same = and_(
        JournalEntry.organ_id == JournalHead.organ_id,
        JournalEntry.seq == JournalHead.seq,
        JournalEntry.hash == JournalHead.hash,
    )
    return (
        select(func.count())
        .select_from(JournalHead)
        .outerjoin(JournalEntry, same)
        .where(JournalHead.seq > 0, JournalEntry.id.is_(None))
    )
