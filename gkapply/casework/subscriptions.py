"""Subscriptions (订阅): whoever asks is told by mail once a day what is newly public in an area, of an organ, with certain words.

An address that is not confirmed by its own reader is told nothing but the link. Whether an address has a subscription is told to its
reader alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Select, delete, func, select
from sqlalchemy.orm import Session

from gkapply.casework import limits, message_contents, subscription_mail
from gkapply.casework.grams import plain
from gkapply.casework.link_door import hash_of
from gkapply.casework.message_records import FAILED, Message
from gkapply.casework.people import Organ
from gkapply.casework.public_text import PublicText
from gkapply.casework.services import ring
from gkapply.casework.subscription_mail import KIND
from gkapply.casework.subscription_records import Subscription
from gkapply.clock import day_of
from gkapply.database import reading, transaction
from gkapply.law import identifiers
from gkapply.law.areas import areas
from gkapply.law.refusal import NotFound, Refusal

CONFIRM_WITHIN = timedelta(days=7)
MOST = 20
"""Subscriptions of one address."""
LONGEST_WORDS = 60
_ADVERTISED = re.compile(r"://|www\.|@|＠|[0-9０-９]{7,}", re.IGNORECASE)
"""The words stand in a mail to an address that anybody may type: they must not lead its reader anywhere."""
LOOKED_THROUGH, IN_A_FEED = 500, 50
ASKED_FOR = limits.Limit("subscription", 3)
"""Links in an hour that one address is sent."""


@dataclass(frozen=True, slots=True)
class Interest:
    """What somebody wants to be told of: each part that is not empty must fit. ``words`` are parted by blanks, all must occur."""

    words: str = ""
    area: str = ""
    organ_id: int | None = None


def ask(session: Session, address: str, interest: Interest, now: datetime) -> None:
    """Send the link for a subscription to ``address``; one that is there already gets its link again.

    Raises Refusal for no mail address, an interest in everything and nothing, an unknown area or organ; Blocked after too many
    mails to the address within an hour.
    """
    address = identifiers.email(address)
    interest = _settled(session, interest)
    index = message_contents.index_of(session, address)
    limits.require_within_for(session, ASKED_FOR, index, now, "发往这个邮箱的订阅邮件过多")
    limits.count(session, ASKED_FOR, index, "", now, succeeded=True)
    found = session.scalars(select(Subscription).where(*_same(index, interest))).one_or_none()
    if found is None:
        count = session.scalar(select(func.count()).where(Subscription.address_index == index)) or 0
        if count >= MOST:
            subscription_mail.tell_full(session, address, index, MOST, now)
            return
        found = _entered(session, address, index, interest, now)
    subscription_mail.send_link(session, found, address, now)


def find(session: Session, token: str) -> Subscription:
    """The subscription that the link opens. Raises NotFound."""
    found = session.scalars(select(Subscription).where(Subscription.token_hash == hash_of(token))).one_or_none()
    if found is None:
        raise NotFound("这个订阅链接已经失效：订阅已经取消，或者超过7日没有确认", do="需要的，请重新订阅")
    return found


def confirm(session: Session, token: str, now: datetime) -> Subscription:
    """Begin to tell of what becomes public from now on; once confirmed, nothing changes. Raises NotFound."""
    found = find(session, token)
    if found.confirmed_at is None:
        found.confirmed_at = found.told_through = now
    return found


def end(session: Session, token: str) -> None:
    """Forget the subscription. Raises NotFound."""
    session.delete(find(session, token))


def addresses(session: Session) -> Sequence[str]:
    """The digests of the addresses that have a confirmed subscription."""
    query = select(Subscription.address_index).where(Subscription.confirmed_at.is_not(None)).distinct()
    return session.scalars(query.order_by(Subscription.address_index)).all()


def forget_unconfirmed(session: Session, now: datetime) -> None:
    """Delete what nobody confirmed in time."""
    stale = Subscription.confirmed_at.is_(None), Subscription.asked_at < now - CONFIRM_WITHIN
    session.execute(delete(Subscription).where(*stale))


def tell_all(now: datetime) -> int:
    """Tell every reader what is new for them, one mail each and one unit each; returns how many mails were posted."""
    with transaction() as session:
        forget_unconfirmed(session, now)
    with reading() as session:
        known = addresses(session)
    told = 0
    for index in known:
        with transaction() as session:
            told += _tell(session, index, now)
    return told


def _tell(session: Session, index: str, now: datetime) -> bool:
    """Whether there was something to tell the readers of one address. What came back from it ends its subscriptions."""
    if _came_back(session, index):
        session.execute(delete(Subscription).where(Subscription.address_index == index))
        return False
    query = select(Subscription).where(Subscription.address_index == index, Subscription.confirmed_at.is_not(None))
    mine = session.scalars(query.order_by(Subscription.id).with_for_update()).all()
    news: dict[int, PublicText] = {}
    for one in mine:
        news.update({text.id: text for text in newly_public(session, _interest(one), one.told_through, now)})
        one.told_through = now
    if not news:
        return False
    newest = sorted(news.values(), key=lambda text: (text.shown_from, text.id), reverse=True)
    subscription_mail.send_news(session, mine, newest, f"{index}:{day_of(now)}", now)
    return True


def newly_public(session: Session, interest: Interest, after: datetime, until: datetime) -> list[PublicText]:
    """The entries in which the interest lies that came to be shown after the one moment and up to the other."""
    query = _of(interest, select(PublicText).where(PublicText.shown_from > after, PublicText.shown_from <= until))
    return [text for text in session.scalars(query.order_by(PublicText.id)) if _holds(text, interest)]


def newest(session: Session, interest: Interest) -> list[PublicText]:
    """The entries in which the interest lies that came last, the newest first: what a feed holds.

    Words are looked for among the last LOOKED_THROUGH entries, so that nobody makes the database read everything.
    """
    query = _of(interest, select(PublicText)).order_by(PublicText.shown_from.desc(), PublicText.id.desc())
    found = (text for text in session.scalars(query.limit(LOOKED_THROUGH)) if _holds(text, interest))
    return list(islice(found, IN_A_FEED))


def _of(interest: Interest, query: Select[Any]) -> Select[Any]:
    if interest.area:
        query = query.where(PublicText.area == interest.area)
    if interest.organ_id is not None:
        query = query.where(PublicText.organ_id == interest.organ_id)
    return query


def _holds(text: PublicText, interest: Interest) -> bool:
    """Whether all the words occur in the entry."""
    said = plain(f"{text.title}\n{text.area}\n{text.summary}")
    return all(word in said for word in plain(interest.words).split())


def areas_to_choose(session: Session) -> list[str]:
    """The areas that may be subscribed to: those of the standard, then any other in which something is public."""
    shown = session.scalars(select(PublicText.area).distinct().order_by(PublicText.area))
    return list(dict.fromkeys([*(one.name for one in areas()), *(area for area in shown if area)]))


def _settled(session: Session, interest: Interest) -> Interest:
    words = " ".join(interest.words.split())
    if not (words or interest.area or interest.organ_id is not None):
        raise Refusal("请至少填写一项：关键词、领域或者机关", field="words", do="想看全部的，可以用下方的订阅源")
    if len(words) > LONGEST_WORDS:
        raise Refusal(f"关键词超过{LONGEST_WORDS}个字", field="words", do="请只写最要紧的词，用空格隔开")
    if _ADVERTISED.search(words):
        raise Refusal("关键词不能是网址、邮箱或者号码", field="words", do="请只写想知道的事情")
    if interest.area and interest.area not in areas_to_choose(session):
        raise Refusal("没有这个领域", field="area", do="请从列表选择")
    if interest.organ_id is not None and session.get(Organ, interest.organ_id) is None:
        raise Refusal("没有这个机关", field="organ", do="请从列表选择")
    return Interest(words, interest.area, interest.organ_id)


def _same(index: str, interest: Interest) -> tuple[ColumnElement[bool], ...]:
    of = Subscription.organ_id
    return (
        Subscription.address_index == index,
        Subscription.words == interest.words,
        Subscription.area == interest.area,
        of.is_(None) if interest.organ_id is None else of == interest.organ_id,
    )


def _entered(session: Session, address: str, index: str, interest: Interest, now: datetime) -> Subscription:
    uid = uuid4().hex
    found = Subscription(
        uid=uid,
        token_hash=hash_of(ring(session).subscription_link(uid)),
        address_index=index,
        sealed=subscription_mail.sealed(session, uid, address),
        words=interest.words,
        area=interest.area,
        organ_id=interest.organ_id,
        asked_at=now,
        told_through=now,
    )
    session.add(found)
    session.flush()
    return found


def _interest(one: Subscription) -> Interest:
    return Interest(one.words, one.area, one.organ_id)


def _came_back(session: Session, index: str) -> bool:
    """Whether the last message to the address that has a fate did not reach anybody."""
    query = select(Message.fate).where(
        Message.address_index == index, Message.kind == KIND, Message.fate_at.is_not(None)
    )
    return session.scalar(query.order_by(Message.fate_at.desc(), Message.id.desc()).limit(1)) in FAILED
