"""Accounts of citizens (申请人账号): registered, entered, given another password or address, closed.

Works in short units of its own, as ``logins`` does: a try counts although it is refused, and a password takes longer to check than
a unit may. An address with and one without an account are told apart neither by a sentence nor by the work that is done.
"""

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from gkapply.casework import attempts, citizen_codes, citizen_sessions, journal, passwords
from gkapply.casework.attempts import Door
from gkapply.casework.citizen_address import Address, index_of, open_address, seal_address
from gkapply.casework.citizen_codes import holder_of
from gkapply.casework.citizen_records import Citizen, CitizenBatch, CitizenCase, CitizenCode, Purpose
from gkapply.casework.citizen_sessions import place_of
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal

ACTOR = "citizen"
"""How the journal names whoever acts through an account; which one, its detail says by key."""
DOOR = Door("citizen", 5, timedelta(minutes=15), "登录失败次数过多，暂停登录15分钟", of_address=20)


def register(uid: str, code: str, password: str, now: datetime) -> int:
    """Open an account for the address that the code was sent to, and return its key.

    Raises Refusal for a weak password, a wrong code, an address that has an account.
    """
    address = _ready(uid, Purpose.REGISTER, password, now)
    kept = passwords.hash_of(password)
    with transaction() as session:
        row = citizen_codes.use(session, uid, code, now)
        if address is None or holder_of(session, row.address_index) is not None:
            raise citizen_codes.wrong()
        new = uuid4().hex
        citizen = Citizen(
            uid=new,
            address_index=row.address_index,
            sealed=seal_address(session, address, f"citizen.{new}"),
            password_hash=kept,
            created_at=now,
        )
        session.add(citizen)
        session.flush()
        _record(session, "registered", citizen.id, now)
        return citizen.id


def reset(uid: str, code: str, password: str, now: datetime) -> None:
    """A new password for the account of the address that the code was sent to; its logins end, its door opens.

    Raises Refusal for a weak password, a wrong code, an address without an account.
    """
    address = _ready(uid, Purpose.RESET, password, now)
    kept = passwords.hash_of(password)
    with transaction() as session:
        row = citizen_codes.use(session, uid, code, now)
        holder = holder_of(session, row.address_index)
        if address is None or holder is None:
            raise citizen_codes.wrong()
        citizen = session.get_one(Citizen, holder)
        citizen.password_hash = kept
        citizen_sessions.end_all(session, citizen.id, now, "password")
        attempts.reopen(session, DOOR, row.address_index, now)
        _record(session, "reset", citizen.id, now)


def _ready(uid: str, purpose: Purpose, password: str, now: datetime) -> Address | None:
    """Where the code went, once the password is good and the try is written down. Raises Refusal."""
    with reading() as session:
        address = citizen_codes.address_sent_to(session, uid)
    passwords.require_good(password, *(address.known_words if address else ()))
    with transaction() as session:
        citizen_codes.count_try(session, uid, purpose, now)
    return address


def sign_in(address: Address, password: str, network: str, now: datetime) -> str:
    """The token of a new login. Raises Refusal, Blocked."""
    citizen_id = prove(address, password, network, now)
    with transaction() as session:
        citizen = session.get_one(Citizen, citizen_id)
        if citizen.closed_at is not None:
            raise _wrong()
        if passwords.outdated(citizen.password_hash):
            citizen.password_hash = passwords.hash_of(password)
        _record(session, "signed_in", citizen_id, now)
        return citizen_sessions.begin(session, citizen, now)


def begin(citizen_id: int, now: datetime) -> str:
    """The token of a new login of whoever has just proved to be the holder."""
    with transaction() as session:
        return citizen_sessions.begin(session, session.get_one(Citizen, citizen_id), now)


def prove(address: Address, password: str, network: str, now: datetime) -> int:
    """The key of the account whose password this is; a failure counts at the door. Raises Refusal, Blocked."""
    with reading() as session:
        index = index_of(session, address)
    attempt = attempts.admit(DOOR, index, network, now, do="也可以用“忘记口令”重设口令后登录")
    with reading() as session:
        kept = select(Citizen.id, Citizen.password_hash).where(Citizen.address_index == index)
        known = session.execute(kept).one_or_none()
    right = passwords.matches(known.password_hash if known else None, password)
    with transaction() as session:
        if known is not None and right:
            attempts.succeed(session, attempt)
            return int(known.id)
        # Asked for an unknown address as well: the work must not tell whether there is an account.
        if attempts.is_closed(session, DOOR, index, now) and known is not None:
            _record(session, "locked", known.id, now)
    raise _wrong()


def own_address(session: Session, citizen_id: int) -> Address:
    """The address by which the account is known."""
    citizen = session.get_one(Citizen, citizen_id)
    return open_address(session, citizen.sealed, place_of(citizen))


def change_password(citizen_id: int, old: str, new: str, network: str, now: datetime) -> str:
    """Set another password after the old one was proved: every login ends, the token of a new one is returned. Raises Refusal."""
    with reading() as session:
        address = own_address(session, citizen_id)
    passwords.require_good(new, *address.known_words)
    prove(address, old, network, now)
    kept = passwords.hash_of(new)
    with transaction() as session:
        citizen = session.get_one(Citizen, citizen_id)
        citizen.password_hash = kept
        citizen_sessions.end_all(session, citizen_id, now, "password")
        _record(session, "change_password", citizen_id, now)
        return citizen_sessions.begin(session, citizen, now)


def ask_change(citizen_id: int, address: Address, password: str, network: str, now: datetime) -> str:
    """Have a code sent to the new address once the password is proved; the uid of its row. Raises Refusal, Blocked."""
    with reading() as session:
        own = own_address(session, citizen_id)
    prove(own, password, network, now)
    with transaction() as session:
        return citizen_codes.send(session, Purpose.CHANGE, address, network, now, citizen_id=citizen_id)


def change_address(citizen_id: int, uid: str, code: str, now: datetime) -> None:
    """The account is known by the address that the code was sent to from now on. Raises Refusal."""
    with transaction() as session:
        citizen_codes.count_try(session, uid, Purpose.CHANGE, now)
    with transaction() as session:
        row = citizen_codes.use(session, uid, code, now)
        if row.citizen_id != citizen_id or holder_of(session, row.address_index) is not None:
            raise citizen_codes.wrong()
        address = open_address(session, row.sealed, citizen_codes.place_of(row))
        citizen = session.get_one(Citizen, citizen_id)
        citizen.address_index, citizen.sealed = row.address_index, seal_address(session, address, place_of(citizen))
        _record(session, "change_address", citizen_id, now)


def close(citizen_id: int, password: str, network: str, now: datetime) -> None:
    """Close the account: address, profile, sheets and links go, the requests stay in the office.

    Raises Refusal for a wrong password and while requests of a confirmed sheet wait to be entered, Blocked.
    """
    with reading() as session:
        address = own_address(session, citizen_id)
    prove(address, password, network, now)
    with transaction() as session:
        citizen = session.get_one(Citizen, citizen_id)
        waits = (CitizenBatch.confirmed_at.is_not(None), CitizenBatch.finished_at.is_(None))
        if session.scalar(select(CitizenBatch.id).where(CitizenBatch.citizen_id == citizen_id, *waits)) is not None:
            raise Refusal("批量提交的申请还没有全部入库，暂时不能注销", do="请过几分钟再试")
        citizen_sessions.end_all(session, citizen_id, now, "closed")
        for record in (CitizenCase, CitizenBatch, CitizenCode):
            session.execute(delete(record).where(record.citizen_id == citizen_id))
        citizen.address_index, citizen.sealed, citizen.profile, citizen.password_hash = None, b"", b"", ""
        citizen.closed_at = now
        _record(session, "close", citizen_id, now)


def _record(session: Session, deed: str, citizen_id: int, now: datetime) -> None:
    journal.record(session, None, f"citizen.{deed}", ACTOR, now, citizen=citizen_id)


def _wrong() -> Refusal:
    minutes = int(DOOR.window.total_seconds() // 60)
    return Refusal(
        "账号或者口令不正确",
        do=f"请核对后重试；连续{DOOR.failures}次不正确的，暂停登录{minutes}分钟",
        field="password",
    )
