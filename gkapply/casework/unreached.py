"""Messages that reached nobody: officials are told once, the case keeps a task until somebody says what was done instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from gkapply.casework import message_contents, notification
from gkapply.casework.access import Actor, system_in
from gkapply.casework.audience import Audience
from gkapply.casework.journal import record
from gkapply.casework.message_kinds import KINDS, Kind
from gkapply.casework.message_records import FAILED, Channel, Fate, Message
from gkapply.casework.notification import Tidings
from gkapply.casework.records import Case
from gkapply.clock import day_of
from gkapply.law.refusal import NotFound, NotPermitted, Refusal
from workflows.duties import Duty

NOTIFICATION = "message_unreached"
MAY_SETTLE = (Duty.REGISTRAR, Duty.OFFICER)


class Instead(StrEnum):
    """What was done instead of the message."""

    PHONE = "phone"
    POST = "post"
    IN_PERSON = "in_person"
    NEW_CONTACT = "new_contact"
    NOT_NEEDED = "not_needed"

    @property
    def label(self) -> str:
        """In Chinese."""
        return _INSTEAD[self]


_INSTEAD = {
    Instead.PHONE: "已电话告知",
    Instead.POST: "已改用邮寄",
    Instead.IN_PERSON: "已当面告知",
    Instead.NEW_CONTACT: "已取得并登记新的联系方式",
    Instead.NOT_NEEDED: "不需要另行告知",
}


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message as the page of its case shows it, the address masked."""

    uid: str
    label: str
    channel: Channel
    address: str
    posted_at: datetime
    sent_at: datetime | None
    fate: Fate
    reason: str
    open: bool
    settled: str


def fail(session: Session, message: Message, fate: Fate, reason: str, now: datetime) -> None:
    """Write down that the message reached nobody, and tell the officer and the registrars of its case, once."""
    message.fate, message.fate_at, message.reason = fate, now, reason[:300]
    case = message.case
    if case is None:
        return
    about = {"of": message.uid, "kind": message.kind, "channel": message.channel.value}
    record(
        session, case.organ_id, "message.unreached", system_in(case.organ_id).signature, now, case_id=case.id, **about
    )
    audience = Audience(session, {case.organ_id}, day_of(now))
    users = audience.handlers(case.organ_id, case.officer_id) + audience.holding(case.organ_id, Duty.REGISTRAR)
    codes = {"what": KINDS[Kind(message.kind)].label, "channel": message.channel.label}
    notification.tell_all(session, [Tidings(case.organ_id, users, NOTIFICATION, message.uid, codes, 0, case.id)], now)


def settle(session: Session, case: Case, uid: str, instead: str, actor: Actor, now: datetime) -> None:
    """Enter what was done instead of the message with that uid. Raises NotPermitted, NotFound, Refusal."""
    if not actor.holds(*MAY_SETTLE):
        raise NotPermitted("此事由登记员、承办人办理，您没有这一职责")
    if instead not in set(Instead):
        raise Refusal("请选择处理情况", field="instead")
    query = select(Message).where(Message.uid == uid, Message.case_id == case.id, _open())
    message = session.scalars(query.with_for_update()).one_or_none()
    if message is None:
        raise NotFound("没有这条待处理的消息，或者已经有人处理", do="请刷新申请页面")
    message.settled_at, message.settled_by, message.settled_note = now, actor.signature, instead
    about = {"of": uid, "instead": instead}
    record(session, case.organ_id, "message.settled", actor.signature, now, case_id=case.id, **about)


def waiting(actor: Actor) -> ColumnElement[bool]:
    """Cases with a message that reached nobody and that nobody has seen to: all for the registrar, for an officer their own."""
    unseen = exists().where(Message.case_id == Case.id, _open())
    return unseen if actor.holds(Duty.REGISTRAR) else and_(unseen, Case.officer_id == actor.user_id)


def message_lines(session: Session, case: Case) -> Sequence[MessageLine]:
    """What was sent for the case, the newest first."""
    query = select(Message).where(Message.case_id == case.id).order_by(Message.id.desc())
    return [_line(session, one) for one in session.scalars(query)]


def bounced_by_mail(lines: Sequence[MessageLine], email: str) -> bool:
    """Whether the last mail to that address came back; compared as pages show it."""
    shown = message_contents.masked_address(email)
    last = next((one for one in lines if one.channel is Channel.MAIL and one.address == shown), None)
    return last is not None and last.fate is Fate.BOUNCED


def _line(session: Session, message: Message) -> MessageLine:
    contents = message_contents.contents_of(session, message)
    return MessageLine(
        uid=message.uid,
        label=KINDS[Kind(message.kind)].label,
        channel=message.channel,
        address=message_contents.masked_address(contents.to) if contents else "",
        posted_at=message.posted_at,
        sent_at=message.sent_at,
        fate=message.fate,
        reason=message.reason,
        open=message.fate in FAILED and message.settled_at is None,
        settled=Instead(message.settled_note).label if message.settled_note else "",
    )


def _open() -> ColumnElement[bool]:
    return and_(Message.fate.in_(FAILED), Message.settled_at.is_(None))
