"""What joint consultations (会商) put on whose desk: to be asked for, to be called, to be spoken to, to be concluded."""

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, literal, or_, select, true

from gkapply import clock
from gkapply.casework.access import Actor
from gkapply.casework.deliberation_records import (
    Deliberation,
    DeliberationCause,
    DeliberationMember,
    DeliberationOpinion,
    DeliberationWaiver,
)
from gkapply.casework.disputed import Dispute
from gkapply.casework.records import Case, Item
from workflows.deliberation import GATHERING, OPEN, DeliberationState
from workflows.deliberation_guards import FEWEST
from workflows.deliberation_rows import UNTIL_SIGNED
from workflows.dispute import PENDING
from workflows.duties import Duty

ABOUT_ITEM, ABOUT_RESULT, ABOUT_DISPUTE = ":item:", "disagreement:result:", "dispute:"
S = DeliberationState


def to_propose(actor: Actor) -> ColumnElement[bool]:
    """Requests in which something demands a 会商 that nobody has asked for: the officer's own, for the head all."""
    mine = true() if actor.holds(Duty.HEAD) else Case.officer_id == actor.user_id
    named = literal('%"') + DeliberationCause.code + literal('"%')
    waived = exists().where(DeliberationWaiver.case_id == Case.id, DeliberationWaiver.codes.like(named))
    in_hand = exists().where(
        Deliberation.case_id == Case.id,
        Deliberation.state.in_((*OPEN, S.CONCLUDED)),
        Deliberation.causes.like(named),
    )
    cause = exists().where(DeliberationCause.case_id == Case.id, _still_there(), ~waived, ~in_hand)
    return and_(Case.state.in_(UNTIL_SIGNED), mine, cause)


def _still_there() -> ColumnElement[bool]:
    """The circumstance is what the case says now: the decision, the objection, the dispute stand as they did."""
    code = DeliberationCause.code
    about = literal(f"%{ABOUT_ITEM}") + cast(Item.ordinal, String) + literal(":") + Item.outcome + literal("%")
    decided = exists().where(Item.case_id == Case.id, code.like(about))
    since = exists().where(Item.case_id == Case.id, Item.decided_at > DeliberationCause.seen_at)
    pending = exists().where(
        Dispute.organ_id == Case.organ_id,
        Dispute.state.in_(PENDING),
        code == literal(ABOUT_DISPUTE) + Dispute.uid,
    )
    return and_(
        or_(~code.contains(ABOUT_ITEM), decided),
        or_(~code.startswith(ABOUT_RESULT), ~since),
        or_(~code.startswith(ABOUT_DISPUTE), pending),
    )


def _cases(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Deliberation.case_id == Case.id, *conditions)


def to_call(actor: Actor) -> ColumnElement[bool]:
    """Asked for, and not called yet."""
    return _cases(Deliberation.state == S.PROPOSED)


def to_speak(actor: Actor) -> ColumnElement[bool]:
    """The actor is a member and has not spoken."""
    spoken = exists().where(DeliberationOpinion.member_id == DeliberationMember.id)
    mine = exists().where(
        DeliberationMember.deliberation_id == Deliberation.id,
        DeliberationMember.user_id == actor.user_id,
        DeliberationMember.released_at.is_(None),
        ~spoken,
    )
    return _cases(Deliberation.state.in_(GATHERING), mine)


def to_conclude(actor: Actor) -> ColumnElement[bool]:
    """Everybody was heard, or the last day is over; no agreement was found; or the authority has answered."""
    member = DeliberationMember.deliberation_id == Deliberation.id
    spoken = exists().where(DeliberationOpinion.member_id == DeliberationMember.id)
    silent = exists().where(member, DeliberationMember.released_at.is_(None), ~spoken)
    heard = select(func.count(DeliberationMember.id)).where(member, spoken).correlate(Deliberation).scalar_subquery()
    gathered = and_(
        Deliberation.state == S.GATHERING,
        or_(and_(~silent, heard >= FEWEST), Deliberation.until < clock.today()),
    )
    answered = and_(Deliberation.state == S.REFERRED, Deliberation.answered_on.is_not(None))
    return _cases(or_(gathered, Deliberation.state == S.DISAGREED, answered))
