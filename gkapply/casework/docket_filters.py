"""The filters of the desk (筛选): each is a name in the address, words to choose from and a condition; they combine freely.

The address is the view: what it holds can be sent to a colleague, kept under a name and taken away part by part.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, true

from gkapply.casework.access import Actor
from gkapply.casework.application import CHANNELS, KINDS
from gkapply.casework.case_search import matching
from gkapply.casework.clock_states import ClockState, Horizon, stands
from gkapply.casework.records import Applicant, Case, Item
from gkapply.law.annual_rows import RESULT_ROWS
from gkapply.law.areas import areas
from gkapply.law.refusal import Refusal
from gkapply.law.replies import ReplyKind
from workflows.case_states import CaseState
from workflows.step import Stage

LONGEST = 100
"""Characters of words that are looked for."""
UNASSIGNED, MYSELF = "none", "me"
"""Values of the filter by officer beside the ids of users."""
OPEN_LATE, ENDED_LATE, IN_TIME = "open", "ended", "no"

Chosen = Mapping[str, str]
"""Filter name → value, as the address carries it; nothing empty."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a condition may rest on beside its value."""

    actor: Actor
    days: Horizon


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter. ``words``: value → what users read; None where they are the organ's own."""

    name: str
    label: str
    words: Mapping[str, str] | None
    condition: Callable[[str, Scope], ColumnElement[bool]]
    free: str = ""
    """A pattern that a value matches whole which is none of ``words``."""
    reaches_ended: bool = False
    """Whether it finds requests, too, that have ended and are not in the archive yet."""


def read(address: Mapping[str, str], filters: "Sequence[Filter] | None" = None) -> dict[str, str]:
    """The filters, by default the desk's, that an address holds. Raises Refusal for a value that no page offers."""
    chosen: dict[str, str] = {}
    for one in filters or FILTERS:
        value = address.get(one.name, "").strip()
        if not value:
            continue
        known = value in (one.words or ()) or (one.free and re.fullmatch(one.free, value))
        if not known:
            raise Refusal(f"筛选条件“{one.label}”的取值无法识别", do="请从列表上方重新选择", field=one.name)
        chosen[one.name] = value
    return chosen


def condition(chosen: Chosen, scope: Scope, filters: "Sequence[Filter] | None" = None) -> ColumnElement[bool]:
    """The cases that meet every filter chosen."""
    named = {one.name: one for one in filters or FILTERS}
    return and_(true(), *(named[name].condition(value, scope) for name, value in chosen.items()))


def reaches_ended(chosen: Chosen) -> bool:
    """Whether a filter asks for what has ended, so that the list is not of open requests alone."""
    return any(BY_NAME[name].reaches_ended for name in chosen) or chosen.get("late") == ENDED_LATE


def stage_states(stage: str) -> tuple[CaseState, ...]:
    """The states of one of the seven links in which a case lies on the desk."""
    return tuple(
        state for state in CaseState if state.stage == stage and state not in (CaseState.NEW, CaseState.ARCHIVED)
    )


def _link(value: str, scope: Scope) -> ColumnElement[bool]:
    return Case.state.in_(stage_states(value))


def _lamp(value: str, scope: Scope) -> ColumnElement[bool]:
    return stands(ClockState(value), scope.days)


def _channel(value: str, scope: Scope) -> ColumnElement[bool]:
    return Case.channel == value


def _applicant(value: str, scope: Scope) -> ColumnElement[bool]:
    return exists().where(Applicant.case_id == Case.id, Applicant.ordinal == 1, Applicant.kind == value).correlate(Case)


def _outcome(value: str, scope: Scope) -> ColumnElement[bool]:
    """The row in which the request stands, or will stand by what was decided on one of its items."""
    kinds = [kind.value for kind in ReplyKind if kind.row == value]
    return or_(
        Case.report_row == value, exists().where(Item.case_id == Case.id, Item.outcome.in_(kinds)).correlate(Case)
    )


def _late(value: str, scope: Scope) -> ColumnElement[bool]:
    if value == OPEN_LATE:
        return and_(Case.ended_on.is_(None), Case.due_on < scope.days.today)
    if value == ENDED_LATE:
        return Case.due_on < func.coalesce(Case.replied_on, Case.ended_on)
    return or_(Case.due_on.is_(None), Case.due_on >= func.coalesce(Case.replied_on, Case.ended_on, scope.days.today))


def _officer(value: str, scope: Scope) -> ColumnElement[bool]:
    if value == UNASSIGNED:
        return Case.officer_id.is_(None)
    if value == MYSELF:
        return Case.officer_id == scope.actor.user_id
    return Case.officer_id == int(value)


def _unit(value: str, scope: Scope) -> ColumnElement[bool]:
    return Case.unit_id.is_(None) if value == UNASSIGNED else Case.unit_id == int(value)


def _area(value: str, scope: Scope) -> ColumnElement[bool]:
    return Case.area == value


def _words(value: str, scope: Scope) -> ColumnElement[bool]:
    """Every word stands somewhere in the texts of the case."""
    return matching(scope.actor, value)


FILTERS: tuple[Filter, ...] = (
    Filter("link", "环节", {stage.value: stage.value for stage in Stage}, _link, reaches_ended=True),
    Filter("lamp", "期限状态", {state.value: state.label for state in ClockState}, _lamp),
    Filter("late", "是否逾期", {OPEN_LATE: "逾期未办结", ENDED_LATE: "逾期办结", IN_TIME: "未逾期"}, _late),
    Filter("channel", "受理渠道", CHANNELS, _channel),
    Filter("applicant", "申请人类型", KINDS, _applicant),
    Filter("outcome", "处理结果", {row.code: row.label for row in RESULT_ROWS}, _outcome, reaches_ended=True),
    Filter("officer", "承办人", None, _officer, free=rf"{UNASSIGNED}|{MYSELF}|[0-9]{{1,18}}"),
    Filter("unit", "承办单位", None, _unit, free=rf"{UNASSIGNED}|[0-9]{{1,18}}"),
    Filter("area", "公开领域", {area.name: area.name for area in areas()}, _area, free=rf".{{1,{LONGEST}}}"),
    Filter("words", "含有词语", None, _words, free=rf".{{1,{LONGEST}}}"),
)
"""Every filter, in the order of the form."""
OWN_WORDS = ("officer", "unit")
"""Filters whose words are the organ's own."""
BY_NAME = {one.name: one for one in FILTERS}
