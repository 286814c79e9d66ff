"""Codes sent to an address (验证码): asked for, sent, tried, used once.

A code is derived from its row and never stored; it holds for a quarter of an hour and a few tries. Whether the address belongs to
an account is told by the message alone, which only its reader sees: the pages answer alike.
"""

import hmac
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from gkapply.casework import citizen_mail, limits
from gkapply.casework.citizen_address import Address, index_of, open_address, seal_address
from gkapply.casework.citizen_mail import VALID_FOR
from gkapply.casework.citizen_records import Citizen, CitizenCode, Purpose
from gkapply.casework.services import ring
from gkapply.law.refusal import Refusal

TRIES = 5
"""Tries that one code stands."""
SENT_FROM, SENT_TO = limits.Limit("code_from", 20), limits.Limit("code_to", 4)
"""Codes in an hour that one network may ask for, and that one address is sent."""
WRONG = "验证码不正确，或者已经失效"


def place_of(code: CitizenCode) -> str:
    """Where the address of the row is sealed for."""
    return f"citizen_code.{code.uid}"


def send(
    session: Session, purpose: Purpose, address: Address, network: str, now: datetime, *, citizen_id: int | None = None
) -> str:
    """Have a code sent to the address, and give back the uid of its row, which only the browser that asked for it knows.

    A code sent before holds on: nobody can make another's code void by asking for one more. Raises Blocked when too many were asked for from this ``network`` or for this address.
    """
    index = index_of(session, address)
    limits.require_within(session, SENT_FROM, network, now)
    limits.require_within_for(session, SENT_TO, index, now, "发往这个邮箱或者手机号的验证码过多")
    for limit in (SENT_FROM, SENT_TO):
        limits.count(session, limit, index, network, now, succeeded=True)
    session.execute(delete(CitizenCode).where(CitizenCode.expires_at < now))
    uid = uuid4().hex
    code = CitizenCode(
        uid=uid,
        purpose=purpose,
        citizen_id=citizen_id,
        address_index=index,
        sealed=seal_address(session, address, f"citizen_code.{uid}"),
        sent_at=now,
        expires_at=now + VALID_FOR,
    )
    session.add(code)
    session.flush()
    known = holder_of(session, index) is not None
    citizen_mail.send(session, address, purpose, ring(session).one_time_code(uid), uid, now, known=known)
    return uid


def holder_of(session: Session, index: str) -> int | None:
    """The account that is known by the address with that digest."""
    return session.scalar(select(Citizen.id).where(Citizen.address_index == index))


def address_sent_to(session: Session, uid: str) -> Address | None:
    """Where the code of that row was sent; None for a row that is gone."""
    code = session.scalars(select(CitizenCode).where(CitizenCode.uid == uid)).one_or_none()
    return None if code is None else open_address(session, code.sealed, place_of(code))


def count_try(session: Session, uid: str, purpose: Purpose, now: datetime) -> None:
    """Write down a try at the code. Commit it before ``use`` is asked: of tries made at the same time each counts.

    Raises Refusal when there is no such code, it was used or replaced, its time or its tries are over.
    """
    mine = (CitizenCode.uid == uid, CitizenCode.purpose == purpose, CitizenCode.used_at.is_(None))
    alive = (CitizenCode.expires_at > now, CitizenCode.tries < TRIES)
    counted = update(CitizenCode).where(*mine, *alive).values(tries=CitizenCode.tries + 1)
    if session.execute(counted.returning(CitizenCode.id)).scalar() is None:
        raise wrong()


def use(session: Session, uid: str, typed: str, now: datetime) -> CitizenCode:
    """The row of the code, used up now. Raises Refusal unless it is the code that was typed and it was not used meanwhile."""
    row = session.scalars(select(CitizenCode).where(CitizenCode.uid == uid).with_for_update()).one_or_none()
    expected = ring(session).one_time_code(uid)
    right = hmac.compare_digest(expected.encode(), "".join(typed.split()).encode())
    if row is None or not right or row.used_at is not None:
        raise wrong()
    row.used_at = now
    return row


def wrong() -> Refusal:
    """The one answer to a wrong, an old, a used code and one for an address that cannot be used."""
    return Refusal(
        WRONG,
        do=f"验证码{int(VALID_FOR.total_seconds() // 60)}分钟内有效，最多试{TRIES}次；请核对，或者重新获取",
        field="code",
    )
