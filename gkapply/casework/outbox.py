"""Errands: every side effect is a row written in the unit that causes it, done afterwards, at least once.

An errand is lease (short unit) → work without transaction → finish (short unit). It is idempotent three times: a unique
key when posted, a lease when claimed, a look at the state in its handler. A nudge after the commit runs it at once; the
beat repeats, so that a lost nudge loses nothing.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from operator import attrgetter
from typing import Any

from sqlalchemy import Index, String, Table, Text, bindparam, func, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from gkapply.casework.journal import canonical
from gkapply.database import Base, BigKey, Instant, follow_up, transaction

RENDER_LETTER = "render_letter"
MAKE_PDF = "make_pdf"
RENDER_INDEX = "render_index"
MAKE_MINUTES = "make_minutes"
STAMP_LETTER = "stamp_letter"
SEND_MESSAGE = "send_message"
SEND_CODE = "send_code"
TAKE_BOUNCES = "take_bounces"
TAKE_OA = "take_oa"
PUT_OA = "put_oa"
TELL_WEBHOOK = "tell_webhook"
ANCHOR_JOURNAL = "anchor_journal"
SEAL_ACCESS_LOG = "seal_access_log"
LET_TIME_PASS = "let_time_pass"
SWEEP_FILES = "sweep_files"
REDATE_CASES = "redate_cases"
CHECK_DUE_DATES = "check_due_dates"
COUNT_FIGURES = "count_figures"
SWEEP_CLOCKS = "sweep_clocks"
SEND_DIGEST = "send_digest"
BUILD_BUNDLE = "build_bundle"
CLEAR_DRAFTS = "clear_drafts"
ENTER_BATCH = "enter_batch"
TELL_SUBSCRIBERS = "tell_subscribers"
READ_PAPER = "read_paper"
INDEX_CASES = "index_cases"
FILL_LIKENESS = "fill_likeness"
CHECK_REGISTER = "check_register"
IMPORT_REGISTER = "import_register"
REMIND_REAPPRAISAL = "remind_reappraisal"
READ_DEMAND = "read_demand"
REMIND_PERIOD_SHEETS = "remind_period_sheets"
ERRANDS = (
    BUILD_BUNDLE,
    ENTER_BATCH,
    RENDER_LETTER,
    MAKE_PDF,
    RENDER_INDEX,
    MAKE_MINUTES,
    STAMP_LETTER,
    SEND_MESSAGE,
    SEND_CODE,
    TAKE_BOUNCES,
    TAKE_OA,
    PUT_OA,
    TELL_WEBHOOK,
    ANCHOR_JOURNAL,
    SEAL_ACCESS_LOG,
    LET_TIME_PASS,
    SWEEP_FILES,
    REDATE_CASES,
    CHECK_DUE_DATES,
    COUNT_FIGURES,
    SWEEP_CLOCKS,
    SEND_DIGEST,
    CLEAR_DRAFTS,
    TELL_SUBSCRIBERS,
    READ_PAPER,
    INDEX_CASES,
    FILL_LIKENESS,
    CHECK_REGISTER,
    IMPORT_REGISTER,
    REMIND_REAPPRAISAL,
    READ_DEMAND,
    REMIND_PERIOD_SHEETS,
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
# Every errand runs these: they are put together once, and load no record.
assert isinstance(Errand.__table__, Table)
_TABLE = Errand.__table__
_CLAIMED = (_TABLE.c.id, _TABLE.c.task, _TABLE.c.arguments, _TABLE.c.attempts, _TABLE.c.run_at)
_HELD = (
    _TABLE.c.id == bindparam("the_id"),
    _TABLE.c.done_at.is_(None),
    _TABLE.c.lease_until == bindparam("handed"),
)
_AMONG = _TABLE.c.id.in_(bindparam("ids", expanding=True))
_BEGUN = {"lease_until": bindparam("until"), "attempts": _TABLE.c.attempts + 1}
_TAKE_UP = update(_TABLE).where(*_HELD).values(_BEGUN).returning(*_CLAIMED)
_BEGIN = update(_TABLE).where(_AMONG).values(_BEGUN).returning(*_CLAIMED)
_GIVE_BACK = update(_TABLE).where(*_HELD).values(lease_until=None, attempts=_TABLE.c.attempts - 1)
_FINISH = update(_TABLE).where(_AMONG).values(done_at=bindparam("now"), lease_until=None, last_error="")
_UNDER_WAY = select(func.count()).where(_TABLE.c.done_at.is_(None), _TABLE.c.lease_until > bindparam("now"))
_WAITING = (
    select(_TABLE.c.id, _TABLE.c.task, _TABLE.c.attempts)
    .where(
        _TABLE.c.done_at.is_(None),
        _TABLE.c.attempts < MAX_ATTEMPTS,
        _TABLE.c.task.in_(ERRANDS),
        _TABLE.c.run_at <= bindparam("now"),
        or_(_TABLE.c.lease_until.is_(None), _TABLE.c.lease_until <= bindparam("now")),
    )
    .order_by(_TABLE.c.run_at, _TABLE.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_HAND_OUT = update(_TABLE).where(_AMONG).values(lease_until=bindparam("until"))
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
    with transaction() as session:
        under_way = session.scalar(_UNDER_WAY, {"now": now}) or 0
        found = session.execute(_WAITING, {"now": now, "most": max(0, limit - under_way)}).all()
        if found:
            session.execute(_HAND_OUT, {"ids": [row.id for row in found], "until": now + lease})
        return [Handed(row.id, row.task, now + lease) for row in found]


def take_up(errand_id: int, lease_until: datetime, now: datetime, *, lease: timedelta = LEASE) -> Claim | None:
    """Begin an errand that was handed out with ``lease_until``: a fresh lease, one more attempt.

    None when it was done or handed out again meanwhile: the message is an old one, delivered twice or late.
    """
    with transaction() as session:
        given = {"the_id": errand_id, "handed": lease_until, "until": now + lease}
        row = session.execute(_TAKE_UP, given).one_or_none()
        return None if row is None else _claim(row, now + lease)


def claim(now: datetime, *, limit: int, lease: timedelta = LEASE, finished: Sequence[int] = ()) -> list[Claim]:
    """Finish what this runner has done, and begin the next errands that are due, oldest first: one commit for all of it.

    For a runner that does them at once, one after the other. An errand that was begun before comes alone: if it kills its
    runner, no other is counted down with it. What the runner does not get to is given back.
    """
    with transaction() as session:
        if finished:
            session.execute(_FINISH, {"ids": list(finished), "now": now})
        found = session.execute(_WAITING, {"now": now, "most": limit}).all()
        fresh = list(takewhile(_never_begun, found)) or found[:1]
        if not fresh:
            return []
        until = now + lease
        rows = session.execute(_BEGIN, {"ids": [row.id for row in fresh], "until": until}).all()
        return [_claim(row, until) for row in sorted(rows, key=attrgetter("run_at", "id"))]


def give_back(claims: Sequence[Claim]) -> None:
    """These errands were begun and never touched: no attempt is counted, anybody may have them."""
    with transaction() as session:
        for one in claims:
            session.execute(_GIVE_BACK, {"the_id": one.id, "handed": one.lease_until})


def finish(errand_id: int, now: datetime) -> None:
    """The errand is done."""
    with transaction() as session:
        session.execute(_FINISH, {"ids": [errand_id], "now": now})


def _never_begun(row: Any) -> bool:
    return bool(row.attempts == 0)


def _claim(row: Any, until: datetime) -> Claim:
    return Claim(row.id, row.task, json.loads(row.arguments), row.attempts, until)


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
