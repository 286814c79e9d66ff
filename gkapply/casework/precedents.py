"""Past and present joint consultations (会商) of an organ, found by words, trigger, area and outcome."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.deliberation_lines import ConclusionLine, line
from gkapply.casework.deliberation_records import Deliberation, DeliberationMember
from gkapply.casework.records import Case
from gkapply.law.refusal import Refusal
from workflows.deliberation import GATHERING, OPEN, DeliberationState

PAGE = 25
LONGEST_WORDS = 100
CONCLUDED, GOING_ON, MINE = "concluded", "open", "mine"
STANDS = {CONCLUDED: "已形成结论", GOING_ON: "正在会商", MINE: "请我提出意见的"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty is: any."""

    words: str = ""
    trigger: str = ""
    area: str = ""
    outcome: str = ""
    stands: str = ""
    before: int | None = None
    """Key below which the page begins."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page; ``further`` is the key with which the next one begins."""

    lines: Sequence[ConclusionLine]
    further: int | None


def find(session: Session, actor: Actor, wanted: Wanted) -> Found:
    """The consultations on cases that the actor sees, the newest first. Raises Refusal for too many words."""
    if len(wanted.words) > LONGEST_WORDS:
        raise Refusal(f"最多{LONGEST_WORDS}个字", field="words")
    query = select(Deliberation).join(Case, Case.id == Deliberation.case_id).where(visible_cases(actor))
    query = query.where(Deliberation.organ_id == actor.organ_id, *_conditions(wanted, actor))
    if wanted.before is not None:
        query = query.where(Deliberation.id < wanted.before)
    rows = session.scalars(query.order_by(Deliberation.id.desc()).limit(PAGE + 1)).all()
    more = rows[PAGE - 1].id if len(rows) > PAGE else None
    return Found([line(one) for one in rows[:PAGE]], more)


def _conditions(wanted: Wanted, actor: Actor) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for word in wanted.words.split():
        texts = (Deliberation.topic, Deliberation.conclusion, Deliberation.grounds, Deliberation.number)
        found.append(or_(*(text.contains(word, autoescape=True) for text in texts), Case.reference == word))
    if wanted.trigger:
        found.append(Deliberation.causes.contains(f'"{wanted.trigger}:', autoescape=True))
    if wanted.outcome:
        found.append(Deliberation.outcomes.contains(f'"{wanted.outcome}"', autoescape=True))
    if wanted.area:
        found.append(Case.area == wanted.area)
    if wanted.stands == CONCLUDED:
        found.append(Deliberation.state == DeliberationState.CONCLUDED)
    if wanted.stands == GOING_ON:
        found.append(Deliberation.state.in_(OPEN))
    if wanted.stands == MINE:
        found.append(and_(Deliberation.state.in_(GATHERING), Deliberation.id.in_(asked_of(actor))))
    return found


def asked_of(actor: Actor) -> ColumnElement[int]:
    """The keys of the consultations in which the actor is a member."""
    mine = DeliberationMember.user_id == actor.user_id, DeliberationMember.released_at.is_(None)
    return select(DeliberationMember.deliberation_id).where(*mine)  # type: ignore[return-value]
