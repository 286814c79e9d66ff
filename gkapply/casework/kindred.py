"""Requests that belong together (相关的申请): the parts of a divided one, and what else its applicant has pending here. Requests
for the same are found by ``likeness``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import enquiry_request, transfer
from gkapply.casework.enquiry_records import Enquiry
from gkapply.casework.records import Applicant, Case
from gkapply.law.case_kinds import CaseKind
from workflows.case_states import CaseState

EXCERPT = 40
MOST = 10
"""Pending requests of one applicant that a page lists."""


@dataclass(frozen=True, slots=True)
class Kindred:
    """Another request, and how it stands to the one shown."""

    relation: str
    reference: str
    state: CaseState | None
    """None for a file of another organ, which is not open from here."""
    excerpt: str
    is_enquiry: bool = False
    """A question (咨询) that is open from here."""


def kindred(session: Session, case: Case) -> Sequence[Kindred]:
    """The request that this one was split off, its own parts, the pending ones of the same applicant."""
    if case.kind is not CaseKind.APPLICATION:
        return []
    found = [_line("由此件拆分而来", case.origin)] if case.origin else []
    found += [_line("拆分为", one) for one in case.offspring if one.kind is CaseKind.APPLICATION]
    sent = [
        (f"已移送{one.letter.field('to_organ')}，该机关登记为", one.received_as) for one in transfer.of(session, case)
    ]
    came = [(f"由{one.organ.name}移送，该机关的登记编号", one.case) for one in transfer.behind(session, case)]
    found += [Kindred(relation, other.reference, None, "") for relation, other in (*sent, *came) if other is not None]
    found += [_enquiry(one, case) for one in enquiry_request.behind(session, case)]
    return found + [_line("同一申请人尚未答复的申请，可以一并答复", one) for one in pending_of_applicant(session, case)]


def pending_of_applicant(session: Session, case: Case) -> Sequence[Case]:
    """The other requests to this organ of the same person (by identity number) that wait for a reply, the oldest first.

    Nothing is merged by itself: the officer sees them and may answer several in one letter (一并答复).
    """
    if case.ended_on is not None or case.applicant.person_id is None:
        return []
    query = (
        select(Case)
        .join(Applicant, Applicant.case_id == Case.id)
        .where(
            Applicant.person_id == case.applicant.person_id,
            Applicant.ordinal == 1,
            Case.organ_id == case.organ_id,
            Case.kind == CaseKind.APPLICATION,
            Case.ended_on.is_(None),
            Case.id != case.id,
        )
        .order_by(Case.id)
        .limit(MOST)
    )
    return session.scalars(query).all()


def _enquiry(one: Enquiry, case: Case) -> Kindred:
    """Only the organ that has the question may open it."""
    return Kindred("由咨询转来", one.reference, None, one.subject, is_enquiry=one.organ_id == case.organ_id)


def _line(relation: str, case: Case) -> Kindred:
    return Kindred(relation, case.reference, case.state, " ".join(case.description.split())[:EXCERPT])
