"""The page of a search: each case that was found, and the places where the words stand in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from gkapply.casework.access import Actor
from gkapply.casework.case_grams import words_of
from gkapply.casework.case_search import Wanted, Within, found
from gkapply.casework.case_text import REQUEST, SOURCES, CaseText
from gkapply.casework.case_words import HEAD_LINES
from gkapply.casework.records import Case
from workflows.application import CaseState

PAGE = 20
MOST_PLACES = 3
"""Places that are shown of one case."""
BEFORE, AFTER = 24, 66
"""Characters shown around a word."""
DESCRIPTION = "申请内容"
_WIDE = str.maketrans(",;:?!()", "，；：？！（）")
_BESIDE_CHINESE = re.compile(r"(?<=[一-鿿〕》”])[,;:?!()]|[,;:?!()](?=[一-鿿〔《“])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of an excerpt, marked where they are what was searched for."""

    words: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a case where a word stands: which text of it, and the words around."""

    where: str
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that was found."""

    reference: str
    number: str
    applicants: str
    state: CaseState
    archived: bool
    places: Sequence[Found]


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of cases, the newest first; ``more`` is where the next page begins, None on the last."""

    hits: Sequence[Hit]
    more: int | None


def search(session: Session, actor: Actor, asked: str, within: Within, before: int | None = None) -> Hits:
    """The cases that the actor sees and that have every word of ``asked`` in their texts."""
    words = words_of(asked)
    ids = found(session, actor, Wanted(words, within, before), PAGE + 1)
    shown = ids[:PAGE]
    cases = select(Case).where(Case.id.in_(shown)).options(selectinload(Case.applicants), joinedload(Case.organ))
    by_id = {case.id: case for case in session.scalars(cases)}
    places = _places(session, shown, words)
    hits = [_hit(by_id[one], places.get(one, [])) for one in shown]
    return Hits(hits, shown[-1] if len(ids) > PAGE else None)


def _hit(case: Case, places: Sequence[Found]) -> Hit:
    archived = case.archived_on is not None
    return Hit(case.reference, case.number, case.applicant_names, case.state, archived, places[:MOST_PLACES])


def _places(session: Session, ids: Sequence[int], words: Sequence[str]) -> dict[int, list[Found]]:
    """Of each case one place for every text that has one of the words; first those of the request itself."""
    holding = or_(*(CaseText.text.contains(word, autoescape=True) for word in words))
    texts = session.scalars(select(CaseText).where(CaseText.case_id.in_(ids), holding).order_by(CaseText.id))
    order = list(SOURCES)
    places: dict[int, list[Found]] = {}
    for one in sorted(texts, key=lambda text: order.index(text.source)):
        kept = places.setdefault(one.case_id, [])
        kept += (
            _in_request(one.text, words) if one.source == REQUEST else [_place(SOURCES[one.source], one.text, words)]
        )
    return places


def _in_request(text: str, words: Sequence[str]) -> Iterator[Found]:
    """The lines of the head have names of their own; what follows is the description."""
    lines = text.split("\n", len(HEAD_LINES))
    for where, line in zip((*HEAD_LINES, DESCRIPTION), lines, strict=False):
        if any(word in line for word in words):
            yield _place(where, line, words)


def _place(where: str, text: str, words: Sequence[str]) -> Found:
    """The words around the first place, every one of them marked."""
    at = min(place for word in words if (place := text.find(word)) >= 0)
    start, end = max(0, at - BEFORE), min(len(text), at + AFTER)
    cut = _as_printed(text[start:end])
    pieces, through = [Piece("…", False)] if start else [], 0
    for begin, stop in _marks(text[start:end], words):
        pieces += [Piece(cut[through:begin], False), Piece(cut[begin:stop], True)]
        through = stop
    pieces.append(Piece(cut[through:] + ("…" if end < len(text) else ""), False))
    return Found(where, [piece for piece in pieces if piece.words])


def _marks(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand; what overlaps is one mark."""
    marks: list[tuple[int, int]] = []
    spans = sorted((one.start(), one.end()) for word in words for one in re.finditer(re.escape(word), text))
    for start, end in spans:
        if marks and start <= marks[-1][1]:
            marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
        else:
            marks.append((start, end))
    return marks


def _as_printed(text: str) -> str:
    """The folded text with the signs that Chinese is printed with, of the same length."""
    return _BESIDE_CHINESE.sub(lambda sign: sign[0].translate(_WIDE), text.replace("\n", " "))
