"""期限未核: somebody says what happened to the clocks of a request before it came with its register, and its term is counted from then on."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from gkapply.casework import register_ledger
from gkapply.casework.access import Actor
from gkapply.casework.flow import fire
from gkapply.casework.records import LOOK_AT_ONCE, Case
from gkapply.casework.register_ledger import Ledger
from gkapply.casework.register_standing import ending_of, facts_of, kept, state_of_facts
from gkapply.clock import day_of
from gkapply.law.refusal import Refusal
from gkapply.law.register_facts import FactRow, stand
from workflows.case_states import CaseState

RESUMING = {
    CaseState.CORRECTING: "resume_correcting",
    CaseState.PAYING: "resume_paying",
    CaseState.HANDLING: "resume_handling",
    CaseState.WITHDRAWN: "resume_withdrawn",
}
"""The step by which a request comes to where its facts have led it."""


def check_term(session: Session, case: Case, facts: Sequence[FactRow], actor: Actor, now: datetime) -> None:
    """Enter what happened before, nothing where nothing did, and count the term. Raises Refusal for facts that the law does not know."""
    fire(session, case, "check_term", actor, now, detail={"facts": len(facts)})
    assert case.received_on is not None
    _refuse_future(facts, day_of(now))
    standing = stand(case.received_on, facts, case.calendar(), case.clock_settings())
    found = kept(standing, {(one.kind.value, one.on, one.party): one.note for one in facts})
    ledger = Ledger(case.id, None, facts_of(found), found["notes"])
    session.flush()
    detail = {"checked": True}
    register_ledger.enter(session, case.organ_id, [ledger], actor.signature, now, detail)
    register_ledger.enter_questions(
        session, case.organ_id, [ledger], case.office_settings(), case.calendar(), day_of(now)
    )
    session.expire(case, ["facts", "consultations"])
    case.term_unchecked, case.look_on = False, LOOK_AT_ONCE
    for column, value in ending_of(found).items():
        setattr(case, column, value)
    resume(session, case, state_of_facts(found), actor, now)


def resume(session: Session, case: Case, wanted: CaseState, actor: Actor, now: datetime) -> None:
    """Let the request come to where its facts have led it."""
    if wanted is not case.state and wanted in RESUMING:
        fire(session, case, RESUMING[wanted], actor, now)


def unchecked(_actor: Actor) -> ColumnElement[bool]:
    """Open requests of which nobody has said yet what happened to their clocks before."""
    return and_(Case.term_unchecked, Case.ended_on.is_(None))


def without_officer(_actor: Actor) -> ColumnElement[bool]:
    """Open requests that came with a register in the midst of their handling: nobody handles them yet."""
    midst = (CaseState.CORRECTING, CaseState.PAYING, CaseState.HANDLING)
    return and_(Case.taken_over, Case.officer_id.is_(None), Case.state.in_(midst))


def _refuse_future(facts: Sequence[FactRow], today: date) -> None:
    for one in facts:
        if max(day for day in (one.on, one.told_on, one.returned_on) if day is not None) > today:
            raise Refusal(f"「{one.kind.label}」的日期晚于今天", field="facts")
