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
from gkapply.casework.message_kinds import KINDS, Kind
from gkapply.casework.message_records import Channel, Message
from gkapply.casework.people import Organ
from gkapply.casework.quiet_hours import goes_at
from gkapply.casework.records import Case
from gkapply.law import identifiers


@dataclass(frozen=True, slots=True)
class Posting:
    """What a new row of the ledger states, besides what it says."""

    key: str
    """At most 150 characters that name the fact of which is told: the same key is the same message."""
    kind: Kind = Kind.OTHER
    channel: Channel = Channel.MAIL
    about: str = ""
    organ_id: int | None = None
    case: Case | None = None
    user_id: int | None = None
    at_once: bool = False
    of_use_until: datetime | None = None


def send_to(
    session: Session,
    *,
    to: str,
    subject: str,
    text: str,
    key: str,
    now: datetime,
    kind: Kind = Kind.OTHER,
    organ_id: int | None = None,
    case: Case | None = None,
    at_once: bool = False,
    of_use_until: datetime | None = None,
) -> Message:
    """Have a mail sent to the address ``to``; a second call with the same ``key`` is the same mail.

    ``key`` (at most 150 characters) names the fact of which is told, ``kind`` how the ledger calls it. ``organ_id`` or ``case``: for whom it
    is sent; on the page of the case the office sees what became of it. ``at_once``: whether the reader waits for it now (a code), so
    that it goes in quiet hours. ``of_use_until``: after this instant it is dropped. Raises Refusal when ``to`` is no mail address.
    """
    posting = Posting(key, kind, organ_id=organ_id, case=case, at_once=at_once, of_use_until=of_use_until)
    return enter(session, posting, Contents(identifiers.email(to), subject, text), now)


def sms_to(
    session: Session,
    *,
    to: str,
    text: str,
    key: str,
    now: datetime,
    kind: Kind = Kind.OTHER,
    organ_id: int | None = None,
    case: Case | None = None,
    at_once: bool = False,
    of_use_until: datetime | None = None,
) -> Message:
    """Have a text message sent to the telephone ``to``, as ``send_to`` sends mail. Raises Refusal when ``to`` is no mobile number.

    Ask ``services.texts`` before offering it: without a gateway it reaches nobody.
    """
    posting = Posting(key, kind, Channel.SMS, organ_id=organ_id, case=case, at_once=at_once, of_use_until=of_use_until)
    return enter(session, posting, Contents(identifiers.mobile(to), text=text), now)


def tell(session: Session, kind: Kind, *, about: str, key: str, case: Case, now: datetime) -> Message:
    """Have a message of ``kind`` sent for ``case``; address and words are put together when it goes (``notices``)."""
    row = KINDS[kind]
    until = now + row.of_use_for if row.of_use_for is not None else None
    posting = Posting(key, kind, about=about, case=case, at_once=row.at_once, of_use_until=until)
    return enter(session, posting, None, now)


def enter(session: Session, posting: Posting, contents: Contents | None, now: datetime) -> Message:
    """The message in the ledger and its errand, posted once for each key."""
    uid, case = uuid4().hex, posting.case
    connection = session.connection()
    values = {
        "uid": uid,
        "organ_id": case.organ_id if case is not None else posting.organ_id,
        "case_id": case.id if case is not None else None,
        "user_id": posting.user_id,
        "channel": posting.channel,
        "kind": posting.kind,
        "about": posting.about,
        "key": posting.key,
        "at_once": posting.at_once,
        "of_use_until": posting.of_use_until,
        "posted_at": now,
        "sealed": message_contents.sealed(session, uid, contents) if contents is not None else None,
        "address_index": message_contents.index_of(session, contents.to) if contents is not None else "",
    }
    connection.execute(_ENTER[connection.dialect.name], values)
    message = session.scalars(select(Message).where(Message.key == posting.key)).one()
    if message.uid == uid:
        organ = session.get(Organ, message.organ_id) if message.organ_id is not None else None
        at = now if posting.at_once else goes_at(now, organ, to_staff=message.to_staff)
        post_errand(session, uid, now, at)
    return message


def post_errand(session: Session, uid: str, now: datetime, run_at: datetime) -> None:
    """Have the message carried at that instant."""
    key = f"{outbox.SEND_MESSAGE}:{uid}:{run_at.timestamp():.0f}"
    outbox.post(session, outbox.SEND_MESSAGE, key, now, run_at=run_at, message=uid)


_ENTER = {
    "sqlite": sqlite.insert(Message).inline().on_conflict_do_nothing(index_elements=[Message.key]),
    "postgresql": postgresql.insert(Message).inline().on_conflict_do_nothing(index_elements=[Message.key]),
}
