"""Guarded doors: tries are counted in the database, so that a limit holds over processes and restarts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from gkapply import clock
from gkapply.casework.people import Attempt
from gkapply.casework.services import ring
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal


class Blocked(Refusal):
    """Too many tries: the door stays closed until a moment, for a right answer as well."""

    def __init__(self, reason: str, *, do: str | None = None, until: datetime | None = None):
        super().__init__(reason, do=do)
        self.until = until


def when_open(until: datetime) -> str:
    """The first whole minute at which a door is open again, in the office's time zone: 3月2日10:05."""
    local = (until + timedelta(seconds=59)).astimezone(clock.OFFICE_ZONE)
    return f"{local.month}月{local.day}日{local:%H:%M}"


IPV6_NETWORK = 64
"""Bits: one household or server is given so many addresses of IPv6 that a bound on a single one bounds nobody."""


def network_of(address: str) -> str:
    """As what a network address is counted: itself, of IPv6 the network that one visitor has to himself."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((found, IPV6_NETWORK), strict=False))


@dataclass(frozen=True, slots=True)
class Door:
    """A door and its limit: so many failures within ``window`` close it for ``window``.

    ``of_address``: failures that close it for one network address, where many people share one; 0: as many as for one account.
    """

    name: str
    failures: int
    window: timedelta
    sentence: str
    of_address: int = 0


LOGIN = Door(
    "login",
    5,
    timedelta(minutes=15),
    "登录失败次数过多，暂停登录15分钟",
)


def subject_of(session: Session, door: Door, what: str) -> str:
    """The keyed digest under which tries at ``what`` (an account, a request number) are counted."""
    return ring(session).blind_index(what.strip().casefold(), f"attempt:{door.name}")


def enter(session: Session, door: Door, what: str, address: str, now: datetime) -> int:
    """Write down a try, as failed until it is known better, and return its key.

    Commit it before ``obstacle`` is asked: of tries made at the same time each then sees the others, so that a limit is
    never overrun.
    """
    attempt = Attempt(
        door=door.name, subject=subject_of(session, door, what), address=network_of(address), at=now, succeeded=False
    )
    session.add(attempt)
    session.flush()
    return attempt.id


def obstacle(session: Session, door: Door, attempt_id: int, now: datetime, *, do: str) -> Blocked | None:
    """What earlier failures at the same account or from the same address hold against this try; None: the door is open."""
    attempt = session.get_one(Attempt, attempt_id)
    same_address = Attempt.address == attempt.address
    for same, most in ((Attempt.subject == attempt.subject, door.failures), (same_address, door.of_address)):
        until = _closed_until(session, door, same, attempt_id, now, most or door.failures)
        if until is not None:
            return Blocked(door.sentence, do=f"请在{when_open(until)}以后再试；{do}", until=until)
    return None


def admit(
    door: Door, what: str, address: str, now: datetime, *, do: str = "急需办理的，请联系安全管理员解除锁定"
) -> int:
    """Count a try at the door before anything is looked at, and return its key. Raises Blocked when the door is closed.

    Works in short units of its own: the try counts although what follows is refused.
    """
    with transaction() as session:
        attempt = enter(session, door, what, address, now)
    with reading() as session:
        blocked = obstacle(session, door, attempt, now, do=do)
    if blocked is not None:
        with transaction() as session:
            set_aside(session, door, attempt)
        raise blocked
    return attempt


def is_closed(session: Session, door: Door, what: str, now: datetime) -> bool:
    """Whether failures at this account keep the door closed now."""
    same = Attempt.subject == subject_of(session, door, what)
    return _closed_until(session, door, same, 0, now, door.failures) is not None


def _closed_until(
    session: Session, door: Door, same: ColumnElement[bool], but: int, now: datetime, most: int
) -> datetime | None:
    """A window after the latest of the last failures, while they lie within one window since the last success; else None.

    The try ``but`` is not counted.
    """
    tried = select(Attempt).where(Attempt.door == door.name, same)
    last_success = tried.with_only_columns(func.max(Attempt.id)).where(Attempt.succeeded).scalar_subquery()
    failures = session.scalars(
        tried.with_only_columns(Attempt.at)
        .where(
            Attempt.succeeded.is_(False),
            Attempt.id != but,
            Attempt.at > now - 2 * door.window,
            Attempt.id > func.coalesce(last_success, 0),
        )
        .order_by(Attempt.at.desc())
        .limit(most)
    ).all()
    if len(failures) < most:
        return None
    until = failures[0] + door.window
    return until if failures[0] - failures[-1] <= door.window and now < until else None


def succeed(session: Session, attempt_id: int) -> None:
    """The try was right: failures before it count no longer."""
    session.execute(update(Attempt).where(Attempt.id == attempt_id).values(succeeded=True))


def set_aside(session: Session, door: Door, attempt_id: int) -> None:
    """The try met a closed door: it stays on record but does not keep the door closed any longer."""
    session.execute(update(Attempt).where(Attempt.id == attempt_id).values(door=f"{door.name}_blocked"))


def reopen(session: Session, door: Door, what: str, now: datetime) -> None:
    """Open the door for this account again (解除锁定)."""
    session.add(Attempt(door=door.name, subject=subject_of(session, door, what), address="", at=now, succeeded=True))
