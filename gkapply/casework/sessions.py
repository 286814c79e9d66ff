"""Logins that last: the session of one browser, kept as the hash of an opaque token, ended from either side."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from gkapply.casework.access import Actor
from gkapply.casework.notification import Notification
from gkapply.casework.people import DutyHolding, Organ, User, UserSession
from gkapply.clock import day_of
from gkapply.law.refusal import NotPermitted

ABSOLUTE = timedelta(hours=12)
"""However busy, a login lasts no longer."""
TOUCH = timedelta(minutes=1)
"""Being seen is written down at most so often, so that reading pages hardly ever writes."""

_UNREAD = (
    select(func.count())
    .where(Notification.user_id == User.id, Notification.read_at.is_(None))
    .correlate(User)
    .scalar_subquery()
)


@cache
def _by_token() -> Select[Any]:
    """A session, its user and what waits to be read; made at the first login, when every record is known that the options
    lead to."""
    found = select(UserSession, User, _UNREAD).join(User, User.id == UserSession.user_id)
    holdings = selectinload(User.holdings).options(joinedload(DutyHolding.organ))
    return found.where(UserSession.token_hash == bindparam("token_hash")).options(holdings)


@dataclass(frozen=True, slots=True)
class Login:
    """A living session and what it allows today."""

    session_id: int
    user_id: int
    name: str
    must_change_password: bool
    actor: Actor
    organ_name: str
    organs: tuple[tuple[str, str], ...]
    """(code, name) of every organ in which the user holds a duty today."""
    seen_lately: bool
    email: str
    """Where the daily digest goes; empty: nowhere."""
    unread: int
    """Messages not read yet."""


def begin(session: Session, user: User, now: datetime, *, organ_id: int | None = None) -> str:
    """Open a session for ``user`` in the organ (default: the one where the user holds duties, if it is only one).

    Returns the token, which is stored nowhere.
    """
    token = secrets.token_urlsafe(32)
    organs = _organs(user, day_of(now))
    if organ_id is None and len(organs) == 1:
        organ_id = organs[0].id
    session.add(
        UserSession(
            token_hash=_hash(token),
            user_id=user.id,
            organ_id=organ_id,
            created_at=now,
            last_seen_at=now,
        )
    )
    return token


def find(session: Session, token: str, now: datetime, idle: timedelta) -> Login | None:
    """The living session of ``token``: neither ended, nor idle for longer than ``idle``, nor older than ABSOLUTE."""
    # Counted on the way: the head of every page says how many messages wait.
    found = session.execute(_by_token(), {"token_hash": _hash(token)}).one_or_none()
    if found is None:
        return None
    row, user, unread = found
    if row.ended_at is not None or user.closed_at is not None:
        return None
    if now - row.last_seen_at > idle or now - row.created_at > ABSOLUTE:
        return None
    today = day_of(now)
    organs = _organs(user, today)
    chosen = next((organ for organ in organs if organ.id == row.organ_id), organs[0] if len(organs) == 1 else None)
    organ_id = chosen.id if chosen else None
    held = frozenset(one.held for one in holdings_on(user, today) if one.organ_id in (None, organ_id))
    return Login(
        session_id=row.id,
        user_id=user.id,
        name=user.name,
        must_change_password=user.must_change_password,
        actor=Actor("user", organ_id, held, user_id=user.id, name=user.name),
        organ_name=chosen.name if chosen else "",
        organs=tuple((organ.code, organ.name) for organ in organs),
        seen_lately=now - row.last_seen_at < TOUCH,
        email=user.email,
        unread=unread,
    )


def touch(session: Session, session_id: int, now: datetime) -> None:
    """The user was seen just now."""
    session.execute(update(UserSession).where(UserSession.id == session_id).values(last_seen_at=now))


def choose_organ(session: Session, login: Login, code: str) -> None:
    """Work in that organ from now on. Raises NotPermitted when the user holds no duty there."""
    if code not in dict(login.organs):
        raise NotPermitted("您在这个机关没有职责", do="请从列表中选择", field="organ")
    organ_id = select(Organ.id).where(Organ.code == code).scalar_subquery()
    session.execute(update(UserSession).where(UserSession.id == login.session_id).values(organ_id=organ_id))


def end(session: Session, session_id: int, now: datetime, because: str) -> None:
    """End one session; one that has ended keeps its first reason."""
    session.execute(
        update(UserSession)
        .where(UserSession.id == session_id, UserSession.ended_at.is_(None))
        .values(ended_at=now, ended_because=because)
    )


def end_all(session: Session, user_id: int, now: datetime, because: str) -> None:
    """End every session of the user (账号停用、职责变动、口令变更)."""
    session.execute(
        update(UserSession)
        .where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))
        .values(ended_at=now, ended_because=because)
    )


def living(session: Session, now: datetime, idle: timedelta) -> Sequence[UserSession]:
    """Every session that still opens something, the latest seen first."""
    query = (
        select(UserSession)
        .where(
            UserSession.ended_at.is_(None),
            UserSession.last_seen_at >= now - idle,
            UserSession.created_at >= now - ABSOLUTE,
        )
        .order_by(UserSession.last_seen_at.desc(), UserSession.id.desc())
        .options(joinedload(UserSession.user), joinedload(UserSession.organ))
    )
    return session.scalars(query).all()


def holdings_on(user: User, day: date) -> Sequence[DutyHolding]:
    """The duties that the user holds on that day."""
    return [one for one in user.holdings if one.holds_on(day)]


def _organs(user: User, day: date) -> list[Organ]:
    found = {one.organ.id: one.organ for one in holdings_on(user, day) if one.organ is not None}
    return sorted(found.values(), key=lambda organ: organ.code)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
