"""Requests that belong together (相关的申请): the parts of a divided one, what else its applicant has pending here, and what others
ask for word for word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from gkapply.casework import enquiry_request, transfer
from gkapply.casework.enquiry_records import Enquiry
from gkapply.casework.records import Applicant, Case
from gkapply.law.case_kinds import CaseKind
from workflows.case_states import CaseState

EXCERPT = 40
SAME_OF_OTHERS = "其他申请人申请相同信息的申请，可以公开的可以纳入主动公开的范围（条例第四十四条第一款）"
MOST = 10
"""Pending requests of one applicant, and requests of others for the same, that a page lists."""
SAME_WITHIN = timedelta(365)
"""How far back, and on, requests of others for the same information are looked for."""


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
    """The request that this one was split off, its own parts, the pending ones of the same applicant, those of others for the same."""
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
    found += [_line("同一申请人尚未答复的申请，可以一并答复", one) for one in pending_of_applicant(session, case)]
    return found + [_line(SAME_OF_OTHERS, one) for one in same_of_others(session, case)]


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


def same_of_others(session: Session, case: Case) -> Sequence[Case]:
    """The requests of others to this organ for the same: the same words, 文号 or name of the information.

    Each stays a request of its own; what may be disclosed may be made public to all (条例第四十四条第一款).
    """
    if case.received_on is None:
        return []
    same = [Case.description == case.description]
    if case.information_number:
        same.append(Case.information_number == case.information_number)
    if case.information_name:
        same.append(Case.information_name == case.information_name)
    person = case.applicant.person_id
    query = (
        select(Case)
        .join(Applicant, and_(Applicant.case_id == Case.id, Applicant.ordinal == 1))
        .where(
            Case.organ_id == case.organ_id,
            Case.received_on.between(case.received_on - SAME_WITHIN, case.received_on + SAME_WITHIN),
            or_(*same),
            Case.kind == CaseKind.APPLICATION,
            Case.id != case.id,
            or_(Applicant.person_id.is_(None), Applicant.person_id != person),
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
