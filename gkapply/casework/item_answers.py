"""Working an item through the seven questions (七问): each answer is kept as it is given, until the outcome is saved.

Answers move nothing: the outcome is saved by ``deciding.decide_item`` alone. The journal keeps the codes of the answers.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import deciding, journal
from gkapply.casework.access import Actor
from gkapply.casework.answers import evidence_of
from gkapply.casework.deciding import decide_item, item_of, met
from gkapply.casework.flow import APPLICATIONS
from gkapply.casework.journal import canonical
from gkapply.casework.records import Case, Item
from gkapply.law.refusal import Refusal, Stale
from gkapply.law.replies import ReplyKind
from gkapply.law.seven_questions import Way, asked_of, evidence_by_question, question, walk

BY_WHOM = "itemise"
"""Whoever may take the request apart into items may answer the questions about them, at the same time."""
DEED = "item.answer"


@dataclass(frozen=True, slots=True)
class Progress:
    """One item on its way through the seven; ``saved``: its outcome stands as its answers say."""

    ordinal: int
    quote: str
    way: Way
    outcome: ReplyKind | None
    saved: bool


def progress(case: Case) -> list[Progress]:
    """Every item with its way so far; none for a case that is not asked the seven."""
    return [progress_of(item) for item in case.items] if asked_of(case.kind) else []


def progress_of(item: Item) -> Progress:
    """One item with its way so far."""
    way, outcome = way_of(item), None if item.outcome is None else ReplyKind(item.outcome)
    saved = outcome is not None and way.outcome is outcome and collected(item) == evidence_of(item)
    return Progress(item.ordinal, item.quote, way, outcome, saved)


def way_of(item: Item) -> Way:
    """The seven as they are answered for the item."""
    return walk({code: one["answer"] for code, one in _kept(item).items()})


def given_with(item: Item, code: str) -> tuple[str, Mapping[str, Any]]:
    """The answer kept for that question, with the evidence given with it; empty when there is none."""
    one = _kept(item).get(code)
    return (one["answer"], one["given"]) if one else ("", {})


def collected(item: Item) -> dict[str, Any]:
    """All evidence that was given along the way of the item."""
    kept = _kept(item)
    return {name: value for stop in way_of(item).answered for name, value in kept[stop.question.code]["given"].items()}


def answer(
    session: Session,
    case: Case,
    ordinal: int,
    code: str,
    chosen: str,
    evidence: Mapping[str, Any],
    before: str,
    actor: Actor,
    now: datetime,
) -> Way:
    """Keep one answer with its evidence; returns the way from there.

    ``before`` is ``Way.before`` as the page showed it. Raises Stale when the answers before have changed since, Refusal when
    the answer is none of those left, or when evidence is missing.
    """
    APPLICATIONS.require(case, BY_WHOM, actor)
    if not asked_of(case.kind):
        raise Refusal("更正申请不适用七问", "条例第四十一条", do="请在“逐项认定”中直接选择答复类型")
    item = item_of(case, ordinal)
    way = way_of(item)
    if way.before(code) != before:
        raise Stale("前面的回答在您打开页面之后已有变动，本次回答没有保存", do="请核对前面的回答后再提交")
    stop = way.stop(code)
    if not way.reaches(code):
        raise Refusal("前面的问题还没有答完", "条例第三十六条", do="请依次回答")
    found = next((one for one in stop.answers if one.code == chosen), None)
    if found is None:
        raise Refusal(f"请选择“{question(code).name}”的回答", "条例第三十六条", field="answer")
    given = met(case, f"“{found.label}”", found.evidence, evidence)
    item.answers = canonical({**_kept(item), code: {"answer": found.code, "given": given}})
    onward = way_of(item)
    if onward.outcome is not None:
        deciding.sufficient(session, case, item, onward.outcome, collected(item))
    detail = {"item": ordinal, "question": code, "answer": found.code}
    journal.record(session, case.organ_id, DEED, actor.signature, now, case_id=case.id, **detail)
    return onward


def save(session: Session, case: Case, ordinal: int, outcome: str, actor: Actor, now: datetime) -> Item:
    """Give the item the outcome to which its answers lead, through ``decide_item``.

    ``outcome`` is what the page showed. Raises Stale when the answers lead elsewhere by now, Refusal while one is open.
    """
    item = item_of(case, ordinal)
    way = way_of(item)
    if way.next is not None:
        raise Refusal(f"第{ordinal}项的“{way.next.question.name}”还没有回答", "条例第三十六条", do="请依次答完")
    if way.outcome is None or way.outcome.value != outcome:
        raise Stale("前面的回答在您打开页面之后已有变动，没有保存", do="请核对回答后再保存")
    return decide_item(session, case, ordinal, outcome, collected(item), actor, now)


def _kept(item: Item) -> dict[str, Any]:
    """The answers as kept; for an outcome without any, those that lead to it."""
    kept: dict[str, Any] = json.loads(item.answers)
    if kept or item.outcome is None:
        return kept
    told = evidence_by_question(ReplyKind(item.outcome), evidence_of(item))
    return {code: {"answer": given, "given": own} for code, given, own in told}
