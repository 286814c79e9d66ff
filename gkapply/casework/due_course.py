"""How the last day for the reply came about: what each dated fact did to it, in the order in which they were entered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gkapply.casework import ledger
from gkapply.casework.entries import Fact
from gkapply.casework.records import Case
from gkapply.law.clocks import reckon
from gkapply.law.refusal import Refusal


@dataclass(frozen=True, slots=True)
class DueChange:
    """The last day for the reply before and after a fact; None: not running, or stopped."""

    before: date | None
    after: date | None
    stopped: bool
    """After it the clock stands still."""


@dataclass(frozen=True, slots=True)
class _Due:
    on: date | None
    stopped: bool


_NONE = _Due(None, False)


def due_course(case: Case, facts: Sequence[Fact]) -> Mapping[int, DueChange]:
    """Fact id → what it did to the last day for the reply; facts that changed nothing are left out.

    ``facts`` are all of the case in the order of entry. Each stretch of the ledger is reckoned anew by the calendar as it is known
    today; what does not fit it any more leaves the day as it was.
    """
    changes, due = {}, _NONE
    for place, fact in enumerate(facts, start=1):
        found = _due(case, facts[:place], due)
        if found != due:
            changes[fact.id] = DueChange(due.on, found.on, found.stopped)
        due = found
    return changes


def _due(case: Case, known: Sequence[Fact], before: _Due) -> _Due:
    received = next((fact.on_ for fact in ledger.standing(known) if fact.kind == ledger.RECEIVED), None)
    if received is None:
        return _NONE
    try:
        found = reckon(received, ledger.law_facts(known), case.calendar(), case.clock_settings())
    except Refusal:
        return before
    return _Due(found.reply_due_on, found.stopped_since is not None)
