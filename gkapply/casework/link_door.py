"""The door of a one-time link: whoever has it shows a code and the last four of a number; tries are counted.

Tokens and codes are derived from the record and the data key; the database keeps a token's SHA-256 alone.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from gkapply.casework import attempts
from gkapply.casework.attempts import Door
from gkapply.casework.services import public_address
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal

ANSWER = Door("answer_link", 10, timedelta(hours=1), "核验失败次数过多，暂停核验一小时")
ADVICE = Door("advice_link", 10, timedelta(hours=1), "核验失败次数过多，暂停核验一小时")
REFERRAL = Door("referral_link", 10, timedelta(hours=1), "核验失败次数过多，暂停核验一小时")
DELIBERATION = Door("deliberation_link", 10, timedelta(hours=1), "核验失败次数过多，暂停核验一小时")
TAIL = 4


class LinkClosed(Refusal):
    """The link was right once, but nothing can be given by it any more."""


def hash_of(token: str) -> str:
    """The form in which a token is kept and found."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(session: Session, path: str, token: str, site: str = "本机关政府信息公开网上申请平台") -> str:
    """The address of a link as letters and messages show it; ``site``: what it begins with where no public address is set."""
    return f"{(public_address(session) or site).rstrip('/')}/{path}/{token}"


def tail_of(number: str) -> str:
    """The last four letters and figures of a number, in capitals; empty when it has fewer."""
    signs = "".join(char for char in number if char.isalnum())
    return signs[-TAIL:].upper() if len(signs) >= TAIL else ""


def is_right(expected: str, tails: Iterable[str], code: str, tail: str) -> bool:
    """Whether code and last four are those of the holder, however they were typed."""
    given = "".join(code.split()).upper().replace("-", "")
    ended = any(hmac.compare_digest(one.encode(), tail.strip().upper().encode()) for one in tails)
    return hmac.compare_digest(expected.encode(), given.encode()) and ended


def let_in(
    door: Door,
    token: str,
    address: str,
    now: datetime,
    find: Callable[[Session], object],
    try_key: Callable[[Session], bool],
) -> bool:
    """Try the key at the door; ``try_key`` says whether it fits, and notes the opening. Returns whether it does.

    Works in short units of its own: a failure counts although it is refused. Raises what ``find`` raises, Blocked after too
    many failures.
    """
    with reading() as session:
        find(session)
    attempt = attempts.admit(door, token, address, now)
    with transaction() as session:
        right = try_key(session)
        if right:
            attempts.succeed(session, attempt)
    return right
