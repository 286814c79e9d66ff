"""Consultations of citizens (咨询): asked on the web, at the counter or by telephone, found again, listed for the desk.

The term is the office's own (a setting): the Regulation knows none, since a question is no request.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import Session, joinedload

from gkapply.casework import enquiry_contact, journal, notification, numbering
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.application_check import Findings
from gkapply.casework.audience import Audience
from gkapply.casework.calendars import calendar_of
from gkapply.casework.enquiry_records import LONGEST_SUBJECT, Enquiry
from gkapply.casework.journal import canonical
from gkapply.casework.new_case import require_open
from gkapply.casework.opening import spellings, tidy
from gkapply.casework.people import Organ
from gkapply.casework.services import ring
from gkapply.clock import day_of
from gkapply.law.channels import COUNTER, ONLINE, TELEPHONE
from gkapply.law.refusal import NotFound
from gkapply.law.secrecy import refuse_secret_marks
from workflows.duties import CASE_DUTIES, Duty

DESK = (Duty.REGISTRAR, Duty.OFFICER, Duty.HEAD)
"""Who answers enquiries."""
ORAL: Mapping[str, str] = {COUNTER: "当面", TELEPHONE: "电话"}
ASKED_BY: Mapping[str, str] = {ONLINE: "网上", **ORAL}
"""How a question came."""
LONGEST_TEXT = 2000
GENERATION = 1
"""Of the query code: who asks names no identity, so that no code could be re-issued."""
CAME = "enquiry_came"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and a mail address or mobile number, if one was left."""

    subject: str = ""
    text: str = ""
    contact: str = ""


def checked(question: Question) -> Question:
    """The question in its written form. Raises BadForm with everything that is wrong."""
    found, subject, text = Findings(), " ".join(question.subject.split()), question.text.strip()
    for field, written, longest, what in (
        ("subject", subject, LONGEST_SUBJECT, "咨询主题"),
        ("text", text, LONGEST_TEXT, "咨询内容"),
    ):
        if not written:
            found.add(field, f"请填写{what}")
        elif len(written) > longest:
            found.add(field, f"{what}最多{longest}个字，现有{len(written)}个字", do="请精简后提交")
        found.test(refuse_secret_marks, written, field)
    contact = found.read(enquiry_contact.normal, question.contact)
    found.settle()
    return Question(subject, text, contact)


def ask(session: Session, organ: Organ, question: Question, token: str, now: datetime) -> Enquiry:
    """Take in a question from the web; the office is told. The same ``token`` is the same question, however often sent.

    Raises BadForm with everything that is wrong, Refusal when the organ takes nothing on this platform.
    """
    require_open(organ, day_of(now))
    enquiry, is_new = _enter(session, organ, checked(question), ONLINE, token, "applicant", now)
    if is_new:
        tell_office(session, enquiry, now)
    return enquiry


def enter(
    session: Session, channel: str, question: Question, token: str, actor: Actor, now: datetime
) -> tuple[Enquiry, bool]:
    """Enter a question that was asked at the counter or by telephone; whether it is new. Raises BadForm, NotPermitted."""
    require(actor, Duty.REGISTRAR)
    found = Findings()
    if channel not in ORAL:
        found.add("channel", "请选择当面或者电话")
    found.test(checked, question)
    found.settle()
    organ = session.get_one(Organ, actor.organ_id)
    return _enter(session, organ, checked(question), channel, token, actor.signature, now)


def asked_with(session: Session, token: str) -> Enquiry | None:
    """The question that came in with this token of the form, if any."""
    return session.scalars(select(Enquiry).where(Enquiry.submission_token == token)).one_or_none()


def query_code(session: Session, enquiry: Enquiry) -> str:
    """The code with which whoever asked reads the answer."""
    return ring(session).query_code(enquiry.uid, GENERATION)


def find_by_code(session: Session, reference: str, code: str) -> Enquiry | None:
    """The question that number and code open; None for an unknown number and a wrong code alike, at the same cost."""
    query = select(Enquiry).where(Enquiry.reference.in_(spellings(reference)))
    enquiry = session.scalars(query).one_or_none()
    expected = ring(session).query_code(enquiry.uid if enquiry else "", GENERATION)
    fits = hmac.compare_digest(expected.encode(), tidy(code).upper().encode())
    return enquiry if fits else None


def find(session: Session, reference: str, *, for_step: bool = False) -> Enquiry:
    """The question with that number, for a browser that has shown its code. Raises NotFound."""
    return _one(session, Enquiry.reference == reference, for_step=for_step)


def visible_enquiries(actor: Actor) -> ColumnElement[bool]:
    """The SQL condition for the questions that ``actor`` sees: those that lie with the actor's organ now."""
    if actor.organ_id is None or not actor.holds(*CASE_DUTIES):
        return false()
    return Enquiry.organ_id == actor.organ_id


def open_enquiry(session: Session, reference: str, actor: Actor, *, for_step: bool = False) -> Enquiry:
    """The question with that number, if the actor may see it. Raises NotFound for an absent and an invisible one alike."""
    return _one(session, Enquiry.reference == reference, visible_enquiries(actor), for_step=for_step)


def tell_office(session: Session, enquiry: Enquiry, now: datetime) -> None:
    """Tell the registrars and the head of the organ that has it now."""
    office = Audience(session, {enquiry.organ_id}, day_of(now)).office(enquiry.organ_id)
    key = f"{enquiry.uid}:{enquiry.organ_id}:{len(enquiry.moves)}"
    due_on = enquiry.due_on.isoformat()
    notification.tell(
        session, enquiry.organ_id, office, kind=CAME, key=key, now=now, enquiry=enquiry.reference, due_on=due_on
    )


def _one(session: Session, *which: ColumnElement[bool], for_step: bool) -> Enquiry:
    query = select(Enquiry).where(*which)
    query = query.with_for_update() if for_step else query.options(joinedload(Enquiry.organ))
    enquiry = session.scalars(query).one_or_none()
    if enquiry is None:
        raise NotFound("没有这件咨询，或者您无权查看", do="请核对编号")
    return enquiry


def _enter(
    session: Session, organ: Organ, question: Question, channel: str, token: str, actor: str, now: datetime
) -> tuple[Enquiry, bool]:
    today = day_of(now)
    # Doubles wait for each other at the counter of numbers; whoever comes second finds the first one's question.
    ordinal = numbering.next_number(session, organ.id, numbering.ENQUIRIES, today.year)
    earlier = asked_with(session, token)
    if earlier is not None:
        numbering.give_number_back(session, organ.id, numbering.ENQUIRIES, today.year)
        return earlier, False
    calendar, uid = calendar_of(organ), uuid4().hex
    due_on = calendar.add(today, organ.office_settings().enquiry_term)
    enquiry = Enquiry(
        uid=uid,
        organ=organ,
        reference=f"{organ.code}-{today.year}-Z{ordinal:04d}",
        channel=channel,
        submission_token=token,
        content_hash=_hash(organ, question),
        subject=question.subject,
        text=question.text,
        sealed=enquiry_contact.sealed(session, uid, question.contact),
        asked_at=now,
        asked_on=today,
        due_on=due_on,
        remind_on=calendar.workday_at(calendar.position(due_on) - 1),
        moves=[],
    )
    session.add(enquiry)
    session.flush()
    note(session, enquiry, "ask", actor, now, channel=channel, content=enquiry.content_hash, due=due_on.isoformat())
    return enquiry, True


def note(session: Session, enquiry: Enquiry, deed: str, actor: str, now: datetime, **detail: Any) -> None:
    """Have the deed written into the journal of the organ that has the question: by number, without a word of it."""
    journal.record(session, enquiry.organ_id, f"enquiry.{deed}", actor, now, enquiry=enquiry.reference, **detail)


def _hash(organ: Organ, question: Question) -> str:
    """SHA-256 over organ and question; the contact is not in it, since the journal can never be erased."""
    content = {"organ": organ.code, "subject": question.subject, "text": question.text}
    return hashlib.sha256(canonical(content).encode()).hexdigest()
