"""Disputes as pages show them: the list by urgency, the page of one, the lines on the page of its request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.bundle_choice import READERS
from gkapply.casework.bundled_papers import Bundle
from gkapply.casework.case_lines import Pairs, PaperLine, paper_lines
from gkapply.casework.dispute import APPELLANTS
from gkapply.casework.dispute_terms import Ending, endings, remedies, urgent
from gkapply.casework.disputed import Dispute, DisputeDecision
from gkapply.casework.letter_lines import LetterLine, letter_line
from gkapply.casework.records import Case
from gkapply.law.dispute_kinds import RESULTS, DisputeKind
from gkapply.law.refusal import NotFound
from gkapply.letters.notation import chinese_date
from workflows.dispute import DisputeState


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """One dispute in a list. ``running`` is the term that runs now, if any."""

    uid: str
    kind: DisputeKind
    authority: str
    number: str
    reference: str
    state: DisputeState
    filed_on: date
    result: str
    running: Ending | None


@dataclass(frozen=True, slots=True)
class DisputeSheet:
    """The page of one dispute."""

    line: DisputeLine
    version: int
    pairs: Pairs
    endings: Sequence[Ending]
    decisions: Sequence[tuple[str, Pairs]]
    redo: str
    """Reference of the case in which the reply is given anew; empty without one."""
    papers: Sequence[PaperLine]
    letters: Sequence[LetterLine]
    bundles: Sequence["BundleLine"]


@dataclass(frozen=True, slots=True)
class BundleLine:
    """One bundle of the dispute: for whom, up to which day, how far its making has come."""

    uid: str
    reader: str
    until: date
    ordered_at: datetime
    inside: int
    left_out: int
    looked_at: int
    """Papers of which it is known how they are bound."""
    pages: int
    file_sha: str


def open_disputes(session: Session, actor: Actor, today: date) -> list[DisputeLine]:
    """Every dispute that is not closed and that the actor sees: those with a running term first, the nearest on top."""
    query = (
        select(Dispute)
        .join(Case, Dispute.case_id == Case.id)
        .where(visible_cases(actor), Dispute.closed_on.is_(None))
        .options(joinedload(Dispute.case).joinedload(Case.organ), selectinload(Dispute.decisions))
        .order_by(Dispute.filed_on, Dispute.id)
    )
    lines = [dispute_line(one, today) for one in session.scalars(query)]
    return sorted(lines, key=lambda one: one.running.due.on if one.running else date.max)


def find(session: Session, uid: str, actor: Actor) -> Dispute:
    """The dispute with what its page shows, loaded in few statements. Raises NotFound."""
    query = (
        select(Dispute)
        .join(Case, Dispute.case_id == Case.id)
        .where(Dispute.uid == uid, visible_cases(actor))
        .options(
            joinedload(Dispute.case).joinedload(Case.organ),
            joinedload(Dispute.redo),
            selectinload(Dispute.decisions),
            selectinload(Dispute.documents),
        )
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("没有这件复议、诉讼或者投诉，或者您无权查看")
    return found


def sheet(session: Session, dispute: Dispute, today: date) -> DisputeSheet:
    """Everything that the page of ``dispute`` shows."""
    return DisputeSheet(
        line=dispute_line(dispute, today),
        version=dispute.version,
        pairs=_pairs(dispute),
        endings=endings(dispute, today),
        decisions=[(_instance(one.instance, dispute.kind), _decision(one, dispute.kind)) for one in dispute.decisions],
        redo=dispute.redo.reference if dispute.redo else "",
        papers=paper_lines(session, dispute.documents),
        letters=[letter_line(one) for one in dispute.letters],
        bundles=[_bundle(one) for one in reversed(dispute.bundles)],
    )


def dispute_line(dispute: Dispute, today: date) -> DisputeLine:
    """The dispute in one line."""
    decision = dispute.decision
    stands = decision is not None and dispute.state is not DisputeState.APPEALED
    return DisputeLine(
        uid=dispute.uid,
        kind=dispute.kind,
        authority=dispute.authority,
        number=dispute.number,
        reference=dispute.case.reference,
        state=dispute.state,
        filed_on=dispute.filed_on,
        result=RESULTS[dispute.kind][decision.result] if stands and decision else "",
        running=urgent(dispute, today),
    )


def remedy_pairs(case: Case) -> Pairs:
    """Until when the applicant may turn where against the reply; nothing before its delivery."""
    terms = remedies(case)
    if terms is None:
        return ()
    return [(f"{due.term.label}届满（{due.term.article}）", chinese_date(due.on)) for due in (terms.review, terms.suit)]


def _pairs(dispute: Dispute) -> Pairs:
    simple = {True: "简易程序", False: "普通程序"}[dispute.simple] if dispute.kind is DisputeKind.REVIEW else ""
    pairs = (
        ("种类", dispute.kind.label),
        ("受理机关", dispute.authority),
        ("案号", dispute.number),
        ("提出日期（证据自此固定）", chinese_date(dispute.filed_on)),
        ("收到副本", _day(dispute.copy_received_on)),
        ("程序", simple if dispute.copy_received_on else ""),
        ("提交答复和证据", _day(dispute.answered_on)),
        ("上诉", f"{_day(dispute.appealed_on)}，{APPELLANTS[dispute.appealed_by]}" if dispute.appealed_by else ""),
        ("了结", _day(dispute.closed_on)),
    )
    return [(label, text) for label, text in pairs if text]


def _instance(instance: int, kind: DisputeKind) -> str:
    return {1: "一审", 2: "二审"}[instance] if kind.is_suit else kind.label


def _decision(decision: DisputeDecision, kind: DisputeKind) -> Pairs:
    pairs = (
        ("结果", RESULTS[kind][decision.result]),
        ("作出日期", chinese_date(decision.decided_on)),
        ("收到日期", chinese_date(decision.received_on)),
        ("主要内容", decision.summary),
        ("责令重新答复", "是" if decision.orders_redo else ""),
        ("责令答复的截止日期", _day(decision.redo_by)),
        ("仅因程序违法", "是" if decision.procedure_only else ""),
    )
    return [(label, text) for label, text in pairs if text]


def _bundle(bundle: Bundle) -> BundleLine:
    inside = [part for part in bundle.parts if not part.left_out]
    return BundleLine(
        uid=bundle.uid,
        reader=READERS[bundle.reader],
        until=bundle.until,
        ordered_at=bundle.ordered_at,
        inside=len(inside),
        left_out=len(bundle.parts) - len(inside),
        looked_at=sum(part.pdf_sha is not None for part in inside),
        pages=bundle.pages,
        file_sha=bundle.file_sha,
    )


def _day(day: date | None) -> str:
    return chinese_date(day) if day else ""
