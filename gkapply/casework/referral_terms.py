"""Reminding of referrals (转办) whose part-term ends or is over: the unit first, then the head of the disclosure office."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import journal
from gkapply.casework.referral_records import Referral
from gkapply.casework.referrals import receivers, senders
from gkapply.casework.referring import tell
from gkapply.clock import day_of
from workflows.referral import OPEN

SOON, OVER, TO_HEAD = 1, 2, 3
KINDS = {SOON: "referral_due", OVER: "referral_overdue", TO_HEAD: "referral_unanswered"}


def is_due(session: Session, today: date) -> bool:
    """Whether there is one of which somebody has to be told."""
    return bool(_due(session, today, 1))


def remind(session: Session, now: datetime) -> None:
    """Tell those whom it concerns of each, once on each level, and note it in the journal."""
    today = day_of(now)
    for one in _due(session, today):
        level, next_on = stage(one, today)
        one.told, one.remind_on = level, next_on
        people = list(receivers(session, one, today))
        if level == TO_HEAD:
            people += senders(session, one, today, with_head=True)
        tell(session, one, KINDS[level], list(dict.fromkeys(people)), now, level=level)
        journal.record(
            session, one.organ_id, "referral.remind", "system", now, case_id=one.case_id, of=one.uid, level=level
        )


def stage(referral: Referral, today: date) -> tuple[int, date]:
    """The level that has come on that day, and the day of the next."""
    case, settings = referral.case, referral.case.office_settings()
    to_head_on = case.calendar().add(referral.due_on, settings.referral_overdue_to_head)
    if today >= to_head_on:
        return TO_HEAD, today
    if today > referral.due_on:
        return OVER, to_head_on
    return SOON, referral.due_on + timedelta(days=1)


def _due(session: Session, today: date, most: int | None = None) -> Sequence[Referral]:
    waiting = Referral.state.in_(OPEN), Referral.remind_on <= today, Referral.told < TO_HEAD
    return session.scalars(select(Referral).where(*waiting).order_by(Referral.id).limit(most)).all()
