"""Handing over the open work of one person (工作移交): requests, referrals, with them drafts and questions that are awaited.

The requests chosen go to another officer in one unit of work, one entry of the journal for each. 防止因人员变动遗漏、延误.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from gkapply.casework import assignment, referral_desk
from gkapply.casework.access import Actor, visible_cases, visible_referrals
from gkapply.casework.accounts import require
from gkapply.casework.people import DutyHolding, User
from gkapply.casework.records import Case
from gkapply.casework.referral_records import Referral
from gkapply.casework.unit_records import Unit, UnitMember
from gkapply.casework.urgency import Term, term_on
from gkapply.clock import day_of
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from workflows.consultation import ConsultationState
from workflows.duties import Duty
from workflows.letter import LetterState
from workflows.referral import OPEN

EXCERPT = 40


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One request at hand, with what goes with it."""

    reference: str
    excerpt: str
    state: str
    term: Term
    drafts: Sequence[str]
    """Letters that are not signed yet, by their title."""
    awaited: Sequence[str]
    """Whom an opinion is awaited from."""


@dataclass(frozen=True, slots=True)
class ReferralAtHand:
    """A referral that the person took for their unit."""

    uid: str
    number: str
    unit: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Work:
    """Everything open that lies with one person."""

    user_id: int
    name: str
    lines: Sequence[WorkLine]
    referrals: Sequence[ReferralAtHand]


def people_with_work(session: Session, actor: Actor) -> Sequence[User]:
    """The users with whom open work of the organ lies, closed accounts too, by name."""
    cases = select(Case.officer_id).where(visible_cases(actor), Case.archived_on.is_(None))
    taken = select(Referral.taken_by).where(visible_referrals(actor), Referral.state.in_(OPEN))
    mine = select(DutyHolding.user_id).where(DutyHolding.organ_id == actor.organ_id)
    query = select(User).where(or_(User.id.in_(cases), User.id.in_(taken)), User.id.in_(mine))
    return session.scalars(query.order_by(User.name, User.id)).all()


def work_of(session: Session, user: User, actor: Actor, today: date) -> Work:
    """What lies with the user in the actor's organ, the most urgent first."""
    cases = session.scalars(_cases(user.id, actor).order_by(Case.due_on.is_(None), Case.due_on, Case.id)).all()
    found = session.scalars(_referrals(user.id, actor).options(joinedload(Referral.unit))).all()
    taken = [ReferralAtHand(one.uid, one.number, one.unit.name, one.due_on) for one in found]
    return Work(user.id, user.name, [_line(case, today) for case in cases], taken)


def hand_over(
    session: Session, giver: User, taker: User, references: Collection[str], actor: Actor, now: datetime
) -> Work:
    """Give these requests of ``giver`` to ``taker``, and the referrals that lie with the giver; returns what went over.

    A referral of a unit for which the taker does not receive goes back to the pool of the unit. Raises NotPermitted,
    Refusal for the same person, for nothing to hand over, and for a taker without the duty of officer.
    """
    require(actor, Duty.HEAD)
    if giver.id == taker.id:
        raise Refusal("接收人不能是移交人本人", "条例第四十五条", field="taker")
    work = work_of(session, giver, actor, day_of(now))
    cases = session.scalars(
        _cases(giver.id, actor).where(Case.reference.in_(list(references))).order_by(Case.id).with_for_update()
    ).all()
    chosen = {case.reference for case in cases}
    if len(chosen) != len(set(references)) or (not chosen and not work.referrals):
        raise Refusal("请选择要移交的申请", "条例第四十五条", field="cases", do="其间已有变动的，请重新打开页面核对")
    for case in cases:
        assignment.reassign(session, case, taker, actor, now)
    for one in session.scalars(_referrals(giver.id, actor)).all():
        referral_desk.hand_over(session, one, taker.id if _receives(session, taker, one) else None, actor, now)
    return Work(giver.id, giver.name, [one for one in work.lines if one.reference in chosen], work.referrals)


def open_work(session: Session, user_id: int) -> int:
    """How many open requests and referrals lie with the user, in whatever organ."""
    cases = select(func.count()).where(Case.officer_id == user_id, Case.archived_on.is_(None))
    taken = select(func.count()).where(Referral.taken_by == user_id, Referral.state.in_(OPEN))
    return (session.scalar(cases) or 0) + (session.scalar(taken) or 0)


def _cases(user_id: int, actor: Actor) -> Select[Case]:
    return select(Case).where(Case.officer_id == user_id, Case.archived_on.is_(None), visible_cases(actor))


def _referrals(user_id: int, actor: Actor) -> Select[Referral]:
    return select(Referral).where(Referral.taken_by == user_id, Referral.state.in_(OPEN), visible_referrals(actor))


def _receives(session: Session, user: User, referral: Referral) -> bool:
    """Whether the user receives for the unit of the referral: as a member, or as an official of the organ that it is."""
    member = select(UnitMember.user_id).where(UnitMember.unit_id == referral.unit_id, UnitMember.user_id == user.id)
    official = (
        select(DutyHolding.user_id)
        .join(Unit, Unit.linked_organ_id == DutyHolding.organ_id)
        .where(Unit.id == referral.unit_id, DutyHolding.user_id == user.id, DutyHolding.ended_at.is_(None))
    )
    return session.scalar(member.limit(1)) is not None or session.scalar(official.limit(1)) is not None


def _line(case: Case, today: date) -> WorkLine:
    text = " ".join(case.description.split())
    unsigned = (LetterState.DRAFT, LetterState.REVIEW, LetterState.SIGNATURE)
    return WorkLine(
        reference=case.reference,
        excerpt=text if len(text) <= EXCERPT else f"{text[:EXCERPT]}……",
        state=case.state.label,
        term=term_on(today, case.due_on, case.calendar(), ended_on=case.ended_on, stopped_since=case.stopped_since),
        drafts=[LetterKind(one.kind).label for one in case.letters if one.state in unsigned],
        awaited=[one.name for one in case.consultations if one.state is ConsultationState.ASKED],
    )
