"""Cases that an official holds together (关联申请): a tie has its reason, and one that is loosened keeps both reasons."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from gkapply.casework import journal
from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.records import Case
from gkapply.casework.remark_records import CaseTie
from gkapply.law.refusal import NotFound, Refusal
from gkapply.law.secrecy import refuse_secret_marks

LONGEST_REASON = 200


def tie(session: Session, case: Case, other: str, reason: str, actor: Actor, now: datetime) -> CaseTie:
    """Hold ``case`` together with the one that has the number or reference ``other``. Raises Refusal and NotFound."""
    wanted, why = other.strip(), _reason(reason)
    by_number = and_(Case.number == wanted, Case.organ_id == case.organ_id)
    query = select(Case).where(visible_cases(actor), or_(Case.reference == wanted, by_number))
    found = session.scalars(query).first()
    if found is None:
        raise NotFound(f"没有登记编号为“{wanted}”的申请，或者您无权查看", do="请核对登记编号，例如 2026-0012")
    if found.id == case.id:
        raise Refusal("不能与本件自己关联", do="请填写另一件申请的登记编号", field="other")
    if any({one.case_id, one.other_id} == {case.id, found.id} for one in ties_of(session, case)):
        raise Refusal(f"已经与 {found.reference} 关联", field="other")
    made = CaseTie(
        uid=uuid4().hex,
        organ_id=case.organ_id,
        case_id=case.id,
        other_id=found.id,
        reason=why,
        tied_by=actor.signature,
        at=now,
    )
    session.add(made)
    _note(session, made, "case_tie.tie", actor, now)
    return made


def loosen(session: Session, case: Case, uid: str, reason: str, actor: Actor, now: datetime) -> None:
    """Take a tie of the case back. Raises NotFound, and Refusal without a reason."""
    why, made = _reason(reason), find_tie(session, case, uid)
    made.loosened_by, made.loosened_at, made.loosened_because = actor.signature, now, why
    _note(session, made, "case_tie.loosen", actor, now)


def find_tie(session: Session, case: Case, uid: str) -> CaseTie:
    """The tie of the case that holds. Raises NotFound."""
    made = next((one for one in ties_of(session, case) if one.uid == uid), None)
    if made is None:
        raise NotFound("没有这一关联，或者已经取消")
    return made


def ties_of(session: Session, case: Case) -> Sequence[CaseTie]:
    """The ties of a case that hold, from either side, the oldest first."""
    either = or_(CaseTie.case_id == case.id, CaseTie.other_id == case.id)
    query = select(CaseTie).where(either, CaseTie.loosened_at.is_(None)).order_by(CaseTie.id)
    return session.scalars(query.options(joinedload(CaseTie.case), joinedload(CaseTie.other))).all()


def _reason(text: str) -> str:
    words = text.strip()
    if not 2 <= len(words) <= LONGEST_REASON:
        raise Refusal(f"请写明理由（2至{LONGEST_REASON}个字）", field="reason")
    refuse_secret_marks(words, field="reason")
    return words


def _note(session: Session, made: CaseTie, deed: str, actor: Actor, now: datetime) -> None:
    """One entry in the file of each of the two."""
    for case_id in (made.case_id, made.other_id):
        journal.record(session, made.organ_id, deed, actor.signature, now, case_id=case_id, tie=made.uid)
