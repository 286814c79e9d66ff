"""The accounts of the demonstration: one for each duty, named after it."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.people import DutyHolding, Organ, User
from workflows.duties import ADMINISTRATORS, OFFICIAL_DUTIES, Duty

HELD_SINCE = date(2019, 5, 15)


def engage(session: Session, organ: Organ, password_hash: str, now: datetime) -> Mapping[Duty, Actor]:
    """One account per duty with that password (no change at the first login); the administrators' have no organ."""
    staff: dict[Duty, Actor] = {}
    for duty in OFFICIAL_DUTIES:
        user = User(
            login=duty.value, name=duty.label, password_hash=password_hash, must_change_password=False, created_at=now
        )
        organ_id = None if duty in ADMINISTRATORS else organ.id
        user.holdings = [DutyHolding(organ_id=organ_id, duty=duty.value, valid_from=HELD_SINCE)]
        session.add(user)
        session.flush()
        staff[duty] = Actor("user", organ_id, frozenset({duty}), user_id=user.id, name=user.name)
    return staff
