"""The desk (待办): an organ's cases by urgency, page by page, with what each waits for.

A page costs by what it shows: it walks a partial index by key, never by OFFSET, and counts only cases on the desk.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, and_, cast, func, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.calendars import calendar_at
from gkapply.casework.papers import Consultation
from gkapply.casework.people import Organ, User
from gkapply.casework.records import Applicant, Case
from gkapply.casework.tasks import tasks_of
from gkapply.casework.urgency import Term, term_on
from gkapply.law.case_kinds import CaseKind
from gkapply.law.refusal import NotFound, Refusal
from workflows.application import CaseState
from workflows.consultation import ConsultationState

PAGE = 50
"""Cases on one page."""
EXCERPT = 60
"""Characters of the description that a list shows."""
AWAITING, MINE, ALL = "awaiting", "mine", "all"
VIEWS = {AWAITING: "待我处理", MINE: "我承办的", ALL: "全部在办"}
DESK_STATES = tuple(state for state in CaseState if state not in (CaseState.NEW, CaseState.ARCHIVED))
"""States in which a case lies on the desk; each is a filter."""
_STATES = {state.value: state for state in CaseState}


@dataclass(frozen=True, slots=True)
class Line:
    """One case in a list."""

    reference: str
    number: str
    kind: CaseKind
    applicant: str
    excerpt: str
    state: CaseState
    officer: str | None
    void_proposed: bool
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
    """Cases on the desk by state, and by the code of each task that waits for the actor; what is missing is nought."""

    states: Mapping[CaseState, int]
    tasks: Mapping[str, int]


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
    query = _lines(today).where(visible_cases(actor), _condition(actor, view, state))
    rows: list[Row[*tuple[Any, ...]]] = []
    if after is None or after.due_on is not None:
        dated = query.where(Case.due_on.is_not(None))
        if after is not None:
            dated = dated.where(tuple_(Case.due_on, Case.id) > tuple_(literal(after.due_on), literal(after.id)))
        rows += session.execute(dated.order_by(Case.due_on, Case.id).limit(size + 1))
    if len(rows) <= size:
        undated = query.where(Case.due_on.is_(None))
        if after is not None and after.due_on is None:
            undated = undated.where(Case.id > after.id)
        rows += session.execute(undated.order_by(Case.id).limit(size + 1 - len(rows)))
    last = rows[size - 1] if len(rows) > size else None
    return Page(
        [_line(session, row, today) for row in rows[:size]], None if last is None else Place(last.due_on, last.id)
    )


def counts(session: Session, actor: Actor) -> Counts:
    """The badges of the desk, in one statement over the cases that are not in the archive."""
    here = (visible_cases(actor), _on_the_desk())
    parts: list[Select[*tuple[Any, ...]]] = [
        select(literal("state").label("of"), cast(Case.state, String).label("code"), func.count().label("number"))
        .where(*here)
        .group_by(Case.state)
    ]
    for task in tasks_of(actor):
        parts.append(select(literal("task"), literal(task.code), func.count()).where(*here, task.condition(actor)))
    found = session.execute(union_all(*parts)).all()
    return Counts(
        {_STATES[code]: number for of, code, number in found if of == "state"},
        {code: number for of, code, number in found if of == "task"},
    )


def reference_of(session: Session, actor: Actor, text: str) -> str:
    """The reference of the case that somebody asks for by number (「2026-0012」) or by reference.

    Raises NotFound when the actor sees no such case.
    """
    wanted = text.strip()
    query = select(Case.reference).where(
        visible_cases(actor),
        or_(Case.reference == wanted, and_(Case.number == wanted, Case.organ_id == actor.organ_id)),
    )
    found = session.scalars(query).first()
    if found is None:
        raise NotFound(f"没有登记编号为「{wanted}」的申请，或者您无权查看", do="请核对登记编号，例如 2026-0012")
    return found


def _condition(actor: Actor, view: str, state: CaseState | None) -> ColumnElement[bool]:
    """Which cases a view lists. Each form implies the condition of the partial index that it is to walk."""
    narrowed = _on_the_desk() if state is None else and_(Case.archived_on.is_(None), Case.state == state)
    still_open = Case.ended_on.is_(None) if state is None else narrowed
    if view == ALL:
        return still_open
    if view == MINE:
        return and_(Case.officer_id == actor.user_id, still_open)
    tasks = [task for task in tasks_of(actor) if view in (AWAITING, task.code)]
    if not tasks:
        if view == AWAITING:
            return and_(Case.id.is_(None))
        raise Refusal("没有这样的待办分类，或者不属于您的职责", do="请从列表上方选择", field="view")
    return and_(or_(*(task.condition(actor) for task in tasks)), narrowed)


def _on_the_desk() -> ColumnElement[bool]:
    """Not in the archive. The states are named so that SQLite, too, walks the index of the desk and not the whole register."""
    return and_(Case.archived_on.is_(None), Case.state.in_(DESK_STATES))


def _lines(today: date) -> Select[*tuple[Any, ...]]:
    """The columns of a line; ``asked_since``: an opinion is awaited whose term still stops the clock."""
    awaited = (
        select(func.min(Consultation.asked_on))
        .where(
            Consultation.case_id == Case.id,
            Consultation.state == ConsultationState.ASKED,
            or_(Consultation.opinion_due_on.is_(None), Consultation.opinion_due_on >= today),
        )
        .scalar_subquery()
    )
    return (
        select(
            Case.id,
            Case.reference,
            Case.number,
            Applicant.name.label("applicant"),
            func.substr(Case.description, 1, EXCERPT + 1).label("start"),
            Case.kind,
            Case.state,
            User.name.label("officer"),
            Case.void_reason,
            Case.due_on,
            Case.due_provisional,
            func.coalesce(Case.stopped_since, awaited).label("stopped_since"),
            Case.ended_on,
            Organ.calendar,
            Organ.calendar_edition,
        )
        .join(Organ, Organ.id == Case.organ_id)
        .outerjoin(Applicant, and_(Applicant.case_id == Case.id, Applicant.ordinal == 1))
        .outerjoin(User, User.id == Case.officer_id)
    )


def _line(session: Session, row: Row[*tuple[Any, ...]], today: date) -> Line:
    start = " ".join(row.start.split())
    return Line(
        reference=row.reference,
        number=row.number,
        kind=row.kind,
        applicant=row.applicant or "",
        excerpt=start if len(row.start) <= EXCERPT else f"{start[:EXCERPT]}…",
        state=row.state,
        officer=row.officer,
        void_proposed=bool(row.void_reason) and row.state is not CaseState.VOIDED,
        term=term_on(
            today,
            row.due_on,
            calendar_at(session, row.calendar, row.calendar_edition),
            ended_on=row.ended_on,
            provisional=row.due_provisional,
            stopped_since=row.stopped_since,
        ),
    )
