"""Telling of what reached the office and lies unsettled: mail in the book, and what came from elsewhere with its own term."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import notification
from gkapply.casework.arrival_records import Arrival
from gkapply.casework.arrivals import remind_days
from gkapply.casework.audience import Audience
from gkapply.casework.calendars import calendar_of
from gkapply.casework.incoming_mail import alarm_day
from gkapply.casework.incoming_records import IncomingMail
from gkapply.casework.notification import Tidings
from gkapply.clock import day_of

SOON, UNSETTLED, OVER = 1, 2, 3
"""Of what the office is told: the other channel's term ends, the office's own is over, the other channel's is over."""
NEVER = date.max
MAIL_KIND = "mail_unsettled"
KINDS = {SOON: "arrival_due", UNSETTLED: "arrival_unsettled", OVER: "arrival_overdue"}


def is_due(session: Session, today: date) -> bool:
    """Whether there is one of which nobody has been told on its level."""
    return bool(_mail(session, today, 1) or _arrivals(session, today, 1))


def remind(session: Session, now: datetime) -> None:
    """Tell the registrars and the head of each, once on each level."""
    today = day_of(now)
    mail, arrivals = _mail(session, today), _arrivals(session, today)
    audience = Audience(session, {one.organ_id for one in mail} | {one.organ_id for one in arrivals}, today)
    tidings = []
    for one in mail:
        one.told = UNSETTLED
        codes: dict[str, Any] = {"mail": one.reference, "arrived_on": one.came_on.isoformat()}
        tidings.append(Tidings(one.organ_id, audience.office(one.organ_id), MAIL_KIND, one.uid, codes))
    for arrival in arrivals:
        days = remind_days(arrival.organ, arrival.came_on, arrival.own_due_on)
        arrival.remind_on = min((day for day in days if day > today), default=NEVER)
        due_on = arrival.own_due_on or arrival.came_on
        codes = {"arrival": arrival.reference, "arrived_on": arrival.came_on.isoformat(), "due_on": due_on.isoformat()}
        readers = audience.office(arrival.organ_id)
        for level in _levels(arrival, today):
            tidings.append(Tidings(arrival.organ_id, readers, KINDS[level], arrival.uid, codes, level))
    notification.tell_all(session, tidings, now)


def _levels(arrival: Arrival, today: date) -> Iterator[int]:
    """What there is to tell by today; what was told before is told once. What is accepted is decided, and waits for registration."""
    if arrival.outcome is None and alarm_day(arrival.organ, arrival.came_on) <= today:
        yield UNSETTLED
    if arrival.own_due_on is not None:
        calendar = calendar_of(arrival.organ)
        if arrival.own_due_on < today:
            yield OVER
        elif calendar.position(arrival.own_due_on) - calendar.position(today) <= 1:
            yield SOON


def _mail(session: Session, today: date, most: int | None = None) -> Sequence[IncomingMail]:
    query = select(IncomingMail).where(
        IncomingMail.ended_at.is_(None), IncomingMail.alarm_on <= today, IncomingMail.told == 0
    )
    return session.scalars(query.order_by(IncomingMail.id).limit(most)).all()


def _arrivals(session: Session, today: date, most: int | None = None) -> Sequence[Arrival]:
    query = select(Arrival).where(Arrival.ended_at.is_(None), Arrival.remind_on <= today)
    return session.scalars(query.order_by(Arrival.id).limit(most)).all()
