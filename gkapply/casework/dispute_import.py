"""Importing a register of disputes (复议诉讼台账): all that a file says is done by the deeds that the office itself takes, or nothing is."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from gkapply.casework import dispute, journal
from gkapply.casework.access import Actor
from gkapply.casework.dispute import Decision, Filing
from gkapply.casework.dispute_file import BadDisputes, DisputeRow, read_disputes
from gkapply.casework.dispute_plan import Course, plan
from gkapply.casework.disputed import Dispute
from gkapply.casework.people import Organ
from gkapply.clock import day_of
from gkapply.law.dispute_words import APPLICANT, ORGAN
from workflows.dispute import DisputeState
from workflows.duties import Duty

UNSAID = "台账未载明"
"""Who heard a dispute, where the file says nothing."""
SURELY_OVER = timedelta(days=45)
"""After so many days no suit and no appeal is open any more, whatever holidays lie between (十五日, 《行政诉讼法》第四十五条、第八十五条)."""
IMPORTERS = (Duty.REGISTRAR, Duty.OFFICER)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many disputes an import entered, of how many known ones it said more, how many it found just so."""

    new: int
    further: int
    unchanged: int


def operator_in(organ: Organ) -> Actor:
    """Whoever imports at the command line of the server: enters as the organ's register does, and is journaled as system."""
    return Actor("system", organ.id, frozenset({Duty.REGISTRAR}))


def carry_out(session: Session, organ: Organ, content: bytes, actor: Actor, now: datetime) -> Tally:
    """Do all that the file says, or nothing. Raises BadDisputes naming every bad cell, Refusal for what cannot be read."""
    rows = read_disputes(content, day_of(now))
    found = plan(session, organ, rows, lock=True)
    if found.problems:
        raise BadDisputes(found.problems)
    new, further = found.new, found.going_on
    tally = Tally(len(new), len(further), found.unchanged)
    for course in [*new, *further]:
        _enter(session, course, actor, now)
    if new or further:
        digest = hashlib.sha256(content).hexdigest()
        journal.record(
            session,
            organ.id,
            "dispute.import",
            actor.signature,
            now,
            rows=len(rows),
            new=tally.new,
            further=tally.further,
            sha256=digest,
        )
    return tally


def _enter(session: Session, course: Course, actor: Actor, now: datetime) -> None:
    """Do what the file says of one dispute, by the deeds that the office itself takes."""
    one, first, second = course.dispute, course.first, course.second
    if one is None:
        assert first is not None, "a dispute that is not known comes with its first instance"
        filing = Filing(first.kind.value, first.authority or UNSAID, first.case_number, first.filed_on)
        one = dispute.register(session, course.case, filing, actor, now)
        if first.result is None and first.received_on is not None:
            dispute.receive_copy(session, one, first.received_on, False, actor, now)
    if first is not None and first.result is not None and course.decision(1) is None:
        dispute.record_result(session, one, _decision(first), actor, now)
    if second is not None and one.appealed_on is None:
        corrected = one.decision is not None and one.decision.annuls
        by = second.appellant or (ORGAN if corrected else APPLICANT)
        dispute.appeal(session, one, by, second.filed_on, actor, now)
    if second is not None and second.result is not None and course.decision(2) is None:
        dispute.record_result(session, one, _decision(second), actor, now)
    if _is_over(one, day_of(now)):
        dispute.close(session, one, actor, now)


def _decision(row: DisputeRow) -> Decision:
    assert row.result is not None
    assert row.decided_on is not None, "the file was read so"
    where = "，".join(part for part in (row.authority, row.case_number) if part)
    return Decision(
        row.result.value,
        row.decided_on,
        row.received_on or row.decided_on,
        summary=where if row.instance > 1 else "",
        orders_redo=row.orders_redo,
    )


def _is_over(one: Dispute, today: date) -> bool:
    """Whether nothing is left to await: the last instance has decided, or its term has run out long ago; and nothing was ordered."""
    decision = one.decision
    if one.state is not DisputeState.DECIDED or decision is None or decision.orders_redo:
        return False
    return decision.instance > 1 or decision.received_on + SURELY_OVER < today
