"""Requests like a given one (相似申请): of the same applicant, and of others; what was answered to them before.

Found and explained, never merged: whether two requests ask for the same, a person decides (``likeness_judging``). Every list goes
through ``visible_cases``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, aliased, selectinload
from sqlalchemy.sql import Executable

from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.entries import Document
from gkapply.casework.likeness_compare import NEAR, Comparison, Verdict, compare, grams
from gkapply.casework.likeness_index import CORRECTION, candidates, joined, text_of
from gkapply.casework.likeness_records import LikenessJudgement
from gkapply.casework.papers import Letter
from gkapply.casework.people import Organ
from gkapply.casework.prepared import KEPT, anybody_with, ask, named
from gkapply.casework.records import Applicant, Case
from gkapply.law.case_kinds import CaseKind
from gkapply.law.letters import LetterKind
from gkapply.law.replies import ReplyKind
from workflows.case_states import CaseState
from workflows.duties import Duty

_Wanted = Select[int]
MOST = 5
"""Like requests that are shown of each sort."""
OWN_LOOKED_AT = 60
"""Newest requests of the same applicant that are compared."""
CLOSELY, OWN_CLOSELY = 6, 3
"""Candidates that are compared closely, after all were compared by their grams: of everybody's, and of the same applicant's."""
LEAST_SHARED = 0.2
"""The share of the shorter text's grams below which two texts are not compared closely; near ones share more, however reworded."""
_NOT_LIKENED = (CaseState.VOIDED, CaseState.DIVIDED)
_CORRECTED = (
    select(Document.text)
    .where(Document.case_id == Case.id, Document.role == CORRECTION, Document.text != "")
    .order_by(Document.id.desc())
    .limit(1)
    .correlate(Case)
    .scalar_subquery()
)
"""The newest correction of a request, if it has one."""
_BY_ID = select(Case.id).where(Case.id.in_(bindparam("ids", expanding=True)))
_OF_PERSONS = (
    select(Applicant.case_id.label("id"))
    .where(Applicant.person_id.in_(bindparam("persons", expanding=True)), Applicant.organ_id == bindparam("organ"))
    .order_by(Applicant.case_id.desc())
    .limit(OWN_LOOKED_AT)
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A request by its id, the text by which it was compared, and what came of it."""

    id: int
    text: str
    comparison: Comparison


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
    own = of_applicant(session, case, actor)
    found = candidates(session.connection(), organs(session, case, actor), words)
    known = {case.id, case.origin_id, *(one.id for one in case.offspring), *(one.id for one in own)}
    others = _compared(words, _seen(session, actor, _BY_ID, {"ids": [one for one in found if one not in known]}))
    return _explained(session, case, [*((one, True) for one in own[:most]), *((one, False) for one in others[:most])])


def of_applicant(session: Session, case: Case, actor: Actor) -> list[Compared]:
    """The newest other requests of the case's applicants to the same organ, met by their identity, that are like it."""
    persons = {one.person_id for one in case.applicants} - {None}
    if not persons:
        return []
    family = {case.id, case.origin_id, *(each.id for each in case.offspring)}
    asked = {"persons": list(persons), "organ": case.organ_id}
    theirs = [one for one in _seen(session, actor, _OF_PERSONS, asked) if one[0] not in family]
    return _compared(text_of(case), theirs, OWN_CLOSELY)


def alike(session: Session, words: str, organ_ids: Sequence[int], actor: Actor, most: int = MOST) -> list[Compared]:
    """The requests to these organs that are like a text which is no request yet, the most alike first."""
    found = candidates(session.connection(), organ_ids, words)
    return _compared(words, _seen(session, actor, _BY_ID, {"ids": found}))[:most]


def organs(session: Session, case: Case, actor: Actor) -> list[int]:
    """The organs whose requests are looked through: the case's own, and by setting those below it that the actor sees."""
    if not case.office_settings().likeness_in_tree:
        return [case.organ_id]
    below = select(Organ.id, Organ.parent_id).where(Organ.id == case.organ_id).cte(recursive=True)
    child = aliased(Organ)
    below = below.union_all(select(child.id, child.parent_id).where(child.parent_id == below.c.id))
    sees = select(Case.id).where(Case.organ_id == below.c.id, visible_cases(actor)).exists()
    return list(session.scalars(select(below.c.id).where((below.c.id == case.organ_id) | sees)))


def _seen(session: Session, actor: Actor, wanted: _Wanted, asked: dict[str, Any]) -> list[tuple[int, str]]:
    """Id and text of those of the requests wanted that the actor sees."""
    if actor.kind == "user":
        statement, asked = _texts(wanted, actor.duties), asked | named(actor)
    else:
        statement = _texts_seen_by(wanted, actor)
    rows = ask(session, statement, asked)
    return [
        (row.id, joined(row.description, row.information_name, row.information_number, row.corrected or ""))
        for row in rows
    ]


@lru_cache(maxsize=KEPT)
def _texts(wanted: _Wanted, duties: frozenset[Duty]) -> Executable:
    return _texts_seen_by(wanted, anybody_with(duties))


def _texts_seen_by(wanted: _Wanted, actor: Actor) -> Executable:
    # By the ids first: a planner that knows no figures of the file would walk the whole organ for them.
    first = wanted.cte("wanted").prefix_with("MATERIALIZED")
    return (
        select(Case.id, Case.description, Case.information_name, Case.information_number, _CORRECTED.label("corrected"))
        .join(first, first.c.id == Case.id)
        .where(Case.kind == CaseKind.APPLICATION, Case.state.not_in(_NOT_LIKENED), visible_cases(actor))
    )


def _compared(words: str, texts: Sequence[tuple[int, str]], most: int = CLOSELY) -> list[Compared]:
    """Those of the texts that ask for the same or for the same matter, the most alike first."""
    mine = grams(words)
    roughly = []
    for number, text in texts:
        # Every gram of mine is looked for in the text: cheaper than cutting the text up.
        shared = sum(map(text.__contains__, mine)) / (min(len(mine), len(text) - 1) or 1)
        if shared >= LEAST_SHARED or words == text:
            roughly.append((shared, number, text))
    roughly.sort(reverse=True)
    closely = [Compared(number, text, compare(words, text)) for _, number, text in roughly[:most]]
    alike_ = [one for one in closely if one.comparison.verdict is not Verdict.DIFFERENT]
    return sorted(alike_, key=lambda one: (not one.comparison.near, -one.comparison.score, -one.id))


def _explained(session: Session, case: Case, near: Sequence[tuple[Compared, bool]]) -> Sequence[Like]:
    ids = [one.id for one, _ in near]
    cases = {one.id: one for one in session.scalars(select(Case).where(Case.id.in_(ids)))} if ids else {}
    answered, judged = answered_of(session, ids), judgements(session, case)
    return [
        Like(
            case=cases[one.id],
            text=one.text,
            comparison=one.comparison,
            same_applicant=same,
            answered=answered.get(one.id),
            judgement=judged.get(one.id),
            departs=departs(case, one.comparison, answered.get(one.id)),
        )
        for one, same in near
    ]


def departs(case: Case, comparison: Comparison, answered: Answered | None) -> bool:
    """Whether what is found of the case's items so far differs from how a request that is surely for the same was answered."""
    mine = {one.outcome for one in case.items if one.outcome}
    surely = comparison.near and comparison.score >= NEAR
    return bool(surely and mine and answered and answered.outcomes and mine != set(answered.outcomes))


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
