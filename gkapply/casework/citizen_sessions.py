"""Logins of citizens: as those of the office (``sessions``), in a table and with tokens of their own."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from gkapply.casework.citizen_address import open_address
from gkapply.casework.citizen_records import Citizen, CitizenSession
from gkapply.casework.sessions import ABSOLUTE, TOUCH


@dataclass(frozen=True, slots=True)
class CitizenLogin:
    """A living login of a citizen. ``shown`` is the address with its middle hidden."""

    session_id: int
    citizen_id: int
    shown: str
    seen_lately: bool


def begin(session: Session, citizen: Citizen, now: datetime) -> str:
    """Open a login. Returns the token, which is stored nowhere and is new each time."""
    token = secrets.token_urlsafe(32)
    session.add(CitizenSession(token_hash=_hash(token), citizen_id=citizen.id, created_at=now, last_seen_at=now))
    session.flush()
    return token


def find(session: Session, token: str, now: datetime, idle: timedelta) -> CitizenLogin | None:
    """The living login of ``token``: neither ended, nor idle for longer than ``idle``, nor older than half a day."""
    query = select(CitizenSession).where(CitizenSession.token_hash == _hash(token), CitizenSession.ended_at.is_(None))
    row = session.scalars(query.options(joinedload(CitizenSession.citizen))).one_or_none()
    if row is None or row.citizen.closed_at is not None:
        return None
    if now - row.last_seen_at > idle or now - row.created_at > ABSOLUTE:
        return None
    address = open_address(session, row.citizen.sealed, place_of(row.citizen))
    return CitizenLogin(row.id, row.citizen_id, address.masked, now - row.last_seen_at < TOUCH)


def place_of(citizen: Citizen) -> str:
    """Where the address of the account is sealed for."""
    return f"citizen.{citizen.uid}"


def touch(session: Session, session_id: int, now: datetime) -> None:
    """The citizen was seen just now."""
    session.execute(update(CitizenSession).where(CitizenSession.id == session_id).values(last_seen_at=now))


def end(session: Session, session_id: int, now: datetime, because: str) -> None:
    """End one login; one that has ended keeps its first reason."""
    ended = update(CitizenSession).where(CitizenSession.id == session_id, CitizenSession.ended_at.is_(None))
    session.execute(ended.values(ended_at=now, ended_because=because))


def end_all(session: Session, citizen_id: int, now: datetime, because: str) -> None:
    """End every login of the account."""
    ended = update(CitizenSession).where(CitizenSession.citizen_id == citizen_id, CitizenSession.ended_at.is_(None))
    session.execute(ended.values(ended_at=now, ended_because=because))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
