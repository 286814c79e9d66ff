"""The daily mail (每日邮件): what an official has not read on the page, in one mail a working day, outside the quiet hours.

It carries request numbers, terms and days, and names no applicant.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.adapters.mail import Mail
from gkapply.casework import notification
from gkapply.casework.calendars import calendar_of
from gkapply.casework.notification import Notification
from gkapply.casework.people import Organ, User
from gkapply.clock import OFFICE_ZONE
from gkapply.law.refusal import Refusal
from gkapply.law.settings import OfficeSettings
from gkapply.law.workdays import Calendar

LONGEST = 100
"""Messages that one mail spells out; of the rest it says how many they are."""


@dataclass(frozen=True, slots=True)
class Digest:
    """The mail, and the newest message in it."""

    mail: Mail
    through: int


def is_quiet(now: datetime, settings: OfficeSettings, calendar: Calendar) -> bool:
    """Whether officials are left in peace: on rest days, and in the quiet hours of the office's time zone."""
    local = now.astimezone(OFFICE_ZONE)
    if not settings.quiet_until <= local.hour < settings.quiet_from:
        return True
    return not calendar.is_workday(local.date())


def readers(session: Session, now: datetime) -> Iterator[int]:
    """Ids of the users with an address, something neither read nor sent, and an office that is not at rest now."""
    query = (
        select(Notification.user_id, Organ)
        .join(User, User.id == Notification.user_id)
        .join(Organ, Organ.id == Notification.organ_id)
        .where(Notification.read_at.is_(None), Notification.mailed_at.is_(None))
        .where(User.email != "", User.closed_at.is_(None))
        .distinct()
        .order_by(Notification.user_id)
    )
    seen: set[int] = set()
    for user_id, organ in session.execute(query):
        if user_id not in seen and not is_quiet(now, organ.office_settings(), calendar_of(organ)):
            seen.add(user_id)
            yield user_id


def compose(session: Session, user_id: int) -> Digest | None:
    """The mail to that user; None when there is nothing to say or no address. Raises Refusal for an unknown user."""
    user = session.get(User, user_id)
    if user is None:
        raise Refusal("没有这个账号")
    waiting = notification.unsent(session, user_id)
    if not waiting or not user.email:
        return None
    lines = [f"{number}. {one.label}：{one.text}" for number, one in enumerate(waiting[:LONGEST], start=1)]
    if len(waiting) > LONGEST:
        lines.append(f"另有{len(waiting) - LONGEST}条，请登录系统查看。")
    text = "您在政府信息依申请公开系统中有以下未读消息：\n\n" + "\n".join(lines)
    text += "\n\n请登录系统，在「消息」页查看和办理。本邮件由系统发出，请勿回复。\n"
    subject = f"依申请公开：{len(waiting)}条未读消息"
    return Digest(Mail(user.email, subject, text), waiting[-1].id)
