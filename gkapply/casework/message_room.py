"""What the system administrator (系统管理员) sees of messages: whether the adapters work, what is stuck, how each kind reads.

Neither addresses nor cases are shown here: the administrator keeps the machine, not the requests.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from gkapply.casework import journal, message_contents, notices, sending
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.message_contents import Contents
from gkapply.casework.message_kinds import KINDS, Kind, sms_parts
from gkapply.casework.message_records import FAILED, Channel, Fate, Message
from gkapply.casework.people import User
from gkapply.casework.sending import Posting
from gkapply.casework.services import gateways
from gkapply.gateways import Gateways
from gkapply.law.refusal import NotFound, Refusal
from workflows.duties import Duty

PAGE = 50
LONG = timedelta(days=1)
"""A message that waits so long is stuck, whatever it waits for."""
EXAMPLE: Mapping[str, str | int] = {
    "what": "已经登记，正在办理",
    "organ": "某某县人民政府",
    "reference": "AYX-2026-0001",
    "address": "https://ysq.example.gov.cn/answer/…",
    "code": "ABCD2345",
    "until": "2026年3月10日",
    "count": 2,
    "lines": "1. 期限提醒：申请 AYX-2026-0001 的答复期限将于2026年3月30日届满，还有5个工作日。\n2. 收到意见：申请 AYX-2026-0002 ……",
}
"""What the places of the words are filled with on the page that shows them."""


@dataclass(frozen=True, slots=True)
class AdapterState:
    """One way out: what it is set to, when something last left by it, what last went wrong."""

    channel: Channel
    way: str
    """In words; empty: not set."""
    last_sent_at: datetime | None
    last_error: str
    last_error_at: datetime | None


@dataclass(frozen=True, slots=True)
class Preview:
    """One kind of message with example data."""

    label: str
    who: str
    optional: bool
    subject: str
    mail: str
    sms: str
    sms_parts: int


def adapter_states(session: Session) -> list[AdapterState]:
    """How mail and text messages stand."""
    return [_state_of(session, channel, way) for channel, way in _ways(gateways(session)).items()]


def stuck_messages(session: Session, now: datetime, *, after: int = 0, limit: int = PAGE) -> Sequence[Message]:
    """Messages that reached nobody and that nobody saw to, or that were tried in vain or wait too long, by key from ``after`` on."""
    query = select(Message).where(_stuck(now), Message.id > after).options(joinedload(Message.organ))
    return session.scalars(query.order_by(Message.id).limit(limit)).all()


def send_again(session: Session, uid: str, actor: Actor, now: datetime) -> None:
    """Have a stuck message tried anew, with all its tries before it.

    Raises NotPermitted, NotFound; Refusal where its words are no longer kept.
    """
    require(actor, Duty.SYSADMIN)
    query = select(Message).where(Message.uid == uid, _stuck(now)).with_for_update()
    message = session.scalars(query).one_or_none()
    if message is None:
        raise NotFound("这条消息已经发出、已经处理或者正在等待", do="请刷新列表查看")
    kept = message_contents.contents_of(session, message)
    if (kept is None or not kept.text) and Kind(message.kind) not in notices.WORDED:
        raise Refusal("这条消息已经发出过，内容不再保存，不能再发", do="请由经办人员另行告知")
    message.fate, message.fate_at, message.tries = Fate.WAITING, now, 0
    sending.post_errand(session, uid, now, now)
    journal.record(session, None, "message.send_again", actor.signature, now, of=uid, kind=message.kind)


def send_test(session: Session, actor: Actor, now: datetime) -> None:
    """Have a test mail sent to the administrator's own address. Raises NotPermitted; Refusal without one."""
    require(actor, Duty.SYSADMIN)
    user = session.get_one(User, actor.user_id)
    if not user.email:
        raise Refusal("您的账号没有邮箱", do="请先在「我的账号」填写邮箱")
    row = KINDS[Kind.TEST]
    posting = Posting(
        f"{Kind.TEST}:{user.id}:{now.isoformat()}", Kind.TEST, user_id=user.id, at_once=True, of_use_until=now + LONG
    )
    sending.enter(session, posting, Contents(user.email, row.subject, row.mail), now)


def previews() -> list[Preview]:
    """Every kind of message that has words of its own, as its reader gets it."""
    return [
        Preview(
            label=row.label,
            who=row.who,
            optional=row.setting != "",
            subject=row.subject.format(**EXAMPLE),
            mail=row.mail.format(**EXAMPLE),
            sms=row.sms.format(**EXAMPLE),
            sms_parts=sms_parts(row.sms.format(**EXAMPLE)),
        )
        for row in KINDS.values()
        if row.mail
    ]


def _ways(ways: Gateways) -> dict[Channel, str]:
    mail = f"邮件服务器 {ways.smtp.host}" if ways.smtp else "存入目录，由邮件网关取走"
    sms = "短信网关" if ways.sms else "存入目录，由短信网关取走" if ways.sms_tray else ""
    return {Channel.MAIL: mail, Channel.SMS: sms}


def _state_of(session: Session, channel: Channel, way: str) -> AdapterState:
    sent = select(Message.sent_at).where(Message.channel == channel, Message.sent_at.is_not(None))
    wrong = select(Message).where(
        Message.channel == channel, Message.fate.in_((*FAILED, Fate.WAITING)), Message.reason != ""
    )
    error = session.scalars(wrong.order_by(Message.id.desc()).limit(1)).one_or_none()
    return AdapterState(
        channel,
        way,
        session.scalar(sent.order_by(Message.sent_at.desc()).limit(1)),
        error.reason if error else "",
        (error.fate_at or error.posted_at) if error else None,
    )


def _stuck(now: datetime) -> ColumnElement[bool]:
    waits = and_(Message.fate == Fate.WAITING, or_(Message.tries > 0, Message.posted_at < now - LONG))
    return or_(and_(Message.fate.in_(FAILED), Message.settled_at.is_(None)), waits)
