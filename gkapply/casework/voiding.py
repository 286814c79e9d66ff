"""Ending a mistaken or empty submission as 未成立: proposed by the registrar, approved by the head.

The number is kept, the submission stands outside the statistics; a request of somebody is never ended this way alone.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from gkapply.casework import ledger
from gkapply.casework.access import Actor
from gkapply.casework.dating import enter_fact
from gkapply.casework.demanded import read_again
from gkapply.casework.flow import fire
from gkapply.casework.records import VOID_NOTE, Case
from gkapply.casework.reply import add_note
from gkapply.clock import day_of
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks

ARTICLE = "条例第二十九条"


def propose_void(session: Session, case: Case, reason: str, actor: Actor, now: datetime) -> None:
    """Propose to treat the submission as 未成立. Raises Refusal without a reason or while another proposal waits."""
    if not reason.strip():
        raise Refusal("提请认定未成立须说明理由", ARTICLE, field="reason", do="例如：同一人误重复提交、内容为测试")
    refuse_secret_marks(reason, field="reason")
    fire(session, case, "propose_void", actor, now)
    case.void_reason = reason.strip()
    add_note(session, case, VOID_NOTE, {"text": case.void_reason}, day_of(now), actor, now)


def approve_void(session: Session, case: Case, actor: Actor, now: datetime) -> None:
    """The head agrees: the submission ends today, counts in no statistics, and keeps its number.

    Raises Refusal when nothing was proposed, or by the very person who approves.
    """
    fire(session, case, "approve_void", actor, now)
    case.ended_on = day_of(now)
    case.report_row = None
    read_again(case)
    enter_fact(session, case, ledger.VOIDED, day_of(now), actor, now, article=ARTICLE)


def reject_void(session: Session, case: Case, reason: str, actor: Actor, now: datetime) -> None:
    """The head does not agree: the request goes on as if nothing had been proposed; the proposal stays on record.

    Raises Refusal without a reason.
    """
    if not reason.strip():
        raise Refusal("不同意认定未成立须说明理由", ARTICLE, field="reason")
    refuse_secret_marks(reason, field="reason")
    fire(session, case, "reject_void", actor, now)
    case.void_reason = ""
    add_note(session, case, "void_rejected", {"text": reason.strip()}, day_of(now), actor, now)
