"""The one-time link by which a consulted party answers on the web (在线提交意见的链接).

Token and code are derived from the question and the data key, as query codes are; the database keeps the token's SHA-256
alone. A letter shows them from its rendering on. The party identifies itself by the code of the letter and the last four of
the telephone number or credit code registered for it; its first opening proves the receipt of the question.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import access_log, consultation, link_door, notification
from gkapply.casework.access import Actor
from gkapply.casework.consultation import Opinion
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.journal import canonical
from gkapply.casework.link_door import TAIL, LinkClosed, hash_of, is_right, let_in, tail_of
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.people_data import party_contact
from gkapply.casework.records import Case
from gkapply.casework.services import ring
from gkapply.clock import day_of
from gkapply.law.letters import INQUIRIES
from gkapply.law.refusal import NotFound, Refusal, WrongState
from workflows.consultation import ConsultationState
from workflows.duties import Duty

ADDRESS_MARK, CODE_MARK = "〔网址于生成文书时填入〕", "〔核验码于生成文书时填入〕"
"""What the approved text says in place of address and code; the file alone shows them."""
MOST_FILES = 5
_WAITING = (ConsultationState.ASKED, ConsultationState.SILENT, ConsultationState.RETURNED)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the party sees. ``opinion`` and what follows are empty until it has answered; nothing of the applicant is in it."""

    organ: str
    contact: str
    number: str
    party: str
    party_kind: str
    information: str
    reason: str
    asked_on: date
    received_on: date | None
    due_on: date | None
    answer_within: int
    late: bool


@dataclass(frozen=True, slots=True)
class Given:
    """The confirmation of an opinion: its digest over what was said and enclosed, and the moment."""

    number: str
    organ: str
    opinion: str
    at: datetime
    digest: str
    files: Sequence[str]
    late: bool


def issue(session: Session, question: Consultation) -> None:
    """Let the question be answered by link from now on, where the party can identify itself on the web."""
    if _tails(session, question):
        token, _ = ring(session).answer_link(question.uid)
        question.link_hash = hash_of(token)


def how_to_answer(session: Session, question: Consultation) -> str:
    """The sentence of the letter on answering on the web, address and code still marks; empty where there is no link."""
    contact = party_contact(session, question)
    known = [label for field, label in _IDENTIFIERS.items() if len(contact.get(field, "")) >= TAIL]
    if not known:
        return ""
    return (
        f"也可以登录{ADDRESS_MARK}，凭核验码{CODE_MARK}和{'或者'.join(known)}的后四位在线提交意见，该链接只能使用一次。"
    )


def filled(session: Session, letter: Letter, fields: dict[str, object]) -> dict[str, object]:
    """The fields with address and code in place of their marks: for the file only."""
    text = fields.get("answer_online")
    if letter.consultation is None or letter.kind not in INQUIRIES or not isinstance(text, str):
        return fields
    token, code = ring(session).answer_link(letter.consultation.uid)
    shown = text.replace(ADDRESS_MARK, address_of(session, token)).replace(CODE_MARK, code)
    return {**fields, "answer_online": shown}


def address_of(session: Session, token: str) -> str:
    """The address of a link as letters and messages show it."""
    return link_door.address_of(session, "answer", token)


def identify(token: str, code: str, tail: str, address: str, now: datetime) -> None:
    """The party shows the code of the letter and the last four of its number; its first time is the receipt.

    Works in short units of its own: a failure counts although it is refused. Raises NotFound for an unknown link, LinkClosed,
    Refusal for a wrong code or number, Blocked after too many.
    """

    def try_key(session: Session) -> bool:
        question = find(session, token, for_step=True)
        _, expected = ring(session).answer_link(question.uid)
        right = is_right(expected, _tails(session, question), code, tail)
        if right:
            _open(session, question, now)
        return right

    right = let_in(link_door.ANSWER, token, address, now, lambda session: find(session, token), try_key)
    if not right:
        raise Refusal(
            "核验码或者后四位不正确", do="请对照征求意见书逐位核对；号码有变动的，请与发函机关联系", field="code"
        )


def asked(session: Session, token: str, now: datetime) -> Asked:
    """What an identified party reads; the look is noted by the caller's unit. Raises NotFound, LinkClosed."""
    question = find(session, token)
    organ = question.case.organ
    assert question.asked_on is not None
    return Asked(
        organ=letter_of(question).signing_name.full_name,
        contact="，".join(text for text in (organ.contact_unit, organ.contact_phone) if text),
        number=letter_of(question).number or "",
        party=question.name,
        party_kind=question.party_kind,
        information=question.information,
        reason=question.reason,
        asked_on=question.asked_on,
        received_on=question.received_on,
        due_on=question.opinion_due_on,
        answer_within=question.answer_within,
        late=_is_late(question, day_of(now)),
    )


def note_look(session: Session, token: str, now: datetime) -> None:
    """Record that the party looked at its question."""
    question = find(session, token)
    access_log.note_access(session, _holder(question), "question.shown", now, case_id=question.case_id, of=question.uid)


def give(session: Session, token: str, opinion: Opinion, files: Sequence[Upload], now: datetime) -> str:
    """Take the party's opinion with its papers; the link is used up. Returns the digest of the confirmation.

    Raises NotFound, LinkClosed, or Refusal for what is missing or too much.
    """
    if len(files) > MOST_FILES:
        raise Refusal(f"最多上传{MOST_FILES}个文件", field="files")
    question = find(session, token, for_step=True)
    actor, on = _holder(question), day_of(now)
    papers = [add_document(session, question.case, "opinion", one, on, actor, now, field="files") for one in files]
    digest = hashlib.sha256(
        canonical(
            {
                "of": question.uid,
                "opinion": opinion.verdict,
                "parts": opinion.parts.strip(),
                "text": opinion.text.strip(),
                "files": [paper.sha256 for paper in papers],
                "at": now.isoformat(),
            }
        ).encode()
    ).hexdigest()
    consultation.answer(session, question, on, opinion, actor, now, detail={"by_link": True, "digest": digest})
    _tell_officer(session, question, now)
    return digest


def _tell_officer(session: Session, question: Consultation, now: datetime) -> None:
    case = question.case
    if case.officer_id is not None:
        officer = [case.officer_id]
        key, party = question.uid, question.party
        notification.tell(
            session, case.organ_id, officer, kind="opinion_came", key=key, now=now, case=case, party=party
        )


def confirmation(session: Session, token: str) -> Given:
    """What the party sent by this link. Raises NotFound when it has sent nothing."""
    query = select(Consultation).where(Consultation.link_hash == hash_of(token), Consultation.answered_on.is_not(None))
    question = session.scalars(query).one_or_none()
    facts = [] if question is None else [fact for fact in question.case.facts if fact.party == question.party]
    sent = [fact for fact in facts if json.loads(fact.detail).get("by_link")]
    if question is None or not sent:
        raise NotFound("没有通过这个链接提交的意见")
    fact = sent[-1]
    papers = [one.name for one in question.case.documents if one.role == "opinion" and one.added_at == fact.recorded_at]
    return Given(
        number=letter_of(question).number or "",
        organ=letter_of(question).signing_name.full_name,
        opinion=question.opinion,
        at=fact.recorded_at,
        digest=json.loads(fact.detail)["digest"],
        files=papers,
        late=question.came_late,
    )


def find(session: Session, token: str, *, for_step: bool = False) -> Consultation:
    """The question of a link that can still be used.

    Raises NotFound for an unknown token, LinkClosed once it was answered, withdrawn, or its case is in the archive.
    """
    query = select(Consultation).join(Case, Consultation.case_id == Case.id)
    query = query.where(Consultation.link_hash == hash_of(token))
    if for_step:
        query = query.with_for_update()
    question = session.scalars(query).one_or_none()
    if question is None or question.state is ConsultationState.DRAFT:
        raise NotFound("没有这个链接", do="请核对征求意见书上的网址")
    if question.answered_on is not None:
        raise LinkClosed("意见已经提交，链接已使用", do="需要补充意见的，请书面寄送发函机关")
    if question.state not in _WAITING or question.case.archived_on is not None:
        raise LinkClosed("这件征求意见已经结束，不再接收意见", do="有疑问请与发函机关联系")
    return question


def _open(session: Session, question: Consultation, now: datetime) -> None:
    """The first opening after identification proves the receipt, when no other proof came before."""
    actor = _holder(question)
    access_log.note_access(session, actor, "question.opened", now, case_id=question.case_id, of=question.uid)
    if question.opened_at is None:
        question.opened_at = now
    if question.received_on is None and question.state is ConsultationState.ASKED:
        consultation.note_receipt(session, question, day_of(now), actor, now)


_IDENTIFIERS = {"phone": "登记的联系电话", "credit_code": "统一社会信用代码"}


def _tails(session: Session, question: Consultation) -> list[str]:
    """The last four of each number by which the party can identify itself."""
    contact = party_contact(session, question)
    return [tail for field in _IDENTIFIERS if (tail := tail_of(contact.get(field, "")))]


def _holder(question: Consultation) -> Actor:
    return Actor("link", question.organ_id, frozenset({Duty.LINK}), case_id=question.case_id)


def letter_of(question: Consultation) -> Letter:
    """The signed letter that put the question. Raises WrongState while there is none."""
    for letter in question.letters:
        if letter.kind in INQUIRIES and letter.number:
            return letter
    raise WrongState("征求意见书尚未签发")


def _is_late(question: Consultation, today: date) -> bool:
    ends = (question.opinion_due_on, question.returned_on)
    return any(day is not None and day < today for day in ends)
