"""What waits for whom (待我处理): for each kind of task the cases on the desk in which it is to be done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from gkapply import clock
from gkapply.casework import deliberation_tasks as conferring
from gkapply.casework import ledger, pickup_terms, referral_tasks, register_term, undelivered, unreached, urge_lines
from gkapply.casework.access import Actor
from gkapply.casework.climbing import PASSES
from gkapply.casework.entries import Document, Fact
from gkapply.casework.instructed import Instruction
from gkapply.casework.papers import Approval, Consultation, Letter
from gkapply.casework.records import Case, Item
from gkapply.casework.releasing import RELEASING
from gkapply.casework.reviewed import SecrecyReview
from gkapply.law.ladders import REVIEWS
from gkapply.law.letters import Ladder, LetterKind
from workflows.case_states import AWAITING_APPLICANT, BEFORE_HANDLING, OVER_WITHOUT_REPLY, CaseState
from workflows.consultation import ConsultationState
from workflows.deliberation import SPEAKERS
from workflows.duties import Duty
from workflows.letter import LetterState

NOT_SENT = (LetterState.DRAFT, LetterState.REVIEW, LetterState.SIGNATURE, LetterState.SIGNED)


@dataclass(frozen=True, slots=True)
class Task:
    """A kind of work that waits for the holders of certain duties; ``condition`` finds its cases."""

    code: str
    label: str
    duties: tuple[Duty, ...]
    condition: Callable[[Actor], ColumnElement[bool]]


def tasks_of(actor: Actor) -> Sequence[Task]:
    """The tasks that can wait for this actor, in the order of a case's life."""
    return [task for task in TASKS if actor.holds(*task.duties)]


def _in_state(*states: CaseState) -> Callable[[Actor], ColumnElement[bool]]:
    return lambda actor: Case.state.in_(states)


def _of_letters(condition: Callable[[Actor], ColumnElement[bool]]) -> Callable[[Actor], ColumnElement[bool]]:
    """The cases of the organ's letters that meet the condition."""

    def cases(actor: Actor) -> ColumnElement[bool]:
        letters = select(Letter.case_id).where(Letter.organ_id == actor.organ_id, condition(actor))
        return Case.id.in_(letters)

    return cases


def _passed_by(actor: Actor) -> ColumnElement[bool]:
    """The actor agreed with the letter as it stands on an earlier rung."""
    return exists().where(
        Approval.letter_id == Letter.id,
        Approval.deed.in_(PASSES),
        Approval.user_id == actor.user_id,
        Approval.snapshot_hash == Letter.snapshot_hash,
    )


def _at_signature(ladder: Ladder) -> Callable[[Actor], ColumnElement[bool]]:
    """Letters of the ladder at their last approval, unless the actor wrote or reviewed them."""
    kinds = [kind.value for kind in LetterKind if kind.ladder is ladder]

    def condition(actor: Actor) -> ColumnElement[bool]:
        return and_(
            Letter.state == LetterState.SIGNATURE,
            Letter.kind.in_(kinds),
            Letter.author_id.is_distinct_from(actor.user_id),
            ~_passed_by(actor),
        )

    return condition


def _to_review(actor: Actor) -> ColumnElement[bool]:
    """Letters that wait on a rung of one of the actor's duties, unless the actor wrote them or took an earlier rung."""
    codes = [rung.code for rung in REVIEWS if not actor.duties.isdisjoint(rung.duties)]
    # What was submitted before rungs were kept waits for a reviewer.
    codes += [""] if actor.holds(Duty.REVIEWER) else []
    return and_(
        Letter.state == LetterState.REVIEW,
        Letter.rung.in_(codes),
        Letter.author_id.is_distinct_from(actor.user_id),
        ~_passed_by(actor),
    )


def _to_send(actor: Actor) -> ColumnElement[bool]:
    return Letter.state == LetterState.SIGNED


def _came_back(actor: Actor) -> ColumnElement[bool]:
    """Letters to be delivered once more: all of them for the registrar, for an officer those of their cases."""
    mine = true() if actor.holds(Duty.REGISTRAR) else Case.officer_id == actor.user_id
    return and_(_of_letters(lambda _: undelivered.came_back())(actor), mine)


def _unproved(actor: Actor) -> ColumnElement[bool]:
    """Letters that were delivered and nothing in the file proves it."""
    return undelivered.unproved()


def _corrected(actor: Actor) -> ColumnElement[bool]:
    waiting = exists().where(
        Document.case_id == Case.id, Document.role == "correction_pending", Document.taken_on.is_(None)
    )
    return and_(Case.state.in_((CaseState.CORRECTING, CaseState.LAPSED)), waiting)


def _receipt_unknown(actor: Actor) -> ColumnElement[bool]:
    asked = exists().where(
        Consultation.case_id == Case.id,
        Consultation.state == ConsultationState.ASKED,
        Consultation.received_on.is_(None),
    )
    return and_(Case.state == CaseState.HANDLING, asked)


def _to_weigh(actor: Actor) -> ColumnElement[bool]:
    """Opinions that the reply waits for: a third party's refusal, or one that came after its term."""
    refuses = and_(Consultation.party_kind == "third_party", Consultation.opinion.in_(("disagree", "partly")))
    late = or_(
        Consultation.answered_on > Consultation.opinion_due_on,
        Consultation.answered_on > Consultation.returned_on,
        Consultation.answered_on > Consultation.withdrawn_on,
    )
    said = exists().where(
        Consultation.case_id == Case.id,
        Consultation.answered_on.is_not(None),
        Consultation.weighed == "",
        or_(refuses, late),
    )
    return and_(Case.officer_id == actor.user_id, Case.state.in_((CaseState.HANDLING, CaseState.APPROVING)), said)


def _to_review_for_secrets(actor: Actor) -> ColumnElement[bool]:
    """Replies under approval that give something whose decision nobody has reviewed since; not by who handles the case."""
    reviewed = exists().where(
        SecrecyReview.case_id == Case.id,
        SecrecyReview.item == Item.ordinal,
        SecrecyReview.recorded_at >= Item.decided_at,
    )
    given = exists().where(Item.case_id == Case.id, Item.outcome.in_([kind.value for kind in RELEASING]), ~reviewed)
    return and_(Case.state == CaseState.APPROVING, Case.officer_id.is_distinct_from(actor.user_id), given)


def _mine(actor: Actor) -> ColumnElement[bool]:
    return and_(Case.officer_id == actor.user_id, Case.state.in_((CaseState.REVIEWING, CaseState.HANDLING)))


def _void_proposed(actor: Actor) -> ColumnElement[bool]:
    return and_(Case.state.in_(BEFORE_HANDLING), Case.void_reason != "")


def _delivery_unproved(actor: Actor) -> ColumnElement[bool]:
    return and_(Case.state == CaseState.REPLIED, Case.delivered_on.is_(None))


def _to_judge(actor: Actor) -> ColumnElement[bool]:
    """The reasons came and nobody has judged them; a term that passed in silence is found on the case page."""
    received = exists().where(Fact.case_id == Case.id, Fact.kind == ledger.EXPLANATION_RECEIVED)
    judged = exists().where(Fact.case_id == Case.id, Fact.kind == ledger.EXPLANATION_JUDGED)
    return and_(Case.state == CaseState.HANDLING, received, ~judged)


def _paid(actor: Actor) -> ColumnElement[bool]:
    waiting = exists().where(
        Document.case_id == Case.id, Document.role == "payment_pending", Document.taken_on.is_(None)
    )
    return and_(Case.state.in_((CaseState.PAYING, CaseState.LAPSED)), waiting)


def _lapse_proposed(actor: Actor) -> ColumnElement[bool]:
    today = clock.today()
    waits = or_(Case.lapse_waits_until.is_(None), Case.lapse_waits_until < today)
    return and_(Case.state.in_(AWAITING_APPLICANT), Case.lapse_proposed_on.is_not(None), waits)


def _instructed(actor: Actor) -> ColumnElement[bool]:
    """Requests with a leader's instruction to be carried out: the officer's own, for the head all."""
    waiting = exists().where(Instruction.case_id == Case.id, Instruction.done_on.is_(None))
    return waiting if actor.holds(Duty.HEAD) else and_(waiting, Case.officer_id == actor.user_id)


def _to_archive(actor: Actor) -> ColumnElement[bool]:
    replied = and_(Case.state == CaseState.REPLIED, Case.delivered_on.is_not(None))
    unsent = select(Letter.case_id).where(Letter.organ_id == actor.organ_id, Letter.state.in_(NOT_SENT))
    over = and_(Case.state.in_(OVER_WITHOUT_REPLY), Case.id.not_in(unsent))
    return or_(Case.state == CaseState.VOIDED, over, replied)


def _to_tell(actor: Actor) -> ColumnElement[bool]:
    """A request that is over, and whose applicant is still to be told so."""
    drafts = select(Letter.case_id).where(Letter.organ_id == actor.organ_id, Letter.state == LetterState.DRAFT)
    mine = or_(Case.officer_id == actor.user_id, Case.officer_id.is_(None))
    return and_(Case.state.in_(OVER_WITHOUT_REPLY), mine, Case.id.in_(drafts))


_Decision = tuple[tuple[Duty, ...], Callable[[Actor], ColumnElement[bool]]]
REVIEW: _Decision = (Duty.REVIEWER, Duty.HEAD, Duty.SIGNER), _to_review
EXTENSION: _Decision = (Duty.HEAD,), _at_signature(Ladder.EXTENSION)
NOTICE: _Decision = (Duty.REVIEWER, Duty.HEAD, Duty.SIGNER), _at_signature(Ladder.NOTICE)
SIGN: _Decision = (Duty.SIGNER,), _at_signature(Ladder.REPLY)
DECISIONS = (REVIEW, EXTENSION, NOTICE, SIGN)
"""Who decides on which letters: the duties, and the condition that such a letter meets."""
DECIDERS = frozenset(duty for duties, _ in DECISIONS for duty in duties)


def letters_to_decide(actor: Actor) -> ColumnElement[bool]:
    """The letters that wait for this actor: on a rung of the ladder, or at their signature."""
    return or_(false(), *(condition(actor) for duties, condition in DECISIONS if actor.holds(*duties)))


TASKS: tuple[Task, ...] = (
    Task("confirm", "待与申请人确认", (Duty.REGISTRAR,), _in_state(CaseState.RECEIVED)),
    Task("void", "待决定是否未成立", (Duty.HEAD,), _void_proposed),
    Task("assign", "待分办", (Duty.REGISTRAR, Duty.HEAD), _in_state(CaseState.REGISTERED)),
    Task("term", "待补登期限事实", (Duty.REGISTRAR, Duty.OFFICER, Duty.HEAD), register_term.unchecked),
    Task("officer", "待改派承办人", (Duty.HEAD,), register_term.without_officer),
    Task("correction", "待确认补正", (Duty.REGISTRAR,), _corrected),
    Task("payment", "待核对缴费凭证", (Duty.REGISTRAR,), _paid),
    Task("explanation", "待认定申请理由", (Duty.HEAD,), _to_judge),
    Task("lapse", "待认定是否视为放弃", (Duty.HEAD,), _lapse_proposed),
    Task("handle", "待我办理", (Duty.OFFICER,), _mine),
    Task("tell", "待送签的告知书", (Duty.OFFICER,), _to_tell),
    Task("receipt", "待登记对方收到日期", (Duty.REGISTRAR, Duty.OFFICER), _receipt_unknown),
    Task("weigh", "待衡量意见", (Duty.OFFICER,), _to_weigh),
    Task("deliberation_opinion", "待我提出会商意见", SPEAKERS, conferring.to_speak),
    Task("deliberation_due", "须会商，尚未提请", (Duty.OFFICER, Duty.HEAD), conferring.to_propose),
    Task("deliberation_call", "待召集会商", (Duty.HEAD,), conferring.to_call),
    Task("deliberation_conclude", "待形成会商结论", (Duty.HEAD,), conferring.to_conclude),
    Task("secrecy", "待保密审查", (Duty.REVIEWER, Duty.HEAD, Duty.SIGNER), _to_review_for_secrets),
    Task("review", "待审核文书", REVIEW[0], _of_letters(REVIEW[1])),
    Task("extension", "待同意延期、延迟", EXTENSION[0], _of_letters(EXTENSION[1])),
    Task("notice", "待签发告知", NOTICE[0], _of_letters(NOTICE[1])),
    Task("sign", "待签发答复", SIGN[0], _of_letters(SIGN[1])),
    Task("urged", "待回复督办", (Duty.HEAD,), urge_lines.waiting),
    Task("referral_returned", "转办被退回", referral_tasks.MINDING, referral_tasks.returned),
    Task("referral_late", "转办逾期未反馈", referral_tasks.MINDING, referral_tasks.late),
    Task("instruction", "待落实的批示", (Duty.OFFICER, Duty.HEAD), _instructed),
    Task("send", "待用印、发出文书", (Duty.REGISTRAR,), _of_letters(_to_send)),
    Task("uncollected", "逾期未领取，改邮寄", (Duty.REGISTRAR, Duty.OFFICER), pickup_terms.to_post),
    Task("returned", "退件待重新送达", (Duty.REGISTRAR, Duty.OFFICER), _came_back),
    Task("unreached", "邮件、短信未送到", (Duty.REGISTRAR, Duty.OFFICER), unreached.waiting),
    Task("delivery", "待登记答复送达", (Duty.REGISTRAR,), _delivery_unproved),
    Task("proof", "待补送达凭证", (Duty.REGISTRAR,), _of_letters(_unproved)),
    Task("archive", "待归档", (Duty.ARCHIVIST,), _to_archive),
)
