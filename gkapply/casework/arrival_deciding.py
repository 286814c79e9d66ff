"""Deciding on what came by no published channel: guided, taken as a request, answered there, no request; each with its reason."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import arrivals, documents
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.arrival_kinds import TOLD_BY, UNIT, WHENCE, ArrivalOutcome
from gkapply.casework.arrival_records import Arrival
from gkapply.casework.arrivals import KEEPERS
from gkapply.casework.documents import Upload
from gkapply.casework.records import Case
from gkapply.casework.reply import add_note
from gkapply.casework.services import store
from gkapply.clock import day_of
from gkapply.law.channels import OTHER_UNIT, REFERRED
from gkapply.law.refusal import Refusal, Stale
from gkapply.law.secrecy import refuse_secret_marks

NOTE = "arrival"
"""Kind of the note that keeps in the file where the request came from and why it was taken."""
PAPER = "other"
_LONGEST = {"reason": 1000, "reply": 5000}


@dataclass(frozen=True, slots=True)
class Decision:
    """What the office decides: ``reason`` always; of guiding how (a code of TOLD_BY) and when; of answering the reply."""

    outcome: str
    reason: str = ""
    told_by: str = ""
    told_on: date | None = None
    reply: str = ""


def decide(session: Session, arrival: Arrival, decision: Decision, actor: Actor, now: datetime) -> None:
    """Decide on an arrival. What is accepted stays open until its request is registered.

    Raises Stale when it is decided, Refusal for what is missing, NotPermitted.
    """
    require(actor, *KEEPERS)
    _require_open(arrival)
    if arrival.outcome is not None:
        raise Stale(f"{arrival.reference} 已经作出决定：{arrival.outcome.label}", do="请登记为申请")
    outcome = _checked(decision, day_of(now), arrival)
    arrival.outcome, arrival.reason = outcome, decision.reason.strip()
    arrival.told_by, arrival.told_on = decision.told_by, decision.told_on if decision.told_by else None
    arrival.reply = decision.reply.strip() if outcome is ArrivalOutcome.ANSWERED else ""
    arrival.decided_at, arrival.decided_by = now, actor.signature
    if outcome is not ArrivalOutcome.ACCEPTED:
        arrival.ended_at = now
    if outcome is ArrivalOutcome.MISTAKE:
        arrival.ticket_key = None
    arrivals.note(session, arrival, "decide", actor, now, outcome=outcome.value)


def prefill(session: Session, reference: str, actor: Actor, now: datetime) -> dict[str, Any]:
    """What the arrival says, for the counter's form. Raises NotFound, Stale when it is settled, Refusal before it is accepted."""
    arrival = arrivals.find(session, reference, actor)
    _require_open(arrival)
    _require_accepted(arrival)
    person = arrivals.person_of(session, arrival)
    known: dict[str, Any] = {"description": arrival.text, "name": person["name"], "received_on": arrival.came_on}
    contact = person["contact"]
    digits = contact.replace(" ", "").replace("-", "")
    known["email" if "@" in contact else "phone" if digits.isdigit() else "address"] = contact
    if arrival.whence == UNIT:
        return {**known, "channel": OTHER_UNIT, "unit": arrival.unit, "reached_on": arrival.reached_on}
    return {**known, "channel": REFERRED, "source": arrival.whence, "ticket": arrival.ticket}


def register_as(session: Session, reference: str, case: Case, actor: Actor, now: datetime) -> None:
    """The registrar has entered the request: its file knows where it came from, and takes its papers along.

    Raises NotFound, Stale when it has become another request already, Refusal before it is accepted.
    """
    require(actor, *KEEPERS)
    arrival = arrivals.find(session, reference, actor, for_step=True)
    if arrival.case_id == case.id:
        return
    _require_open(arrival)
    _require_accepted(arrival)
    arrival.case, arrival.ended_at = case, now
    session.flush()
    said = {
        "source": WHENCE[arrival.whence],
        "ticket": arrival.ticket,
        "unit": arrival.unit,
        "reached_on": arrival.reached_on.isoformat(),
        "passed_on": arrival.came_on.isoformat(),
        "why": arrival.reason,
    }
    add_note(session, case, NOTE, {name: text for name, text in said.items() if text}, arrival.came_on, actor, now)
    for one in arrival.files:
        upload = Upload(one.name, store(session).get(one.sha256))
        documents.keep(session, case, PAPER, upload, one.media_type, arrival.came_on, actor, now)
    arrivals.note(session, arrival, "register", actor, now)


def _checked(decision: Decision, today: date, arrival: Arrival) -> ArrivalOutcome:
    outcome = next((one for one in ArrivalOutcome if one.value == decision.outcome), None)
    if outcome is None:
        raise Refusal("请选择如何处理", field="outcome")
    if not decision.reason.strip():
        raise Refusal(outcome.why, arrivals.ARTICLE, field="reason")
    for name, most in _LONGEST.items():
        words = getattr(decision, name)
        if len(words) > most:
            raise Refusal(f"最多{most}个字", field=name, do="请精简")
        refuse_secret_marks(words, name)
    if outcome is ArrivalOutcome.ANSWERED and not decision.reply.strip():
        raise Refusal("请写明答复原渠道的内容", field="reply")
    if outcome is ArrivalOutcome.GUIDED:
        _check_telling(decision, today, arrival)
    return outcome


def _check_telling(decision: Decision, today: date, arrival: Arrival) -> None:
    if decision.told_by not in TOLD_BY:
        raise Refusal("请选择以何种方式告知来件人", arrivals.ARTICLE, field="told_by")
    if decision.told_on is None:
        raise Refusal("请填写告知的日期", arrivals.ARTICLE, field="told_on")
    if not arrival.reached_on <= decision.told_on <= today:
        raise Refusal("告知的日期应当在来件之后、今天之前", field="told_on", do="请核对日期")


def _require_open(arrival: Arrival) -> None:
    if arrival.ended_at is not None:
        raise Stale(f"{arrival.reference} 已经处理", do="请查看处理结果")


def _require_accepted(arrival: Arrival) -> None:
    if arrival.outcome is not ArrivalOutcome.ACCEPTED:
        raise Refusal("这件来件还没有决定直接受理", arrivals.ARTICLE, do="请先写明申请人的意愿和理由，作出决定")
