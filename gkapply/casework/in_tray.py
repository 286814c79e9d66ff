"""What has come in and waits to be confirmed with its applicant (待确认的来件), the oldest first."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.application import CHANNELS
from gkapply.casework.intake import arrived_on
from gkapply.casework.reaching import CONTACT, LOST_WORDS
from gkapply.casework.records import Case
from gkapply.casework.urgency import Term, term_on
from gkapply.law import channels
from workflows.application import CaseState
from workflows.duties import Duty

MOST = 200
"""Lines on the page; an office with more waiting confirms these first."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request that waits: when and how it came, and by when the office is to confirm it."""

    reference: str
    applicant: str
    excerpt: str
    channel: str
    arrived_on: date
    entered_at: datetime
    age: int
    """Calendar days since it came."""
    confirm: Term
    void_proposed: bool
    attempts: int
    """How often the office has tried to reach the applicant."""
    last_attempt: str
    lost: bool
    """Contact is to be restored before the request can be confirmed (国办秘函〔2015〕207号)."""


def in_tray(session: Session, actor: Actor, today: date) -> Sequence[Waiting]:
    """The requests of the actor's organ that wait to be confirmed.

    An ordinary letter, and what went to another unit, is confirmed on the day on which it came (条例第三十一条第二项);
    everything else no later than the next working day, since a portal that lets citizens wait may lose the exception of
    双方确认之日.
    """
    query = (
        select(Case)
        .where(visible_cases(actor), Case.state == CaseState.RECEIVED, Case.archived_on.is_(None))
        .options(
            joinedload(Case.organ), selectinload(Case.applicants), selectinload(Case.facts), selectinload(Case.notes)
        )
        .order_by(Case.id)
        .limit(MOST)
    )
    return [_waiting(case, today) for case in session.scalars(query)]


def note_seen(session: Session, case_id: int, actor: Actor, now: datetime) -> None:
    """A registrar has opened what came in; the first time counts, others' looking does not."""
    if actor.holds(Duty.REGISTRAR):
        unseen = Case.id == case_id, Case.organ_id == actor.organ_id, Case.first_seen_at.is_(None)
        session.execute(update(Case).where(*unseen).values(first_seen_at=now))


def confirm_by(case: Case) -> date:
    """The day by which the request is to be confirmed."""
    return channels.confirm_by(case.channel, arrived_on(case), case.calendar())


def _waiting(case: Case, today: date) -> Waiting:
    came_on, tried = arrived_on(case), [json.loads(one.content) for one in case.notes if one.kind == CONTACT]
    return Waiting(
        reference=case.reference,
        applicant=case.applicant_names,
        excerpt=" ".join(case.description.split())[:60],
        channel=CHANNELS[case.channel],
        arrived_on=came_on,
        entered_at=case.entered_at,
        age=(today - came_on).days,
        confirm=term_on(today, confirm_by(case), case.calendar()),
        void_proposed=bool(case.void_reason),
        attempts=len(tried),
        last_attempt=tried[-1]["outcome"] if tried else "",
        lost=bool(tried) and tried[-1]["outcome"] in LOST_WORDS,
    )
