"""What a unit does with a referral (转办): takes it from the pool, answers, sends it back, hands a part on."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from gkapply.casework import units
from gkapply.casework.access import Actor
from gkapply.casework.documents import TEXT_TYPE, Upload, add_document, as_file, keep
from gkapply.casework.entries import Document
from gkapply.casework.flow import fire
from gkapply.casework.referral_records import JOINT, Referral, ReferralPaper
from gkapply.casework.referrals import require_unit, senders
from gkapply.casework.referring import Part, checked_matter, end, part_term, send, tell
from gkapply.clock import day_of
from gkapply.law.refusal import NotPermitted, Refusal
from gkapply.law.secrecy import refuse_secret_marks

ROLE = "referral_answer"
MOST_FILES, LONGEST_ANSWER = 10, 5000


def accept(session: Session, referral: Referral, actor: Actor, now: datetime) -> None:
    """Take it from the unit's pool (签收、认领). Raises NotPermitted, WrongState."""
    require_unit(session, actor, referral)
    fire(session, referral, "accept", actor, now)
    _take(referral, actor, now)


def answer(
    session: Session, referral: Referral, text: str, files: Sequence[Upload], actor: Actor, now: datetime
) -> Sequence[Document]:
    """Answer it: words and files become papers of the case, which are returned.

    Raises Refusal for neither words nor files, too much, or what may not come in; NotPermitted, WrongState.
    """
    require_unit(session, actor, referral)
    text = text.strip()
    if not text and not files:
        raise Refusal("请填写办理结果，或者上传文件", "条例第四十五条", field="text")
    if len(text) > LONGEST_ANSWER:
        raise Refusal(f"最多{LONGEST_ANSWER}个字，现有{len(text)}个字", field="text", do="请精简，或者写在文件里上传")
    if len(files) > MOST_FILES:
        raise Refusal(f"最多上传{MOST_FILES}个文件", field="files")
    refuse_secret_marks(text, field="text")
    fire(session, referral, "answer", actor, now, detail={"files": len(files)})
    if referral.accepted_on is None:
        _take(referral, actor, now)
    on, case = day_of(now), referral.case
    written = [keep(session, case, ROLE, as_file(text, "办理结果"), TEXT_TYPE, on, actor, now)] if text else []
    papers = [*written, *(add_document(session, case, ROLE, one, on, actor, now, field="files") for one in files)]
    session.add_all(
        ReferralPaper(referral_id=referral.id, document_id=one.id, organ_id=referral.organ_id) for one in papers
    )
    referral.answer, referral.answered_by, referral.ended_on = text, actor.signature, on
    tell(session, referral, "referral_answered", senders(session, referral, on), now)
    return papers


def send_back(session: Session, referral: Referral, reason: str, actor: Actor, now: datetime) -> None:
    """Give it back to the disclosure office. Raises Refusal without a reason, NotPermitted, WrongState."""
    require_unit(session, actor, referral)
    refuse_secret_marks(reason, field="reason")
    fire(session, referral, "send_back", actor, now, reason=reason)
    end(referral, day_of(now), reason)
    tell(session, referral, "referral_returned", senders(session, referral, day_of(now), with_head=True), now)


def hand_on(
    session: Session, referral: Referral, unit_uid: str, matter: str, working_days: int, actor: Actor, now: datetime
) -> Referral:
    """Hand a part on to a unit of the actor's own organ, by a day inside this part-term; this unit stays answerable.

    Raises Refusal, NotPermitted, NotFound, WrongState.
    """
    require_unit(session, actor, referral)
    unit = units.find_unit(session, unit_uid, actor.organ_id)
    if unit.id == referral.unit_id or unit.closed_at is not None:
        raise Refusal("请选择另一个在用的承办单位", "条例第四十五条", field="unit")
    due_on = part_term(referral.case, working_days, day_of(now), referral.due_on)
    part = Part(unit, JOINT, checked_matter(matter), due_on, referral.shows_applicant, referral)
    fire(session, referral, "hand_on", actor, now, detail={"unit": unit.uid})
    return send(session, referral.case, part, actor, now)


def hand_over(session: Session, referral: Referral, to_user: int | None, actor: Actor, now: datetime) -> None:
    """Another person of the unit goes on with it; None: it lies in the pool of the unit again. Raises NotPermitted, WrongState."""
    if actor.organ_id not in (referral.organ_id, referral.unit.organ_id, referral.unit.linked_organ_id):
        raise NotPermitted("这件转办不在本机关")
    fire(session, referral, "hand_over", actor, now, detail={"from": referral.taken_by, "to": to_user})
    referral.taken_by = to_user


def _take(referral: Referral, actor: Actor, now: datetime) -> None:
    referral.taken_by, referral.accepted_on = actor.user_id, day_of(now)
