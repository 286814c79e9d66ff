"""Time takes its turn (到期检查): reminders, escalations, alarms over arrivals, proposals of lapse.

It asks for facts, never for a window of time: which open case has a day to be looked at that has come (``Case.look_on``), what
its clocks call for today, and who has not been told of it. So days without the runner lose nothing and double nothing. Every
call is judged by the row and guard of the workflow and journaled; the cases go in short units of ``watched.BATCH``.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from gkapply.casework import (
    annual_report_terms,
    deliberation_terms,
    enquiry_terms,
    heartbeat,
    instruction_terms,
    notification,
    pickup_terms,
    referral_terms,
    unadvised,
    unproved,
    unsettled,
    urge_lines,
)
from gkapply.casework.audience import Audience
from gkapply.casework.calls import Called, calls_on
from gkapply.casework.flow import fire_many
from gkapply.casework.notification import Notification, Tidings
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.watched import BATCH, Watched, due_cases
from gkapply.clock import day_of
from gkapply.database import transaction
from gkapply.law.letters import LetterKind
from gkapply.law.prompts import Call
from gkapply.law.refusal import Refusal
from workflows.letter import LetterState

UNSENT = (LetterState.DRAFT, LetterState.REVIEW, LetterState.SIGNATURE, LetterState.SIGNED)

log = logging.getLogger(__name__)


def is_due(session: Session, today: date) -> bool:
    """Whether time has anything to look at: an open case whose day has come, or something else that has a day of its own."""
    query = select(Case.id).where(Case.ended_on.is_(None), Case.look_on <= today, ~Case.term_unchecked).limit(1)
    return session.scalar(query) is not None or any(
        each.is_due(session, today)
        for each in (
            unproved,
            unadvised,
            pickup_terms,
            instruction_terms,
            enquiry_terms,
            referral_terms,
            urge_lines,
            unsettled,
            deliberation_terms,
            annual_report_terms,
        )
    )


def sweep(now: datetime, *, batch: int = BATCH) -> int:
    """Look at every open case whose day has come; returns how many. Each batch is a unit of its own."""
    looked, place = 0, None
    while True:
        with transaction() as session:
            cases = due_cases(session, day_of(now), place, batch)
            if cases:
                _look(session, cases, now)
        looked += len(cases)
        if len(cases) < batch:
            break
        place = (cases[-1].look_on, cases[-1].id)
    with transaction() as session:
        unproved.alarm(session, now)
        pickup_terms.alarm(session, now)
        instruction_terms.remind(session, now)
        unadvised.alarm(session, now)
        enquiry_terms.remind(session, now)
        urge_lines.remind(session, now)
        unsettled.remind(session, now)
        referral_terms.remind(session, now)
        deliberation_terms.remind(session, now)
        annual_report_terms.remind(session, now)
        heartbeat.beat(session, heartbeat.SWEEP, now)
    return looked


def _look(session: Session, cases: Sequence[Watched], now: datetime) -> None:
    """What time calls for on these cases is done; each gets its next day to be looked at."""
    audience = Audience(session, {case.organ_id for case in cases}, day_of(now))
    extending = _extending(session, cases)
    called: list[Called] = []
    looks: dict[date, list[int]] = {}
    for case in cases:
        try:
            found, look_on = calls_on(case, audience, case.id in extending, now)
        except Refusal as refusal:
            # One case that cannot be reckoned must not keep time from the others; it is looked at again tomorrow.
            log.warning("the clocks of case %d cannot be read: %s", case.id, refusal)
            found, look_on = [], day_of(now) + timedelta(days=1)
        called += found
        looks.setdefault(look_on, []).append(case.id)
    _take(session, _untold(session, called), now)
    for look_on, ids in looks.items():
        statement = update(Case).where(Case.id.in_(ids)).values(look_on=look_on)
        session.execute(statement, execution_options={"synchronize_session": False})


def _take(session: Session, called: Iterable[Called], now: datetime) -> None:
    """Take the turns row by row, and tell those whom the taken ones concern."""
    by_trigger: dict[str, list[Called]] = {}
    for one in called:
        by_trigger.setdefault(one.trigger, []).append(one)
    tidings: list[Tidings] = []
    for trigger, group in by_trigger.items():
        changes: dict[str, Any] = {"lapse_proposed_on": day_of(now)} if trigger == Call.PROPOSE_LAPSE else {}
        taken = set(fire_many(session, trigger, [one.turn for one in group], now, **changes))
        for one in group:
            if one.turn in taken:
                tidings += one.tidings
    notification.tell_all(session, tidings, now)


def _untold(session: Session, called: Sequence[Called]) -> list[Called]:
    """The calls of which somebody has not been told, with those people alone; a proposal is taken even if nobody is there."""
    told = _told(session, {tidings.case_id for one in called for tidings in one.tidings})
    if not told:
        return [one for one in called if one.tidings or one.trigger == Call.PROPOSE_LAPSE]
    left = []
    for one in called:
        fresh = [replace(tidings, users=_not_told(tidings, told)) for tidings in one.tidings]
        fresh = [tidings for tidings in fresh if tidings.users]
        if fresh or one.trigger == Call.PROPOSE_LAPSE:
            left.append(replace(one, tidings=tuple(fresh)))
    return left


def _not_told(tidings: Tidings, told: set[tuple[int, str, str, int]]) -> tuple[int, ...]:
    return tuple(user for user in tidings.users if (user, tidings.kind, tidings.key, tidings.level) not in told)


def _told(session: Session, case_ids: set[int | None]) -> set[tuple[int, str, str, int]]:
    """What has been told about these cases: reader, kind, key, level."""
    if not case_ids:
        return set()
    columns = Notification.user_id, Notification.kind, Notification.key, Notification.level
    rows = session.execute(select(*columns).where(Notification.case_id.in_(case_ids)))
    return {(user, kind, key, level) for user, kind, key, level in rows}


def _extending(session: Session, cases: Sequence[Watched]) -> set[int]:
    """Those of the cases whose 延期答复告知书 was drafted and has not gone out."""
    waiting = Letter.kind == LetterKind.EXTENSION_NOTICE, Letter.state.in_(UNSENT)
    return set(session.scalars(select(Letter.case_id).where(Letter.case_id.in_([one.id for one in cases]), *waiting)))
