"""What stands around a list of cases, in one statement: the organ's calendar, its officers, the views that are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.calendars import calendar_at
from gkapply.casework.docket_badges import badges
from gkapply.casework.docket_filters import MYSELF, UNASSIGNED
from gkapply.casework.docket_views import NONE, Counts
from gkapply.casework.journal import JournalHead
from gkapply.casework.people import DutyHolding, Organ, User
from gkapply.casework.prepared import anybody_with, ask, named
from gkapply.casework.saved_view_records import SavedView
from gkapply.casework.saved_views import DESK, offered_to
from gkapply.casework.unit_records import Unit
from gkapply.law.workdays import Calendar, national_calendar
from workflows.duties import Duty


@dataclass(frozen=True, slots=True)
class View:
    """A kept view as a list offers it."""

    uid: str
    name: str
    query: str
    mine: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Calendar of the organ, its officers and units by id, the views of this list, the badges of the desk."""

    calendar: Calendar
    officers: Mapping[int, str]
    units: Mapping[int, str]
    views: Sequence[View]
    counts: Counts
    head: int
    """The end of the organ's journal: as long as it stays, so does what was counted."""

    def words_of(self, name: str) -> Mapping[str, str]:
        """The values of a filter whose words are the organ's own: officers, units."""
        if name == "officer":
            return {MYSELF: "我自己", UNASSIGNED: "未分办"} | {str(key): word for key, word in self.officers.items()}
        return {UNASSIGNED: "未转办"} | {str(key): word for key, word in self.units.items()}


def surroundings(session: Session, actor: Actor, today: date, page: str, officer: str = "") -> Surroundings:
    """What the list ``page`` needs beside its cases; ``officer``: a user id that a filter names, though no officer today."""
    also = int(officer) if officer.isdecimal() else None
    found = ask(session, _around(), {**named(actor), "today": today, "page": page, "also": also})
    head = next((row.key for row in found if row.of == "head"), 0)
    organ = next((row for row in found if row.of == "organ"), None)
    officers = {row.key: row.name for row in found if row.of == "officer"}
    views = [
        View(row.uid, row.name, row.query, row.owner == actor.user_id, bool(row.shared))
        for row in found
        if row.of == "view"
    ]
    return Surroundings(
        calendar_at(session, organ.name, organ.key) if organ else national_calendar(),
        dict(sorted(officers.items(), key=lambda one: one[1])),
        {row.key: row.name for row in found if row.of == "unit"},
        sorted(views, key=lambda view: (not view.mine, view.name)),
        badges(session, actor, today, head) if page == DESK else NONE,
        head,
    )


@cache
def _around() -> CompoundSelect[*tuple[Any, ...]]:
    actor = anybody_with(frozenset())
    views = select(
        literal("view"),
        SavedView.id,
        SavedView.name,
        SavedView.query,
        SavedView.uid,
        SavedView.user_id,
        SavedView.shared,
    )
    return union_all(
        _part("head", JournalHead.seq, literal("")).where(JournalHead.organ_id == actor.organ_id),
        _part("organ", Organ.calendar_edition, Organ.calendar).where(Organ.id == actor.organ_id),
        _part("officer", User.id, User.name).where(User.id.in_(_officers(actor))),
        _part("unit", Unit.id, Unit.name).where(Unit.organ_id == actor.organ_id, Unit.closed_at.is_(None)),
        views.where(offered_to(actor), SavedView.page == bindparam("page")),
    )


_NOTHING: tuple[ColumnElement[Any], ...] = (literal(""), literal(""), literal(0), literal(False))
"""Of what only a view has."""


def _part(of: str, key: Any, name: Any) -> Select[*tuple[Any, ...]]:
    return select(
        literal(of).label("of"),
        key.label("key"),
        name.label("name"),
        *(nothing.label(name) for nothing, name in zip(_NOTHING, ("query", "uid", "owner", "shared"), strict=True)),
    )


def _officers(actor: Actor) -> Select[int]:
    """Who handles requests in the organ today, and the one asked for if they ever held a duty there."""
    today = bindparam("today", type_=Date)
    handles = and_(
        DutyHolding.duty == Duty.OFFICER,
        DutyHolding.ended_at.is_(None),
        DutyHolding.valid_from <= today,
        or_(DutyHolding.valid_to.is_(None), DutyHolding.valid_to >= today),
    )
    asked_for = DutyHolding.user_id == bindparam("also", type_=Integer)
    return select(DutyHolding.user_id).where(DutyHolding.organ_id == actor.organ_id, or_(handles, asked_for))
