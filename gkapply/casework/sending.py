"""The one way in which anything is sent to anybody outside: a row of the ledger of messages, and the errand that carries it.

Both are written in the unit that causes them: what was rolled back is never sent, what was committed is.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from gkapply.casework import message_contents, outbox
from gkapply.casework.message_contents import Contents
from gkapply.casework.message_records import Channel, Message
from gkapply.casework.records import Case
from gkapply.law import identifiers


def send_to(
    session: Session,
    *,
    to: str,
    subject: str,
    text: str,
    key: str,
    now: datetime,
    kind: str = "other",
    organ_id: int | None = None,
    case: Case | None = None,
    at_once: bool = False,
) -> Message:
    """Have a mail sent to the address ``to``; a second call with the same ``key`` is the same mail.

    ``key`` (at most 150 characters) names the fact of which is told. ``organ_id`` or ``case``: for whom it is sent; on the page of the
    case the office sees what became of it. ``at_once``: whether the reader waits for it now (a code), so that it goes in quiet
    hours. Raises Refusal when ``to`` is no mail address.
    """
    contents = Contents(identifiers.email(to), subject, text)
    return _post(session, Posting(Channel.MAIL, kind, key, organ_id, case, at_once), contents, now)


def sms_to(
    session: Session,
    *,
    to: str,
    text: str,
    key: str,
    now: datetime,
    kind: str = "other",
    organ_id: int | None = None,
    case: Case | None = None,
    at_once: bool = False,
) -> Message:
    """Have a text message sent to the telephone ``to``, as ``send_to`` sends mail. Raises Refusal when ``to`` is no mobile number."""
    contents = Contents(identifiers.mobile(to), text=text)
    return _post(session, Posting(Channel.SMS, kind, key, organ_id, case, at_once), contents, now)


@dataclass(frozen=True, slots=True)
class Posting:
    """What a new row of the ledger states, besides what it says."""

    channel: Channel
    kind: str
    key: str
    organ_id: int | None = None
    case: Case | None = None
    at_once: bool = False


def _post(session: Session, posting: Posting, contents: Contents, now: datetime) -> Message:
    uid = uuid4().hex
    connection = session.connection()
    values = {
        "uid": uid,
        "organ_id": posting.case.organ_id if posting.case is not None else posting.organ_id,
        "case_id": posting.case.id if posting.case is not None else None,
        "channel": posting.channel,
        "kind": posting.kind,
        "key": posting.key,
        "at_once": posting.at_once,
        "posted_at": now,
        "sealed": message_contents.sealed(session, uid, contents),
        "address_index": message_contents.index_of(session, contents.to),
    }
    connection.execute(_ENTER[connection.dialect.name], values)
    message = session.scalars(select(Message).where(Message.key == posting.key)).one()
    if message.uid == uid:
        outbox.post(session, outbox.SEND_MESSAGE, f"{outbox.SEND_MESSAGE}:{uid}", now, message=uid)
    return message


_ENTER = {
    "sqlite": sqlite.insert(Message).inline().on_conflict_do_nothing(index_elements=[Message.key]),
    "postgresql": postgresql.insert(Message).inline().on_conflict_do_nothing(index_elements=[Message.key]),
}
