"""One request as a supervisor sees it: dates with their reasons, clocks, who has it by duty, letters and their delivery.

Names of natural persons are shortened, contact is not shown at all, papers and working records stay with the organ: what a
supervisor needs is whether the request was handled in time and lawfully, not who asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from gkapply.casework import milestones
from gkapply.casework.access import Actor, supervised_cases
from gkapply.casework.applicant_mask import mask_of
from gkapply.casework.application import KINDS
from gkapply.casework.case_lines import Pairs
from gkapply.casework.casefile import CLOCKS, asked_since
from gkapply.casework.dating import reckoning_on_record
from gkapply.casework.delivery_ledger import standings
from gkapply.casework.dispute_lines import DisputeLine, dispute_line
from gkapply.casework.disputed import Dispute
from gkapply.casework.milestones import Milestone
from gkapply.casework.papers import Letter
from gkapply.casework.records import Applicant, Case
from gkapply.casework.undelivered import HANDED_OVER_AT_ONCE
from gkapply.casework.urgency import Term, term_on
from gkapply.law.annual_rows import NATURAL_PERSON
from gkapply.law.case_kinds import CaseKind
from gkapply.law.channels import CHANNELS
from gkapply.law.letters import Addressee, LetterKind
from gkapply.law.refusal import NotFound, Refusal
from gkapply.law.replies import ReplyKind
from gkapply.letters.notation import chinese_date
from workflows.case_states import AWAITING_APPLICANT, CaseState
from workflows.duties import Duty
from workflows.letter import LetterState

_HELD_BY: dict[CaseState, Duty] = {
    CaseState.RECEIVED: Duty.REGISTRAR,
    CaseState.REGISTERED: Duty.REGISTRAR,
    CaseState.REVIEWING: Duty.OFFICER,
    CaseState.HANDLING: Duty.OFFICER,
    CaseState.DELIVERING: Duty.REGISTRAR,
}


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter to the applicant that was signed. ``uid`` opens its file; empty while that is being made."""

    title: str
    number: str
    state: LetterState
    signed_on: date | None
    uid: str
    delivery: Sequence[str]
    """How each recipient stands, in words, without their names."""


@dataclass(frozen=True, slots=True)
class SupervisedCase:
    """The reduced page of a request."""

    reference: str
    organ: str
    kind: CaseKind
    state: CaseState
    term: Term
    late_by: int
    """Working days by which the reply came after its term; 0: it did not."""
    applicants: str
    channel: str
    description: str
    held_by: str
    dates: Pairs
    milestones: Sequence[Milestone]
    clocks: Sequence[tuple[str, date | None, str]]
    unfit: Refusal | None
    items: Sequence[tuple[str, str, str]]
    """Of each item: what was asked, the outcome, its article."""
    letters: Sequence[LetterLine]
    disputes: Sequence[DisputeLine]


def find(session: Session, reference: str, actor: Actor) -> Case:
    """The case, if ``actor`` supervises its organ; loaded with what its page shows. Raises NotFound."""
    query = (
        select(Case)
        .where(Case.reference == reference, supervised_cases(actor))
        .options(
            joinedload(Case.organ),
            selectinload(Case.applicants),
            selectinload(Case.items),
            selectinload(Case.facts),
            selectinload(Case.consultations),
            selectinload(Case.disputes).selectinload(Dispute.decisions),
            selectinload(Case.letters).options(selectinload(Letter.approvals), selectinload(Letter.attempts)),
        )
    )
    case = session.scalars(query).one_or_none()
    if case is None:
        raise NotFound("没有这件申请，或者它不在您的监督范围内", do="请核对登记编号")
    return case


def signed_letter(session: Session, uid: str, actor: Actor) -> Letter:
    """A signed letter to the applicant on a supervised case, with its file. Raises NotFound."""
    query = select(Letter).join(Case, Letter.case_id == Case.id).where(Letter.uid == uid, supervised_cases(actor))
    letter = session.scalars(query).one_or_none()
    if letter is None or not letter.file_sha or not _to_applicant(letter):
        raise NotFound("没有这份已签发的文书，或者它不在您的监督范围内")
    return letter


def sheet(session: Session, case: Case, today: date) -> SupervisedCase:
    """Everything that the page of a supervised case shows."""
    mask = mask_of(session, [case])
    clocks = None if case.received_on is None or case.state is CaseState.DIVIDED else reckoning_on_record(case)
    unfit = clocks if isinstance(clocks, Refusal) else None
    running = () if clocks is None or isinstance(clocks, Refusal) else clocks.running
    stopped = case.stopped_since or asked_since(case, today)
    return SupervisedCase(
        reference=case.reference,
        organ=case.organ.name,
        kind=case.kind,
        state=case.state,
        term=term_on(
            today,
            case.due_on,
            case.calendar(),
            ended_on=case.ended_on,
            provisional=case.due_provisional,
            stopped_since=stopped,
            unchecked=case.term_unchecked,
        ),
        late_by=_late_by(case),
        applicants="、".join(_applicant(one) for one in case.applicants),
        channel=CHANNELS[case.channel].label,
        description=mask(case.description),
        held_by=held_by(case),
        dates=_dates(case),
        milestones=[_for_officials(one) for one in milestones.milestones(case)],
        clocks=[(CLOCKS[one.clock], one.due_on, one.article) for one in running],
        unfit=unfit,
        items=[(mask(one.quote), *_outcome(one.outcome)) for one in case.items],
        letters=[_letter(one) for one in case.all_letters if one.signed_on is not None and _to_applicant(one)],
        disputes=[dispute_line(one, today) for one in case.disputes],
    )


def held_by(case: Case) -> str:
    """Who has to act now, by duty: never by name."""
    if case.state in (*AWAITING_APPLICANT, CaseState.EXPLAINING):
        return "等待申请人"
    if case.state is CaseState.APPROVING:
        waiting = [one for one in case.all_letters if one.state in (LetterState.REVIEW, LetterState.SIGNATURE)]
        return waiting[-1].present_rung.label if waiting else Duty.OFFICER.label
    if case.state is CaseState.REPLIED:
        return Duty.REGISTRAR.label if case.delivered_on is None else Duty.ARCHIVIST.label
    return _HELD_BY[case.state].label if case.state in _HELD_BY else "已经办结"


def _late_by(case: Case) -> int:
    if case.due_on is None or case.replied_on is None or case.replied_on <= case.due_on:
        return 0
    return max(1, case.calendar().count(case.due_on, case.replied_on))


def _applicant(one: Applicant) -> str:
    """A natural person by the first character of the name, everybody else in full, each with its kind."""
    name = f"{one.name[:1]}某" if one.kind == NATURAL_PERSON else one.name
    return f"{name}（{KINDS[one.kind]}）"


def _outcome(code: str | None) -> tuple[str, str]:
    if code is None:
        return "尚未认定", ""
    kind = ReplyKind(code)
    return kind.label, kind.article


def _for_officials(one: Milestone) -> Milestone:
    """The milestone as it is told of the applicant, not to them."""
    return replace(one, label=one.label.replace("您", "申请人"), why=one.why.replace("您", "申请人"))


def _dates(case: Case) -> Pairs:
    found = (
        ("收到申请", case.received_on),
        ("答复期限自此日的次日起算", case.clock_from),
        ("答复期限届满", case.due_on),
        ("答复", case.replied_on),
        ("答复送达", case.delivered_on),
        ("办结", case.ended_on),
        ("归档", case.archived_on),
    )
    return [(label, chinese_date(day)) for label, day in found if day is not None]


def _to_applicant(letter: Letter) -> bool:
    return LetterKind(letter.kind).addressee is Addressee.APPLICANT and letter.signed_on is not None


def _letter(letter: Letter) -> LetterLine:
    return LetterLine(
        title=LetterKind(letter.kind).label,
        number=letter.number or "",
        state=letter.state,
        signed_on=letter.signed_on,
        uid=letter.uid if letter.file_sha else "",
        delivery=_deliveries(letter),
    )


def _deliveries(letter: Letter) -> list[str]:
    """How each recipient has it; a receipt is given with the request, and nobody enters that."""
    if letter.kind in HANDED_OVER_AT_ONCE:
        return ["随收件交给申请人"]
    several = len(letter.attempts) > 1 or len(letter.case.applicants) > 1
    return [
        f"{f'受送达人{place}：' if several else ''}{one.words}{f'（{chinese_date(one.delivered_on)}）' if one.delivered_on else ''}"
        for place, one in enumerate(standings(letter), 1)
    ]
