"""Errands: every side effect is a row written in the unit that causes it, done afterwards, at least once.

An errand is lease (short unit) → work without transaction → finish (short unit). It is idempotent three times: a unique
key when posted, a lease when claimed, a look at the state in its handler. A nudge after the commit runs it at once; the
beat repeats, so that a lost nudge loses nothing.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, String, Text, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from gkapply.casework.journal import canonical
from gkapply.database import Base, BigKey, Instant, follow_up, transaction

RENDER_LETTER = "render_letter"
RENDER_INDEX = "render_index"
SEND_MAIL = "send_mail"
ANCHOR_JOURNAL = "anchor_journal"
SEAL_ACCESS_LOG = "seal_access_log"
LET_TIME_PASS = "let_time_pass"
SWEEP_FILES = "sweep_files"
REDATE_CASES = "redate_cases"
CHECK_DUE_DATES = "check_due_dates"
SWEEP_CLOCKS = "sweep_clocks"
SEND_DIGEST = "send_digest"
ERRANDS = (
    RENDER_LETTER,
    RENDER_INDEX,
    SEND_MAIL,
    ANCHOR_JOURNAL,
    SEAL_ACCESS_LOG,
    LET_TIME_PASS,
    SWEEP_FILES,
    REDATE_CASES,
    CHECK_DUE_DATES,
    SWEEP_CLOCKS,
    SEND_DIGEST,
)
"""Every errand that anything posts; ``gkapply.jobs`` has a handler for each."""

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 8
"""An errand that failed so often waits for the administrator."""


class Errand(Base):
    """One side effect waiting to happen, or done."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_due",
            "run_at",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    task: Mapped[str] = mapped_column(String(40))
    arguments: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    posted_at: Mapped[datetime] = mapped_column(Instant)
    run_at: Mapped[datetime] = mapped_column(Instant)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    last_error: Mapped[str] = mapped_column(Text, default="")


@dataclass(frozen=True, slots=True)
class Handed:
    """An errand handed out under lease; ``lease_until`` tells this handing out from any later one."""

    id: int
    task: str
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """An errand that somebody works on: what to do, for the handler."""

    id: int
    task: str
    arguments: dict[str, Any]
    attempt: int
    lease_until: datetime


_POST = {
    "sqlite": sqlite.insert(Errand).inline().on_conflict_do_nothing(index_elements=[Errand.key]),
    "postgresql": postgresql.insert(Errand).inline().on_conflict_do_nothing(index_elements=[Errand.key]),
}
_nudge: Callable[[], None] | None = None


def on_posting(nudge: Callable[[], None] | None) -> None:
    """Set what is called after a commit that posted an errand (the relay's alarm bell, or none)."""
    global _nudge
    _nudge = nudge


def post(
    session: Session, task: str, key: str, now: datetime, *, run_at: datetime | None = None, **arguments: Any
) -> None:
    """Post an errand in this unit. A second posting under the same key is the same errand."""
    if task not in ERRANDS:
        raise KeyError(task)
    connection = session.connection()
    values = {
        "task": task,
        "arguments": canonical(arguments),
        "key": key,
        "posted_at": now,
        "run_at": run_at or now,
        "attempts": 0,
        "last_error": "",
    }
    connection.execute(_POST[connection.dialect.name], values)
    if _nudge is not None:
        follow_up(session, _nudge)


def hand_out(now: datetime, *, limit: int, lease: timedelta = LEASE) -> list[Handed]:
    """Put due errands under lease, oldest first, so that at most ``limit`` are under way; whoever gets one calls ``take_up``.

    Other runners pass them by until the lease ends. No attempt is counted: a message that a broker loses is no failure of the
    errand, it is only handed out again.
    """
    waiting = Errand.done_at.is_(None), Errand.attempts < MAX_ATTEMPTS, Errand.task.in_(ERRANDS)
    with transaction() as session:
        under_way = session.scalar(select(func.count()).where(Errand.done_at.is_(None), Errand.lease_until > now)) or 0
        query = (
            select(Errand)
            .where(*waiting, Errand.run_at <= now, (Errand.lease_until.is_(None)) | (Errand.lease_until <= now))
            .order_by(Errand.run_at, Errand.id)
            .limit(max(0, limit - under_way))
            .with_for_update(skip_locked=True)
        )
        errands = session.scalars(query).all()
        for errand in errands:
            errand.lease_until = now + lease
        return [Handed(errand.id, errand.task, now + lease) for errand in errands]


def take_up(errand_id: int, lease_until: datetime, now: datetime, *, lease: timedelta = LEASE) -> Claim | None:
    """Begin an errand that was handed out with ``lease_until``: a fresh lease, one more attempt.

    None when it was done or handed out again meanwhile: the message is an old one, delivered twice or late.
    """
    with transaction() as session:
        query = select(Errand).where(
            Errand.id == errand_id, Errand.done_at.is_(None), Errand.lease_until == lease_until
        )
        errand = session.scalars(query.with_for_update(skip_locked=True)).one_or_none()
        if errand is None:
            return None
        errand.lease_until = now + lease
        errand.attempts += 1
        return Claim(errand.id, errand.task, json.loads(errand.arguments), errand.attempts, now + lease)


def finish(errand_id: int, now: datetime) -> None:
    """The errand is done."""
    with transaction() as session:
        session.execute(
            update(Errand).where(Errand.id == errand_id).values(done_at=now, lease_until=None, last_error="")
        )


def fail(errand: Claim, error: str, now: datetime) -> None:
    """The errand failed: it is tried again after a pause that doubles, at most an hour.

    Nothing happens when its lease had ended and another runner has it now, or had it done.
    """
    pause = min(timedelta(seconds=2**errand.attempt), timedelta(hours=1))
    mine = Errand.id == errand.id, Errand.done_at.is_(None), Errand.lease_until == errand.lease_until
    with transaction() as session:
        session.execute(
            update(Errand).where(*mine).values(run_at=now + pause, lease_until=None, last_error=error[:500])
        )
