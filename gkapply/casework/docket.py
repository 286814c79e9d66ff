"""The desk (待办): an organ's cases by urgency, page by page, with what each waits for.

A page costs by what it shows: it walks a partial index by key, never by OFFSET, and counts only cases on the desk.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Row, Select, and_, func, literal, select, tuple_, union_all
from sqlalchemy.orm import Session, aliased

from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.people import Organ, User
from gkapply.casework.records import Applicant, Case
from gkapply.casework.tasks import Task, tasks_of
from gkapply.law import workdays
from gkapply.law.refusal import NotFound, Refusal
from workflows.application import CaseState

PAGE = 50
"""Cases on one page."""
NEAR = 3
"""Working days: a term with no more than these left is 临近."""
EXCERPT = 60
"""Characters of the description that a list shows."""
MINE, ALL, AWAITING = "mine", "all", "awaiting"
VIEWS = {AWAITING: "待我处理", MINE: "我承办的", ALL: "全部在办"}
DESK_STATES = tuple(state for state in CaseState if state not in (CaseState.NEW, CaseState.ARCHIVED))
"""States in which a case lies on the desk; each is a filter."""


class Lamp(StrEnum):
    """How a term stands today, with the word that goes beside the colour."""

    label: str

    def __new__(cls, value: str, label: str) -> "Lamp":
        """A member is its code."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    OVERDUE = "overdue", "逾期"
    NEAR = "near", "临近"
    NORMAL = "normal", "正常"


@dataclass(frozen=True, slots=True)
class Term:
    """Where the reply term of a case stands on a day."""

    due_on: date | None
    provisional: bool
    stopped_since: date | None
    remaining: int | None
    """Working days left, today not counted; negative when the term is over; None without a due day or after the end."""
    lamp: Lamp | None
    """None when there is nothing to be late with: no due day, or the case has ended."""

    @property
    def words(self) -> str:
        """The term in words, for those who do not see the colour."""
        if self.lamp is None:
            return ""
        assert self.remaining is not None
        if self.remaining < 0:
            return f"逾期{-self.remaining}个工作日"
        if self.lamp is Lamp.OVERDUE:
            return "逾期"
        return "今天到期" if self.remaining == 0 else f"还有{self.remaining}个工作日"


@dataclass(frozen=True, slots=True)
class Line:
    """One case in a list."""

    id: int
    reference: str
    number: str
    applicant: str
    excerpt: str
    state: CaseState
    received_on: date | None
    officer: str | None
    term: Term


@dataclass(frozen=True, slots=True)
class Place:
    """The place in the order of urgency after which the next page begins."""

    due_on: date | None
    id: int

    def __str__(self) -> str:
        return f"{self.due_on.isoformat() if self.due_on else ''}~{self.id}"

    @classmethod
    def read(cls, text: str) -> "Place":
        """The place as an address carries it. Raises Refusal for anything that no page wrote."""
        due_on, _, key = text.partition("~")
        try:
            return cls(date.fromisoformat(due_on) if due_on else None, int(key))
        except ValueError:
            raise Refusal("翻页的位置无法识别", do="请回到第一页", field="after") from None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the desk and where the next one begins; ``more`` is None on the last."""

    lines: Sequence[Line]
    more: Place | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases stand on the desk in each state, and how many wait for each task of the actor."""

    states: Mapping[CaseState, int]
    tasks: Mapping[Task, int]


def term_of(
    due_on: date | None,
    today: date,
    calendar: workdays.Calendar,
    *,
    ended_on: date | None = None,
    provisional: bool = False,
    stopped_since: date | None = None,
) -> Term:
    """Where a term with this due day stands on ``today``; overdue is a comparison, never a stored status."""
    if due_on is None or ended_on is not None:
        return Term(due_on, provisional, stopped_since, None, None)
    remaining = calendar.count(today, due_on)
    lamp = Lamp.OVERDUE if due_on < today else Lamp.NEAR if remaining <= NEAR else Lamp.NORMAL
    return Term(due_on, provisional, stopped_since, remaining, lamp)


def desk(
    session: Session,
    actor: Actor,
    today: date,
    *,
    view: str = ALL,
    state: CaseState | None = None,
    after: Place | None = None,
    size: int = PAGE,
) -> Page:
    """A page of the cases that ``actor`` sees, the most urgent first, those without a due day last.

    ``view`` is one of VIEWS or the code of a task; ``state`` narrows it. Cases that have ended are listed only by their
    state or by a task. Raises Refusal for an unknown view.
    """
    query = _lines().where(visible_cases(actor), *_conditions(actor, view, state))
    rows: list[Row] = []
    if after is None or after.due_on is not None:
        dated = query.where(Case.due_on.is_not(None))
        if after is not None:
            dated = dated.where(tuple_(Case.due_on, Case.id) > (after.due_on, after.id))
        rows += session.execute(dated.order_by(Case.due_on, Case.id).limit(size + 1))
    if len(rows) <= size:
        undated = query.where(Case.due_on.is_(None))
        if after is not None and after.due_on is None:
            undated = undated.where(Case.id > after.id)
        rows += session.execute(undated.order_by(Case.id).limit(size + 1 - len(rows)))
    last = rows[size - 1] if len(rows) > size else None
    return Page([_line(row, today) for row in rows[:size]], None if last is None else Place(last.due_on, last.id))


def counts(session: Session, actor: Actor) -> Counts:
    """The badges of the desk in one statement. Cases in the archive are never counted."""
    tasks = tasks_of(actor)
    here = (visible_cases(actor), Case.archived_on.is_(None))
    by_state = select(Case.state.label("code"), func.count().label("number")).where(*here).group_by(Case.state)
    parts: list[Select] = [select(literal("state"), by_state.subquery().c.code, by_state.subquery().c.number)]
    found = union_all(*parts)
    raise NotImplementedError(found, tasks)
