"""Sending a request on to the organ that is responsible for it (移送), as a courtesy besides the reply.

The Regulation knows no 转送 of requests: the reply (条例第三十六条第五项) stands by itself, and the other organ's clock starts only
when that organ receives the request. The applicant is named only with recorded consent.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import access_log, journal, letterbook
from gkapply.casework.access import Actor
from gkapply.casework.application import Application
from gkapply.casework.flow import fire
from gkapply.casework.papers import Letter
from gkapply.casework.people import Organ
from gkapply.casework.people_data import contact_of
from gkapply.casework.records import Case
from gkapply.casework.reply import add_note
from gkapply.casework.transferred import Transfer
from gkapply.clock import day_of
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import NotFound, Refusal
from gkapply.law.secrecy import refuse_secret_marks

ARTICLE = "条例第三十六条第五项"
TRANSFER_NOTE = "transferred"
"""Kind of the note that keeps to whom and why, and how the applicant consented."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """To which organ (``organ_id`` None: one outside, by ``to_name``), where, why, how the applicant consented, and who
    gets a copy."""

    organ_id: int | None
    to_name: str
    address: str
    reason: str
    consent: str
    copies: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A request that another organ has sent on and nobody here has registered yet."""

    uid: str
    sender: str
    number: str
    description: str
    sent_on: date
    consent: bool


def other_organs(session: Session, case: Case) -> Sequence[Organ]:
    """The organs of the installation that take requests, other than the case's own, by name."""
    query = select(Organ).where(Organ.id != case.organ_id, Organ.accepts_applications).order_by(Organ.name)
    return session.scalars(query).all()


def propose(session: Session, case: Case, wanted: Wanted, actor: Actor, now: datetime) -> Transfer:
    """Draft the 移送函. Raises Refusal without an organ or a reason, and when no item is another organ's."""
    organ = session.get(Organ, wanted.organ_id) if wanted.organ_id else None
    name = organ.name if organ else wanted.to_name.strip()
    if not name or (organ is not None and organ.id == case.organ_id):
        raise Refusal("请选择或者填写移送的机关", ARTICLE, field="to_name")
    if not wanted.reason.strip():
        raise Refusal("请填写移送的理由", ARTICLE, field="reason")
    for text in (name, wanted.reason, wanted.consent, wanted.copies):
        refuse_secret_marks(text, field="reason")
    fire(session, case, "transfer_courtesy", actor, now, detail={"to": organ.code if organ else ""})
    said = {
        "who": name,
        "text": wanted.reason.strip(),
        "consent": wanted.consent.strip() or "没有，移送函不含申请人信息",
    }
    add_note(session, case, TRANSFER_NOTE, said, day_of(now), actor, now)
    agreed = bool(wanted.consent.strip())
    fields = {
        "to_organ": name,
        "reason": said["text"],
        "address": wanted.address.strip(),
        "consent": agreed,
        "copies": wanted.copies.strip(),
    }
    letter = letterbook.draft(session, case, LetterKind.TRANSFER_NOTICE, fields, actor, now)
    one = Transfer(
        uid=uuid4().hex,
        organ_id=case.organ_id,
        case=case,
        letter=letter,
        to_organ_id=organ.id if organ else None,
        consent=agreed,
    )
    session.add(one)
    session.flush()
    return one


def arrive(session: Session, letter: Letter, on: date) -> None:
    """The 移送函 has left: from now on the other organ's in-tray shows the request."""
    session.scalars(select(Transfer).where(Transfer.letter_id == letter.id)).one().sent_on = on


def arrived(session: Session, actor: Actor) -> list[Arrived]:
    """What was sent on to the actor's organ and is not registered yet, the oldest first."""
    query = select(Transfer).where(
        Transfer.to_organ_id == actor.organ_id, Transfer.sent_on.is_not(None), Transfer.received_as_id.is_(None)
    )
    return [
        Arrived(one.uid, one.organ.name, one.letter.number or "", one.case.description, one.sent_on, one.consent)
        for one in session.scalars(query.order_by(Transfer.id))
        if one.sent_on is not None
    ]


def prefill(session: Session, uid: str, actor: Actor, now: datetime) -> dict[str, Any]:
    """The application as the other organ may know it: what is asked for, and the applicant only with consent, which is logged.

    Raises NotFound for what was not sent to the actor's organ.
    """
    one = _sent_to(session, uid, actor)
    case, applicant = one.case, one.case.applicant
    known: dict[str, Any] = {
        name: getattr(case, name)
        for name in ("description", "information_name", "information_number", "carrier", "way")
    }
    if one.consent:
        access_log.note_access(session, actor, "contact.shown", now, case_id=case.id, reason="移送的申请登记")
        contact = contact_of(session, applicant)
        names = asdict(Application())
        known |= {"kind": applicant.kind, "name": applicant.name}
        known |= {name: value for name, value in contact.items() if name in names}
    return known


def register_as(session: Session, uid: str, case: Case, actor: Actor, now: datetime) -> None:
    """The receiving organ has registered the request: both files know of each other.

    Raises NotFound for what was not sent to its organ, Refusal when it was registered already.
    """
    one = _sent_to(session, uid, actor, for_step=True)
    if one.received_as_id == case.id:
        return
    if one.received_as_id is not None:
        raise Refusal("这件移送的申请已经登记", "条例第三十一条", do="请在工作台按编号查找")
    one.received_as = case
    journal.record(
        session, case.organ_id, "transfer.register", actor.signature, now, case_id=case.id, origin=one.case.reference
    )


def of(session: Session, case: Case) -> Sequence[Transfer]:
    """The transfers of the case to other organs, the oldest first."""
    return session.scalars(select(Transfer).where(Transfer.case_id == case.id).order_by(Transfer.id)).all()


def behind(session: Session, case: Case) -> Sequence[Transfer]:
    """The transfers from other organs that the case was registered from."""
    return session.scalars(select(Transfer).where(Transfer.received_as_id == case.id)).all()


def _sent_to(session: Session, uid: str, actor: Actor, *, for_step: bool = False) -> Transfer:
    query = select(Transfer).where(
        Transfer.uid == uid, Transfer.to_organ_id == actor.organ_id, Transfer.sent_on.is_not(None)
    )
    one = session.scalars(query.with_for_update() if for_step else query).one_or_none()
    if one is None:
        raise NotFound("没有移送到本机关的这件申请", do="请回到待确认的来件查看")
    return one
