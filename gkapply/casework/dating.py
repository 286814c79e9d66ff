"""Entering dated facts, and the dates that follow from them.

The clocks judge every new fact together with all earlier ones, so that an unlawful one (a second correction, an extension
told too late) is refused at whatever door it comes in.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import journal, ledger
from gkapply.casework.access import Actor
from gkapply.casework.entries import Document, Fact
from gkapply.casework.records import LOOK_AT_ONCE, Case
from gkapply.law.clocks import Reckoning, reckon
from gkapply.law.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Particulars:
    """The typed fields of a fact besides its kind and day."""

    party: str | None = None
    working_days: int | None = None
    told_on: date | None = None
    answer_within: int | None = None
    co_producer: bool | None = None
    override: bool | None = None
    until: date | None = None


def reckoning(case: Case) -> Reckoning:
    """Every clock of the case from its facts. Raises Refusal when the request has not been received yet, and when it came with a
    register and nobody has said what happened to its clocks before (期限未核).
    """
    require_checked(case)
    if case.received_on is None:
        raise Refusal("申请尚未确认收到，期限不起算", "条例第三十一条")
    return reckon(case.received_on, case.law_facts(), case.calendar(), case.clock_settings())


def require_checked(case: Case) -> None:
    """Raises Refusal for a request of a register whose term nobody has checked."""
    if case.term_unchecked:
        raise Refusal(
            "期限未核：本件由原台账导入，没有期限事实，不作是否逾期的判断",
            "条例第三十三条",
            do="在办的，请先补登期限事实" if case.ended_on is None else None,
        )


def reckoning_on_record(case: Case) -> Reckoning | Refusal:
    """Every clock of the case, or why its facts do not fit the calendar any more: for pages, which must open all the same.

    What was lawful when it was entered can be so after a notice of holidays that came late; such cases are listed by the
    run that dated the others anew. Raises Refusal when the request has not been received yet.
    """
    if case.received_on is None:
        return reckoning(case)
    try:
        return reckoning(case)
    except Refusal as unfit:
        return unfit


def enter_fact(
    session: Session,
    case: Case,
    kind: str,
    on: date,
    actor: Actor,
    now: datetime,
    *,
    article: str = "",
    particulars: Particulars = Particulars(),
    document: Document | None = None,
    detail: dict[str, Any] | None = None,
) -> Fact:
    """Add a fact to the ledger of ``case``, judge it with all the others, and re-date the case.

    ``on`` is the legal day. Raises Refusal with the article when the law does not allow the fact; the unit is then to be
    left, nothing of it stays.
    """
    fact = Fact(
        organ_id=case.organ_id,
        kind=str(kind),
        on_=on,
        recorded_at=now,
        actor=actor.signature,
        article=article,
        party=particulars.party,
        working_days=particulars.working_days,
        told_on=particulars.told_on,
        answer_within=particulars.answer_within,
        co_producer=particulars.co_producer,
        override=particulars.override,
        until=particulars.until,
        document_id=document.id if document else None,
        detail=journal.canonical(detail or {}),
    )
    case.facts.append(fact)
    redate(case)
    session.flush()
    journal.record(
        session,
        case.organ_id,
        "fact.enter",
        actor.signature,
        now,
        case_id=case.id,
        fact=fact.id,
        kind=fact.kind,
        on=on.isoformat(),
        digest=fact_digest(fact),
    )
    return fact


def revoke_fact(session: Session, case: Case, fact: Fact, actor: Actor, now: datetime) -> Fact:
    """Revoke a fact that was entered by mistake, and re-date the case from what stands; the reason is kept by the caller.

    Both rows stay in the ledger. Raises Refusal when the facts that stand are not lawful without it.
    """
    row = Fact(
        organ_id=case.organ_id,
        kind=fact.kind,
        on_=fact.on_,
        recorded_at=now,
        actor=actor.signature,
        article=fact.article,
        party=fact.party,
        revokes_id=fact.id,
    )
    row.detail = "{}"
    case.facts.append(row)
    redate(case)
    session.flush()
    told = {"kind": row.kind, "on": row.on_.isoformat(), "revokes": fact.id, "digest": fact_digest(row)}
    journal.record(session, case.organ_id, "fact.enter", actor.signature, now, case_id=case.id, fact=row.id, **told)
    return row


def without(case: Case, gone: Collection[Fact]) -> Reckoning:
    """Every clock of the case as it would be without these facts. Raises Refusal where that is not lawful."""
    if case.received_on is None:
        return reckoning(case)
    left = ledger.law_facts([fact for fact in case.facts if fact not in gone])
    return reckon(case.received_on, left, case.calendar(), case.clock_settings())


def redate(case: Case) -> None:
    """Derive the cached dates of ``case`` from its facts: start, due day, stop, end."""
    if case.received_on is None or (case.term_unchecked and case.ended_on is not None):
        return
    case.look_on = LOOK_AT_ONCE
    for column, value in cached_dates(reckoning(case)).items():
        setattr(case, column, value)


def cached_dates(result: Reckoning) -> dict[str, date | bool | None]:
    """The columns of a case that are a cache of its clocks, with their values."""
    return {
        "clock_from": result.clock_from,
        "due_on": result.reply_due_on,
        "due_provisional": result.provisional,
        "stopped_since": result.stopped_since,
    }


def fact_digest(fact: Fact) -> str:
    """SHA-256 of the fact's content, which the journal keeps: a changed ledger row is found against it."""
    content = {
        "kind": fact.kind,
        "on": fact.on_.isoformat(),
        "party": fact.party,
        "working_days": fact.working_days,
        "told_on": fact.told_on.isoformat() if fact.told_on else None,
        "answer_within": fact.answer_within,
        "co_producer": fact.co_producer,
        "override": fact.override,
        "detail": fact.detail,
        "revokes": fact.revokes_id,
        "article": fact.article,
        "document": fact.document_id,
    }
    if fact.until is not None:  # A field of the second edition: older facts keep the digest that the journal has.
        content["until"] = fact.until.isoformat()
    return hashlib.sha256(journal.canonical(content).encode()).hexdigest()
