"""Reminding of enquiries (咨询) whose term ends or is over: the registrars and the head, once on each of the two levels."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from gkapply.casework import notification
from gkapply.casework.audience import Audience
from gkapply.casework.enquiry_records import Enquiry
from gkapply.casework.notification import Tidings
from gkapply.clock import day_of

SOON, OVER = 1, 2
KINDS = {SOON: "enquiry_due", OVER: "enquiry_overdue"}


def is_due(session: Session, today: date) -> bool:
    """Whether there is one of which nobody has been told on its level."""
    return bool(_due(session, today, 1))


def remind(session: Session, now: datetime) -> None:
    """Tell those who answer for it of each."""
    today = day_of(now)
    found = _due(session, today)
    audience = Audience(session, {one.organ_id for one in found}, today)
    tidings = []
    for one in found:
        one.told = OVER if one.due_on < today else SOON
        codes = {"enquiry": one.reference, "due_on": one.due_on.isoformat()}
        key = f"{one.uid}:{one.organ_id}"
        tidings.append(Tidings(one.organ_id, audience.office(one.organ_id), KINDS[one.told], key, codes, one.told))
    notification.tell_all(session, tidings, now)


def _due(session: Session, today: date, most: int | None = None) -> Sequence[Enquiry]:
    untold = or_(Enquiry.told < SOON, and_(Enquiry.due_on < today, Enquiry.told < OVER))
    query = select(Enquiry).where(Enquiry.ended_at.is_(None), Enquiry.remind_on <= today, untold)
    return session.scalars(query.order_by(Enquiry.id).limit(most)).all()
