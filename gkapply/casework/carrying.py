"""A message carried away by the adapter that fits it, and what became of it written down.

The message's own id goes along as its key, so that a copy sent twice (a worker died between the two units) is known for one.
A refusal for good ends it; one for now is tried again after pauses that grow, for two days. Before it goes, facts and hours are
looked at anew: after a standstill they are not those of its posting.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.adapters.mail import Mail, Mailer
from gkapply.adapters.refused import NotTaken
from gkapply.adapters.sms import Sms, Texter
from gkapply.adapters.webhook import WebhookCaller
from gkapply.casework import message_contents, notices, unreached
from gkapply.casework.message_contents import Contents
from gkapply.casework.message_records import Channel, Fate, Message
from gkapply.casework.notices import Overtaken, Worded
from gkapply.casework.quiet_hours import goes_at, is_asked_for_now
from gkapply.casework.sending import post_errand
from gkapply.database import transaction

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240, 480, 720, 720))
"""After each try that failed for now; after the last of them nobody tries any more."""
NO_GATEWAY = "本系统没有配置短信通道"
STALE = "已过时效"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Adapters:
    """By which messages leave. None: the installation has no such adapter."""

    mailer: Mailer
    texter: Texter | None = None
    caller: WebhookCaller = field(default_factory=WebhookCaller)


def carry(uid: str, now: datetime, adapters: Adapters) -> None:
    """Send the message with that uid if it still waits. Done twice it is in effect done once."""
    with transaction() as session:
        ready = _made_ready(session, _locked(session, uid), now)
    if ready is None:
        return
    try:
        name, gateway_id = _hand_over(ready, uid, now, adapters)
    except NotTaken as refused:
        _fail(uid, str(refused), now)
    except OSError as unreachable:
        log.warning("message %s waits: %s", uid, type(unreachable).__name__)
        _put_off(uid, str(unreachable) or type(unreachable).__name__, now)
    else:
        _note_sent(uid, name, gateway_id, now)


def _made_ready(session: Session, message: Message, now: datetime) -> Worded | None:
    """What goes now; None when it is over, overtaken (then it is dropped), or has to wait for the morning."""
    if message.fate is not Fate.WAITING:
        return None
    if message.of_use_until is not None and now > message.of_use_until:
        _drop(message, STALE, now)
        return None
    kept = message_contents.contents_of(session, message)
    try:
        worded = Worded(message.channel, kept) if kept and kept.text else notices.put_together(session, message)
    except Overtaken as overtaken:
        _drop(message, str(overtaken), now)
        return None
    if not is_asked_for_now(message.at_once, message.posted_at, now):
        at = goes_at(now, message.organ, to_staff=message.to_staff)
        if at > now:
            post_errand(session, message.uid, now, at)
            return None
    if worded.contents is not kept:
        message.channel = worded.channel
        message_contents.keep(session, message, worded.contents.address_alone)
    return worded


def _drop(message: Message, reason: str, now: datetime) -> None:
    message.fate, message.fate_at, message.reason = Fate.DROPPED, now, reason


def _hand_over(ready: Worded, uid: str, now: datetime, adapters: Adapters) -> tuple[str, str]:
    """Name of the adapter, and what the receiving side calls the message. Raises NotTaken, OSError."""
    contents = ready.contents
    if ready.channel is Channel.MAIL:
        return adapters.mailer.name, adapters.mailer.send(Mail(contents.to, contents.subject, contents.text), uid, now)
    if ready.channel is Channel.WEBHOOK:
        said = adapters.caller.send(contents.to, contents.secret, contents.text, uid, now)
        return adapters.caller.name, said
    if adapters.texter is None:
        raise NotTaken(NO_GATEWAY)
    return adapters.texter.name, adapters.texter.send(Sms(contents.to, contents.text), uid, now)


def _note_sent(uid: str, adapter: str, gateway_id: str, now: datetime) -> None:
    with transaction() as session:
        message = _locked(session, uid)
        message.sent_at = message.sent_at or now
        message.adapter, message.gateway_id, message.tries = adapter, gateway_id[:200], message.tries + 1
        if message.fate is Fate.WAITING:
            message.fate, message.fate_at, message.reason = Fate.SENT, now, ""
        contents = message_contents.contents_of(session, message)
        assert isinstance(contents, Contents)
        message_contents.keep(session, message, contents.address_alone)


def _fail(uid: str, reason: str, now: datetime) -> None:
    """Refused for good."""
    with transaction() as session:
        message = _locked(session, uid)
        if message.fate is Fate.WAITING:
            message.tries += 1
            unreached.fail(session, message, Fate.BOUNCED, reason, now)


def _put_off(uid: str, reason: str, now: datetime) -> None:
    """Have it tried again later; after the last pause it is given up."""
    with transaction() as session:
        message = _locked(session, uid)
        if message.fate is not Fate.WAITING:
            return
        message.reason = reason[:300]
        if message.tries >= len(PAUSES):
            unreached.fail(session, message, Fate.GIVEN_UP, reason, now)
            return
        run_at = now + PAUSES[message.tries]
        message.tries += 1
        post_errand(session, uid, now, run_at)


def _locked(session: Session, uid: str) -> Message:
    return session.scalars(select(Message).where(Message.uid == uid).with_for_update()).one()
