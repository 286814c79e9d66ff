"""The mail that brings a legal adviser the one-time link. The code is not in it: the asker tells it another way."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.adapters.mail import Mail
from gkapply.casework import advice_contact, link_door, outbox
from gkapply.casework.advised import AdviserOpinion
from gkapply.casework.services import ring
from gkapply.letters.notation import chinese_date


def send(session: Session, one: AdviserOpinion, now: datetime) -> None:
    """Have the link sent, once."""
    outbox.post(session, outbox.SEND_ADVICE_LINK, f"{outbox.SEND_ADVICE_LINK}:{one.uid}", now, advice=one.uid)


def address_of(session: Session, one: AdviserOpinion) -> str:
    """Where the adviser gives the opinion."""
    return link_door.address_of(session, "advice", ring(session).advice_link(one.uid)[0])


def compose(session: Session, uid: str) -> Mail | None:
    """The mail itself; None when the question was taken back or answered, or there is no address."""
    one = session.scalars(select(AdviserOpinion).where(AdviserOpinion.uid == uid)).one()
    email = advice_contact.contact_of(session, one).email
    if not email or not one.waits:
        return None
    organ, until = one.letter.case.organ.name, chinese_date(one.until)
    return Mail(email, "征求法律顾问意见", _TEXT.format(organ=organ, until=until, address=address_of(session, one)))


_TEXT = (
    "{organ}请您就一份政府信息公开文书的合法性提出意见。\n\n请打开 {address} ，输入经办人员另行告知的核验码和您登记的联系电话的后四位，"
    "阅读文书并于{until}之前（含当日）提交意见。\n\n该链接只能使用一次，请勿转发。本邮件由系统发出，请勿回复。\n"
)
