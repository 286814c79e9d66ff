"""Calling to mind that a reappraisal is due: once a year and organ, from the month that the office has set (条例第十八条)."""

import logging
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gkapply.casework import notification
from gkapply.casework.notification import Tidings, holders
from gkapply.casework.people import Organ
from gkapply.casework.reappraisal_records import Reappraisal
from gkapply.clock import day_of
from gkapply.database import transaction
from workflows.duties import Duty
from workflows.reappraisal import ReappraisalState

log = logging.getLogger(__name__)
TOLD = (Duty.HEAD, Duty.OFFICER)


def remind(arguments: Mapping[str, Any], now: datetime, equipment: object) -> None:
    """Tell the heads and officers of every organ whose round is due; nobody is told twice in a year."""
    with transaction() as session:
        told = tell_due(session, now)
    log.info("called reappraisals to mind in %d organs", told)


def tell_due(session: Session, now: datetime) -> int:
    """The same in a unit that is open; returns in how many organs."""
    today = day_of(now)
    last = _last_rounds(session)
    in_force = Organ.accepts_applications, Organ.valid_from <= today
    organs = [one for one in session.scalars(select(Organ).where(*in_force)) if is_due(one, last.get(one.id), today)]
    held = holders(session, [one.id for one in organs], TOLD, today)
    tidings = []
    for organ in organs:
        users = {user for duty in TOLD for user in held.get((organ.id, duty), ())}
        if users:
            codes = {"year": today.year}
            tidings.append(Tidings(organ.id, tuple(sorted(users)), "reappraisal_due", str(today.year), codes))
    notification.tell_all(session, tidings, now)
    return len(tidings)


def is_due(organ: Organ, last: int | None, today: date) -> bool:
    """Whether the organ should begin a round by its settings; ``last`` is the year of its newest one, None where there was none."""
    settings = organ.office_settings()
    if organ.valid_to is not None and organ.valid_to < today:
        return False
    return today.month >= settings.reappraisal_month and (
        last is None or last <= today.year - settings.reappraisal_every
    )


def last_round(session: Session, organ_id: int) -> int | None:
    """The year of the organ's newest round that was not dropped; None where there is none."""
    return _last_rounds(session).get(organ_id)


def _last_rounds(session: Session) -> dict[int, int]:
    query = select(Reappraisal.organ_id, func.max(Reappraisal.year).label("newest")).where(
        Reappraisal.state != ReappraisalState.DROPPED
    )
    return {row.organ_id: row.newest for row in session.execute(query.group_by(Reappraisal.organ_id))}
