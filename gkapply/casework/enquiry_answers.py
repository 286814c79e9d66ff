"""What the office does with an enquiry (咨询): answers it, says which way to go, hands it on to another organ."""

from datetime import datetime

from sqlalchemy.orm import Session

from gkapply.casework import enquiry_contact
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.audience import Audience
from gkapply.casework.enquiries import DESK, note, tell_office
from gkapply.casework.enquiry_outcomes import GIVEN, Outcome
from gkapply.casework.enquiry_records import Enquiry, EnquiryMove
from gkapply.casework.people import Organ
from gkapply.casework.reception import receiving_organs
from gkapply.clock import day_of
from gkapply.law.refusal import Refusal, Stale
from gkapply.law.secrecy import refuse_secret_marks

LONGEST_ANSWER, LONGEST_REASON = 5000, 500


def answer(session: Session, enquiry: Enquiry, outcome: str, words: str, actor: Actor, now: datetime) -> None:
    """Answer the question, or say which other way it should go, in the office's words or in the usual ones of ``outcome``.

    ``enquiry`` was opened under lock. Raises Refusal for an unknown outcome, an answer without words or with secret marks; Stale when
    it has ended already.
    """
    require(actor, *DESK)
    require_running(enquiry)
    chosen, words = chosen_outcome(outcome), words.strip()
    if not words and not chosen.words:
        raise Refusal("请填写答复内容", field="words")
    if len(words) > LONGEST_ANSWER:
        raise Refusal(f"答复内容最多{LONGEST_ANSWER}个字，现有{len(words)}个字", field="words")
    refuse_secret_marks(words, "words")
    enquiry.outcome, enquiry.answer = chosen, words or chosen.words
    enquiry.signed_as = enquiry.organ.contact_unit or enquiry.organ.name
    enquiry.answered_at = enquiry.ended_at = now
    enquiry.answered_by = actor.signature
    note(session, enquiry, "answer", actor.signature, now, outcome=chosen.value)
    enquiry_contact.tell(session, enquiry, "answered", "已有答复", now)


def hand_on(session: Session, enquiry: Enquiry, code: str, reason: str, actor: Actor, now: datetime) -> None:
    """Hand the question on to the organ with that code; whoever asked sees where to and why. The term goes on.

    Raises Refusal for an organ that takes nothing here and without a reason, Stale when the question has ended already.
    """
    require(actor, *DESK)
    require_running(enquiry)
    organ = next((one for one in others(session, enquiry, now) if one.code == code), None)
    if organ is None:
        raise Refusal("请选择转交的机关", field="organ")
    if not 2 <= len(reason.strip()) <= LONGEST_REASON:
        raise Refusal(f"请写明转交的理由（2至{LONGEST_REASON}个字），提问人会看到", field="reason")
    refuse_secret_marks(reason, "reason")
    note(session, enquiry, "hand_on", actor.signature, now, to=organ.code)
    move = EnquiryMove(organ_id=enquiry.organ_id, to_organ=organ, reason=reason.strip(), at=now, actor=actor.signature)
    enquiry.moves.append(move)
    enquiry.organ, enquiry.told = organ, 0
    session.flush()
    tell_office(session, enquiry, now)
    enquiry_contact.tell(session, enquiry, f"moved:{move.id}", f"已转{organ.name}答复", now)


def others(session: Session, enquiry: Enquiry, now: datetime) -> list[Organ]:
    """The organs to which it may be handed on: those in which somebody would be told of it."""
    today = day_of(now)
    organs = [one for one in receiving_organs(session, today) if one.id != enquiry.organ_id]
    audience = Audience(session, {one.id for one in organs}, today)
    return [one for one in organs if audience.office(one.id)]


def chosen_outcome(code: str) -> Outcome:
    """The outcome with that code. Raises Refusal for one that the office may not choose."""
    for one in GIVEN:
        if one == code:
            return one
    raise Refusal("请选择处理方式", field="outcome")


def require_running(enquiry: Enquiry) -> None:
    """Raises Stale when the question has been answered or has become a request."""
    if enquiry.ended_at is not None:
        raise Stale("这件咨询已经办结，本次操作没有执行", do="您填写的内容仍在下方，请查看最新情况")
