"""A text whose traces of persons are marked in the words, paragraph by paragraph."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy.orm import Session

from gkapply.casework.anonymising import Search, digest_of


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words: plain, or a trace with what it is."""

    words: str
    label: str = ""
    excused: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """The paragraphs of a text, each in pieces."""

    paragraphs: Sequence[Sequence[Piece]]


def marked(session: Session, search: Search, text: str, excused: AbstractSet[str]) -> Marked:
    """The text with what is found in it; ``excused`` are digests of what may stay."""
    pieces, done = [], 0
    for one in search.traces(text):
        pieces.append(Piece(text[done : one.start]))
        pieces.append(Piece(text[one.start : one.end], one.kind.label, digest_of(session, one) in excused))
        done = one.end
    pieces.append(Piece(text[done:]))
    paragraphs: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *rest = piece.words.split("\n")
        paragraphs[-1].append(Piece(first, piece.label, piece.excused))
        paragraphs += [[Piece(line, piece.label, piece.excused)] for line in rest]
    shown = [[one for one in each if one.words] for each in paragraphs]
    return Marked([each for each in shown if each])
