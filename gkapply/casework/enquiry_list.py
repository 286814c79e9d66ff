"""The enquiries (咨询) of an organ as its desk lists them: what waits by its last day, what has ended, how many in each year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import extract, func, literal, select, tuple_
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.calendars import calendar_of
from gkapply.casework.docket_places import Place
from gkapply.casework.enquiries import ASKED_BY, visible_enquiries
from gkapply.casework.enquiry_outcomes import Outcome
from gkapply.casework.enquiry_records import Enquiry
from gkapply.casework.people import Organ
from gkapply.casework.urgency import Term, term_on
from gkapply.clock import day_of
from gkapply.law.refusal import Refusal

PAGE = 50
OPEN, ENDED = "open", "ended"
VIEWS: Mapping[str, str] = {OPEN: "待答复", ENDED: "已办结"}


@dataclass(frozen=True, slots=True)
class Line:
    """One enquiry in a list."""

    reference: str
    subject: str
    channel: str
    asked_on: date
    term: Term
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list and where the next one begins; ``more`` is None on the last."""

    lines: Sequence[Line]
    more: Place | None


def listed(session: Session, actor: Actor, today: date, view: str, after: Place | None = None) -> Page:
    """A page of the actor's enquiries: those that wait by their last day, those that have ended the newest first.

    Raises Refusal for an unknown view.
    """
    if view not in VIEWS:
        raise Refusal("没有这个列表", do="请从列表上方选择", field="view")
    query = select(Enquiry).where(visible_enquiries(actor))
    if view == OPEN:
        query = query.where(Enquiry.ended_at.is_(None)).order_by(Enquiry.due_on, Enquiry.id)
        if after is not None and after.due_on is not None:
            place = tuple_(literal(after.due_on), literal(after.id))
            query = query.where(tuple_(Enquiry.due_on, Enquiry.id) > place)
    else:
        query = query.where(Enquiry.ended_at.is_not(None)).order_by(Enquiry.id.desc())
        if after is not None:
            query = query.where(Enquiry.id < after.id)
    found = session.scalars(query.limit(PAGE + 1)).all()
    more = Place(found[PAGE - 1].due_on, found[PAGE - 1].id) if len(found) > PAGE else None
    return Page([line(session, one, today) for one in found[:PAGE]], more)


def line(session: Session, enquiry: Enquiry, today: date) -> Line:
    """The enquiry as lists and its page show it on ``today``."""
    organ = session.get_one(Organ, enquiry.organ_id)
    ended_on = day_of(enquiry.ended_at) if enquiry.ended_at else None
    term = term_on(today, enquiry.due_on, calendar_of(organ), ended_on=ended_on)
    channel = ASKED_BY[enquiry.channel]
    return Line(enquiry.reference, enquiry.subject, channel, enquiry.asked_on, term, enquiry.outcome)


def years(session: Session, actor: Actor) -> Sequence[tuple[int, int]]:
    """How many enquiries came in each year, the newest first: year, number."""
    year = extract("year", Enquiry.asked_on)
    query = select(year, func.count()).where(visible_enquiries(actor)).group_by(year).order_by(year.desc())
    return [(int(one), count) for one, count in session.execute(query)]
