"""登录: an account and its password become a session, or a sentence that tells no more than it must."""

from datetime import datetime

from sqlalchemy import select

from gkapply.casework import attempts, journal, passwords, sessions
from gkapply.casework.attempts import LOGIN
from gkapply.casework.people import User
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal


def normal_login(login: str) -> str:
    """The form in which accounts are kept and compared."""
    return login.strip().casefold()


def sign_in(login: str, password: str, address: str, now: datetime) -> str:
    """The token of a new session.

    Works in short units of its own, since checking a password takes longer than a unit may. An unknown, a closed and a
    wrongly given account are told apart neither by the sentence nor by the time. Raises Refusal, Blocked.
    """
    user_id = prove(login, password, address, now)
    with transaction() as session:
        user = session.get_one(User, user_id)
        if user.closed_at is not None:
            raise _wrong()
        if passwords.outdated(user.password_hash):
            user.password_hash = passwords.hash_of(password)
        journal.record(session, None, "account.signed_in", f"user:{user.id}", now)
        return sessions.begin(session, user, now)


def prove(login: str, password: str, address: str, now: datetime) -> int:
    """The id of the account whose password this is; a failure counts at the door. Raises Refusal, Blocked."""
    attempt = attempts.admit(LOGIN, normal_login(login), address, now)
    with reading() as session:
        known = session.execute(
            select(User.id, User.password_hash).where(User.login == normal_login(login), User.closed_at.is_(None))
        ).one_or_none()
    right = passwords.matches(known.password_hash if known else None, password)
    with transaction() as session:
        if known is not None and right:
            attempts.succeed(session, attempt)
            return int(known.id)
        if attempts.is_closed(session, LOGIN, normal_login(login), now):
            journal.record(session, None, "account.locked", "system", now, user=known.id if known else None)
    raise _wrong()


def _wrong() -> Refusal:
    minutes = int(LOGIN.window.total_seconds() // 60)
    return Refusal(
        "账号或者口令不正确",
        do=f"请核对后重试；连续{LOGIN.failures}次不正确的，暂停登录{minutes}分钟",
        field="password",
    )
