"""Extending the reply term once, by at most twenty working days, with the head's consent (条例第三十三条第二款)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import letterbook
from gkapply.casework.access import Actor
from gkapply.casework.flow import fire
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.clock import day_of
from gkapply.law.letters import LetterKind
from gkapply.law.periods import PeriodName, period
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks

ARTICLE = "条例第三十三条第二款"


def propose(session: Session, case: Case, working_days: int, reason: str, actor: Actor, now: datetime) -> Letter:
    """Draft the 延期答复告知书 for the head's consent. Raises Refusal when no extension is possible or no reason is given."""
    fields = extension_fields(working_days, reason, day_of(now))
    fire(session, case, "propose_extension", actor, now, working_days=working_days)
    pending = [
        letter for letter in case.letters if letter.kind == LetterKind.EXTENSION_NOTICE and letter.state != "discarded"
    ]
    if pending:
        raise Refusal("已有一份延期答复告知书在办理", ARTICLE, do="请修改或作废原稿")
    return letterbook.draft(session, case, LetterKind.EXTENSION_NOTICE, fields, actor, now)


def extension_fields(working_days: int, reason: str, on: date) -> dict[str, Any]:
    """The extension as the letter's own fields. Raises Refusal without a reason, or for an impossible number of days."""
    most = period(PeriodName.EXTENSION, on).amount
    if not 1 <= working_days <= most:
        raise Refusal(f"延长的期限须为1至{most}个工作日", ARTICLE, field="working_days")
    if not reason.strip():
        raise Refusal("延长答复期限须说明理由", ARTICLE, field="reason")
    refuse_secret_marks(reason, field="reason")
    return {"working_days": working_days, "reason": reason.strip()}
