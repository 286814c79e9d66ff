"""What lies with whom since when (转办一览): the referrals that an actor sees, narrowed and paged by key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from gkapply.casework.access import Actor, units_served, visible_referrals
from gkapply.casework.docket_places import Place
from gkapply.casework.referral_lines import ReferralLine, line
from gkapply.casework.referral_records import Referral
from gkapply.casework.unit_records import Unit
from gkapply.law.refusal import Refusal
from workflows.duties import CASE_DUTIES
from workflows.referral import OPEN, ReferralState

PAGE = 50
TO_US, FROM_US, ENDED = "to_us", "from_us", "ended"
VIEWS: Mapping[str, str] = {TO_US: "转给我单位的", FROM_US: "本机关转出的", ENDED: "已办结的"}


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to."""

    view: str
    where: str = ""
    """uid of a unit."""
    since: date | None = None
    """Sent on that day or before."""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list; ``more`` is where the next begins, None on the last."""

    lines: Sequence[ReferralLine]
    more: Place | None


def views_of(actor: Actor) -> Mapping[str, str]:
    """The lists that the actor has."""
    return VIEWS if actor.holds(*CASE_DUTIES) else {code: label for code, label in VIEWS.items() if code != FROM_US}


def first_view(session: Session, actor: Actor) -> str:
    """Where the actor's work lies: what was referred to them, if anything is, else what their organ has referred."""
    if not actor.holds(*CASE_DUTIES):
        return TO_US
    waiting = select(Referral.id).where(Referral.state.in_(OPEN), Referral.unit_id.in_(units_served(actor)))
    return TO_US if session.scalar(waiting.limit(1)) is not None else FROM_US


def listed(session: Session, actor: Actor, wanted: Filter, today: date, after: Place | None = None) -> Page:
    """A page of what the actor sees: what is awaited by its last day, what has ended the newest first.

    Raises Refusal for an unknown list.
    """
    if wanted.view not in views_of(actor):
        raise Refusal("没有这个列表", do="请从列表上方选择", field="view")
    query = select(Referral).where(visible_referrals(actor), *_narrowed(actor, wanted, today))
    query = query.options(
        joinedload(Referral.case), joinedload(Referral.unit), joinedload(Referral.taker), joinedload(Referral.sender)
    )
    if wanted.view == ENDED:
        query = query.order_by(Referral.id.desc())
        if after is not None:
            query = query.where(Referral.id < after.id)
    else:
        query = query.order_by(Referral.due_on, Referral.id)
        if after is not None and after.due_on is not None:
            later = and_(Referral.due_on == after.due_on, Referral.id > after.id)
            query = query.where(or_(Referral.due_on > after.due_on, later))
    found = session.scalars(query.limit(PAGE + 1)).all()
    more = Place(found[PAGE - 1].due_on, found[PAGE - 1].id) if len(found) > PAGE else None
    return Page([line(one, today) for one in found[:PAGE]], more)


def places(session: Session, actor: Actor) -> Sequence[tuple[str, str, int, date]]:
    """Where open referrals lie: uid and name of the unit, how many, the day of the oldest; the longest lying first."""
    query = (
        select(Unit.uid, Unit.name, func.count(), func.min(Referral.sent_on))
        .join(Unit, Referral.unit_id == Unit.id)
        .where(visible_referrals(actor), Referral.state.in_(OPEN))
        .group_by(Unit.uid, Unit.name)
        .order_by(func.min(Referral.sent_on), Unit.name)
    )
    return [(uid, name, count, oldest) for uid, name, count, oldest in session.execute(query)]


def _narrowed(actor: Actor, wanted: Filter, today: date) -> list[ColumnElement[bool]]:
    waiting = Referral.state.in_(OPEN)
    returned = and_(Referral.state == ReferralState.RETURNED, Referral.settled_on.is_(None))
    of_view: Mapping[str, list[ColumnElement[bool]]] = {
        TO_US: [waiting, Referral.unit_id.in_(units_served(actor))],
        FROM_US: [or_(waiting, returned), Referral.organ_id == actor.organ_id],
        ENDED: [~waiting],
    }
    conditions = list(of_view[wanted.view])
    if wanted.where:
        conditions.append(Referral.unit_id.in_(select(Unit.id).where(Unit.uid == wanted.where)))
    if wanted.since is not None:
        conditions.append(Referral.sent_on <= wanted.since)
    if wanted.late:
        conditions += [waiting, Referral.due_on < today]
    return conditions
