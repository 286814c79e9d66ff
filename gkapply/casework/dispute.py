"""What is done in a dispute (复议、诉讼、投诉举报): entered, answered, decided, appealed, closed.

No deed here touches the request itself: its reply stands, and what a decision orders is done in a case of its own.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.bundled_papers import CleanedCopy
from gkapply.casework.deliberation_causes import note
from gkapply.casework.disputed import Dispute, DisputeDecision
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.entries import Document
from gkapply.casework.flow import fire
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.clock import day_of
from gkapply.law.dispute_kinds import RESULTS, DisputeKind
from gkapply.law.refusal import NotFound, Refusal, Stale
from gkapply.law.secrecy import refuse_secret_marks
from workflows.dispute import DISPUTE, DisputeState

PAPER = "dispute"
"""Role of every paper that belongs to a dispute."""
APPELLANTS = {"applicant": "申请人", "organ": "本机关"}


@dataclass(frozen=True, slots=True)
class Filing:
    """What is known of a dispute when it is entered: its kind, who hears it, the 案号, the day of filing."""

    kind: str
    authority: str
    number: str
    filed_on: date


@dataclass(frozen=True, slots=True)
class Decision:
    """What one instance decided, as it is entered. ``redo_by`` is the day that it sets for a new reply, if it sets one."""

    result: str
    decided_on: date
    received_on: date
    summary: str = ""
    ruling: bool = False
    procedure_only: bool = False
    orders_redo: bool = False
    redo_by: date | None = None


def open_dispute(
    session: Session, uid: str, actor: Actor, *, for_step: bool = False, version: int | None = None
) -> Dispute:
    """The dispute with that uid about a case that the actor sees. Raises NotFound, or Stale when it has moved on."""
    query = select(Dispute).join(Case, Dispute.case_id == Case.id).where(Dispute.uid == uid, visible_cases(actor))
    if for_step:
        query = query.with_for_update()
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("没有这件复议、诉讼或者投诉，或者您无权查看")
    if version is not None and version != found.version:
        raise Stale("本件在您打开页面之后已有变动，本次操作没有执行", do="请核对最新情况后再提交")
    return found


def register(session: Session, case: Case, filing: Filing, actor: Actor, now: datetime) -> Dispute:
    """Enter a dispute about ``case``. Raises Refusal for an unknown kind, a missing authority, an impossible day."""
    if filing.kind not in list(DisputeKind):
        raise Refusal("请选择是复议、诉讼还是投诉举报", "条例第五十一条", field="kind")
    _check_filing(case, filing.authority, filing.filed_on, day_of(now))
    fire(session, case, "register_dispute", actor, now, detail={"kind": filing.kind})
    dispute = Dispute(
        uid=uuid4().hex,
        organ_id=case.organ_id,
        case=case,
        kind=DisputeKind(filing.kind),
        state=DISPUTE.start,
        version=0,
        authority=filing.authority.strip(),
        number=filing.number.strip(),
        filed_on=filing.filed_on,
        registered_at=now,
    )
    session.add(dispute)
    session.flush()
    fire(session, dispute, "register", actor, now, detail={"kind": filing.kind, "on": filing.filed_on.isoformat()})
    note(session, case, now)
    return dispute


def amend(
    session: Session, dispute: Dispute, authority: str, number: str, filed_on: date, actor: Actor, now: datetime
) -> None:
    """Set right who hears the dispute, its 案号, its day of filing. Raises Refusal as ``register`` does."""
    _check_filing(dispute.case, authority, filed_on, day_of(now))
    if dispute.copy_received_on is not None and filed_on > dispute.copy_received_on:
        raise Refusal("提出日期不能晚于收到副本的日期", field="filed_on")
    fire(session, dispute, "amend", actor, now, detail={"on": filed_on.isoformat()})
    dispute.authority, dispute.number, dispute.filed_on = authority.strip(), number.strip(), filed_on


def receive_copy(session: Session, dispute: Dispute, on: date, simple: bool, actor: Actor, now: datetime) -> None:
    """The copy of the application or complaint came on ``on``: the term for answering runs.

    ``simple``: the review authority applies the simple procedure (《行政复议法》第五十三条). Raises Refusal.
    """
    _check_day(on, dispute.filed_on, day_of(now), "收到副本的日期", "提出日期")
    if simple and dispute.kind is not DisputeKind.REVIEW:
        raise Refusal("只有行政复议有简易程序的五日答复期限", "《行政复议法》第五十三条", field="simple")
    fire(session, dispute, "receive_copy", actor, now, detail={"on": on.isoformat(), "simple": simple})
    dispute.copy_received_on, dispute.simple = on, simple


def turn_ordinary(session: Session, dispute: Dispute, actor: Actor, now: datetime) -> None:
    """The review goes on by the ordinary procedure: ten working days from the copy (《行政复议法》第五十五条)."""
    fire(session, dispute, "turn_ordinary", actor, now)
    dispute.simple = False


def hand_in(session: Session, dispute: Dispute, on: date, actor: Actor, now: datetime) -> None:
    """The answer with its evidence was handed in on ``on``; late is entered as well, and seen."""
    _check_day(on, dispute.copy_received_on or dispute.filed_on, day_of(now), "提交日期", "收到副本的日期")
    fire(session, dispute, "hand_in", actor, now, detail={"on": on.isoformat()})
    dispute.answered_on = on


def defence_is_sent(session: Session, letter: Letter, on: date, actor: Actor, now: datetime) -> None:
    """The answer left on that day: it is handed in. After the entry by hand this changes nothing."""
    if letter.dispute is not None and letter.dispute.state is DisputeState.ANSWERING:
        hand_in(session, letter.dispute, on, actor, now)


def record_result(
    session: Session, dispute: Dispute, decision: Decision, actor: Actor, now: datetime
) -> DisputeDecision:
    """Enter what was decided. Raises Refusal for an unknown result or an impossible day."""
    if decision.result not in RESULTS[dispute.kind]:
        raise Refusal("请选择结果", "国办公开办函〔2021〕30号", field="result")
    begun = dispute.appealed_on or dispute.filed_on
    _check_day(decision.decided_on, begun, day_of(now), "作出日期", "提出（上诉）日期", "decided_on")
    _check_day(decision.received_on, decision.decided_on, day_of(now), "收到日期", "作出日期", "received_on")
    if decision.redo_by is not None and decision.redo_by <= decision.decided_on:
        raise Refusal("责令答复的截止日期须晚于作出日期", field="redo_by")
    refuse_secret_marks(decision.summary, field="content")
    fire(
        session,
        dispute,
        "record_result",
        actor,
        now,
        detail={"result": decision.result, "on": decision.decided_on.isoformat(), "instance": dispute.instance},
        result=decision.result,
        orders_redo=decision.orders_redo,
        procedure_only=decision.procedure_only,
    )
    row = DisputeDecision(
        organ_id=dispute.organ_id,
        dispute=dispute,
        instance=dispute.instance,
        result=decision.result,
        decided_on=decision.decided_on,
        received_on=decision.received_on,
        ruling=decision.ruling,
        procedure_only=decision.procedure_only,
        orders_redo=decision.orders_redo,
        redo_by=decision.redo_by if decision.orders_redo else None,
        summary=decision.summary.strip(),
        recorded_at=now,
        actor=actor.signature,
    )
    session.add(row)
    session.flush()
    return row


def appeal(session: Session, dispute: Dispute, by: str, on: date, actor: Actor, now: datetime) -> None:
    """``by`` (one of APPELLANTS) appealed on ``on``: the second instance is pending, the first decision has no effect."""
    if by not in APPELLANTS:
        raise Refusal("请选择由谁上诉", "《行政诉讼法》第八十五条", field="by")
    decided = dispute.decision
    _check_day(on, decided.decided_on if decided else dispute.filed_on, day_of(now), "上诉日期", "裁判作出日期")
    fire(session, dispute, "appeal", actor, now, detail={"by": by, "on": on.isoformat()})
    dispute.appealed_by, dispute.appealed_on, dispute.instance = by, on, dispute.instance + 1


def close(session: Session, dispute: Dispute, actor: Actor, now: datetime) -> None:
    """Nothing more is to be done or awaited in the dispute."""
    fire(session, dispute, "close", actor, now)
    dispute.closed_on = day_of(now)


def add_paper(session: Session, dispute: Dispute, upload: Upload, on: date, actor: Actor, now: datetime) -> Document:
    """Keep a paper of the dispute (application, notice, decision …). It is no evidence of the request's handling."""
    if on > day_of(now):
        raise Refusal("材料日期不能晚于今天", field="on")
    fire(session, dispute, "add_paper", actor, now, detail={"on": on.isoformat()})
    return keep_paper(session, dispute, upload, on, actor, now)


def keep_paper(
    session: Session, dispute: Dispute, upload: Upload, on: date, actor: Actor, now: datetime, *, field: str = "file"
) -> Document:
    """Put a paper that comes with another deed into the file, as one of the dispute's."""
    paper = add_document(session, dispute.case, PAPER, upload, on, actor, now, field=field)
    paper.dispute_id = dispute.id
    return paper


def add_cleaned_copy(
    session: Session, dispute: Dispute, original: str, upload: Upload, actor: Actor, now: datetime
) -> Document:
    """Keep a copy of the paper with the hash ``original``, cleaned of what concerns third persons, for the applicant to read.

    It is no evidence of its own, so it may be made after the filing (《行政复议法》第四十七条). Raises Refusal when no paper of
    the file has that hash, or the copy is the paper itself.
    """
    case = dispute.case
    known = {one.sha256 for one in case.documents} | {one.file_sha for one in case.letters if one.file_sha}
    if original not in known:
        raise Refusal("请选择案卷中被遮盖的原件", "《行政复议法》第四十七条", field="original")
    fire(session, dispute, "add_cleaned_copy", actor, now, detail={"of_file": original})
    copy = add_document(session, case, "cleaned_copy", upload, day_of(now), actor, now)
    if copy.sha256 == original:
        raise Refusal("遮盖件与原件完全相同，没有遮盖任何内容", "《行政复议法》第四十七条", field="file")
    copy.dispute_id = dispute.id
    session.add(CleanedCopy(document_id=copy.id, original_sha=original))
    return copy


def evidence_until(case: Case) -> date | None:
    """The day of the first review or suit about ``case``: what was made or came in later is kept, and is no evidence.

    《行政复议法》第四十六条, 《行政诉讼法》第三十五条. None while there is none.
    """
    return min((one.filed_on for one in case.disputes if one.kind is not DisputeKind.COMPLAINT), default=None)


def _check_filing(case: Case, authority: str, filed_on: date, today: date) -> None:
    if not authority.strip():
        raise Refusal("请填写复议机关、法院或者受理机关的名称", "条例第五十一条", field="authority")
    if filed_on > today:
        raise Refusal("提出日期不能晚于今天", field="filed_on")
    if case.received_on is not None and filed_on < case.received_on:
        raise Refusal("提出日期早于收到申请之日", field="filed_on", do="请核对日期")


def _check_day(on: date, first: date, today: date, what: str, since: str, field: str = "on") -> None:
    if not first <= on <= today:
        raise Refusal(f"{what}须在{since}{first.isoformat()}至今天之间", field=field, do="请核对日期")
