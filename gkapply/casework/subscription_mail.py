"""The mails of subscriptions: the link that confirms, and what is newly public."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from gkapply.casework import sending
from gkapply.casework.link_door import address_of
from gkapply.casework.message_contents import Contents
from gkapply.casework.message_kinds import Kind
from gkapply.casework.people import Organ
from gkapply.casework.public_kinds import PUBLIC_KINDS
from gkapply.casework.public_text import PublicText
from gkapply.casework.sending import Posting
from gkapply.casework.services import public_address, ring
from gkapply.casework.subscription_records import Subscription
from gkapply.clock import day_of

KIND = Kind.SUBSCRIPTION
LISTED = 20
"""Entries that one mail names; of the rest it tells the number."""
PAGE = "subscribe"
_CONFIRM = """您好：

有人用这个邮箱订阅了政府信息公开平台新公开的信息（{what}）。是您订阅的，请打开下面的链接确认；以后每天最多一封，有新公开的才发。

{link}

不是您订阅的，不必理会：7日内不确认，订阅和邮箱地址一并删除。已经确认过的，可以用这个链接取消订阅。

本邮件由系统发出，请勿回复。
"""
_NEWS = """您好：

您订阅的内容有{count}项新公开的信息：

{entries}
{more}
您的订阅（打开链接可以取消）：
{mine}

本邮件由系统发出，请勿回复。
"""
_FULL = """您好：

这个邮箱已有{most}项订阅，没有再增加。需要增加的，请先用以往邮件中的链接取消不需要的订阅。

本邮件由系统发出，请勿回复。
"""


def sealed(session: Session, uid: str, address: str) -> bytes:
    """The sealed form of the address of the subscription with that uid."""
    return ring(session).seal(address.encode(), _place(uid))


def what_of(one: Subscription) -> str:
    """What is subscribed to, in words."""
    parts = [("关键词", one.words), ("领域", one.area), ("机关", one.organ.name if one.organ is not None else "")]
    return "，".join(f"{head}：{said}" for head, said in parts if said)


def send_link(session: Session, one: Subscription, address: str, now: datetime) -> None:
    """Send the reader of the address the link of the subscription, at once."""
    text = _CONFIRM.format(what=what_of(one), link=_link(session, one))
    key = f"{KIND}:{one.uid}:{now.timestamp():.0f}"
    _post(session, Contents(address, "请确认订阅", text), key, now, at_once=True)


def tell_full(session: Session, address: str, index: str, most: int, now: datetime) -> None:
    """Tell the reader that the address has as many subscriptions as it may: only they come to know that it has any."""
    key = f"{KIND}:full:{index}:{now.timestamp():.0f}"
    text = _FULL.format(most=most)
    _post(session, Contents(address, "订阅没有增加", text), key, now, at_once=True)


def send_news(
    session: Session, mine: Sequence[Subscription], news: Sequence[PublicText], of: str, now: datetime
) -> None:
    """Send what is new to the address of these subscriptions, once for ``of``; quiet hours are kept."""
    address = ring(session).unseal(mine[0].sealed, _place(mine[0].uid)).decode()
    more = f"\n另有{len(news) - LISTED}项，请到平台查看。\n" if len(news) > LISTED else ""
    text = _NEWS.format(
        count=len(news),
        entries="\n".join(_entry(session, number, one) for number, one in enumerate(news[:LISTED], start=1)),
        more=more,
        mine="\n".join(f"{what_of(one)}\n{_link(session, one)}" for one in mine),
    )
    subject = f"您订阅的信息有新公开的内容（{len(news)}项）"
    _post(session, Contents(address, subject, text), f"{KIND}:{of}", now, at_once=False)


def _post(session: Session, contents: Contents, key: str, now: datetime, *, at_once: bool) -> None:
    sending.enter(session, Posting(key, Kind.SUBSCRIPTION, at_once=at_once), contents, now)


def _entry(session: Session, number: int, one: PublicText) -> str:
    organ = session.get_one(Organ, one.organ_id)
    day = day_of(one.shown_from)
    where = f"{public_address(session)}{PUBLIC_KINDS[one.kind].page_of(one.uid)}" if public_address(session) else ""
    said = f"{number}. {one.title}（{organ.name}，{day.year}年{day.month}月{day.day}日）"
    return f"{said}\n   {where}" if where else said


def _link(session: Session, one: Subscription) -> str:
    return address_of(session, PAGE, ring(session).subscription_link(one.uid))


def _place(uid: str) -> str:
    return f"subscription.sealed.{uid}"
