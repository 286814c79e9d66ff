"""What hangs on the requests of a page of the register: facts, questions, letters, reviews …, in one statement for all of them.

Each kind gives the same few columns: two words, two days, a moment. What they mean says the column that shows them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Date, Select, String, and_, cast, func, literal, null, or_, select
from sqlalchemy import union_all as union
from sqlalchemy.orm import Session, aliased

from gkapply.casework.among import among, as_keys
from gkapply.casework.climbing import PASSES
from gkapply.casework.deliberation_records import Deliberation
from gkapply.casework.disputed import Dispute
from gkapply.casework.entries import Fact, Note
from gkapply.casework.fee_register import Fee
from gkapply.casework.intake import CONFIRMATION
from gkapply.casework.papers import Approval, Consultation, Letter, LetterCase
from gkapply.casework.people import User
from gkapply.casework.publications import Publication
from gkapply.casework.records import Applicant, Item
from gkapply.casework.reviewed import SecrecyReview
from gkapply.database import Instant
from gkapply.law.ladders import LEGAL
from gkapply.law.letters import LetterKind

FACT, QUESTION, LETTER, FEE, SECRECY = "fact", "question", "letter", "fee", "secrecy"
DISPUTE, PROPOSAL = "dispute", "proposal"
OTHERS = "others"
"""Who applies besides the first-named."""
CONFIRMED = "confirmed"
"""That both sides confirmed the receipt."""
ITEM = "item"
"""The outcome of an item."""
LEGAL_REVIEW = "legal_review"
"""Who passed the 合法性审查 of the reply as it stands."""
EXTENDED = "extended"
"""Who consented to an extension."""
DELIVERY = "delivery"
"""How the reply was delivered."""
DELIBERATION = "deliberation"
REPLIES = "reply_"
"""How the codes of every letter begin that answers a request."""


@dataclass(frozen=True, slots=True)
class Related:
    """Something that hangs on a request: of which kind, two words, two days and a moment of it."""

    kind: str
    first: str
    second: str
    on: date | None
    then: date | None
    at: datetime | None = None


def related_to(session: Session, cases: Sequence[int], kinds: frozenset[str]) -> dict[int, list[Related]]:
    """By key of the request, what hangs on these requests of these kinds, the earliest first."""
    found: dict[int, list[Related]] = {}
    for row in session.connection().execute(_related(kinds), {"cases": as_keys(cases)}):
        found.setdefault(row.case_id, []).append(Related(row.of, row.first, row.second, row.on, row.then, row.at))
    for several in found.values():
        several.sort(key=lambda one: (one.on or date.max, one.first or ""))
    return found


_NO_DAY: Any = cast(null(), Date)
_NO_MOMENT: Any = cast(null(), Instant)
_NOTHING: Any = literal("")


def _part(
    of: str,
    case_id: Any,
    first: Any,
    second: Any = _NOTHING,
    on: Any = _NO_DAY,
    then: Any = _NO_DAY,
    at: Any = _NO_MOMENT,
) -> Select[*tuple[Any, ...]]:
    return select(
        literal(of).label("of"),
        case_id.label("case_id"),
        cast(first, String).label("first"),
        cast(second, String).label("second"),
        on.label("on"),
        then.label("then"),
        at.label("at"),
    ).where(among(case_id, "cases"))


def _facts() -> Select[*tuple[Any, ...]]:
    later = aliased(Fact)
    revoked = select(later.revokes_id).where(later.case_id == Fact.case_id, later.revokes_id == Fact.id).exists()
    days, until = func.coalesce(Fact.working_days, Fact.answer_within), func.coalesce(Fact.until, Fact.told_on)
    return _part(FACT, Fact.case_id, Fact.kind, days, Fact.on_, until).where(~revoked, Fact.revokes_id.is_(None))


def _replies(of: str, *columns: Any) -> list[Select[*tuple[Any, ...]]]:
    """The letters that answer a request: those of its own file, and a 一并答复 that lies in another's."""
    own = _part(of, Letter.case_id, *columns).select_from(Letter)
    joint = _part(of, LetterCase.case_id, *columns).select_from(Letter)
    joint = joint.join(LetterCase, and_(LetterCase.letter_id == Letter.id, LetterCase.case_id != Letter.case_id))
    return [one.where(Letter.kind.startswith(REPLIES)) for one in (own, joint)]


def _letters() -> list[Select[*tuple[Any, ...]]]:
    signer, parts = aliased(User), []
    for one in _replies(LETTER, Letter.number, signer.name, Letter.signed_on, Letter.sent_on):
        parts.append(one.outerjoin(signer, signer.id == Letter.signed_by).where(Letter.number.is_not(None)))
    return parts


def _legal_reviews() -> list[Select[*tuple[Any, ...]]]:
    reviewer, parts = aliased(User), []
    passed = and_(
        Approval.letter_id == Letter.id,
        Approval.rung == LEGAL.code,
        Approval.deed.in_(PASSES),
        Approval.snapshot_hash == Letter.snapshot_hash,
    )
    for one in _replies(LEGAL_REVIEW, reviewer.name, _NOTHING, Approval.on_, _NO_DAY, Approval.at):
        parts.append(one.join(Approval, passed).join(reviewer, reviewer.id == Approval.user_id))
    return parts


def _extensions() -> Select[*tuple[Any, ...]]:
    signer = aliased(User)
    part = _part(EXTENDED, Letter.case_id, signer.name, Letter.number, Letter.signed_on, Letter.sent_on)
    part = part.select_from(Letter).join(signer, signer.id == Letter.signed_by)
    return part.where(Letter.kind == LetterKind.EXTENSION_NOTICE.value, Letter.signed_on.is_not(None))


def _deliveries() -> list[Select[*tuple[Any, ...]]]:
    columns = Letter.way, Letter.tracking, Letter.sent_on, Letter.delivered_on
    return [one.where(or_(Letter.way != "", Letter.sent_on.is_not(None))) for one in _replies(DELIVERY, *columns)]


@lru_cache(maxsize=64)
def _related(kinds: frozenset[str]) -> CompoundSelect[*tuple[Any, ...]]:
    asked, answered = Consultation.asked_on, Consultation.answered_on
    parts = {
        FACT: [_facts()],
        QUESTION: [
            _part(QUESTION, Consultation.case_id, Consultation.party_kind, Consultation.opinion, asked, answered)
        ],
        LETTER: _letters(),
        FEE: [_part(FEE, Fee.case_id, Fee.mode, Fee.yuan, Fee.noticed_on, Fee.paid_on)],
        SECRECY: [_part(SECRECY, SecrecyReview.case_id, SecrecyReview.result)],
        DISPUTE: [_part(DISPUTE, Dispute.case_id, Dispute.kind, _NOTHING, Dispute.filed_on, Dispute.closed_on)],
        PROPOSAL: [_part(PROPOSAL, Publication.case_id, Publication.state)],
        OTHERS: [_part(OTHERS, Applicant.case_id, Applicant.name).where(Applicant.ordinal > 1)],
        CONFIRMED: [_part(CONFIRMED, Note.case_id, Note.content, _NOTHING, Note.on_).where(Note.kind == CONFIRMATION)],
        ITEM: [_part(ITEM, Item.case_id, Item.outcome).where(Item.outcome.is_not(None))],
        LEGAL_REVIEW: _legal_reviews(),
        EXTENDED: [_extensions()],
        DELIVERY: _deliveries(),
        DELIBERATION: [
            _part(
                DELIBERATION,
                Deliberation.case_id,
                func.coalesce(Deliberation.number, ""),
                Deliberation.state,
                Deliberation.held_on,
            )
        ],
    }
    return union(*(part for kind, found in parts.items() if kind in kinds for part in found))
