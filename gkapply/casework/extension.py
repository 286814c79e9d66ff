"""Extending the reply term once, by at most twenty working days, with the head's consent (条例第三十三条第二款)."""

from datetime import datetime

from sqlalchemy.orm import Session

from gkapply.casework import letterbook
from gkapply.casework.access import Actor
from gkapply.casework.flow import fire
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal


def propose(session: Session, case: Case, working_days: int, reason: str, actor: Actor, now: datetime) -> Letter:
    """Draft the 延期答复告知书 for the head's consent. Raises Refusal when no extension is possible or no reason is given."""
    if not reason.strip():
        raise Refusal("延长答复期限须说明理由", "条例第三十三条第二款", field="reason")
    fire(session, case, "propose_extension", actor, now, working_days=working_days)
    pending = [
        letter for letter in case.letters if letter.kind == LetterKind.EXTENSION_NOTICE and letter.state != "discarded"
    ]
    if pending:
        raise Refusal("已有一份延期答复告知书在办理", "条例第三十三条第二款", do="请修改或作废原稿")
    fields = {"working_days": working_days, "reason": reason.strip()}
    return letterbook.draft(session, case, LetterKind.EXTENSION_NOTICE, fields, actor, now)
