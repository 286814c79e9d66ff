"""An envelope of the book that becomes a request: the counter's form filled in beforehand, the envelope taken along.

What the mail room entered vouches for the day of receipt: the request keeps the day of the signature, whenever it is registered.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import incoming_mail
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.documents import as_file
from gkapply.casework.incoming_kinds import MAIL, MailOutcome
from gkapply.casework.incoming_mail import KEEPERS
from gkapply.casework.incoming_records import IncomingMail
from gkapply.casework.incoming_settling import keep_photo, require_open
from gkapply.casework.receipt import Receipt
from gkapply.casework.records import Case
from gkapply.clock import OFFICE_ZONE, day_of
from gkapply.law.channels import ARTICLE, SIGNED_FOR
from gkapply.law.refusal import Refusal, Stale


def prefill(session: Session, reference: str, actor: Actor, now: datetime) -> dict[str, Any]:
    """What the envelope says, for the counter's form. Raises NotFound, Stale when it is settled."""
    mail = incoming_mail.find(session, reference, actor)
    require_open(mail)
    known: dict[str, Any] = {"channel": mail.channel, "received_on": mail.came_on, "tracking": mail.tracking}
    known["signed_by"] = mail.signed_by
    if mail.came_on < day_of(now):
        known["late_reason"] = (
            f"{mail.late_reason or '收发室当日签收并登记，公开机构其后登记'}（收文登记 {mail.reference}）"
        )
    return known


def vouched(session: Session, reference: str, receipt: Receipt, actor: Actor) -> Receipt:
    """The receipt with the entry of the book as its proof, where no other is given.

    Raises Refusal when the day of receipt is not the one on which the envelope was signed for.
    """
    mail = incoming_mail.find(session, reference, actor)
    if {receipt.channel, mail.channel} <= set(SIGNED_FOR) and receipt.on != mail.came_on:
        raise Refusal(
            f"收到日期 {receipt.on} 与收文登记 {mail.reference} 的签收日期 {mail.came_on} 不一致",
            ARTICLE,
            do="签收的邮件以签收之日为收到申请之日，不是拆阅、登记之日；收文登记有误的，请先将其作废重登",
            field="received_on",
        )
    return receipt if receipt.proof is not None else replace(receipt, proof=as_file(record_of(mail), "收文登记"))


def register_as(session: Session, reference: str, case: Case, actor: Actor, now: datetime) -> None:
    """The registrar has entered the request that lay in the envelope; its photo goes into the file.

    Raises NotFound, Stale when the envelope has become something else already.
    """
    require(actor, *KEEPERS)
    mail = incoming_mail.find(session, reference, actor, for_step=True)
    if mail.case_id == case.id and mail.outcome is MailOutcome.REQUEST:
        return
    if mail.ended_at is not None:
        raise Stale(f"{mail.reference} 已经处理", do="请在收文登记中查看")
    mail.case = case
    session.flush()
    keep_photo(session, mail, case, actor, now)
    incoming_mail.end(session, mail, MailOutcome.REQUEST, "", actor, now)


def record_of(mail: IncomingMail) -> str:
    """The entry of the book as a paper of the file."""
    entered = mail.entered_at.astimezone(OFFICE_ZONE)
    lines = [
        f"收文登记编号：{mail.reference}",
        f"邮件种类：{MAIL[mail.channel]}",
        f"收到时间：{mail.came_on.isoformat()} {mail.came_at}".rstrip(),
        f"邮件号码：{mail.tracking or '无'}",
        f"签收人：{mail.signed_by or '未记'}",
        f"登记时间：{entered:%Y-%m-%d %H:%M}",
    ]
    return "\n".join([*lines, f"补登理由：{mail.late_reason}"] if mail.late_reason else lines)
