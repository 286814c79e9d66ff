"""What stands around a list of cases, in one statement: the organ's calendar, its officers, the views that are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, literal, or_, select, union_all
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.calendars import calendar_at
from gkapply.casework.people import DutyHolding, Organ, User
from gkapply.casework.saved_view_records import SavedView
from gkapply.casework.saved_views import offered_to
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
    """Calendar of the organ, its officers by id, the views of this list."""

    calendar: Calendar
    officers: Mapping[int, str]
    views: Sequence[View]


def surroundings(session: Session, actor: Actor, today: date, page: str, officer: str = "") -> Surroundings:
    """What the list ``page`` needs beside its cases; ``officer``: a user id that a filter names, though no officer today."""
    parts: list[Select[*tuple[Any, ...]]] = [
        _part("organ", Organ.calendar_edition, Organ.calendar).where(Organ.id == actor.organ_id),
        _part("officer", User.id, User.name).where(User.id.in_(_officers(actor, today, officer))),
        select(
            literal("view"),
            SavedView.id,
            SavedView.name,
            SavedView.query,
            SavedView.uid,
            SavedView.user_id,
            SavedView.shared,
        ).where(offered_to(actor), SavedView.page == page),
    ]
    found = session.execute(union_all(*parts)).all()
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
        sorted(views, key=lambda view: (not view.mine, view.name)),
    )


def _part(of: str, key: Any, name: Any) -> Select[*tuple[Any, ...]]:
    return select(
        literal(of).label("of"),
        key.label("key"),
        name.label("name"),
        literal("").label("query"),
        literal("").label("uid"),
        literal(0).label("owner"),
        literal(False).label("shared"),
    )


def _officers(actor: Actor, today: date, also: str) -> Select[int]:
    """Who handles requests in the organ today, and the one asked for if they ever held a duty there."""
    handles = (
        (DutyHolding.duty == Duty.OFFICER)
        & DutyHolding.ended_at.is_(None)
        & (DutyHolding.valid_from <= today)
        & or_(DutyHolding.valid_to.is_(None), DutyHolding.valid_to >= today)
    )
    named = handles if not also.isdecimal() else or_(handles, DutyHolding.user_id == int(also))
    return select(DutyHolding.user_id).where(DutyHolding.organ_id == actor.organ_id, named)
