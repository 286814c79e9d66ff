"""Reminding of joint consultations (会商) whose last day comes: members who have not spoken; afterwards whoever has to see to it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import notification
from gkapply.casework.audience import Audience
from gkapply.casework.deliberation_records import Deliberation
from gkapply.casework.notification import Notification, Tidings
from gkapply.clock import day_of
from workflows.deliberation import GATHERING
from workflows.duties import Duty

KIND = "deliberation_late"
SOON, OVER = 0, 1
FURTHEST = timedelta(days=10)
"""No office is reminded earlier (``law.settings_of_deliberation``)."""


def is_due(session: Session, today: date) -> bool:
    """Whether there is one of which somebody is still to be told on its level."""
    return bool(_due(session, today))


def remind(session: Session, now: datetime) -> None:
    """Tell the members who have not spoken; when the last day is over, the proposer, the officer and the head."""
    today = day_of(now)
    found = _due(session, today)
    audience = Audience(session, {one.organ_id for one in found}, today)
    tidings = []
    for one in found:
        if one.until < today:
            users = [user for user in (one.proposed_by, one.case.officer_id) if user is not None]
            users += audience.holding(one.organ_id, Duty.HEAD)
        else:
            users = _silent(one)
        codes = {"until_on": one.until.isoformat()}
        told = tuple(dict.fromkeys(users))
        tidings.append(Tidings(one.organ_id, told, KIND, one.uid, codes, _level(one, today), one.case_id))
    notification.tell_all(session, tidings, now)


def _level(one: Deliberation, today: date) -> int:
    return OVER if one.until < today else SOON


def _silent(one: Deliberation) -> list[int]:
    return [each.user_id for each in one.standing_members if each.user_id is not None and each.opinion is None]


def _due(session: Session, today: date) -> Sequence[Deliberation]:
    query = select(Deliberation).where(Deliberation.state.in_(GATHERING), Deliberation.until <= today + FURTHEST)
    near = session.scalars(query.order_by(Deliberation.id)).all()
    told = _told(session, [one.uid for one in near])
    return [one for one in near if (one.uid, _level(one, today)) not in told and _is_time(one, today)]


def _is_time(one: Deliberation, today: date) -> bool:
    before = timedelta(days=one.case.office_settings().deliberation_remind_before)
    return one.until < today or (today >= one.until - before and bool(_silent(one)))


def _told(session: Session, uids: Sequence[str]) -> set[tuple[str, int]]:
    if not uids:
        return set()
    query = select(Notification.key, Notification.level).where(Notification.kind == KIND, Notification.key.in_(uids))
    return {(key, level) for key, level in session.execute(query)}
