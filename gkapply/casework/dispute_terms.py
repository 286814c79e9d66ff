"""Which terms of a dispute run, and what the applicant may still do against a reply; derived each time, never stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gkapply.casework.disputed import Dispute
from gkapply.casework.records import Case
from gkapply.casework.urgency import Term, term_on
from gkapply.law import disputes as law
from gkapply.law.case_kinds import CaseKind
from gkapply.law.dispute_kinds import DisputeKind
from gkapply.law.disputes import Due, Stage
from workflows.dispute import DisputeState


@dataclass(frozen=True, slots=True)
class Ending:
    """The last day of a term, what it is for, how it stands; ``ours`` when it is the organ that must act."""

    label: str
    due: Due
    term: Term
    ours: bool


def answer_due(dispute: Dispute) -> Due | None:
    """The last day for handing in the answer; None until the copy has come, and for a complaint, which has no such term."""
    if dispute.copy_received_on is None or dispute.kind is DisputeKind.COMPLAINT:
        return None
    stage = Stage.SUIT if dispute.kind.is_suit else Stage.REVIEW
    return law.answer_due_on(stage, dispute.copy_received_on, dispute.case.calendar(), simple=dispute.simple)


def endings(dispute: Dispute, today: date) -> Sequence[Ending]:
    """Every term of the dispute that is known, in the order of its life."""
    calendar = dispute.case.calendar()
    found = []
    due = answer_due(dispute)
    if due is not None:
        label = f"提交《{dispute.kind.answer_label}》和全部证据"
        found.append(Ending(label, due, term_on(today, due.on, calendar, ended_on=dispute.answered_on), True))
    after, label = _after_decision(dispute)
    if after is not None:
        over = dispute.closed_on or (today if after.on < today else None)
        found.append(Ending(label, after, term_on(today, after.on, calendar, ended_on=over), dispute.kind.is_suit))
    return found


def urgent(dispute: Dispute, today: date) -> Ending | None:
    """The term that runs now, if any: the one by which a list is ordered."""
    return next((one for one in endings(dispute, today) if one.term.lamp is not None), None)


def remedies(case: Case) -> law.RemedyTerms | None:
    """Until when the applicant may turn to review or court against the delivered reply; None before its delivery."""
    if case.delivered_on is None or case.kind is CaseKind.RECORD_CORRECTION:
        return None
    return law.remedy_terms(case.delivered_on, case.calendar())


def _after_decision(dispute: Dispute) -> tuple[Due | None, str]:
    """What may follow the decision: a suit after review, an appeal after a first judgment or ruling."""
    decision, calendar = dispute.decision, dispute.case.calendar()
    if decision is None or dispute.state not in (DisputeState.DECIDED, DisputeState.CLOSED):
        return None, ""
    if dispute.kind is DisputeKind.REVIEW:
        return law.suit_after_review_due_on(
            decision.received_on, calendar
        ), "申请人对复议决定起诉（以本机关收到之日推算）"
    if dispute.kind.is_suit and decision.instance == 1:
        what = "裁定" if decision.ruling else "判决"
        return law.appeal_due_on(decision.received_on, calendar, ruling=decision.ruling), f"对{what}提起上诉"
    return None, ""
