"""The letter that tells the applicant of an end without a reply: optional, since the law does not ask for it."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import ledger, letterbook
from gkapply.casework.access import Actor
from gkapply.casework.flow import fire
from gkapply.casework.lapse import ARTICLE
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.term_of_applicant import CORRECTION, PAYMENT, cause_of, term_of_applicant
from gkapply.law.facts import FactKind
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal


def propose_closing_notice(session: Session, case: Case, words: str, actor: Actor, now: datetime) -> Letter:
    """Draft the letter that tells the applicant of the end: 不再处理告知书 after a lapse, 终止办理告知书 after a withdrawal.

    ``words``: the proof of delivery as the letter names it, or the way of the withdrawal. Raises Refusal without them.
    """
    lapsed = case.state.value == "lapsed"
    fields = _lapse_fields(case, words) if lapsed else _withdrawal_fields(case, words)
    kind = LetterKind.LAPSE_NOTICE if lapsed else LetterKind.WITHDRAWAL_NOTICE
    fire(session, case, "propose_closing_notice", actor, now)
    return letterbook.draft(session, case, kind, fields, actor, now)


def _lapse_fields(case: Case, words: str) -> dict[str, Any]:
    cause = cause_of(case)
    asked, got = _TOLD[cause]
    told = {fact.kind: fact.on_ for fact in ledger.standing(case.facts)}
    term = term_of_applicant(case)
    if term is None or not words.strip():
        raise Refusal("请写明告知书（通知书）的送达凭证", ARTICLE, field="words")
    return {
        "cause": cause,
        "told_on": told[asked].isoformat(),
        "delivered_on": told[got].isoformat(),
        "delivery_proof": words.strip(),
        "term_ended_on": term.isoformat(),
    }


def _withdrawal_fields(case: Case, words: str) -> dict[str, Any]:
    if not words.strip():
        raise Refusal("请写明申请人撤回的方式", "条例第二十七条", field="words")
    on = next(fact.on_ for fact in ledger.standing(case.facts) if fact.kind == FactKind.WITHDRAWN)
    return {"withdrawn_on": on.isoformat(), "how": words.strip()}


_TOLD = {
    CORRECTION: (FactKind.CORRECTION_ASKED, ledger.NOTICE_RECEIVED),
    PAYMENT: (FactKind.FEE_NOTICED, ledger.FEE_NOTICE_RECEIVED),
}
