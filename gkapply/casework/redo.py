"""Answering anew what a review decision or judgment corrected (重新答复): a case of its own beside the first.

It stands outside table 三, runs by the day that the decision sets or by twenty working days from its receipt, and begins with
the handling: what is applied for is clear.
"""

import hashlib
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from gkapply.casework import documents, ledger
from gkapply.casework.access import Actor
from gkapply.casework.application import APPLICATION_PAPER, PAPERS
from gkapply.casework.dating import Particulars, enter_fact
from gkapply.casework.disputed import Dispute, DisputeDecision
from gkapply.casework.division import INHERITED, same_applicant
from gkapply.casework.entries import Note
from gkapply.casework.flow import fire
from gkapply.casework.journal import canonical
from gkapply.casework.numbering import request_number
from gkapply.casework.records import Case, Item
from gkapply.casework.reply import add_note
from gkapply.clock import day_of
from gkapply.law.case_kinds import CaseKind
from gkapply.law.facts import FactKind
from gkapply.law.ordered import ORDERED_ARTICLE
from gkapply.law.refusal import Refusal
from workflows.application import APPLICATION
from workflows.dispute_rows import ANNULLED_ARTICLE, NEW_FACTS


def open_redo(session: Session, dispute: Dispute, actor: Actor, now: datetime) -> Case:
    """Begin the case in which the reply is given anew. Raises Refusal when none was ordered, or it has begun already."""
    fire(session, dispute, "open_redo", actor, now)
    decision, origin = dispute.decision, dispute.case
    assert decision is not None, "the workflow lets only an ordered reply be given anew"
    case = _case(session, origin, decision, day_of(now), now)
    session.add(case)
    fire(session, case, "begin_redo", actor, now, detail={"origin": origin.number, "content": case.content_hash})
    for paper in [one for one in origin.documents if one.role in (APPLICATION_PAPER, *PAPERS)]:
        documents.keep_again(session, case, paper, actor, now)
    detail = {"origin": origin.number}
    received = decision.received_on
    enter_fact(session, case, ledger.RECEIVED, received, actor, now, article=ORDERED_ARTICLE, detail=detail)
    if decision.redo_by is not None:
        until = Particulars(until=decision.redo_by)
        enter_fact(session, case, FactKind.ORDERED, received, actor, now, article=ORDERED_ARTICLE, particulars=until)
    dispute.redo = case
    return case


def record_new_facts(session: Session, case: Case, reason: str, actor: Actor, now: datetime) -> Note:
    """The reviewer says which new facts or reasons carry the same result, or that an item was not corrected.

    Raises Refusal without a reason and for a case that is no reply given anew.
    """
    if not reason.strip():
        raise Refusal("请写明新的事实和理由", ANNULLED_ARTICLE, field="reason")
    fire(session, case, "record_new_facts", actor, now)
    return add_note(session, case, NEW_FACTS, {"text": reason.strip()}, day_of(now), actor, now)


def _case(session: Session, origin: Case, decision: DisputeDecision, today: date, now: datetime) -> Case:
    """The new case with what it takes over: applicants, items without their outcomes, officer, name."""
    number = request_number(session, origin.organ_id, today.year, CaseKind.REDO)
    content = {"of": origin.content_hash, "decision": decision.id}
    return Case(
        uid=uuid4().hex,
        organ_id=origin.organ_id,
        organ=origin.organ,
        kind=CaseKind.REDO,
        origin=origin,
        number=number,
        reference=f"{origin.organ.code}-{number}",
        state=APPLICATION.start,
        version=0,
        content_hash=hashlib.sha256(canonical(content).encode()).hexdigest(),
        entered_at=now,
        first_seen_at=now,
        received_on=decision.received_on,
        description=origin.description,
        information_name=origin.information_name,
        information_number=origin.information_number,
        officer=origin.officer,
        signing_name=origin.signing_name,
        applicants=[same_applicant(session, one) for one in origin.applicants],
        items=[Item(organ_id=origin.organ_id, ordinal=one.ordinal, quote=one.quote) for one in origin.items],
        **{name: getattr(origin, name) for name in INHERITED},
    )
