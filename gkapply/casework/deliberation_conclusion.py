"""How a joint consultation (会商) ends: with an adopted conclusion, or without agreement before the supervising authority.

Whoever dissented, and why, is part of the conclusion: it stands in the minutes beside it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework import outbox
from gkapply.casework.access import Actor
from gkapply.casework.deliberation_causes import checked
from gkapply.casework.deliberation_records import Deliberation
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.flow import fire
from gkapply.casework.letterbook import signing_name_of
from gkapply.casework.numbering import next_number
from gkapply.clock import day_of
from gkapply.law.letter_numbers import LetterNumber
from gkapply.law.refusal import Refusal
from gkapply.law.replies import kinds_for, reply_kind
from gkapply.law.secrecy import refuse_secret_marks

SERIES = "deliberation"
ANSWER = "deliberation_answer"
"""Role of the authority's answer."""
LONGEST = 5000
WITH_AUTHORITY = "条例第十七条第三款"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What is adopted: the words, the grounds, for each item its outcome (code of ``ReplyKind``), when it was held, who wrote."""

    text: str
    grounds: str
    held_on: date
    outcomes: Mapping[int, str] = field(default_factory=dict)
    recorder: str = ""


def conclude(session: Session, one: Deliberation, said: Conclusion, actor: Actor, now: datetime) -> None:
    """The chair adopts the conclusion; it gets its number, and the minutes (会商纪要) are ordered.

    Raises Refusal for what is missing, a day that cannot be, and an outcome that no item of the case can have.
    """
    text = checked(said.text, "text", "会商结论", LONGEST)
    grounds = checked(said.grounds, "grounds", "理由和依据", LONGEST)
    refuse_secret_marks(said.recorder, field="recorder")
    outcomes = _outcomes(one, said.outcomes)
    today = day_of(now)
    if not day_of(one.called_at or one.proposed_at) <= said.held_on <= today:
        raise Refusal("会商日期应在召集之后、不晚于今天", field="held_on")
    fire(session, one, "conclude", actor, now, detail={"items": len(outcomes), "on": said.held_on.isoformat()})
    one.conclusion, one.grounds, one.held_on = text, grounds, said.held_on
    one.outcomes = json.dumps({str(item): outcome for item, outcome in sorted(outcomes.items())})
    one.recorder = said.recorder.strip()
    one.concluded_at, one.concluded_by = now, actor.user_id
    word = f"{signing_name_of(one.case, today).code_word}会商"
    one.number = str(LetterNumber(word, today.year, next_number(session, one.organ_id, SERIES, today.year)))
    session.flush()
    outbox.post(session, outbox.MAKE_MINUTES, f"{outbox.MAKE_MINUTES}:{one.uid}", now, deliberation=one.uid)


def _outcomes(one: Deliberation, chosen: Mapping[int, str]) -> dict[int, str]:
    """The outcomes that were chosen. Raises Refusal for an unknown item or one of another kind of case."""
    known, kinds = {item.ordinal for item in one.case.items}, kinds_for(one.case.kind)
    found = {item: outcome for item, outcome in chosen.items() if outcome}
    for item, outcome in found.items():
        if item not in known or reply_kind(outcome) not in kinds:
            raise Refusal(f"第{item}项不能认定为所选的类型", field=f"item_{item}")
    return found


def disagree(session: Session, one: Deliberation, text: str, actor: Actor, now: datetime) -> None:
    """Keep on what nobody agreed. Raises Refusal without it."""
    said = checked(text, "text", "分歧", LONGEST)
    fire(session, one, "disagree", actor, now)
    one.disagreement = said


def confer_again(session: Session, one: Deliberation, actor: Actor, now: datetime) -> None:
    """Opinions are gathered once more; those that were given stand until their member gives another."""
    fire(session, one, "confer_again", actor, now)


def refer(
    session: Session, one: Deliberation, authority: str, on: date, paper: Upload | None, actor: Actor, now: datetime
) -> None:
    """Put it to the supervising authority (报请主管部门). The reply clock goes on. Raises Refusal."""
    said = checked(authority, "authority", "报请的主管部门", 200)
    _require_day(on, day_of(one.proposed_at), now)
    fire(session, one, "refer", actor, now, detail={"on": on.isoformat()})
    one.authority, one.referred_on = said, on
    if paper is not None:
        add_document(session, one.case, ANSWER, paper, on, actor, now, field="file")


def record_answer(
    session: Session, one: Deliberation, text: str, on: date, paper: Upload | None, actor: Actor, now: datetime
) -> None:
    """Enter what the authority answered and when. Raises Refusal."""
    said = checked(text, "text", "主管部门的答复", LONGEST)
    _require_day(on, one.referred_on or day_of(one.proposed_at), now)
    fire(session, one, "record_answer", actor, now, detail={"on": on.isoformat()})
    one.answer, one.answered_on = said, on
    if paper is not None:
        add_document(session, one.case, ANSWER, paper, on, actor, now, field="file")


def _require_day(on: date, first: date, now: datetime) -> None:
    if not first <= on <= day_of(now):
        raise Refusal("日期不能早于报请、提请之日，也不能晚于今天", WITH_AUTHORITY, field="on", do="请核对日期")
