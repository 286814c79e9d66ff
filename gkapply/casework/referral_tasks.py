"""Cases in which a referral (转办) wants the office's eye: one came back, or one is late."""

from sqlalchemy import ColumnElement, exists

from gkapply import clock
from gkapply.casework.access import Actor
from gkapply.casework.records import Case
from gkapply.casework.referral_records import Referral
from workflows.duties import Duty
from workflows.referral import OPEN, ReferralState

MINDING = (Duty.REGISTRAR, Duty.OFFICER, Duty.HEAD)


def returned(actor: Actor) -> ColumnElement[bool]:
    """A unit sent it back and nobody has arranged anything else."""
    return _concerning(actor, Referral.state == ReferralState.RETURNED, Referral.settled_on.is_(None))


def late(actor: Actor) -> ColumnElement[bool]:
    """A unit has not answered within its part-term."""
    return _concerning(actor, Referral.state.in_(OPEN), Referral.due_on < clock.today())


def _concerning(actor: Actor, *which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Cases with such a referral: for registrars and the head all, for an officer their own."""
    found = exists().where(Referral.case_id == Case.id, *which)
    return found if actor.holds(Duty.REGISTRAR, Duty.HEAD) else found & (Case.officer_id == actor.user_id)
