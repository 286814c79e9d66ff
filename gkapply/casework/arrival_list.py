"""What came from elsewhere as its lists show it: what is open by the day that comes first, what has ended, how many of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, extract, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session, joinedload

from gkapply.casework.access import Actor
from gkapply.casework.arrival_kinds import WHENCE, ArrivalOutcome
from gkapply.casework.arrival_records import Arrival
from gkapply.casework.arrivals import visible_arrivals
from gkapply.casework.calendars import calendar_of
from gkapply.casework.docket_places import Place
from gkapply.casework.urgency import Term, term_on
from gkapply.clock import day_of
from gkapply.law.refusal import Refusal

PAGE = 50
OPEN, ENDED = "open", "ended"
VIEWS: Mapping[str, str] = {OPEN: "待处理", ENDED: "已处理"}


@dataclass(frozen=True, slots=True)
class Line:
    """One arrival in a list; ``own`` is the other channel's term, where it has one."""

    reference: str
    whence: str
    ticket: str
    unit: str
    came_on: date
    excerpt: str
    own: Term | None
    overdue: bool
    """Nothing was decided by the end of its day, or the other channel's term is over."""
    outcome: ArrivalOutcome | None
    case: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list and where the next one begins; ``more`` is None on the last."""

    lines: Sequence[Line]
    more: Place | None


def listed(session: Session, actor: Actor, today: date, view: str, after: Place | None = None) -> Page:
    """A page: what is open by the day that comes first, what has ended the newest first. Raises Refusal for an unknown view."""
    if view not in VIEWS:
        raise Refusal("没有这个列表", do="请从列表上方选择", field="view")
    query = _arrivals(actor)
    if view == OPEN:
        query = query.where(Arrival.ended_at.is_(None)).order_by(Arrival.act_by, Arrival.id)
        if after is not None and after.due_on is not None:
            place = tuple_(literal(after.due_on), literal(after.id))
            query = query.where(tuple_(Arrival.act_by, Arrival.id) > place)
    else:
        query = query.where(Arrival.ended_at.is_not(None)).order_by(Arrival.id.desc())
        if after is not None:
            query = query.where(Arrival.id < after.id)
    found = session.scalars(query.limit(PAGE + 1)).all()
    more = Place(found[PAGE - 1].act_by, found[PAGE - 1].id) if len(found) > PAGE else None
    return Page([line(one, today) for one in found[:PAGE]], more)


def line(arrival: Arrival, today: date) -> Line:
    """The arrival as lists and its page show it on ``today``."""
    ended_on, due_on = day_of(arrival.ended_at) if arrival.ended_at else None, arrival.own_due_on
    own = term_on(today, due_on, calendar_of(arrival.organ), ended_on=ended_on) if due_on else None
    undecided = arrival.outcome is None and arrival.came_on < today
    return Line(
        arrival.reference,
        WHENCE[arrival.whence],
        arrival.ticket,
        arrival.unit,
        arrival.came_on,
        " ".join(arrival.text.split())[:60],
        own,
        arrival.ended_at is None and (undecided or (due_on is not None and due_on < today)),
        arrival.outcome,
        arrival.case.reference if arrival.case else "",
    )


def waiting(actor: Actor, today: date) -> Select[int, int]:
    """Asks how many arrivals are open, and how many of them are overdue as ``Line.overdue`` says."""
    undecided = and_(Arrival.outcome.is_(None), Arrival.came_on < today)
    overdue = or_(undecided, Arrival.own_due_on < today)
    query = select(func.count(), func.count().filter(overdue))
    return query.where(visible_arrivals(actor), Arrival.ended_at.is_(None))


def counted(session: Session, actor: Actor, year: int) -> Sequence[tuple[str, str, int]]:
    """How many came in the year: from where, what was decided (empty: open), number."""
    query = (
        select(Arrival.whence, Arrival.outcome, func.count())
        .where(visible_arrivals(actor), extract("year", Arrival.came_on) == year)
        .group_by(Arrival.whence, Arrival.outcome)
        .order_by(Arrival.whence, Arrival.outcome)
    )
    return [
        (WHENCE[whence], outcome.label if outcome else "", count) for whence, outcome, count in session.execute(query)
    ]


def _arrivals(actor: Actor) -> Select[Arrival]:
    shown = joinedload(Arrival.organ), joinedload(Arrival.case)
    return select(Arrival).where(visible_arrivals(actor)).options(*shown)
