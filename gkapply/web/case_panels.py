"""The panels of a case page: each brings its own lines and template, so that a new kind of work adds one line here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import deliberation_lines, likeness_lines, referral_lines, register_panel, urge_lines
from gkapply.casework.access import Actor
from gkapply.casework.group_registration import group_of_case
from gkapply.casework.kindred import kindred
from gkapply.casework.oa_dispatching import dispatches
from gkapply.casework.records import Case
from gkapply.casework.telephone_notes import calls_of
from gkapply.casework.telephone_notes import may_note as may_note_call
from gkapply.clock import day_of
from gkapply.web import case_area
from gkapply.web.remarks import among_officials

Find = Callable[[Session, Case, Actor, datetime], Any]


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page of a case: ``template`` shows what ``find`` returns under the name ``found``; nothing when that is empty."""

    template: str
    find: Find
    on_top: bool = False
    """Before the next steps: what has to be seen first."""


def _kindred(session: Session, case: Case, actor: Actor, now: datetime) -> Any:
    return kindred(session, case)


def _calls(session: Session, case: Case, actor: Actor, now: datetime) -> Any:
    calls, may_note = calls_of(case), may_note_call(case, actor, now)
    return {"calls": calls, "may_note": may_note} if calls or may_note else None


def _group(session: Session, case: Case, actor: Actor, now: datetime) -> Any:
    return group_of_case(case)


def _urges(session: Session, case: Case, actor: Actor, now: datetime) -> Any:
    return urge_lines.of_case(session, case, day_of(now))


def _deliberation(session: Session, case: Case, actor: Actor, now: datetime) -> Any:
    return deliberation_lines.panel(session, case, day_of(now))


PANELS: tuple[Panel, ...] = (
    Panel("desk/case_urges.html", _urges, on_top=True),
    Panel("desk/case_deliberation.html", _deliberation, on_top=True),
    Panel("desk/case_kindred.html", _kindred, on_top=True),
    Panel("desk/case_likeness.html", likeness_lines.view, on_top=True),
    Panel("desk/case_calls.html", _calls),
    Panel("desk/case_group.html", _group),
    Panel("desk/case_referrals_awaited.html", referral_lines.awaited, on_top=True),
    Panel("desk/case_referrals.html", referral_lines.of_case),
    Panel("desk/case_area.html", case_area.of_case),
    Panel("desk/case_among_officials.html", among_officials),
    Panel("desk/case_oa.html", dispatches),
    Panel("desk/case_register.html", register_panel.of_case),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel with what it shows."""

    template: str
    on_top: bool
    found: Any


def panels(session: Session, case: Case, actor: Actor, now: datetime) -> Sequence[Shown]:
    """The panels that have something to show on the page of ``case``, in their order."""
    shown = [Shown(one.template, one.on_top, one.find(session, case, actor, now)) for one in PANELS]
    return [one for one in shown if one.found]
