"""Putting right a step that was taken by mistake (更正办错的步骤): by a counter-step with its reason, never by editing.

The journal keeps both; a dated fact entered by mistake is revoked by another, and the reply term is reckoned anew from what stands.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import delivery_ledger, journal, ledger, likeness_index
from gkapply.casework.access import Actor
from gkapply.casework.branches import CORRECTION_PENDING
from gkapply.casework.dating import revoke_fact, without
from gkapply.casework.entries import Fact
from gkapply.casework.flow import FLOWS, fire, require_duty
from gkapply.casework.journal import JournalEntry
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.reply import add_note
from gkapply.clock import day_of
from gkapply.law.delivery_ways import Outcome
from gkapply.law.facts import FactKind
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import NotFound, Refusal
from gkapply.law.secrecy import refuse_secret_marks
from workflows.step import Step
from workflows.undoing import TAKE_BACK, Counter, counter_of

NOTE = "mistake"
"""Kind of the note that keeps the reason."""
LONGEST = 500
_OF_DELIVERY = {
    LetterKind.CORRECTION_NOTICE: ledger.NOTICE_RECEIVED,
    LetterKind.EXPLANATION_NOTICE: ledger.EXPLANATION_NOTICE_RECEIVED,
    LetterKind.FEE_NOTICE: ledger.FEE_NOTICE_RECEIVED,
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """A step in the history that somebody holds for a mistake: what it was, and what is done about it."""

    seq: int
    deed: str
    at: datetime
    label: str
    of: str
    """uid of the letter that it was a step of; empty for the case."""
    counter: Counter
    step: Step | None
    """The counter-step; None where there is none."""
    direct: bool
    """Whether the counter-step is nothing but that, and is taken with the reason at once."""


def mistake(session: Session, case: Case, seq: int) -> Mistake:
    """The entry ``seq`` of the history of ``case`` with what is done about it. Raises NotFound for any that is no step."""
    entry = session.scalars(
        select(JournalEntry).where(
            JournalEntry.case_id == case.id, JournalEntry.organ_id == case.organ_id, JournalEntry.seq == seq
        )
    ).one_or_none()
    counter = counter_of(entry.deed) if entry is not None else None
    if entry is None or counter is None:
        raise NotFound("没有这条办理经过，或者它不是可以更正的步骤", do="请从办理经过中选择")
    flows = {flow.workflow.name: flow for flow in FLOWS.values()}
    room, _, trigger = entry.deed.partition(".")
    step = flows[counter.by[0]].steps[counter.by[1]] if counter.by else None
    of = str(journal_of(entry).get("of", ""))
    direct = step is not None and step.trigger in TAKE_BACK
    return Mistake(
        entry.seq, entry.deed, entry.recorded_at, flows[room].steps[trigger].label, of, counter, step, direct
    )


def explain(session: Session, case: Case, one: Mistake, reason: str, actor: Actor, now: datetime) -> None:
    """Keep why the step was a mistake, before its counter-step is taken on its own page. Raises NotPermitted, Refusal."""
    if one.step is None or one.counter.by is None:
        raise Refusal("这一步没有可以办理的更正步骤", do=one.counter.why)
    require_duty(one.step, actor)
    _keep(session, case, one.label, reason, actor, now)
    by = ".".join(one.counter.by)
    told = {"undoes": one.seq, "step": one.deed, "by": by}
    journal.record(session, case.organ_id, "history.mistake", actor.signature, now, case_id=case.id, **told)


def take_back_acceptance(
    session: Session, case: Case, reason: str, actor: Actor, now: datetime, undoes: int | None = None
) -> None:
    """Handling was begun by mistake: the request is reviewed again. Raises Refusal once anything rests on it."""
    fire(session, case, "take_back_acceptance", actor, now, detail=_undoing(undoes))
    _keep(session, case, "内容明确，转入办理", reason, actor, now)


def take_back_correction(
    session: Session, case: Case, reason: str, actor: Actor, now: datetime, undoes: int | None = None
) -> None:
    """A correction was entered that had not come, or on a wrong day: the request waits for it again, under the earlier term."""
    fact = facts_of(case, FactKind.CORRECTION_RECEIVED)[-1]
    fire(session, case, "take_back_correction", actor, now, detail={**_undoing(undoes), "on": fact.on_.isoformat()})
    paper = next((one for one in case.documents if one.id == fact.document_id), None)
    if paper is not None and paper.role == CORRECTION_PENDING:
        paper.taken_on = None
    before = likeness_index.text_of(case)
    if (
        paper is not None
        and len(case.items) == 1
        and case.items[0].outcome is None
        and case.items[0].quote == paper.text
    ):
        case.items[0].quote = case.description
    likeness_index.reword(session, case, before)
    revoke_fact(session, case, fact, actor, now)
    _keep(session, case, "收到补正", reason, actor, now)


def take_back_delivery(
    session: Session, letter: Letter, reason: str, actor: Actor, now: datetime, undoes: int | None = None
) -> None:
    """A delivery was entered that did not happen, or on a wrong day: the letter is on its way again.

    Raises Refusal when the recipient fetched it here.
    """
    results = [one.result for one in letter.attempts if one.outcome is Outcome.DELIVERED and one.result is not None]
    if any(not one.entered_by.startswith("user:") for one in results):
        raise Refusal("申请人已经在网上领取这份文书，送达不能撤销", "条例第四十条")
    fire(session, letter, "take_back_delivery", actor, now, detail=_undoing(undoes))
    for case, fact in _delivery_facts(letter):
        revoke_fact(session, case, fact, actor, now)
    if LetterKind(letter.kind).ends_case:
        for case in letter.cases:
            case.delivered_on = None
    delivery_ledger.take_back(session, letter, day_of(now), actor, now)
    letter.delivered_on = None
    _keep(session, letter.case, "登记送达", reason, actor, now)


def dates_after(case: Case, one: Mistake, letter: Letter | None) -> tuple[date | None, date | None]:
    """The last day for the reply now, and after the counter-step; the same where it changes nothing. Raises Refusal."""
    gone: Sequence[Fact] = ()
    if one.step is not None and one.step.trigger == "take_back_correction":
        gone = facts_of(case, FactKind.CORRECTION_RECEIVED)[-1:]
    elif one.step is not None and one.step.trigger == "take_back_delivery" and letter is not None:
        gone = [fact for of, fact in _delivery_facts(letter) if of is case]
    return case.due_on, without(case, gone).reply_due_on if gone else case.due_on


def letter_of(case: Case, one: Mistake) -> Letter | None:
    """The letter that the mistaken step was about; of a reply's delivery noted with the case, the newest that has it."""
    named = [letter for letter in case.all_letters if letter.uid == one.of]
    ending = [letter for letter in case.all_letters if LetterKind(letter.kind).ends_case and letter.delivered_on]
    return next(reversed(named or ending), None)


def facts_of(case: Case, kind: str) -> Sequence[Fact]:
    """The facts of that kind that stand, in the order of entry."""
    return [fact for fact in ledger.standing(case.facts) if fact.kind == kind]


def _delivery_facts(letter: Letter) -> list[tuple[Case, Fact]]:
    """What the delivery of the letter began."""
    kind = LetterKind(letter.kind)
    code = ledger.REPLY_DELIVERED if kind.ends_case else _OF_DELIVERY.get(kind)
    if code is None:
        return []
    return [(case, fact) for case in letter.cases for fact in facts_of(case, code)[-1:]]


def journal_of(entry: JournalEntry) -> dict[str, object]:
    """What an entry says."""
    return dict(json.loads(entry.body))


def _undoing(seq: int | None) -> dict[str, int]:
    return {} if seq is None else {"undoes": seq}


def _keep(session: Session, case: Case, label: str, reason: str, actor: Actor, now: datetime) -> None:
    words = reason.strip()
    if not 0 < len(words) <= LONGEST:
        raise Refusal(f"请写明为什么办错（不超过{LONGEST}个字）", "条例第四十五条", field="reason")
    refuse_secret_marks(words, field="reason")
    add_note(session, case, NOTE, {"step": label, "why": words}, day_of(now), actor, now)
