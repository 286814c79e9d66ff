"""Whether the installation is at work: the errands go out, the journal ends where its head says."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from gkapply.casework import heartbeat
from gkapply.casework.journal import JournalEntry, JournalHead
from gkapply.casework.outbox import MAX_ATTEMPTS, Errand

LONGEST_WAIT = timedelta(minutes=15)
"""An errand that is due and has waited longer means that nobody runs them."""


LONGEST_SILENCE = timedelta(minutes=10)
"""The runner gives a sign of life every minute; so long without one means that it is dead."""


@dataclass(frozen=True, slots=True)
class Health:
    """What a watcher needs to know.

    ``runner``: how long ago the runner gave its last sign of life, None when it never ran here. ``oldest_errand``: how long
    the oldest due errand has waited, None when none waits.
    """

    runner: timedelta | None
    oldest_errand: timedelta | None
    stuck_errands: int
    broken_heads: int

    @property
    def good(self) -> bool:
        """Whether the installation is at work. Stuck errands stand on the administrator's page and stop nothing."""
        late = self.oldest_errand is not None and self.oldest_errand > LONGEST_WAIT
        silent = self.runner is not None and self.runner > LONGEST_SILENCE
        return not late and not silent and not self.broken_heads


def health(session: Session, now: datetime) -> Health:
    """How the installation stands at ``now``."""
    beat = heartbeat.last_beat(session, heartbeat.RUNNER)
    stuck = select(func.count()).where(Errand.done_at.is_(None), Errand.attempts >= MAX_ATTEMPTS)
    return Health(
        runner=None if beat is None else now - beat,
        oldest_errand=oldest_errand(session, now),
        stuck_errands=session.scalar(stuck) or 0,
        broken_heads=session.scalar(_broken_heads()) or 0,
    )


def oldest_errand(session: Session, now: datetime) -> timedelta | None:
    """How long the oldest errand that is due has waited; None when none waits."""
    waiting = (Errand.done_at.is_(None), Errand.run_at <= now)
    oldest = session.scalar(select(func.min(Errand.run_at)).where(*waiting, Errand.attempts < MAX_ATTEMPTS))
    return None if oldest is None else now - oldest


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
