"""What becomes of an envelope that is no new request: it belongs to a request, it is none, it was entered by mistake."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from gkapply.casework import docket, documents, incoming_mail
from gkapply.casework.access import Actor, open_case
from gkapply.casework.accounts import require
from gkapply.casework.documents import Upload
from gkapply.casework.flow import APPLICATIONS, CONSULTATIONS, LETTERS, Flow
from gkapply.casework.incoming_kinds import SETTLED_BY_HAND, MailOutcome, Purpose
from gkapply.casework.incoming_mail import KEEPERS
from gkapply.casework.incoming_records import IncomingMail
from gkapply.casework.records import Case
from gkapply.casework.services import store
from gkapply.law.refusal import Refusal, Stale
from gkapply.law.secrecy import refuse_secret_marks

ENVELOPE = "envelope"
"""Role of the photo in the file of the case."""
LONGEST_REASON = 500
CASE, CONSULTATION, LETTER = "case", "consultation", "letter"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the registrar decides: ``case`` is a number or reference, for what belongs to a request; ``passed_to`` who has it now."""

    outcome: str
    reason: str = ""
    case: str = ""
    purpose: str = ""
    passed_to: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """The step that takes what came: of a case, of a question to a party, or of a letter. ``trigger`` is empty where none can be named."""

    thing: str
    key: str
    trigger: str


def settle(session: Session, mail: IncomingMail, said: Settlement, actor: Actor, now: datetime) -> Lead | None:
    """Settle an envelope; gives back the step that is to follow for what belongs to a request.

    Raises Stale when it is settled, NotFound for a case that the actor does not see, Refusal for what is missing.
    """
    require(actor, *KEEPERS)
    require_open(mail)
    outcome = next((one for one in SETTLED_BY_HAND if one.value == said.outcome), None)
    if outcome is None:
        raise Refusal("请选择如何处理", field="outcome")
    for name in ("reason", "passed_to"):
        refuse_secret_marks(getattr(said, name), name)
    if len(said.reason) > LONGEST_REASON:
        raise Refusal(f"理由最多{LONGEST_REASON}个字", field="reason", do="请精简")
    mail.passed_to = said.passed_to.strip()[:60] or mail.passed_to
    if outcome is MailOutcome.EXISTING:
        return _belongs(session, mail, said, actor, now)
    if not said.reason.strip():
        raise Refusal("请写明理由", field="reason", do="例如：寄给其他单位的公文，已退回邮政")
    if outcome is MailOutcome.NOT_REQUEST and not mail.passed_to:
        raise Refusal("请写明转交给谁", field="passed_to", do="退回邮政、存档的也请写明")
    incoming_mail.end(session, mail, outcome, said.reason, actor, now)
    return None


def require_open(mail: IncomingMail) -> None:
    """Raises Stale when the envelope is settled already."""
    if mail.ended_at is not None:
        raise Stale(f"{mail.reference} 已经处理", do="请查看处理结果")


def keep_photo(session: Session, mail: IncomingMail, case: Case, actor: Actor, now: datetime) -> None:
    """Put the photo of the envelope into the file of the case, dated on the day on which the envelope came."""
    if mail.photo_sha and case.archived_on is None:
        photo = Upload(mail.photo_name, store(session).get(mail.photo_sha))
        documents.keep(session, case, ENVELOPE, photo, mail.photo_type, mail.came_on, actor, now)


def lead_of(mail: IncomingMail, case: Case, actor: Actor, now: datetime) -> Lead:
    """The step that takes what came, where there is exactly one; else the page of the case."""
    assert mail.purpose is not None
    found = [
        Lead(thing, key, trigger)
        for thing, key, flow, moving in _moving(case, mail.purpose)
        for trigger in _open(flow, moving, mail.purpose, actor, now)
    ]
    return found[0] if len(found) == 1 else Lead(CASE, case.reference, "")


def _belongs(session: Session, mail: IncomingMail, said: Settlement, actor: Actor, now: datetime) -> Lead:
    purpose = next((one for one in Purpose if one.value == said.purpose), None)
    if purpose is None:
        raise Refusal("请选择来件是什么", field="purpose")
    if not said.case.strip():
        raise Refusal("请填写申请的登记编号", field="case", do="例如 2026-0012")
    case = open_case(session, docket.reference_of(session, actor, said.case), actor, for_step=True)
    mail.purpose, mail.case = purpose, case
    session.flush()
    keep_photo(session, mail, case, actor, now)
    incoming_mail.end(session, mail, MailOutcome.EXISTING, said.reason, actor, now)
    return lead_of(mail, case, actor, now)


def _moving(case: Case, purpose: Purpose) -> list[tuple[str, str, Flow, object]]:
    """What of the case may take a paper of that purpose, each with the flow that it moves in."""
    questions = [(CONSULTATION, one.uid, CONSULTATIONS, one) for one in case.consultations]
    if purpose is Purpose.OPINION:
        return list(questions)
    if purpose is Purpose.RETURNED:
        return [*questions, *((LETTER, one.uid, LETTERS, one) for one in case.all_letters)]
    return [(CASE, case.reference, APPLICATIONS, case)]


def _open(flow: Flow, moving: object, purpose: Purpose, actor: Actor, now: datetime) -> list[str]:
    wanted = {purpose.trigger, "answer_late"} if purpose is Purpose.OPINION else {purpose.trigger}
    options = flow.available(moving, actor, now)  # type: ignore[arg-type]
    return [one.step.trigger for one in options if one.possible and one.step.trigger in wanted]
