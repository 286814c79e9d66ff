"""An enquiry (咨询) that becomes a request: the citizen completes and sends the draft, or signs at the counter.

Nobody becomes an applicant by having asked something: identity is needed (条例第二十九条), and the consent is the sending itself, or
the signature that the registrar records.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import drafts, enquiry_contact, journal
from gkapply.casework.access import Actor, applicant_on
from gkapply.casework.documents import add_document, as_file
from gkapply.casework.draft_pages import CONTENT, Mark
from gkapply.casework.enquiries import open_enquiry
from gkapply.casework.enquiry_outcomes import Outcome
from gkapply.casework.enquiry_records import Enquiry
from gkapply.casework.new_case import submitted_with
from gkapply.casework.records import Case
from gkapply.casework.reply import add_note
from gkapply.casework.services import ring
from gkapply.clock import day_of
from gkapply.law.refusal import Refusal, Stale

PAPER = "enquiry"
"""Role of the paper that keeps question and answer in the file of the request."""
CONSENT_NOTE = "enquiry_consent"
CONSENT = "申请人当面同意由咨询转为政府信息公开申请，并在申请表上签名"


def begin(session: Session, enquiry: Enquiry, proposed: Mapping[str, str], now: datetime, keep_for: timedelta) -> str:
    """Begin the draft of an application with the question in it, or find the one begun before: its token.

    ``proposed``: what the first page proposes besides. Whoever completes and sends it makes the request. Raises Stale when the question
    has become a request already.
    """
    if enquiry.request_id is not None:
        raise Stale("这件咨询已经转为公开申请", do="请凭申请的登记编号和查询码查询进度")
    token = ring(session).enquiry_draft(enquiry.uid)
    if not drafts.exists(session, token, now):
        typed = {**proposed, "organ": enquiry.organ.code, "description": _wanted(enquiry)}
        page = {name: [value] for name, value in typed.items()}
        drafts.save(session, token, CONTENT, page, Mark(), now, keep_for)
    enquiry.request_token = drafts.submission_token(token)
    return token


def take_along(session: Session, token: str, now: datetime) -> None:
    """The request with that token of the form was sent: if it was begun by an enquiry, both know of each other from now on."""
    query = select(Enquiry).where(Enquiry.request_token == token, Enquiry.request_id.is_(None))
    enquiry = session.scalars(query.with_for_update()).one_or_none()
    case = submitted_with(session, token) if enquiry is not None else None
    if enquiry is not None and case is not None:
        _become(session, enquiry, case, applicant_on(case), now)


def prefill(session: Session, reference: str, actor: Actor, now: datetime) -> dict[str, Any]:
    """The counter's form as far as the question fills it in; a contact that was left is noted as seen.

    Raises NotFound, Stale when the question has become a request already.
    """
    enquiry = open_enquiry(session, reference, actor)
    _require_free(enquiry)
    contact = enquiry_contact.contact_of(session, enquiry)
    if contact:
        enquiry_contact.in_clear(session, enquiry, "由咨询转为申请登记", actor, now)
    return {"description": _wanted(enquiry), "email" if "@" in contact else "phone": contact}


def register_as(session: Session, reference: str, case: Case, actor: Actor, now: datetime) -> None:
    """The registrar has entered the request that the citizen signed at the counter.

    Raises NotFound for a question of another organ, Stale when it has become another request already.
    """
    enquiry = open_enquiry(session, reference, actor, for_step=True)
    if enquiry.request_id == case.id:
        return
    _require_free(enquiry)
    add_note(session, case, CONSENT_NOTE, {"consent": CONSENT}, day_of(now), actor, now)
    _become(session, enquiry, case, actor, now)


def require_consent(given: bool) -> None:
    """Raises Refusal unless the citizen has agreed and signed."""
    if not given:
        raise Refusal(
            "须由申请人同意转为申请并在申请表上签名", "条例第二十九条", field="enquiry_consent", do="签名后请勾选"
        )


def behind(session: Session, case: Case) -> Sequence[Enquiry]:
    """The enquiries that the request was made from."""
    return session.scalars(select(Enquiry).where(Enquiry.request_id == case.id)).all()


def _become(session: Session, enquiry: Enquiry, case: Case, actor: Actor, now: datetime) -> None:
    enquiry.request = case
    if enquiry.ended_at is None:
        enquiry.outcome, enquiry.ended_at = Outcome.BECAME, now
    add_document(session, case, PAPER, as_file(_record(enquiry), "咨询记录"), day_of(now), actor, now)
    journal.record(
        session, case.organ_id, "enquiry.become", actor.signature, now, case_id=case.id, enquiry=enquiry.reference
    )


def _require_free(enquiry: Enquiry) -> None:
    if enquiry.request_id is not None:
        raise Stale("这件咨询已经转为公开申请", do="请在工作台按编号查找")


def _wanted(enquiry: Enquiry) -> str:
    return enquiry.text if enquiry.subject in enquiry.text else f"{enquiry.subject}\n{enquiry.text}"


def _record(enquiry: Enquiry) -> str:
    """Question and answer as a paper of the file."""
    lines = [f"咨询编号：{enquiry.reference}", f"提出日期：{enquiry.asked_on.isoformat()}", f"主题：{enquiry.subject}"]
    lines += ["内容：", enquiry.text]
    if enquiry.answered_at is not None:
        lines += [f"答复（{enquiry.signed_as}，{day_of(enquiry.answered_at).isoformat()}）：", enquiry.answer]
    return "\n".join(lines)
