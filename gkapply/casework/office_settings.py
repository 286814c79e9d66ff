"""The settings of an office (机关设置), as the system administrator chooses them."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from gkapply.casework import journal
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.dating import redate
from gkapply.casework.organs import entered_hash
from gkapply.casework.people import Organ
from gkapply.casework.records import LOOK_AT_ONCE, Case
from gkapply.law.case_kinds import CaseKind
from gkapply.law.settings import OfficeSettings, settle
from workflows.duties import Duty


def change_settings(session: Session, organ: Organ, values: Mapping[str, Any], actor: Actor, now: datetime) -> int:
    """Set what the office has chosen; its open cases are dated anew when the clocks read it. Returns how many moved.

    Raises NotPermitted unless the actor is the system administrator, Refusal for a value that a setting does not take,
    or when the new choice would make a fact of an open case unlawful: nothing is changed then.
    """
    require(actor, Duty.SYSADMIN)
    before, after = organ.office_settings(), settle(values)
    standard = asdict(OfficeSettings())
    organ.settings = journal.canonical(
        {name: value for name, value in asdict(after).items() if value != standard[name]}
    )
    moved = _date_anew(session, organ) if any(before.clock_of(kind) != after.clock_of(kind) for kind in CaseKind) else 0
    session.flush()
    # What the office is reminded of, and when, may have changed with it.
    still_open = Case.organ_id == organ.id, Case.ended_on.is_(None)
    session.execute(update(Case).where(*still_open).values(look_on=LOOK_AT_ONCE))
    entered = entered_hash(asdict(after))
    journal.record(session, None, "organ.settings", actor.signature, now, code=organ.code, entered=entered, moved=moved)
    return moved


def _date_anew(session: Session, organ: Organ) -> int:
    """Derive the dates of every open case again; those whose dates move are journaled as changed by their version."""
    query = select(Case).where(Case.organ_id == organ.id, Case.ended_on.is_(None), Case.received_on.is_not(None))
    moved = 0
    for case in session.scalars(query.with_for_update()):
        before = case.due_on
        redate(case)
        if case.due_on != before:
            case.version += 1
            moved += 1
    return moved
