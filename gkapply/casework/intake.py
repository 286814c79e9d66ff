"""Taking a request in (接收、登记): through the web, over the counter, by post, and confirming the day of its receipt.

When a request counts as received hangs on its channel (条例第三十一条): handed in or dictated, that day; signed for, the day
of the signature; everything else on the day on which both sides confirm it.
"""

import hashlib
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from gkapply.casework import ledger, letterbook
from gkapply.casework.access import Actor, applicant_on
from gkapply.casework.applicant import new_applicant
from gkapply.casework.application import APPLICATION_PAPER, ONLINE, PAPERS, PROOF, Application
from gkapply.casework.application_check import BadForm, Findings, check
from gkapply.casework.assignment import choose_signing_name
from gkapply.casework.dating import enter_fact
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.flow import fire, require_duty
from gkapply.casework.journal import canonical
from gkapply.casework.numbering import give_request_number_back, request_number
from gkapply.casework.people import Organ, SigningName
from gkapply.casework.receipt import Confirmation, Receipt, check_confirmation, check_receipt
from gkapply.casework.records import Case, Document, Item
from gkapply.casework.reply import add_note
from gkapply.casework.uploads import Uploads, check_uploads, digests
from gkapply.clock import day_of
from gkapply.law.refusal import NotPermitted, Refusal, Stale
from workflows.application import APPLICATION

RECEIPT_NOTE, CONFIRMATION = "receipt", "confirmation"
"""Kinds of the notes that keep how a request came in, and how and with whom its receipt was confirmed."""

_WITH_TOKEN = select(Case.id).where(Case.submission_token == bindparam("token"))


def submit(
    session: Session, organ: Organ, application: Application, uploads: Uploads, token: str, now: datetime
) -> Case:
    """Take in a request from the web, waiting to be confirmed. The same ``token`` is the same request, however often sent.

    Raises BadForm with every wrong field, Refusal when the organ takes no requests.
    """
    number, earlier = _number_or_earlier(session, organ, token, now)
    if earlier is not None:
        return earlier
    application = checked(application, uploads, day_of(now))
    _require_open(organ, day_of(now))
    case = _new_case(session, organ, number, application, uploads, ONLINE, token, now)
    _enter(session, case, "submit", applicant_on(case), now)
    _add_papers(session, case, uploads, applicant_on(case), now)
    return case


def submitted_with(session: Session, token: str) -> Case | None:
    """The request that came in with this token of the form, if any."""
    found = session.connection().execute(_WITH_TOKEN, {"token": token}).scalar()
    return None if found is None else session.get_one(Case, found)


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
) -> Case:
    """Enter a request that came on paper, by wire or by word of mouth. The same ``token`` is the same request.

    Where its channel fixes the day of receipt it is registered with its 收件回执; otherwise it waits to be confirmed.
    Raises BadForm with every wrong field, NotPermitted for a registrar of another organ.
    """
    trigger = "register" if receipt.fixes_the_day else "take_in"
    require_duty(APPLICATION.step(trigger), actor)
    if actor.organ_id != organ.id:
        raise NotPermitted(f"您不是{organ.name}的登记员，不能为其登记申请")
    number, earlier = _number_or_earlier(session, organ, token, now)
    if earlier is not None:
        return earlier
    application = checked(application, uploads, day_of(now), on_paper=True, receipt=receipt)
    case = _new_case(session, organ, number, application, uploads, receipt.channel, token, now)
    choose_signing_name(case, signing_name, day_of(now))
    _enter(session, case, trigger, actor, now)
    _add_papers(session, case, uploads, actor, now)
    proof = _add_proof(session, case, receipt.proof, receipt.on, actor, now)
    if receipt.note:
        add_note(session, case, RECEIPT_NOTE, receipt.note, receipt.on, actor, now)
    if receipt.fixes_the_day:
        _receive(session, case, receipt.on, receipt.late_reason, proof, actor, now)
    else:
        enter_fact(session, case, ledger.ARRIVED, receipt.on, actor, now, article="条例第三十一条", document=proof)
    return case


def confirm(session: Session, case: Case, confirmation: Confirmation, actor: Actor, now: datetime) -> None:
    """Both sides confirmed the request: the day is its day of receipt, the clock runs, the 收件回执 is issued.

    Raises BadForm for a day in the future, before the request came in, or in the past without reason and proof.
    """
    found = Findings()
    check_confirmation(confirmation, arrived_on(case), day_of(now), found)
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


def content_hash(organ: Organ, application: Application, uploads: Uploads) -> str:
    """SHA-256 over what is applied for: organ, description, form and way, the files' own hashes.

    Neither name nor number goes in: the hash stands in the journal, which names no person and can never be erased.
    """
    content = {
        "organ": organ.code,
        "information_name": application.information_name,
        "information_number": application.information_number,
        "description": application.description,
        "carrier": application.carrier,
        "way": application.way,
        "files": digests(uploads),
    }
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _require_open(organ: Organ, today: date) -> None:
    if not organ.accepts_applications or organ.valid_from > today or (organ.valid_to and organ.valid_to < today):
        raise Refusal(f"{organ.name}不在本平台接收申请", "条例第二十八条", do="请选择其他受理机关", field="organ")


def checked(
    application: Application, uploads: Uploads, today: date, *, on_paper: bool = False, receipt: Receipt | None = None
) -> Application:
    """The application in its written form, when form, files and receipt are all right.

    Every deed asks this itself; ask it first where files are to be put into the store before the unit. Raises BadForm with
    everything that is wrong.
    """
    found = Findings()
    try:
        application = check(application, today, on_paper=on_paper)
    except BadForm as several:
        found.keep(several)
    check_uploads(uploads, found)
    if receipt is not None:
        check_receipt(receipt, today, found)
    found.settle()
    return application


def _number_or_earlier(session: Session, organ: Organ, token: str | None, now: datetime) -> tuple[str, Case | None]:
    """A number for the request, and the request that has come in with the same token, if any.

    Doubles wait for each other at the counter: whoever comes second finds the first one's request, and the number goes back.
    """
    year = day_of(now).year
    number = request_number(session, organ.id, year)
    earlier = submitted_with(session, token) if token else None
    if earlier is not None:
        give_request_number_back(session, organ.id, year)
    return number, earlier


def _new_case(
    session: Session,
    organ: Organ,
    number: str,
    application: Application,
    uploads: Uploads,
    channel: str,
    token: str | None,
    now: datetime,
) -> Case:
    """The request with its applicant and the one item that it is at first, before its first step.

    What may hang on it later is given as empty, so that nothing is looked up that cannot be there.
    """
    return Case(
        uid=uuid4().hex,
        organ_id=organ.id,
        organ=organ,
        number=number,
        reference=f"{organ.code}-{number}",
        state=APPLICATION.start,
        version=0,
        channel=channel,
        submission_token=token,
        content_hash=content_hash(organ, application, uploads),
        entered_at=now,
        submitted_at=now if channel == ONLINE else None,
        first_seen_at=None if channel == ONLINE else now,
        description=application.description,
        information_name=application.information_name,
        information_number=application.information_number,
        carrier=application.carrier,
        way=application.way,
        accepts_other_form=application.accepts_other_form,
        assistance=application.assistance,
        suggests_disclosure=application.suggests_disclosure,
        applicants=[new_applicant(session, organ.id, application)],
        items=[Item(organ_id=organ.id, ordinal=1, quote=application.description)],
        facts=[],
        documents=[],
        notes=[],
        letters=[],
        consultations=[],
    )


def _enter(session: Session, case: Case, trigger: str, actor: Actor, now: datetime) -> None:
    """The first step of a new case, with which it is written.

    Raises Stale when a request with the same token is being entered at this very moment in another organ or year, whose counter
    is another one.
    """
    session.add(case)
    try:
        fire(session, case, trigger, actor, now, detail={"channel": case.channel, "content": case.content_hash})
    except IntegrityError as error:
        if "submission_token" not in str(error.orig):
            raise
        raise Stale("这份申请表正在入库", do="请稍候再次提交，即可看到已入库的申请") from error


def _add_papers(session: Session, case: Case, uploads: Uploads, actor: Actor, now: datetime) -> None:
    for role in (APPLICATION_PAPER, *PAPERS):
        for upload in uploads.get(role, ()):
            add_document(session, case, role, upload, day_of(now), actor, now, field=role)


def _add_proof(
    session: Session, case: Case, proof: Upload | None, on: date, actor: Actor, now: datetime
) -> Document | None:
    return None if proof is None else add_document(session, case, PROOF, proof, on, actor, now, field=PROOF)


def _receive(
    session: Session, case: Case, on: date, late_reason: str, proof: Document | None, actor: Actor, now: datetime
) -> None:
    """Fix the day of receipt: the first clock starts, the applicant gets the 收件回执."""
    late = on < day_of(now)
    case.received_on = on
    case.late_reason = late_reason.strip() if late else ""
    detail = {"channel": case.channel, "late": late}
    enter_fact(session, case, ledger.RECEIVED, on, actor, now, article="条例第三十一条", document=proof, detail=detail)
    letterbook.issue_receipt(session, case, actor, now)
