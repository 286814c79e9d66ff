"""What a history speaks of: the letters, questions, referrals and papers of a case, how each is called and what kind it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Executable, or_, select
from sqlalchemy.orm import Session

from gkapply.casework.deliberation_records import Deliberation
from gkapply.casework.disputed import Dispute
from gkapply.casework.entries import Document
from gkapply.casework.paper_roles import ROLES
from gkapply.casework.papers import Consultation, Letter, LetterCase
from gkapply.casework.records import Case
from gkapply.casework.referral_records import Referral
from gkapply.casework.unit_records import Unit
from gkapply.law.letters import LetterKind


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that entries of a journal are about: its kind, its uid, and how an entry calls it."""

    kind: str
    """letter, consultation, referral, deliberation, dispute or paper."""
    uid: str
    title: str


def things_of(session: Session, case: Case) -> Mapping[str, Thing]:
    """uid → thing, for everything that hangs on ``case``: one statement for each kind."""
    found = [
        *(Thing("letter", uid, f"《{LetterKind(kind).label}》") for uid, kind in _all(session, _letters(case))),
        *(
            Thing("consultation", uid, f"征求{name}意见：")
            for uid, name in _all(
                session, select(Consultation.uid, Consultation.name).where(Consultation.case_id == case.id)
            )
        ),
        *(Thing("referral", uid, f"转办{name}：") for uid, name in _all(session, _referrals(case))),
        *(
            Thing("deliberation", uid, f"第{ordinal}次会商：")
            for uid, ordinal in _all(
                session, select(Deliberation.uid, Deliberation.ordinal).where(Deliberation.case_id == case.id)
            )
        ),
        *(
            Thing("dispute", uid, f"{kind.label}（{authority}）：")
            for uid, kind, authority in _all(
                session, select(Dispute.uid, Dispute.kind, Dispute.authority).where(Dispute.case_id == case.id)
            )
        ),
        *(
            Thing("paper", uid, ROLES[role].label)
            for uid, role in _all(session, select(Document.uid, Document.role).where(Document.case_id == case.id))
        ),
    ]
    return {one.uid: one for one in found}


def _all(session: Session, query: Executable) -> Any:
    return session.execute(query).all()


def _letters(case: Case) -> Executable:
    also = select(LetterCase.letter_id).where(LetterCase.case_id == case.id)
    return select(Letter.uid, Letter.kind).where(or_(Letter.case_id == case.id, Letter.id.in_(also)))


def _referrals(case: Case) -> Executable:
    return select(Referral.uid, Unit.name).join(Unit, Unit.id == Referral.unit_id).where(Referral.case_id == case.id)
