"""Where a request of a register stands: its state, its days and its place in the annual report, from its row and its facts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gkapply.law.annual_rows import OTHER
from gkapply.law.facts import Fact, FactKind
from gkapply.law.register_facts import Standing
from gkapply.law.register_rows import RegisterRow
from gkapply.law.register_words import result_label
from workflows.case_states import CaseState

_CLOCK = ("clock_from", "due_on", "stopped_since")
_FACT_DAYS = ("received_on", "returned_on", "told_on", "until")
_WAITING = {
    FactKind.CORRECTION_ASKED.value: CaseState.CORRECTING,
    FactKind.FEE_NOTICED.value: CaseState.PAYING,
}
Kept = Mapping[str, Any]
"""What the facts of a row come to, as JSON keeps it between the check and the taking."""


def kept(standing: Standing, notes: Mapping[tuple[str, date, str], str]) -> Kept:
    """What the facts come to, and the facts as the clocks count them, each with its 说明 (by kind, day and party)."""
    reckoning = standing.reckoning
    waits = standing.waits_for
    return {
        "clock_from": _written(reckoning.clock_from),
        "due_on": _written(reckoning.reply_due_on),
        "stopped_since": _written(reckoning.stopped_since),
        "due_provisional": reckoning.provisional,
        "waits_for": waits.value if waits is not None else "",
        "withdrawn_on": _written(standing.withdrawn_on),
        "under_way": standing.under_way,
        "facts": [_fact(one) for one in standing.facts],
        "notes": [notes.get((one.kind.value, one.on, one.party or ""), "") for one in standing.facts],
    }


def facts_of(found: Kept) -> list[Fact]:
    """The facts again."""
    facts = []
    for one in found["facts"]:
        more: dict[str, Any] = {name: date.fromisoformat(one[name]) for name in _FACT_DAYS if one[name]}
        more |= {name: one[name] for name in ("party", "answer_within", "working_days", "override", "co_producer")}
        facts.append(Fact(FactKind(one["kind"]), date.fromisoformat(one["on"]), **more, settled=True))
    return facts


def columns(said: RegisterRow, found: Kept | None, today: date) -> dict[str, Any]:
    """The columns of the case that say where it stands; without facts no due day is made up (期限未核)."""
    clock: dict[str, Any] = {name: _read(found[name]) if found else None for name in _CLOCK}
    clock["clock_from"] = clock["clock_from"] or said.received_on
    clock |= {"due_provisional": bool(found and found["due_provisional"]), "term_unchecked": found is None}
    return {**clock, **_ending(said, found, today), "state": state_of(said, found)}


def state_of(said: RegisterRow, found: Kept | None) -> CaseState:
    """Who has to act next. What is not begun waits to be assigned (分办)."""
    if not said.is_open:
        return CaseState.ARCHIVED
    return CaseState.REGISTERED if found is None else state_of_facts(found)


def state_of_facts(found: Kept) -> CaseState:
    """Where its facts have led an open request."""
    if found["withdrawn_on"]:
        return CaseState.WITHDRAWN
    if found["waits_for"]:
        return _WAITING[found["waits_for"]]
    return CaseState.HANDLING if found["under_way"] else CaseState.REGISTERED


def _ending(said: RegisterRow, found: Kept | None, today: date) -> dict[str, Any]:
    ending: dict[str, Any] = {
        "replied_on": said.answered_on,
        "delivered_on": said.delivered_on,
        "ended_on": said.replied_on,
        "archived_on": None if said.is_open else today,
        "report_row": said.result or None,
        "report_reason": "" if said.is_open else f"原台账载明：{result_label(said.result)}",
    }
    return {**ending, **(_withdrawn(found) if said.is_open and found else {})}


def ending_of(found: Kept) -> dict[str, Any]:
    """The columns of an open request that its facts decide."""
    clock: dict[str, Any] = {name: _read(found[name]) for name in _CLOCK}
    return {**clock, "due_provisional": bool(found["due_provisional"]), **_withdrawn(found)}


def _withdrawn(found: Kept) -> dict[str, Any]:
    if not found["withdrawn_on"]:
        return {}
    day = _read(found["withdrawn_on"])
    return {"ended_on": day, "report_row": OTHER, "report_reason": "原台账载明：申请人撤回"}


def _fact(fact: Fact) -> dict[str, Any]:
    days = {name: _written(getattr(fact, name)) for name in ("on", *_FACT_DAYS)}
    rest = {name: getattr(fact, name) for name in ("party", "answer_within", "working_days", "override", "co_producer")}
    return {"kind": fact.kind.value, **days, **rest}


def _written(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _read(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
