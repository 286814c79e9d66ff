"""The dated facts of requests that a register brings, put into their ledgers, and the questions to others that hang on them.

Each fact is vouched for by the journal like any other. What became known later (the day on which a party got the letter) is a row of its
own. A question to others becomes one that the desk can go on with; its papers lie where they were.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from gkapply.casework import journal, ledger
from gkapply.casework.consultation import CO_PRODUCER, ORGAN, THIRD_PARTY
from gkapply.casework.dating import fact_digest
from gkapply.casework.entries import Fact
from gkapply.casework.journal import canonical
from gkapply.casework.papers import Consultation
from gkapply.casework.services import ring
from gkapply.law.channels import ARTICLE
from gkapply.law.facts import Fact as LawFact
from gkapply.law.facts import FactKind
from gkapply.law.periods import PeriodName, period
from gkapply.law.settings import OfficeSettings
from gkapply.law.workdays import Calendar
from workflows.consultation import ConsultationState

_ANSWERS = {
    FactKind.THIRD_PARTY_ANSWERED: FactKind.THIRD_PARTY_ASKED,
    FactKind.ORGAN_ANSWERED: FactKind.ORGAN_ASKED,
}
_RECEIPTS = {
    FactKind.CORRECTION_ASKED: ledger.NOTICE_RECEIVED,
    FactKind.FEE_NOTICED: ledger.FEE_NOTICE_RECEIVED,
    FactKind.THIRD_PARTY_ASKED: ledger.QUESTION_RECEIVED,
    FactKind.ORGAN_ASKED: ledger.QUESTION_RECEIVED,
}
_ARTICLES = {
    FactKind.CORRECTION_ASKED: "条例第三十条",
    FactKind.CORRECTION_RECEIVED: "条例第三十条",
    FactKind.THIRD_PARTY_ASKED: "条例第三十二条",
    FactKind.THIRD_PARTY_ANSWERED: "条例第三十二条",
    FactKind.ORGAN_ASKED: "条例第三十三条第三款",
    FactKind.ORGAN_ANSWERED: "条例第三十三条第三款",
    FactKind.EXTENSION: "条例第三十三条第二款",
    FactKind.FEE_NOTICED: "条例第四十二条",
    FactKind.FEE_PAID: "条例第四十二条",
    FactKind.DELAYED: "条例第三十五条",
}
_OPINIONS = (("不同意", "disagree"), ("部分同意", "partly"), ("同意", "agree"))
_UNSAID = "（依照原台账的记载，材料在原案卷中）"


@dataclass(frozen=True, slots=True)
class Ledger:
    """The facts of one request, as the clocks count them. ``notes``: 说明 of each, in the same order."""

    case_id: int
    received_on: date | None
    """None where it stands in the ledger already."""
    facts: Sequence[LawFact]
    notes: Sequence[str]


def enter(
    session: Session,
    organ_id: int,
    ledgers: Sequence[Ledger],
    actor: str,
    now: datetime,
    detail: Mapping[str, Any],
) -> None:
    """Put these facts into the ledgers of their cases, the day of receipt first."""
    rows = [
        {**_row(kind, on, article), **more, "organ_id": organ_id, "case_id": one.case_id}
        for one in ledgers
        for kind, on, article, more in _rows(one)
    ]
    if not rows:
        return
    for row in rows:
        row |= {"recorded_at": now, "actor": actor, "detail": canonical(detail)}
    cases = Fact.case_id.in_({row["case_id"] for row in rows})
    connection = session.connection()
    last = connection.execute(select(func.max(Fact.id)).where(cases)).scalar() or 0
    connection.execute(insert(Fact.__table__), rows)  # type: ignore[arg-type]
    # The caller holds the cases: what has come to them since is what was just written, in the order of its keys.
    ids = connection.execute(select(Fact.id).where(cases, Fact.id > last).order_by(Fact.id)).scalars().all()
    for fact_id, row in zip(ids, rows, strict=True):
        told = {"fact": fact_id, "kind": row["kind"], "on": row["on_"].isoformat(), "digest": fact_digest(Fact(**row))}
        journal.record(session, organ_id, "fact.enter", actor, now, case_id=row["case_id"], **told)


def enter_questions(
    session: Session,
    organ_id: int,
    ledgers: Sequence[Ledger],
    settings: OfficeSettings,
    calendar: Calendar,
    today: date,
) -> None:
    """Make a question that the desk can go on with of every asking of others."""
    rows = [
        _question(session, organ_id, one, place, settings, calendar, today)
        for one in ledgers
        for place, fact in enumerate(one.facts)
        if fact.kind in ledger.ASKED
    ]
    if rows:
        session.connection().execute(insert(Consultation.__table__), rows)  # type: ignore[arg-type]


def _rows(one: Ledger) -> Iterator[tuple[str, date, str, Mapping[str, Any]]]:
    """Kind, day, article and particulars of every row of a ledger."""
    labels = _labels(one.facts)
    if one.received_on is not None:
        yield ledger.RECEIVED, one.received_on, ARTICLE, {}
    for fact in one.facts:
        party = {"party": labels[_asked(fact)]} if fact.party else {}
        particulars = {
            "working_days": fact.working_days,
            "told_on": fact.told_on,
            "answer_within": fact.answer_within,
            "co_producer": fact.co_producer or None,
            "override": fact.override or None,
            "until": fact.until,
        }
        article = _ARTICLES.get(fact.kind, "")
        yield fact.kind.value, fact.on, article, {**particulars, **party}
        if fact.received_on is not None:
            yield _RECEIPTS[fact.kind], fact.received_on, article, party
        if fact.returned_on is not None:
            yield ledger.QUESTION_RETURNED, fact.returned_on, article, party


def _row(kind: str, on: date, article: str) -> dict[str, Any]:
    empty = ("party", "working_days", "told_on", "answer_within", "co_producer", "override", "until", "revokes_id")
    return {**dict.fromkeys(empty), "document_id": None, "kind": kind, "on_": on, "article": article}


def _asked(fact: LawFact) -> tuple[FactKind, str]:
    return _ANSWERS.get(fact.kind, fact.kind), fact.party or ""


def _labels(facts: Sequence[LawFact]) -> dict[tuple[FactKind, str], str]:
    """Under which label the ledger names each party: never by its name."""
    asked = [_asked(fact) for fact in facts if fact.kind in ledger.ASKED]
    return {key: f"P{ordinal}" for ordinal, key in reversed(list(enumerate(asked, 1)))}


def _question(
    session: Session,
    organ_id: int,
    one: Ledger,
    place: int,
    settings: OfficeSettings,
    calendar: Calendar,
    today: date,
) -> dict[str, Any]:
    fact, uid = one.facts[place], uuid4().hex
    ordinal = 1 + sum(before.kind in ledger.ASKED for before in one.facts[:place])
    kind = THIRD_PARTY if fact.kind is FactKind.THIRD_PARTY_ASKED else CO_PRODUCER if fact.co_producer else ORGAN
    within = _within(fact, settings)
    due_on = calendar.add(fact.received_on, within) if fact.received_on else None
    answers = [
        (later.on, note)
        for later, note in zip(one.facts, one.notes, strict=True)
        if later.kind in _ANSWERS and _asked(later) == _asked(fact)
    ]
    answered_on, note = answers[0] if answers else (None, "")
    contact = dict.fromkeys(("address", "phone", "credit_code", "email"), "")
    return {
        "uid": uid,
        "organ_id": organ_id,
        "case_id": one.case_id,
        "ordinal": ordinal,
        "state": _state(fact, answered_on, due_on, today),
        "version": 1,
        "party_kind": kind,
        "party": _labels(one.facts)[_asked(fact)],
        "name": fact.party,
        "sealed": ring(session).seal(canonical(contact).encode(), f"consultation.sealed.{uid}"),
        "information": _UNSAID,
        "reason": one.notes[place] or _UNSAID,
        "answer_within": within,
        "asked_on": fact.on,
        "received_on": fact.received_on,
        "opinion_due_on": due_on,
        "answered_on": answered_on,
        "returned_on": fact.returned_on,
        "opinion": next((code for word, code in _OPINIONS if note.strip().startswith(word)), ""),
        "opinion_text": note,
        "proof_due_on": None if fact.received_on else calendar.add(fact.on, settings.opinion_proof_within),
    }


def _within(fact: LawFact, settings: OfficeSettings) -> int:
    if fact.kind is FactKind.THIRD_PARTY_ASKED:
        return period(PeriodName.THIRD_PARTY_OPINION, fact.on).amount
    if fact.co_producer:
        return period(PeriodName.CO_PRODUCER_OPINION, fact.on).amount
    return fact.answer_within or settings.organ_answer


def _state(fact: LawFact, answered_on: date | None, due_on: date | None, today: date) -> ConsultationState:
    if answered_on is not None:
        return ConsultationState.ANSWERED
    if fact.returned_on is not None:
        return ConsultationState.RETURNED
    return ConsultationState.SILENT if due_on is not None and due_on < today else ConsultationState.ASKED
