"""The information processing fee of a request (信息处理费): decided, noticed, paid (条例第四十二条, 国办函〔2020〕109号)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import letterbook
from gkapply.casework.access import Actor
from gkapply.casework.branches import PAYMENT_PENDING
from gkapply.casework.dating import enter_fact
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.entries import Document
from gkapply.casework.fee_register import Fee
from gkapply.casework.fee_working import charge
from gkapply.casework.flow import fire
from gkapply.casework.journal import canonical
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.clock import day_of
from gkapply.law.facts import FactKind
from gkapply.law.fees import FEE_ARTICLE
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks

SLIP = "payment"


def fee_fields(
    session: Session, case: Case, mode: str, pages: int | None, reason: str, pay_how: str, on: date
) -> dict[str, Any]:
    """The 收费通知书 as its author's fields, the amount worked out. Raises Refusal as ``charge``, and without a reason."""
    if not reason.strip():
        raise Refusal("请写明数量、频次明显超过合理范围的情况", FEE_ARTICLE, field="reason")
    if not pay_how.strip():
        raise Refusal("请写明缴纳方式", FEE_ARTICLE, field="pay_how")
    refuse_secret_marks(reason, field="reason")
    refuse_secret_marks(pay_how, field="pay_how")
    found = charge(session, case, mode, pages, on)
    return {
        "mode": found.mode.value,
        "quantity": found.quantity,
        "yuan": found.fee.yuan,
        "working": list(found.fee.working),
        "pay_how": pay_how.strip(),
        "reason": reason.strip(),
    }


def propose_fee(session: Session, case: Case, fields: dict[str, Any], actor: Actor, now: datetime) -> Letter:
    """Draft the 收费通知书 from ``fee_fields``. Raises Refusal for a second fee and after the reply term."""
    fire(session, case, "propose_fee", actor, now, detail={"mode": fields["mode"], "yuan": fields["yuan"]})
    return letterbook.draft(session, case, LetterKind.FEE_NOTICE, fields, actor, now)


def fee_is_noticed(
    session: Session, letter: Letter, on: date, proof: Document | None, actor: Actor, now: datetime
) -> None:
    """The notice left: the clock waits for the payment, and the fee stands in the register as it was decided."""
    case = letter.case
    fire(session, case, "notice_fee", actor, now, on=on)
    session.add(
        Fee(
            organ_id=case.organ_id,
            case=case,
            letter=letter,
            mode=letter.field("mode"),
            quantity=letter.field("quantity"),
            yuan=letter.field("yuan"),
            working=canonical(letter.field("working")),
            noticed_on=on,
        )
    )
    session.flush()
    enter_fact(session, case, FactKind.FEE_NOTICED, on, actor, now, article=FEE_ARTICLE, document=proof)


def submit_payment(session: Session, case: Case, upload: Upload | None, actor: Actor, now: datetime) -> None:
    """The applicant's proof of payment through the web: kept until an official has checked it."""
    if upload is None:
        raise Refusal("请上传缴费凭证", FEE_ARTICLE, field="file")
    fire(session, case, "submit_payment", actor, now)
    add_document(session, case, PAYMENT_PENDING, upload, day_of(now), actor, now)


def receive_payment(
    session: Session, case: Case, on: date, yuan: int, upload: Upload | None, actor: Actor, now: datetime
) -> None:
    """The fee was paid in full on ``on``, the day of the treasury's slip: the reply term starts anew.

    Raises Refusal for another amount (paid partly is not paid), without the slip, and for an impossible day.
    """
    fire(session, case, "receive_payment", actor, now, on=on, detail={"on": on.isoformat()})
    take_payment(session, case, on, yuan, upload, actor, now)


def take_payment(
    session: Session, case: Case, on: date, yuan: int, upload: Upload | None, actor: Actor, now: datetime
) -> None:
    """Enter the payment whose step has been fired. Raises Refusal as ``receive_payment``."""
    fee, waiting = case.fee, case.payment_waiting
    if fee is None and not case.taken_over:
        raise Refusal("本件没有信息处理费", FEE_ARTICLE)
    if on > day_of(now):
        raise Refusal("缴费日期不能晚于今天", FEE_ARTICLE, field="on")
    if fee is not None:
        _require_in_full(fee, yuan)
    if upload is None and waiting is None:
        raise Refusal("请上传缴费票据", FEE_ARTICLE, field="file")
    document = waiting
    if waiting is not None:
        waiting.taken_on = on
    if upload is not None:
        document = add_document(session, case, SLIP, upload, on, actor, now)
    assert document is not None
    if fee is not None:
        fee.paid_on, fee.document_id = on, document.id
    case.lapse_proposed_on = case.lapse_waits_until = None
    # What a register has brought has no fee of its own here: the ledger keeps what was paid.
    detail = {} if fee is not None else {"yuan": yuan}
    enter_fact(session, case, FactKind.FEE_PAID, on, actor, now, article=FEE_ARTICLE, document=document, detail=detail)


def _require_in_full(fee: Fee, yuan: int) -> None:
    if yuan < fee.yuan:
        raise Refusal(
            f"应缴{fee.yuan}元，部分缴纳视为未缴纳", FEE_ARTICLE, field="yuan", do="缴清之后再登记，以缴清之日为准"
        )
    if yuan > fee.yuan:
        raise Refusal(f"应缴{fee.yuan}元，多缴的应当先退还", FEE_ARTICLE, field="yuan")
