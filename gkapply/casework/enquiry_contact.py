"""The contact that somebody left with an enquiry (咨询), and what is sent there: the only place where it is sealed and opened."""

from datetime import datetime

from sqlalchemy.orm import Session

from gkapply.casework import access_log, sending
from gkapply.casework.access import Actor
from gkapply.casework.enquiry_records import Enquiry
from gkapply.casework.message_contents import masked_address
from gkapply.casework.message_kinds import short_name
from gkapply.casework.services import ring, texts
from gkapply.law import identifiers
from gkapply.law.refusal import Refusal

LONGEST_REASON = 200
MAIL = (
    "您提出的咨询（编号：{reference}）{news}。\n\n凭咨询编号和查询码，可以在本平台「查询进度」页查看。"
    "本邮件由系统发出，请勿回复。\n"
)
SMS = "您向{organ}提出的咨询（{reference}）{news}，请凭查询码在网上查看。"


def normal(written: str) -> str:
    """A mail address or a mobile number in its one form; empty for none. Raises Refusal naming ``contact``."""
    written = written.strip()
    if not written:
        return ""
    return (identifiers.email if "@" in written or "＠" in written else identifiers.mobile)(written, field="contact")


def sealed(session: Session, uid: str, contact: str) -> bytes | None:
    """The sealed form of the contact of the enquiry with that uid; None for none."""
    return ring(session).seal(contact.encode(), _place(uid)) if contact else None


def contact_of(session: Session, enquiry: Enquiry) -> str:
    """The contact in clear, empty when none was left: show it masked, or note the access first."""
    return ring(session).unseal(enquiry.sealed, _place(enquiry.uid)).decode() if enquiry.sealed else ""


def masked(session: Session, enquiry: Enquiry) -> str:
    """The contact with its middle hidden; empty when none was left."""
    contact = contact_of(session, enquiry)
    return masked_address(contact) if contact else ""


def in_clear(session: Session, enquiry: Enquiry, reason: str, actor: Actor, now: datetime) -> str:
    """The contact, after it was written down who looks and why. Raises Refusal without a reason."""
    if not 2 <= len(reason.strip()) <= LONGEST_REASON:
        raise Refusal(f"请写明查看事由（2至{LONGEST_REASON}个字）", "《个人信息保护法》第三十四条", field="why")
    access_log.note_access(session, actor, "contact.shown", now, enquiry=enquiry.reference, reason=reason.strip())
    return contact_of(session, enquiry)


def tell(session: Session, enquiry: Enquiry, what: str, news: str, now: datetime) -> None:
    """Have whoever asked told of ``news``, once for each ``what``, where a contact was left that can be reached."""
    to, key = contact_of(session, enquiry), f"enquiry:{enquiry.uid}:{what}"
    if "@" in to:
        text = MAIL.format(reference=enquiry.reference, news=news)
        sending.send_to(
            session, to=to, subject="您的咨询有新的进展", text=text, key=key, now=now, organ_id=enquiry.organ_id
        )
    elif to and texts(session):
        text = SMS.format(organ=short_name(enquiry.organ.name), reference=enquiry.reference, news=news)
        sending.sms_to(session, to=to, text=text, key=key, now=now, organ_id=enquiry.organ_id)


def _place(uid: str) -> str:
    return f"enquiry.sealed.{uid}"
