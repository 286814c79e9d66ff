"""Telling a third party that the information about it will be disclosed (决定公开告知), 条例第三十二条."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import letterbook
from gkapply.casework.access import Actor
from gkapply.casework.consultation import THIRD_PARTY
from gkapply.casework.flow import fire
from gkapply.casework.papers import Consultation, Letter
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks
from workflows.consultation import ConsultationState
from workflows.letter import LetterState

ARTICLE = "条例第三十二条"


def propose_disclosure_notice(
    session: Session, question: Consultation, decided: str, reason: str, actor: Actor, now: datetime
) -> Letter:
    """Draft the 决定公开告知书 to a third party that was asked: what will be disclosed, and why.

    Raises Refusal for a party that is no third party, for one that can still answer, for a second notice to the same
    party, and when the contents or the reason are missing.
    """
    if question.party_kind != THIRD_PARTY:
        raise Refusal("决定公开告知书只发给征求过意见的第三方", ARTICLE, field="consultation")
    if question.is_open or question.state is ConsultationState.DROPPED:
        raise Refusal(f"{question.name}的意见尚未提出、期限也未届满，不能告知决定公开", ARTICLE, field="consultation")
    fields = disclosure_fields(decided, reason)
    pending = [
        letter
        for letter in question.letters
        if letter.kind == LetterKind.DISCLOSURE_NOTICE and letter.state is not LetterState.DISCARDED
    ]
    if pending:
        raise Refusal(
            f"已有一份给{question.name}的决定公开告知书", ARTICLE, do="请修改或作废原稿", field="consultation"
        )
    fire(session, question.case, "propose_disclosure_notice", actor, now, detail={"party": question.party})
    return letterbook.draft(
        session, question.case, LetterKind.DISCLOSURE_NOTICE, fields, actor, now, consultation=question
    )


def disclosure_fields(decided: str, reason: str) -> dict[str, Any]:
    """The decision as the letter's own fields. Raises Refusal when its contents or the reason are missing."""
    texts = {"decided_text": ("决定公开的政府信息内容", decided), "disclose_reason": ("决定公开的理由", reason)}
    for field, (label, text) in texts.items():
        if not text.strip():
            raise Refusal(f"请写明{label}", ARTICLE, field=field)
        refuse_secret_marks(text, field=field)
    return {field: text.strip() for field, (_, text) in texts.items()}
