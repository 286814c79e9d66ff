"""The ladder of a letter as a page shows it: who has passed which rung and when, who is next, who could be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework.approvers import Approver, approvers_of
from gkapply.casework.letter_lines import paper_words
from gkapply.casework.papers import Approval, Letter
from gkapply.law.ladders import SIGNATURE
from gkapply.law.letters import Ladder, LetterKind
from workflows.letter import LetterState

CLIMBING = (LetterState.DRAFT, LetterState.REVIEW, LetterState.SIGNATURE)


@dataclass(frozen=True, slots=True)
class RungLine:
    """One rung: its label, whether it is ``done``, ``now`` or ``later``, who took it, or who could."""

    label: str
    place: str
    who: str = ""
    at: datetime | None = None
    on_paper: str = ""
    could: Sequence[Approver] = ()


def ladder_lines(session: Session, letter: Letter, today: date) -> list[RungLine]:
    """The rungs from the author to the signature; none for what is issued at once or was given up."""
    if LetterKind(letter.kind).ladder is Ladder.NONE or letter.state is LetterState.DISCARDED:
        return []
    return list(_lines(session, letter, today))


def _lines(session: Session, letter: Letter, today: date) -> Iterator[RungLine]:
    author = letter.author.name if letter.author else "系统"
    drafting = letter.state is LetterState.DRAFT
    yield RungLine("起草", "now" if drafting else "done", author)
    taken, present = _taken(letter), letter.place
    for place, rung in enumerate(letter.rungs):
        decision = taken.get(rung.code)
        if decision is not None:
            yield RungLine(rung.label, "done", decision.user.name, decision.at, paper_words(decision))
        elif letter.state not in CLIMBING:
            yield RungLine(rung.label, "done")
        else:
            could = approvers_of(session, letter, rung, today)
            yield RungLine(rung.label, "now" if place == present and not drafting else "later", could=could)


def _taken(letter: Letter) -> dict[str, Approval]:
    """Code of a rung → the decision that took it, the signature included."""
    found = letter.passed
    if letter.signed_on is not None:
        for one in letter.approvals:
            if one.deed.startswith("sign_"):
                found[SIGNATURE] = one
    return {} if letter.state is LetterState.DRAFT else found
