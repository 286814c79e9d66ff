"""Taking a request in (接收、登记): through the web, over the counter, by post, and confirming the day of its receipt.

When a request counts as received hangs on its channel (条例第三十一条, ``gkapply.law.channels``): handed in or dictated, that
day; signed for, the day of the signature; everything else on the day on which both sides confirm it.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from gkapply.casework import issuing, ledger, notices
from gkapply.casework.access import Actor, applicant_on
from gkapply.casework.application import PROOF, Application
from gkapply.casework.application_check import Findings
from gkapply.casework.assignment import choose_signing_name
from gkapply.casework.dating import enter_fact
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.entries import Document, Fact
from gkapply.casework.flow import fire, require_duty
from gkapply.casework.gaps import gaps_of
from gkapply.casework.message_kinds import Kind
from gkapply.casework.new_case import add_papers, checked, enter, new_case, number_or_earlier, require_open
from gkapply.casework.people import Organ, SigningName
from gkapply.casework.receipt import Confirmation, Receipt, check_confirmation
from gkapply.casework.receipt_points import ReceiptPoint, require_serving
from gkapply.casework.records import Case
from gkapply.casework.reply import add_note
from gkapply.casework.uploads import Uploads
from gkapply.clock import day_of
from gkapply.law.case_kinds import CaseKind
from gkapply.law.channels import ARTICLE, HALL, ONLINE, REFERRED
from gkapply.law.refusal import NotFound, NotPermitted, Refusal
from gkapply.law.setting_choices import OnlineReceipt
from workflows.application import APPLICATION

RECEIPT_NOTE, CONFIRMATION = "receipt", "confirmation"
"""Kinds of the notes that keep how a request came in, and how and with whom its receipt was confirmed."""


def submit(
    session: Session,
    organ: Organ,
    application: Application,
    uploads: Uploads,
    token: str,
    now: datetime,
    *,
    kind: CaseKind = CaseKind.APPLICATION,
    point: ReceiptPoint | None = None,
) -> Case:
    """Take in a request from the web. The same ``token`` is the same request, however often sent.

    It waits to be confirmed, unless the organ takes the day of sending as the day of receipt, or it was filled in on a terminal at
    a receipt ``point`` that serves the organ, which is handing it in there: then it is registered at once with its 收件回执. Raises BadForm with every wrong field, Refusal when the organ takes no requests.
    """
    number, earlier = number_or_earlier(session, organ, token, now, kind)
    if earlier is not None:
        return earlier
    application = checked(application, uploads, day_of(now))
    require_open(organ, day_of(now))
    if point is not None:
        require_serving(point, organ, day_of(now))
    channel = ONLINE if point is None else HALL
    case = new_case(session, organ, number, application, uploads, channel, token, now, kind)
    case.submitted_at, case.first_seen_at = now, None
    at_once = point is not None or received_at_once(organ)
    enter(session, case, "submit_as_received" if at_once else "submit", applicant_on(case), now)
    applicant = applicant_on(case)
    add_papers(session, case, uploads, applicant, now)
    if at_once:
        basis = {"basis": OnlineReceipt.SUBMISSION.value} if point is None else {"point": point.id}
        _receive(session, case, day_of(now), "", None, applicant, now, **basis)
    if application.email:
        notices.tell(session, case, Kind.RECEIVED, case.uid, now)
    return case


def received_at_once(organ: Organ) -> bool:
    """Whether the organ takes the day on which a request is sent on the web as its day of receipt."""
    return organ.office_settings().online_receipt_basis is OnlineReceipt.SUBMISSION


def register(
    session: Session,
    organ: Organ,
    application: Application,
    uploads: Uploads,
    receipt: Receipt,
    actor: Actor,
    now: datetime,
    *,
    token: str | None = None,
    signing_name: SigningName | None = None,
    point: ReceiptPoint | None = None,
    kind: CaseKind = CaseKind.APPLICATION,
) -> Case:
    """Enter a request that came on paper, by wire or by word of mouth. The same ``token`` is the same request.

    Where its channel fixes the day of receipt it is registered with its 收件回执; otherwise it waits to be confirmed. At a
    receipt ``point`` that the actor's organ runs, requests to every organ that the point serves may be entered. Raises BadForm
    with every wrong field, NotPermitted for a registrar of another organ.
    """
    trigger = "register" if receipt.fixes_the_day else "take_in"
    require_duty(APPLICATION.step(trigger), actor)
    receipt = _at_the_point(organ, receipt, point, actor, day_of(now))
    number, earlier = number_or_earlier(session, organ, token, now, kind)
    if earlier is not None:
        return earlier
    by_telephone = organ.office_settings().telephone_requests
    application = checked(application, uploads, day_of(now), on_paper=True, receipt=receipt, by_telephone=by_telephone)
    case = new_case(session, organ, number, application, uploads, receipt.channel, token, now, kind)
    choose_signing_name(case, signing_name, day_of(now))
    enter(session, case, trigger, actor, now)
    add_papers(session, case, uploads, actor, now)
    proof = _add_proof(session, case, receipt.proof, receipt.on, actor, now)
    if receipt.note:
        add_note(session, case, RECEIPT_NOTE, receipt.note, receipt.on, actor, now)
    if receipt.fixes_the_day:
        _receive(session, case, receipt.on, receipt.late_reason, proof, actor, now)
    else:
        enter_fact(session, case, ledger.ARRIVED, receipt.on, actor, now, article=ARTICLE, document=proof)
    return case


def entered_by(session: Session, reference: str, actor: Actor) -> Case:
    """The request that this very official entered, for another organ too: whoever took it in hands out its slip.

    Raises NotFound for every other one.
    """
    entered = exists().where(
        Fact.case_id == Case.id,
        Fact.kind.in_((ledger.RECEIVED, ledger.ARRIVED)),
        Fact.actor == actor.signature,
    )
    case = session.scalars(select(Case).where(Case.reference == reference, entered)).one_or_none()
    if case is None:
        raise NotFound("没有您登记的这件申请", do="请核对登记编号")
    return case


def confirm(session: Session, case: Case, confirmation: Confirmation, actor: Actor, now: datetime) -> None:
    """Both sides confirmed the request: the day is its day of receipt, the clock runs, the 收件回执 is issued.

    Raises BadForm for a day in the future, before the request came in, or in the past without reason and proof; for one that
    came by no published channel also without a reason, or while something is missing that an application must have.
    """
    found, referred = Findings(), case.channel == REFERRED
    check_confirmation(confirmation, arrived_on(case), day_of(now), found, referred=referred)
    if referred and (missing := gaps_of(session, case, day_of(now))):
        found.add(
            "accept_reason",
            f"来件不是通过公开渠道提出的，且内容不全，不能直接受理：{'；'.join(missing)}",
            "条例第二十九条第二款",
            do="请引导申请人通过公开渠道提出",
        )
    found.settle()
    fire(session, case, "confirm", actor, now, detail={"on": confirmation.on.isoformat(), "how": confirmation.how})
    proof = _add_proof(session, case, confirmation.proof, confirmation.on, actor, now)
    add_note(session, case, CONFIRMATION, confirmation.note, confirmation.on, actor, now)
    _receive(session, case, confirmation.on, confirmation.late_reason, proof, actor, now)


def arrived_on(case: Case) -> date:
    """The day on which the request reached the office, by whatever way; not yet the day of receipt."""
    for fact in ledger.standing(case.facts):
        if fact.kind == ledger.ARRIVED:
            return fact.on_
    return day_of(case.submitted_at or case.entered_at)


def _at_the_point(organ: Organ, receipt: Receipt, point: ReceiptPoint | None, actor: Actor, today: date) -> Receipt:
    """The receipt with the name of its receipt point. Raises NotPermitted, Refusal."""
    if receipt.channel != HALL:
        if actor.organ_id != organ.id:
            raise NotPermitted(f"您不是{organ.name}的登记员，不能为其登记申请")
        return receipt
    if point is None:
        raise Refusal("请选择收件窗口", ARTICLE, field="point", do="没有窗口可选的，请系统管理员先登记收件窗口")
    if point.organ_id != actor.organ_id:
        raise NotPermitted(f"{point.name}不由本机关管理，您不能在该窗口登记申请")
    require_serving(point, organ, today)
    return replace(receipt, point=point.name)


def _add_proof(
    session: Session, case: Case, proof: Upload | None, on: date, actor: Actor, now: datetime
) -> Document | None:
    return None if proof is None else add_document(session, case, PROOF, proof, on, actor, now, field=PROOF)


def _receive(
    session: Session,
    case: Case,
    on: date,
    late_reason: str,
    proof: Document | None,
    actor: Actor,
    now: datetime,
    **more: Any,
) -> None:
    """Fix the day of receipt: the first clock starts, the applicant gets the 收件回执."""
    late = on < day_of(now)
    case.received_on = on
    case.late_reason = late_reason.strip() if late else ""
    detail = {"channel": case.channel, "late": late, **more}
    enter_fact(session, case, ledger.RECEIVED, on, actor, now, article=ARTICLE, document=proof, detail=detail)
    issuing.issue_receipt(session, case, actor, now)
