"""Everything that a case page shows (案卷): read once, visible to the actor only, in the words of the office."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.application import CARRIERS, KINDS, WAYS
from gkapply.casework.case_lines import (
    FactLine,
    ItemLine,
    NoteLine,
    Pairs,
    PaperLine,
    contact_pairs,
    fact_lines,
    item_lines,
    note_lines,
    paper_lines,
)
from gkapply.casework.correction import dates_of_a_late_notice
from gkapply.casework.dating import reckoning_on_record
from gkapply.casework.dispute import evidence_until
from gkapply.casework.dispute_lines import DisputeLine, dispute_line, remedy_pairs
from gkapply.casework.disputed import Dispute
from gkapply.casework.history import Entry, newest
from gkapply.casework.instruction import InstructionLine, instruction_lines
from gkapply.casework.intake import arrived_on
from gkapply.casework.internal_term import internal_due_on
from gkapply.casework.letter_lines import LetterLine, letter_lines
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.people_data import contact_of
from gkapply.casework.question_lines import ConsultationLine, Hold, asked_at_once, consultation_lines, holds
from gkapply.casework.records import Applicant, Case
from gkapply.casework.unreached import MessageLine, bounced_by_mail, message_lines
from gkapply.casework.urgency import Term, term_on
from gkapply.law.case_kinds import CaseKind
from gkapply.law.channels import CHANNELS
from gkapply.law.clocks import Clock, Reckoning
from gkapply.law.refusal import NotFound, Refusal
from gkapply.letters.notation import chinese_date
from workflows.case_states import CaseState
from workflows.consultation import ConsultationState

CLOCKS = {
    Clock.REPLY: "答复",
    Clock.CORRECTION_NOTICE: "补正告知（最迟）",
    Clock.CORRECTION_ANSWER: "申请人补正",
    Clock.THIRD_PARTY_OPINION: "第三方提出意见",
    Clock.ORGAN_OPINION: "其他机关提出意见",
    Clock.PAYMENT: "缴费",
}
"""What each clock is called on a page."""


NEWEST = 5
"""Entries of its history that the page of a case shows; the whole stands on a page of its own."""


@dataclass(frozen=True, slots=True)
class Head:
    """What every page about a case says on top: which case, where it stands, how its term stands."""

    reference: str
    kind: CaseKind
    version: int
    state: CaseState
    applicant: str
    officer: str
    received_on: date | None
    void_reason: str
    term: Term


@dataclass(frozen=True, slots=True)
class ApplicantLine:
    """One applicant with masked numbers."""

    name: str
    kind: str
    contact: Pairs


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case as its page shows it. ``reckoning`` is None until the request has been received."""

    head: Head
    reckoning: Reckoning | None
    unfit: Refusal | None
    """Why the clocks cannot be worked out, when the facts do not fit the calendar any more."""
    replied: bool
    """Whether it ended with a reply, so that one can ask whether that came in time."""
    dates: Pairs
    request: Pairs
    description: str
    corrected: Sequence[str]
    applicants: Sequence[ApplicantLine]
    items: Sequence[ItemLine]
    facts: Sequence[FactLine]
    letters: Sequence[LetterLine]
    consultations: Sequence[ConsultationLine]
    asked_at_once: Mapping[str, int]
    holds: Sequence[Hold]
    instructions: Sequence[InstructionLine]
    notes: Sequence[NoteLine]
    papers: Sequence[PaperLine]
    disputes: Sequence[DisputeLine]
    ordered_by: str
    """uid of the dispute whose decision ordered this reply anew; empty for every other case."""
    evidence_until: date | None
    """The day of the first review or suit: later records and papers are marked."""
    remedies: Pairs
    messages: Sequence[MessageLine]
    history: Sequence[Entry]


def head(case: Case, today: date) -> Head:
    """The head of the pages about ``case`` as it stands on ``today``."""
    term = term_on(
        today,
        case.due_on,
        case.calendar(),
        ended_on=case.ended_on,
        provisional=case.due_provisional,
        stopped_since=case.stopped_since or asked_since(case, today),
        unchecked=case.term_unchecked,
    )
    return Head(
        reference=case.reference,
        kind=case.kind,
        version=case.version,
        state=case.state,
        applicant=case.applicant_names,
        officer=case.officer.name if case.officer else "",
        received_on=case.received_on,
        void_reason=case.void_reason,
        term=term,
    )


def asked_since(case: Case, today: date) -> date | None:
    """Since when an opinion is awaited that stops the clock on ``today``, even though the end of its term is known."""
    waiting = [
        one.asked_on
        for one in case.consultations
        if one.state is ConsultationState.ASKED and one.asked_on and (one.opinion_due_on or today) >= today
    ]
    return min(waiting, default=None)


def find(session: Session, reference: str, actor: Actor) -> Case:
    """The case with all that hangs on it, loaded in few statements. Raises NotFound like ``open_case``."""
    query = (
        select(Case)
        .where(Case.reference == reference, visible_cases(actor))
        .options(
            joinedload(Case.organ),
            joinedload(Case.officer),
            selectinload(Case.applicants),
            selectinload(Case.items),
            selectinload(Case.facts),
            selectinload(Case.documents),
            selectinload(Case.notes),
            selectinload(Case.consultations).selectinload(Consultation.letters),
            selectinload(Case.disputes).selectinload(Dispute.decisions),
            selectinload(Case.letters).options(joinedload(Letter.author), selectinload(Letter.approvals)),
        )
    )
    case = session.scalars(query).one_or_none()
    if case is None:
        raise NotFound("没有这件申请，或者您无权查看", do="请核对登记编号")
    return case


def casefile(session: Session, case: Case, today: date) -> CaseFile:
    """The whole page of a case that ``find`` opened."""
    until = evidence_until(case)
    undated = case.received_on is None or case.state is CaseState.DIVIDED
    clocks = None if undated else reckoning_on_record(case)
    sent = message_lines(session, case)
    return CaseFile(
        head=head(case, today),
        reckoning=None if isinstance(clocks, Refusal) else clocks,
        unfit=clocks if isinstance(clocks, Refusal) else None,
        replied=case.replied_on is not None,
        dates=_dates(case),
        request=_request(case),
        description=case.description,
        corrected=[paper.text for paper in case.documents if paper.role == "correction" and paper.text],
        applicants=[_applicant(one, contact_of(session, one), sent) for one in case.applicants],
        items=item_lines(case),
        facts=fact_lines(session, case, until),
        letters=letter_lines(case),
        consultations=consultation_lines(case, today),
        asked_at_once=asked_at_once(case),
        holds=holds(case, today),
        instructions=instruction_lines(session, case, today),
        notes=note_lines(session, case, until=until),
        papers=paper_lines(session, case.documents, until),
        disputes=[dispute_line(one, today) for one in case.disputes],
        ordered_by=session.scalar(select(Dispute.uid).where(Dispute.redo_id == case.id)) or "",
        evidence_until=until,
        remedies=remedy_pairs(case),
        messages=sent,
        history=newest(session, case, NEWEST),
    )


def _applicant(one: Applicant, contact: Mapping[str, str], sent: Sequence[MessageLine]) -> ApplicantLine:
    came_back = bounced_by_mail(sent, contact["email"])
    return ApplicantLine(one.name, KINDS[one.kind], contact_pairs(contact, email_came_back=came_back))


def _dates(case: Case) -> Pairs:
    """The days that decide, each with what it is for; unknown ones are left out."""
    confirmed = not CHANNELS[case.channel].fixes_the_day
    found = (
        ("来件或者网上提交", arrived_on(case) if confirmed else None),
        ("收到申请" if case.kind is CaseKind.RECORD_CORRECTION else "收到申请（年度报告以此计数）", case.received_on),
        ("答复期限自此日的次日起算", case.clock_from),
        ("内部期限：自来件之日起算的答复之日（不是法定期限）", internal_due_on(case)),
        ("答复（是否按期以此计算）", case.replied_on),
        ("答复送达（复议、诉讼期限以此起算）", case.delivered_on),
        ("办结", case.ended_on),
        ("归档", case.archived_on),
    )
    late = dates_of_a_late_notice(case) or (None, None)
    readings = (("逾期补正告知：不重新起算时的答复期限", late[0]), ("逾期补正告知：重新起算时的答复期限", late[1]))
    return [(label, chinese_date(day)) for label, day in (*found, *readings) if day is not None]


def _request(case: Case) -> Pairs:
    wanted = f"{CARRIERS[case.carrier]}，{WAYS[case.way]}" if case.carrier and case.way else ""
    if case.accepts_other_form:
        wanted += "；不能按此提供的，接受其他形式"
    pairs = (
        ("提交渠道", CHANNELS[case.channel].label),
        ("信息名称", case.information_name),
        ("文号", case.information_number),
        ("形式要求", wanted),
        ("阅读、视听障碍需要的帮助", case.assistance),
        ("建议主动公开的理由", case.suggests_disclosure),
        ("补登理由", case.late_reason),
        ("申请内容校验值（SHA-256）", case.content_hash),
        ("年度报告计入", f"{case.report_row}（{case.report_reason}）" if case.report_row else ""),
        ("保管期限", case.retention),
    )
    return [(label, text) for label, text in pairs if text]
