"""Short notices by mail that something awaits an applicant or a consulted party.

They say what to do, and name nobody and nothing of the case.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.adapters.mail import Mail
from gkapply.casework import answer_link, outbox, people_data
from gkapply.casework.papers import Consultation
from gkapply.casework.records import Case
from gkapply.casework.services import ring

RECEIVED, LETTER_WAITS = "received", "letter_waits"
_SUBJECTS = {RECEIVED: "您的政府信息公开申请已收到", LETTER_WAITS: "您的政府信息公开申请有新的文书"}
_TEXTS = {
    RECEIVED: "您向{organ}提交的政府信息公开申请已收到，登记编号：{reference}。",
    LETTER_WAITS: "您向{organ}提交的政府信息公开申请（登记编号：{reference}）有新的文书，请查收。",
}
_HOW = (
    "\n\n凭登记编号和查询码可在本机关网站「办理进度查询」查看每一步的日期、理由和文书。本邮件由系统发出，请勿回复。\n"
)


def tell(session: Session, case: Case, notice: str, of: str, now: datetime) -> None:
    """Have the applicant of ``case`` told by mail, once for each ``of`` (the letter's uid, or the case's).

    The errand names the case and the notice alone; the address is opened only when the mail is made.
    """
    key = f"{outbox.SEND_MAIL}:{case.uid}:{notice}:{of}"
    outbox.post(session, outbox.SEND_MAIL, key, now, case=case.uid, notice=notice, of=of)


def compose(session: Session, case_uid: str, notice: str) -> Mail | None:
    """The mail itself; None when the applicant left no address."""
    case = session.scalars(select(Case).where(Case.uid == case_uid)).one()
    address = people_data.contact_of(session, case.applicant)["email"]
    if not address:
        return None
    text = _TEXTS[notice].format(organ=case.organ.name, reference=case.reference)
    return Mail(address, _SUBJECTS[notice], text + _HOW)


def send_link(session: Session, question: Consultation, now: datetime) -> None:
    """Have the one-time link of ``question`` sent to its party by mail, once."""
    outbox.post(session, outbox.SEND_LINK, f"{outbox.SEND_LINK}:{question.uid}", now, question=question.uid)


def compose_link(session: Session, question_uid: str) -> Mail | None:
    """The mail with address and code; None when the party left no mail address."""
    question = session.scalars(select(Consultation).where(Consultation.uid == question_uid)).one()
    address = people_data.party_contact(session, question).get("email", "")
    if not address:
        return None
    token, code = ring(session).answer_link(question.uid)
    text = _LINK.format(organ=question.case.organ.name, address=answer_link.address_of(session, token), code=code)
    return Mail(address, "征求意见书", text)


_LINK = (
    "{organ}就一项政府信息是否公开征求您（贵单位）的意见。\n\n请打开 {address} ，输入核验码 {code} 和登记的联系电话"
    "（或者统一社会信用代码）的后四位，阅读征求意见书并提交意见。首次打开之日即为收到征求意见书之日。\n\n"
    "该链接只能使用一次，请勿转发。本邮件由系统发出，请勿回复。\n"
)
