"""How an official wants to be told of unread messages once a day: by mail, or by text message to a number that is kept sealed."""

from datetime import datetime

from sqlalchemy.orm import Session

from gkapply.casework import accounts, journal
from gkapply.casework.message_records import Channel
from gkapply.casework.people import User
from gkapply.casework.services import ring, texts
from gkapply.law import identifiers
from gkapply.law.refusal import Refusal


def phone_of(session: Session, user: User) -> str:
    """The number that the user gave; empty without one."""
    return ring(session).unseal(user.phone, _place(user)).decode() if user.phone else ""


def choose(session: Session, user: User, channel: str, email: str, phone: str, now: datetime) -> None:
    """Tell the user by ``channel`` (mail, sms) from now on; an empty address: not at all. Raises Refusal for what is none."""
    if channel not in (Channel.MAIL, Channel.SMS):
        raise Refusal("请选择接收方式", field="channel")
    if channel == Channel.SMS:
        if not texts(session):
            raise Refusal("本系统没有短信通道", do="请选择电子邮件", field="channel")
        if not phone.strip():
            raise Refusal("选择短信的，请填写手机号码", field="phone")
    if email != user.email:
        accounts.change_own_email(session, user, email, now)
    number = identifiers.mobile(phone) if phone.strip() else ""
    if (number, channel) != (phone_of(session, user), user.told_by):
        user.phone = ring(session).seal(number.encode(), _place(user)) if number else None
        user.told_by = channel
        journal.record(session, None, "account.change_phone", f"user:{user.id}", now, user=user.id, told_by=channel)


def _place(user: User) -> str:
    return f"user.phone.{user.id}"
