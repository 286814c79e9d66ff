"""A case before its first step: its number, its check, the record with its applicants, the papers that came with it."""

import hashlib
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from gkapply.casework import likeness_index
from gkapply.casework.access import Actor
from gkapply.casework.applicant import new_applicants
from gkapply.casework.application import APPLICATION_PAPER, EVIDENCE_PAPER, PAPERS, Application
from gkapply.casework.application_check import BadForm, Findings, check
from gkapply.casework.documents import add_document
from gkapply.casework.flow import fire
from gkapply.casework.journal import canonical
from gkapply.casework.numbering import give_request_number_back, request_number
from gkapply.casework.people import Organ
from gkapply.casework.receipt import Receipt, check_receipt
from gkapply.casework.records import Case, Item
from gkapply.casework.several_items import in_one, quotes
from gkapply.casework.uploads import Uploads, check_uploads, digests
from gkapply.clock import day_of
from gkapply.law.case_kinds import CaseKind
from gkapply.law.channels import ONLINE
from gkapply.law.refusal import Refusal, Stale
from workflows.application import APPLICATION

_WITH_TOKEN = select(Case.id).where(Case.submission_token == bindparam("token"))


def submitted_with(session: Session, token: str) -> Case | None:
    """The request that came in with this token of the form, if any."""
    found = session.connection().execute(_WITH_TOKEN, {"token": token}).scalar()
    return None if found is None else session.get_one(Case, found)


def checked(
    application: Application,
    uploads: Uploads,
    today: date,
    *,
    on_paper: bool = False,
    receipt: Receipt | None = None,
    by_telephone: bool = False,
) -> Application:
    """The application in its written form, when form, files and receipt are all right.

    Every deed asks this itself; ask it first where files are to be put into the store before the unit. ``by_telephone``: the
    office takes requests by telephone. Raises BadForm with everything that is wrong.
    """
    found = Findings()
    try:
        application = check(application, today, on_paper=on_paper)
    except BadForm as several:
        found.keep(several)
    check_uploads(uploads, found)
    if receipt is not None:
        check_receipt(receipt, today, found, by_telephone=by_telephone)
    found.settle()
    return application


def number_or_earlier(
    session: Session, organ: Organ, token: str | None, now: datetime, kind: CaseKind
) -> tuple[str, Case | None]:
    """A number for the request, and the request that has come in with the same token, if any.

    Doubles wait for each other at the counter: whoever comes second finds the first one's request, and the number goes back.
    """
    year = day_of(now).year
    number = request_number(session, organ.id, year, kind)
    earlier = submitted_with(session, token) if token else None
    if earlier is not None:
        give_request_number_back(session, organ.id, year, kind)
    return number, earlier


def new_case(
    session: Session,
    organ: Organ,
    number: str,
    application: Application,
    uploads: Uploads,
    channel: str,
    token: str | None,
    now: datetime,
    kind: CaseKind = CaseKind.APPLICATION,
) -> Case:
    """The request with its applicants and the items as they were applied for, before its first step.

    What may hang on it later is given as empty, so that nothing is looked up that cannot be there.
    """
    return Case(
        uid=uuid4().hex,
        organ_id=organ.id,
        organ=organ,
        kind=kind,
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
        **_content(application),
        carrier=application.carrier,
        way=application.way,
        accepts_other_form=application.accepts_other_form,
        assistance=application.assistance,
        suggests_disclosure=application.suggests_disclosure,
        applicants=new_applicants(session, organ.id, application, day_of(now)),
        items=[
            Item(organ_id=organ.id, ordinal=ordinal, quote=quote)
            for ordinal, quote in enumerate(quotes(application.things), start=1)
        ],
        facts=[],
        documents=[],
        notes=[],
        letters=[],
        consultations=[],
    )


def enter(session: Session, case: Case, trigger: str, actor: Actor, now: datetime) -> None:
    """The first step of a new case, with which it is written.

    Raises Stale when a request with the same token is being entered at this very moment in another organ or year, whose counter
    is another one.
    """
    likeness_index.prepare(case)
    session.add(case)
    try:
        fire(session, case, trigger, actor, now, detail={"channel": case.channel, "content": case.content_hash})
        likeness_index.add(session, case)
    except IntegrityError as error:
        if "submission_token" not in str(error.orig):
            raise
        raise Stale("这份申请表正在入库", do="请稍候再次提交，即可看到已入库的申请") from error


def add_papers(session: Session, case: Case, uploads: Uploads, actor: Actor, now: datetime) -> None:
    """Put what was handed in with the application into the file. Raises Refusal for a file that cannot be taken."""
    for role in (APPLICATION_PAPER, *PAPERS, EVIDENCE_PAPER):
        for upload in uploads.get(role, ()):
            add_document(session, case, role, upload, day_of(now), actor, now, field=role)


def content_hash(organ: Organ, application: Application, uploads: Uploads) -> str:
    """SHA-256 over what is applied for: organ, description, form and way, the files' own hashes.

    Neither name nor number goes in: the hash stands in the journal, which names no person and can never be erased.
    """
    content = {
        "organ": organ.code,
        **_content(application),
        "carrier": application.carrier,
        "way": application.way,
        "files": digests(uploads),
    }
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _content(application: Application) -> dict[str, str]:
    """What is applied for as the request states it; of several things, name and number stand with each of them."""
    several = len(application.things) > 1
    return {
        "description": in_one(application.things),
        "information_name": "" if several else application.information_name,
        "information_number": "" if several else application.information_number,
    }


def require_open(organ: Organ, today: date) -> None:
    """Raises Refusal unless the organ takes requests on this platform today (条例第二十八条)."""
    if not organ.accepts_applications or organ.valid_from > today or (organ.valid_to and organ.valid_to < today):
        raise Refusal(f"{organ.name}不在本平台接收申请", "条例第二十八条", do="请选择其他受理机关", field="organ")
