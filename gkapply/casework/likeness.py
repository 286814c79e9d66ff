"""Requests like a given one (相似申请): of the same applicant, and of others; what was answered to them before.

Found and explained, never merged: whether two requests ask for the same, a person decides (``likeness_judging``). Every list goes
through ``visible_cases``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, aliased, selectinload

from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.likeness_compare import Comparison, Verdict, compare, grams
from gkapply.casework.likeness_index import candidates, text_of
from gkapply.casework.likeness_records import LikenessJudgement
from gkapply.casework.likeness_words import bare
from gkapply.casework.papers import Letter
from gkapply.casework.people import Organ
from gkapply.casework.records import Applicant, Case
from gkapply.law.case_kinds import CaseKind
from gkapply.law.letters import LetterKind
from gkapply.law.replies import ReplyKind
from workflows.case_states import CaseState

MOST = 5
"""Like requests that are shown of each sort."""
OWN_LOOKED_AT = 60
"""Newest requests of the same applicant that are compared."""
CLOSELY = 8
"""Candidates that are compared closely, after all were compared by their grams."""
LEAST_SHARED = 0.12
_NOT_LIKENED = (CaseState.VOIDED, CaseState.DIVIDED)


@dataclass(frozen=True, slots=True)
class Answered:
    """How a request was answered: the reply's 文号 and day, what each thing came to."""

    number: str
    on: date | None
    uid: str
    outcomes: Sequence[ReplyKind]

    @property
    def words(self) -> str:
        """The outcomes with their articles."""
        return "；".join(f"{one.label}（{one.article}）" for one in dict.fromkeys(self.outcomes))


@dataclass(frozen=True, slots=True)
class Like:
    """A request like the one asked about."""

    case: Case
    text: str
    comparison: Comparison
    same_applicant: bool
    answered: Answered | None
    judgement: LikenessJudgement | None
    """The newest finding about the two."""
    departs: bool
    """The request asked about is being answered otherwise."""


def like(session: Session, case: Case, actor: Actor, most: int = MOST) -> Sequence[Like]:
    """The requests like ``case`` that the actor sees: those of the same applicant first, the most alike first, ``most`` of either."""
    if case.kind is not CaseKind.APPLICATION:
        return []
    words = text_of(case)
    own = _compared(words, _of_applicant(session, case, actor))
    found = candidates(session.connection(), organs(session, case, actor), words)
    known = {case.id, case.origin_id, *(one.id for one in case.offspring), *(one.id for one, _, _ in own)}
    others = _compared(words, _seen(session, actor, Case.id.in_([one for one in found if one not in known]), case))
    near = [(one, True) for one in own[:most]] + [(one, False) for one in others[:most]]
    return _explained(session, case, near)


def alike(
    session: Session, words: str, organ_ids: Sequence[int], actor: Actor, most: int = MOST
) -> list[tuple[Case, Comparison]]:
    """The requests to these organs that are like a text which is no request yet, the most alike first."""
    found = candidates(session.connection(), organ_ids, words)
    return [(one, compared) for one, _, compared in _compared(words, _seen(session, actor, Case.id.in_(found)))[:most]]


def organs(session: Session, case: Case, actor: Actor) -> list[int]:
    """The organs whose requests are looked through: the case's own, and by setting those below it that the actor sees."""
    if not case.office_settings().likeness_in_tree:
        return [case.organ_id]
    below = select(Organ.id, Organ.parent_id).where(Organ.id == case.organ_id).cte(recursive=True)
    child = aliased(Organ)
    below = below.union_all(select(child.id, child.parent_id).where(child.parent_id == below.c.id))
    sees = select(Case.id).where(Case.organ_id == below.c.id, visible_cases(actor)).exists()
    return list(session.scalars(select(below.c.id).where((below.c.id == case.organ_id) | sees)))


def _of_applicant(session: Session, case: Case, actor: Actor) -> Sequence[Case]:
    """The newest other requests of the case's applicants to the same organ, met by their identity."""
    persons = {one.person_id for one in case.applicants} - {None}
    if not persons:
        return []
    theirs = select(Applicant.case_id).where(Applicant.person_id.in_(persons))
    same = and_(Case.id.in_(theirs), Case.organ_id == case.organ_id)
    return _seen(session, actor, same, case, OWN_LOOKED_AT)


def _seen(
    session: Session, actor: Actor, which: ColumnElement[bool], case: Case | None = None, most: int | None = None
) -> Sequence[Case]:
    query = (
        select(Case)
        .where(which, visible_cases(actor), Case.kind == CaseKind.APPLICATION, Case.state.not_in(_NOT_LIKENED))
        .options(selectinload(Case.documents))
        .order_by(Case.id.desc())
        .limit(most)
    )
    if case is not None:
        query = query.where(Case.id != case.id)
        family = [one for one in (case.origin_id, *(each.id for each in case.offspring)) if one is not None]
        query = query.where(Case.id.not_in(family)) if family else query
    return session.scalars(query).all()


def _compared(words: str, cases: Sequence[Case]) -> list[tuple[Case, str, Comparison]]:
    """Those of the cases that ask for the same or for the same matter, the most alike first."""
    mine = grams(bare(words))
    roughly = []
    for one in cases:
        text = text_of(one)
        theirs = grams(bare(text))
        shared = len(mine & theirs) / (min(len(mine), len(theirs)) or 1)
        if shared >= LEAST_SHARED or mine == theirs:
            roughly.append((shared, one, text))
    roughly.sort(key=lambda found: (-found[0], -found[1].id))
    closely = [(one, text, compare(words, text)) for _, one, text in roughly[:CLOSELY]]
    alike = [found for found in closely if found[2].verdict is not Verdict.DIFFERENT]
    return sorted(alike, key=lambda found: (not found[2].near, -found[2].score, -found[0].id))


def _explained(
    session: Session, case: Case, near: Sequence[tuple[tuple[Case, str, Comparison], bool]]
) -> Sequence[Like]:
    ids = [one.id for (one, _, _), _ in near]
    answered = answered_of(session, ids)
    judged = judgements(session, case)
    mine = {one.outcome for one in case.items if one.outcome}
    lines = []
    for (one, text, comparison), same in near:
        reply = answered.get(one.id)
        departs = bool(comparison.near and mine and reply and reply.outcomes and mine != set(reply.outcomes))
        lines.append(Like(one, text, comparison, same, reply, judged.get(one.id), departs))
    return lines


def answered_of(session: Session, ids: Sequence[int]) -> dict[int, Answered]:
    """How each of the requests was answered, where a reply has left."""
    found: dict[int, Answered] = {}
    if not ids:
        return found
    query = select(Case).where(Case.id.in_(ids)).options(selectinload(Case.items), selectinload(Case.answered_with))
    for case in session.scalars(query):
        replies = [one for one in case.all_letters if _is_reply(one)]
        if replies:
            outcomes = [ReplyKind(one.outcome) for one in case.items if one.outcome]
            found[case.id] = Answered(replies[-1].number or "", replies[-1].sent_on, replies[-1].uid, outcomes)
    return found


def _is_reply(letter: Letter) -> bool:
    return letter.sent_on is not None and LetterKind(letter.kind).ends_case


def judgements(session: Session, case: Case) -> dict[int, LikenessJudgement]:
    """The newest finding about the case and each other request."""
    query = select(LikenessJudgement).where(LikenessJudgement.case_id == case.id).order_by(LikenessJudgement.id)
    return {one.other_id: one for one in session.scalars(query)}
