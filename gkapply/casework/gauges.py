"""How the installation stands, in numbers for whoever watches it (指标): counts and moments, nothing about any person or case.

Every number costs by what is open, never by the whole register.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from gkapply.casework import anchors, heartbeat
from gkapply.casework.health import oldest_errand
from gkapply.casework.notification import Notification
from gkapply.casework.outbox import MAX_ATTEMPTS, Errand
from gkapply.casework.records import Case
from gkapply.clock import day_of
from gkapply.database import Base
from gkapply.law.workdays import national_calendar
from workflows.application import CaseState

NEAR = 3
"""Working days of the country's calendar within which a reply is called near."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """One number with its name and what it says; None when there is nothing to tell yet."""

    name: str
    says: str
    value: float | None


def gauges(session: Session, anchor_folder: Path, now: datetime) -> Iterator[Gauge]:
    """Every gauge as of ``now``."""
    today = day_of(now)
    near = national_calendar().add(today, NEAR)
    is_open, arrived = Case.ended_on.is_(None), (Case.archived_on.is_(None), Case.state == CaseState.RECEIVED)
    yield Gauge("open_cases", "Requests that have not ended", _count(session, Case, is_open))
    yield Gauge(
        "overdue_cases", "Open requests whose reply is overdue", _count(session, Case, is_open, Case.due_on < today)
    )
    yield Gauge("cases_due_today", "Open requests due today", _count(session, Case, is_open, Case.due_on == today))
    within = Case.due_on >= today, Case.due_on <= near
    yield Gauge(
        "cases_due_soon", "Open requests due within three working days", _count(session, Case, is_open, *within)
    )
    yield Gauge("unconfirmed_arrivals", "Requests that wait to be confirmed", _count(session, Case, *arrived))
    unsent = Notification.read_at.is_(None), Notification.mailed_at.is_(None)
    yield Gauge("unsent_notifications", "Messages neither read nor mailed", _count(session, Notification, *unsent))
    waiting = Errand.done_at.is_(None)
    due = Errand.attempts < MAX_ATTEMPTS, Errand.run_at <= now
    yield Gauge("errands_waiting", "Errands that are due", _count(session, Errand, waiting, *due))
    failed = Errand.attempts >= MAX_ATTEMPTS
    yield Gauge("errands_failed", "Errands that failed too often", _count(session, Errand, waiting, failed))
    oldest = oldest_errand(session, now)
    yield Gauge("oldest_errand_seconds", "Age of the oldest due errand", oldest.total_seconds() if oldest else 0)
    yield _moment("runner_beat", "Last sign of life of the runner", heartbeat.last_beat(session, heartbeat.RUNNER))
    yield _moment("last_sweep", "Last sweep of the clocks", heartbeat.last_beat(session, heartbeat.SWEEP))
    yield _moment("last_anchor", "Last anchor of the journal", anchors.last_written(anchor_folder))


def _count(session: Session, table: type[Base], *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


def _moment(name: str, says: str, at: datetime | None) -> Gauge:
    return Gauge(f"{name}_timestamp_seconds", says, None if at is None else at.timestamp())
