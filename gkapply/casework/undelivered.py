"""Letters that have not reached everybody, or whose delivery nothing proves: the conditions that lists and tasks share."""

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from gkapply.casework.delivery_records import DeliveryAttempt, DeliveryResult
from gkapply.casework.entries import Document
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.records import Case
from gkapply.law.delivery_ways import CAME_BACK, DeliveryWay, Outcome
from gkapply.law.letters import INQUIRIES, LetterKind
from workflows.letter import LetterState

HANDED_OVER_AT_ONCE = (LetterKind.RECEIPT.value,)
"""Kinds whose delivery nobody proves: the receipt is given with the request."""
PROOF_ROLE = "delivery_proof"
"""Role of the papers that prove a delivery."""


def to_send() -> ColumnElement[bool]:
    """Letters that are signed or have come back, and wait to be handed over."""
    return Letter.state.in_((LetterState.SIGNED, LetterState.RETURNED))


def on_the_way() -> ColumnElement[bool]:
    """Letters that have left and have not reached everybody; a question whose receipt is proved otherwise has arrived."""
    received = exists().where(Consultation.id == Letter.consultation_id, Consultation.received_on.is_not(None))
    question = and_(Letter.kind.in_([kind.value for kind in INQUIRIES]), received)
    return and_(Letter.state == LetterState.SENT, Letter.kind.not_in(HANDED_OVER_AT_ONCE), ~question)


def came_back() -> ColumnElement[bool]:
    """Letters of which an attempt failed and none was made for that recipient since."""
    later = aliased(DeliveryAttempt)
    again = exists().where(
        later.letter_id == DeliveryAttempt.letter_id,
        later.recipient == DeliveryAttempt.recipient,
        later.id > DeliveryAttempt.id,
    )
    failed = exists().where(
        DeliveryAttempt.letter_id == Letter.id,
        DeliveryResult.attempt_id == DeliveryAttempt.id,
        DeliveryResult.id == _last_result(),
        DeliveryResult.outcome.in_(CAME_BACK),
        ~again,
    )
    return and_(Letter.state.in_((LetterState.SENT, LetterState.RETURNED)), failed)


def unproved() -> ColumnElement[bool]:
    """Letters of which a delivery stands that nothing proves: no paper, no number of the post, not the web's own log.

    A paper put into the file as proof of a delivery later on (补充材料) proves it, too.
    """
    bare = exists().where(
        DeliveryAttempt.letter_id == Letter.id,
        DeliveryAttempt.way != DeliveryWay.ONLINE,
        DeliveryAttempt.tracking == "",
        DeliveryAttempt.proof_id.is_(None),
        DeliveryResult.attempt_id == DeliveryAttempt.id,
        DeliveryResult.id == _last_result(),
        DeliveryResult.outcome == Outcome.DELIVERED,
        DeliveryResult.proof_id.is_(None),
    )
    added = exists().where(Document.case_id == Letter.case_id, Document.role == PROOF_ROLE)
    return and_(bare, ~added)


def reply_is_unproved(session: Session, case: Case) -> bool:
    """Whether nothing proves the delivery of a letter that ended the case."""
    ending = [kind.value for kind in LetterKind if kind.ends_case]
    query = select(Letter.id).where(Letter.case_id == case.id, Letter.kind.in_(ending), unproved())
    return session.scalar(query.limit(1)) is not None


def by_way(way: DeliveryWay) -> ColumnElement[bool]:
    """Letters that were handed over in that way at least once."""
    return exists().where(DeliveryAttempt.letter_id == Letter.id, DeliveryAttempt.way == way)


def in_ledger() -> ColumnElement[bool]:
    """Letters that the ledger lists: everything signed that has to reach somebody."""
    begun = or_(to_send(), Letter.state.in_((LetterState.SENT, LetterState.DELIVERED)))
    return and_(begun, Letter.kind.not_in(HANDED_OVER_AT_ONCE))


def _last_result() -> ScalarSelect[int]:
    other = aliased(DeliveryResult)
    return select(func.max(other.id)).where(other.attempt_id == DeliveryAttempt.id).scalar_subquery()
