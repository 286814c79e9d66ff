"""Applicants, consulted parties and legal advisers are told that something awaits; the words are put together when the message goes.

So the address is the one of that day, and what the facts have overtaken is not told at all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from gkapply.casework import advice_contact, answer_link, link_door, people_data, sending
from gkapply.casework.advised import AdviserOpinion
from gkapply.casework.case_news import GUARDING, NEWS
from gkapply.casework.message_contents import Contents
from gkapply.casework.message_kinds import KINDS, Kind, short_name
from gkapply.casework.message_records import Channel, Message
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.services import ring, texts
from gkapply.law import identifiers
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.letters.notation import chinese_date
from workflows.case_states import CaseState
from workflows.consultation import ConsultationState
from workflows.letter import LetterState

NO_ADDRESS = "没有留下可用的电子邮箱或者手机号码"


class Overtaken(Exception):
    """The facts have overtaken the message: its text says why it is not sent."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A message put together: by what it travels, to whom, with which words."""

    channel: Channel
    contents: Contents


def tell(session: Session, case: Case, kind: Kind, of: str, now: datetime) -> None:
    """Have the applicant of ``case`` told, once for each ``of`` (the letter's uid, or the case's); not where the office does not or they want no messages."""
    if case.mails_stopped:
        return
    if not KINDS[kind].setting or getattr(case.organ.office_settings(), KINDS[kind].setting):
        sending.tell(session, kind, about=of, key=f"{kind}:{of}", case=case, now=now)


def send_link(session: Session, question: Consultation, now: datetime) -> None:
    """Have the one-time link of ``question`` sent to its party, once."""
    sending.tell(session, Kind.LINK, about=question.uid, key=f"{Kind.LINK}:{question.uid}", case=question.case, now=now)


def send_advice_link(session: Session, one: AdviserOpinion, now: datetime) -> None:
    """Have a legal adviser sent the one-time link, once. The code is not in it: the asker tells it another way."""
    key, case = f"{Kind.ADVICE_LINK}:{one.uid}", one.letter.case
    sending.tell(session, Kind.ADVICE_LINK, about=one.uid, key=key, case=case, now=now)


def advice_address(session: Session, one: AdviserOpinion) -> str:
    """Where the adviser gives the opinion."""
    return link_door.address_of(session, "advice", ring(session).advice_link(one.uid)[0])


def put_together(session: Session, message: Message) -> Worded:
    """The words of a message that was posted without any. Raises Overtaken."""
    return _WORDINGS[Kind(message.kind)](session, message)


def _to_applicant(session: Session, message: Message) -> Worded:
    case = message.case
    assert case is not None
    if case.state is CaseState.VOIDED:
        raise Overtaken("申请已作未成立处理")
    contact = people_data.contact_of(session, case.applicant)
    return _worded(session, message, contact["email"], contact["phone"], {"reference": case.reference})


def _progress(session: Session, message: Message) -> Worded:
    case = message.case
    assert case is not None
    if case.mails_stopped:
        raise Overtaken("申请人不再接收消息")
    newer = exists().where(Message.case_id == case.id, Message.kind == Kind.PROGRESS, Message.id > message.id)
    if message.about not in GUARDING and session.scalar(select(newer)):
        raise Overtaken("已有更新的进展，另行告知")
    contact = people_data.contact_of(session, case.applicant)
    if message.about == "change_contact":
        # To where it went before: whoever was not the one to change it learns of it.
        contact |= people_data.contact_before_last_change(session, case)
    fields = {"reference": case.reference, "what": NEWS[message.about]}
    return _worded(session, message, contact["email"], contact["phone"], fields)


def _letter_waits(session: Session, message: Message) -> Worded:
    letter = session.scalars(select(Letter).where(Letter.uid == message.about)).one()
    if letter.state is not LetterState.SENT:
        raise Overtaken("文书已经送达或者不再送达")
    waits_in = _ANSWERED.get(LetterKind(letter.kind))
    if waits_in is not None and letter.case.state is not waits_in:
        raise Overtaken("申请人已经按文书办理，或者期限已经届满")
    return _to_applicant(session, message)


_ANSWERED = {
    LetterKind.CORRECTION_NOTICE: CaseState.CORRECTING,
    LetterKind.EXPLANATION_NOTICE: CaseState.EXPLAINING,
    LetterKind.FEE_NOTICE: CaseState.PAYING,
}
"""Letters that ask the applicant for something, and where the case stands as long as that is awaited."""


def _link(session: Session, message: Message) -> Worded:
    question = session.scalars(select(Consultation).where(Consultation.uid == message.about)).one()
    if question.state is not ConsultationState.ASKED:
        raise Overtaken("对方已经提出意见，或者征求意见已经结束")
    contact = people_data.party_contact(session, question)
    token, code = ring(session).answer_link(question.uid)
    fields = {"address": answer_link.address_of(session, token), "code": code}
    return _worded(session, message, contact.get("email", ""), "", fields)


def _advice_link(session: Session, message: Message) -> Worded:
    one = session.scalars(select(AdviserOpinion).where(AdviserOpinion.uid == message.about)).one()
    if not one.waits:
        raise Overtaken("法律顾问已经答复，或者已经撤回征求")
    email = advice_contact.contact_of(session, one).email
    fields = {"address": advice_address(session, one), "until": chinese_date(one.until)}
    return _worded(session, message, email, "", fields)


_WORDINGS: Mapping[Kind, Callable[[Session, Message], Worded]] = {
    Kind.RECEIVED: _to_applicant,
    Kind.LETTER_WAITS: _letter_waits,
    Kind.PROGRESS: _progress,
    Kind.LINK: _link,
    Kind.ADVICE_LINK: _advice_link,
}


WORDED = frozenset(_WORDINGS)
"""Kinds whose words are put together when they go, and can be again."""


def _worded(session: Session, message: Message, email: str, phone: str, fields: Mapping[str, str]) -> Worded:
    """By mail where there is an address, else by text message where there is a mobile number and a gateway. Raises Overtaken."""
    row = KINDS[Kind(message.kind)]
    assert isinstance(message.organ, Organ)
    organ = message.organ.name
    if address := _usable(identifiers.email, email):
        return Worded(Channel.MAIL, Contents(address, row.subject, row.mail.format(organ=organ, **fields)))
    number = _usable(identifiers.mobile, phone) if row.sms and texts(session) else ""
    if not number:
        raise Overtaken(NO_ADDRESS)
    return Worded(Channel.SMS, Contents(number, text=row.sms.format(organ=short_name(organ), **fields)))


def _usable(check: Callable[[str], str], written: str) -> str:
    """The address in its one form; empty when what people wrote there is none."""
    try:
        return check(written)
    except Refusal:
        return ""
