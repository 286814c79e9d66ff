"""How often one address may use a door that is open to everybody: counted in the database, over processes and restarts.

Of what can be guessed only addresses are bounded: a bound on a request number would let anybody shut its applicant out, while a
query code is too long to be found by trying. What is sent to one address, and what one account sends, is bounded by itself as well.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from gkapply.casework.attempts import Blocked, network_of, when_open
from gkapply.casework.people import Attempt
from gkapply.casework.services import ring

SUBMISSION, QUERY, DRAFT, DRAFT_FILE, CODE = "submission", "query", "draft", "draft_file", "code"
WINDOW = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries at ``door`` from one address within an hour; with ``failures_only`` those that succeeded are free."""

    door: str
    most: int
    failures_only: bool = False


def used(session: Session, limit: Limit, address: str, now: datetime) -> int:
    """How often the address has used the door within the hour, successes and failures alike."""
    mine = Attempt.door == limit.door, Attempt.address == network_of(address), Attempt.at > now - WINDOW
    return session.scalar(select(func.count()).where(*mine)) or 0


def require_within(session: Session, limit: Limit, address: str, now: datetime) -> None:
    """Raises Blocked when the address has used up its hour. Until the unit ends, others from the address wait."""
    _one_at_a_time(session, f"{limit.door}:{network_of(address)}")
    until = _used_up_until(session, limit, Attempt.address == network_of(address), now)
    if until is not None:
        advice = f"请在{when_open(until)}以后再试，或者通过当面、邮寄方式办理"
        raise Blocked("短时间内从您所在的网络提交的次数过多", do=advice, until=until)


def require_within_for(session: Session, limit: Limit, what: str, now: datetime, reason: str) -> None:
    """Raises Blocked, for that reason, when ``what`` (an account, an address that messages go to) has used up its hour."""
    subject = ring(session).blind_index(what, f"attempt:{limit.door}")
    _one_at_a_time(session, f"{limit.door}:{subject}")
    until = _used_up_until(session, limit, Attempt.subject == subject, now)
    if until is not None:
        raise Blocked(reason, do=f"请在{when_open(until)}以后再试", until=until)


def _one_at_a_time(session: Session, who: str) -> None:
    """Have tries that are made at the same moment, in whichever process, see each other; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        key = int.from_bytes(hashlib.sha256(who.encode()).digest()[:8], signed=True)
        session.execute(select(func.pg_advisory_xact_lock(key)))


def _used_up_until(session: Session, limit: Limit, same: ColumnElement[bool], now: datetime) -> datetime | None:
    """When one more try is free; None while the hour is not used up."""
    query = select(Attempt.at).where(Attempt.door == limit.door, same, Attempt.at > now - WINDOW)
    if limit.failures_only:
        query = query.where(Attempt.succeeded.is_(False))
    # The oldest of as many tries as are allowed.
    first = session.scalars(query.order_by(Attempt.at.desc()).offset(limit.most - 1).limit(1)).first()
    return None if first is None else first + WINDOW


def count(session: Session, limit: Limit, what: str, address: str, now: datetime, *, succeeded: bool) -> None:
    """Write down a try at ``what``, which is kept as a keyed digest only."""
    subject = ring(session).blind_index(what, f"attempt:{limit.door}")
    session.add(Attempt(door=limit.door, subject=subject, address=network_of(address), at=now, succeeded=succeeded))
    session.flush()
