"""What a letter's pages say about legal advisers: who was asked what, what they found, whether it is about this text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework import advice_contact, notices
from gkapply.casework.advised import Advice, AdviserOpinion
from gkapply.casework.papers import Letter
from gkapply.casework.services import ring
from gkapply.law.ladders import LEGAL
from workflows.letter import LetterState


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One question to an adviser. ``opinion`` is None until it is answered; ``holds``: it is about the text as it stands."""

    uid: str
    adviser: str
    question: str
    asker: str
    asked_by: int
    asked_at: datetime
    until: date
    stands: str
    is_open: bool
    opinion: Advice | None
    text: str
    given_at: datetime | None
    file: str
    """uid of the paper that the adviser enclosed; empty without one."""
    holds: bool
    address: str
    """Where the adviser answers; empty once the link is closed."""
    code: str
    """What the asker tells the adviser besides; shown to the asker alone."""


@dataclass(frozen=True, slots=True)
class AdviceSheet:
    """Everything that advisers were asked and said about a letter."""

    lines: Sequence[AdviceLine]
    at_legal_rung: bool
    """Whether the letter waits for its 合法性审查."""

    @property
    def objections(self) -> Sequence[AdviceLine]:
        """Opinions that this very text is unlawful: whoever goes on against them says why."""
        return [one for one in self.lines if one.holds and one.opinion is Advice.UNLAWFUL]

    @property
    def supports(self) -> bool:
        """Whether somebody found this very text lawful, and nobody unlawful."""
        found = {one.opinion for one in self.lines if one.holds}
        return Advice.LAWFUL in found and Advice.UNLAWFUL not in found


def advice_sheet(session: Session, letter: Letter, today: date) -> AdviceSheet:
    """The questions to advisers about ``letter`` in their order."""
    waiting = letter.state is LetterState.REVIEW
    lines = [_line(session, one, today) for one in letter.advice]
    return AdviceSheet(lines, waiting and letter.present_rung.code == LEGAL.code)


def _line(session: Session, one: AdviserOpinion, today: date) -> AdviceLine:
    is_open = one.is_open_on(today)
    return AdviceLine(
        uid=one.uid,
        adviser=advice_contact.contact_of(session, one).name,
        question=one.question,
        asker=one.asker.name,
        asked_by=one.asked_by,
        asked_at=one.asked_at,
        until=one.until,
        stands=_stands(one, today),
        is_open=is_open,
        opinion=Advice(one.opinion) if one.opinion else None,
        text=one.text,
        given_at=one.given_at,
        file=one.file.uid if one.file else "",
        holds=one.holds,
        address=notices.advice_address(session, one) if is_open else "",
        code=ring(session).advice_link(one.uid)[1] if is_open else "",
    )


def _stands(one: AdviserOpinion, today: date) -> str:
    if one.given_at is not None:
        return "已提出意见"
    if one.withdrawn_at is not None:
        return "已撤回"
    if today > one.until:
        return "逾期未答复"
    return "已打开，尚未答复" if one.opened_at else "尚未打开"
