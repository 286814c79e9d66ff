"""Short notices to applicants that something awaits them. They say what to do and name nobody and nothing of the case."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.adapters import Mail
from gkapply.casework import outbox, people_data
from gkapply.casework.records import Case

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
