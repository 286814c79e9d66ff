"""Logins that last: the session of one browser, kept as the hash of an opaque token, ended from either side."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Date, and_, bindparam, func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from gkapply.casework.access import Actor
from gkapply.casework.notification import Notification
from gkapply.casework.people import DutyHolding, Organ, User, UserSession
from gkapply.clock import day_of
from gkapply.law.refusal import NotPermitted
from workflows.duties import Duty

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
_ON = bindparam("on", type_=Date)
_HOLDS = and_(
    DutyHolding.user_id == User.id,
    DutyHolding.ended_at.is_(None),
    DutyHolding.valid_from <= _ON,
    or_(DutyHolding.valid_to.is_(None), DutyHolding.valid_to >= _ON),
)
_BY_TOKEN = (
    select(
        UserSession.id,
        UserSession.user_id,
        UserSession.organ_id,
        UserSession.created_at,
        UserSession.last_seen_at,
        User.name,
        User.email,
        User.must_change_password,
        _UNREAD.label("unread"),
        DutyHolding.duty,
        Organ.id.label("held_in"),
        Organ.code.label("organ_code"),
        Organ.name.label("organ_name"),
    )
    .join(User, User.id == UserSession.user_id)
    .outerjoin(DutyHolding, _HOLDS)
    .outerjoin(Organ, Organ.id == DutyHolding.organ_id)
    .where(UserSession.token_hash == bindparam("token_hash"), UserSession.ended_at.is_(None), User.closed_at.is_(None))
    .order_by(Organ.code)
)
"""A row for each duty held, columns alone: it is asked at every page, and records would cost three times as much."""


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
    held = session.connection().execute(_BY_TOKEN, {"token_hash": _hash(token), "on": day_of(now)}).all()
    row = held[0] if held else None
    if row is None or now - row.last_seen_at > idle or now - row.created_at > ABSOLUTE:
        return None
    organs = {one.held_in: (one.organ_code, one.organ_name) for one in held if one.held_in is not None}
    chosen = row.organ_id if row.organ_id in organs else next(iter(organs)) if len(organs) == 1 else None
    duties = frozenset(Duty(one.duty) for one in held if one.duty and one.held_in in (None, chosen))
    return Login(
        session_id=row.id,
        user_id=row.user_id,
        name=row.name,
        must_change_password=row.must_change_password,
        actor=Actor("user", chosen, duties, user_id=row.user_id, name=row.name),
        organ_name=organs[chosen][1] if chosen is not None else "",
        organs=tuple(organs.values()),
        seen_lately=now - row.last_seen_at < TOUCH,
        email=row.email,
        unread=row.unread,
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
