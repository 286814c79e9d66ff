"""The daily mail (每日邮件): what an official has not read on the page, in one mail a working day, outside the quiet hours.

It carries request numbers, terms and days, and names no applicant.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gkapply.casework import notification, sending, staff_contact
from gkapply.casework.calendars import calendar_of
from gkapply.casework.message_contents import Contents
from gkapply.casework.message_kinds import KINDS, Kind
from gkapply.casework.message_records import Channel
from gkapply.casework.notification import Message, Notification
from gkapply.casework.people import Organ, User
from gkapply.casework.quiet_hours import is_quiet
from gkapply.casework.sending import Posting
from gkapply.casework.services import texts
from gkapply.law.refusal import Refusal

LONGEST = 100
"""Messages that one mail spells out; of the rest it says how many they are."""


def readers(session: Session, now: datetime) -> Iterator[int]:
    """Ids of the users with an address, something neither read nor sent, and an office that is not at rest now."""
    query = (
        select(Notification.user_id, Organ)
        .join(User, User.id == Notification.user_id)
        .join(Organ, Organ.id == Notification.organ_id)
        .where(Notification.read_at.is_(None), Notification.mailed_at.is_(None))
        .where(or_(User.email != "", User.phone.is_not(None)), User.closed_at.is_(None))
        .distinct()
        .order_by(Notification.user_id)
    )
    seen: set[int] = set()
    for user_id, organ in session.execute(query):
        if user_id not in seen and not is_quiet(now, organ.office_settings(), calendar_of(organ)):
            seen.add(user_id)
            yield user_id


def send(session: Session, user_id: int, day: str, now: datetime) -> None:
    """Have the user sent, once on that day, what they have not read; nothing when there is nothing to say or no address.

    Raises Refusal for an unknown user.
    """
    user = session.get(User, user_id)
    if user is None:
        raise Refusal("没有这个账号")
    waiting = notification.unsent(session, user_id)
    worded = _worded(session, user, waiting) if waiting else None
    if worded is None:
        return
    channel, contents = worded
    key, organ_id = f"{Kind.DIGEST}:{user_id}:{day}", waiting[-1].organ_id
    sending.enter(session, Posting(key, Kind.DIGEST, channel, organ_id=organ_id, user_id=user_id), contents, now)
    notification.mark_mailed(session, user_id, waiting[-1].id, now)


def _worded(session: Session, user: User, waiting: Sequence[Message]) -> tuple[Channel, Contents] | None:
    """The message by the channel that the user chose; by mail where that one is closed. None without any address."""
    row, count = KINDS[Kind.DIGEST], len(waiting)
    phone = staff_contact.phone_of(session, user)
    if user.told_by == Channel.SMS and phone and texts(session):
        return Channel.SMS, Contents(phone, text=row.sms.format(count=count))
    if not user.email:
        return None
    lines = [f"{number}. {one.label}：{one.text}" for number, one in enumerate(waiting[:LONGEST], start=1)]
    if count > LONGEST:
        lines.append(f"另有{count - LONGEST}条，请登录系统查看。")
    text = row.mail.format(lines="\n".join(lines))
    return Channel.MAIL, Contents(user.email, row.subject.format(count=count), text)
