"""Letters read and decided one after the other (集中批阅): what waits for a reviewer or signer, with the whole text of each.

Nobody decides on what was not shown: a decision names the text that was read, and holds for that text alone.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import letterbook, letters_together
from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.casefile import Head, head
from gkapply.casework.flow import LETTERS
from gkapply.casework.letter_numbers import wants_outside_number
from gkapply.casework.letterbook import SIGN_TRIGGER
from gkapply.casework.letterfile import LetterFile, letterfile
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.tasks import letters_to_decide
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal, Stale
from workflows.letter import LetterState

PAGE = 5
"""Letters on one page: each has its whole text."""
GOING_ON = ("pass_rung", "pass_review", *SIGN_TRIGGER.values())
"""The steps by which a reader agrees."""


class Decision(StrEnum):
    """What a reader may decide on a letter."""

    AGREE = "agree"
    RETURN = "return"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Unread:
    """One letter that waits: the text that a decision would be over, and what agreeing to it does."""

    uid: str
    read: str
    """What a decision is over: the digest of every text that it takes along."""
    agree: str
    """The label of the step that agreeing takes."""
    count: int
    """How many letters of one question are decided together."""
    typed_numbers: bool
    """Whether another system gives the 文号, so that it has to be typed."""
    head: Head
    sheet: LetterFile


def reading_list(session: Session, actor: Actor, now: datetime, today: date) -> tuple[list[Unread], int]:
    """The most urgent letters that the actor can decide now, and how many wait in all.

    Letters that put one question to many are one entry. A letter that a guard keeps from this actor is left out.
    """
    query = (
        select(Letter)
        .join(Case, Letter.case_id == Case.id)
        .where(visible_cases(actor), letters_to_decide(actor))
        .order_by(Case.due_on.is_(None), Case.due_on, Letter.id)
    )
    waiting = [
        (letter, trigger)
        for letter in session.scalars(query)
        if letters_together.together(letter)[0] is letter and (trigger := _agreeing(letter, actor, now)) is not None
    ]
    return [_unread(session, letter, trigger, today) for letter, trigger in waiting[:PAGE]], len(waiting)


def decide(
    session: Session,
    uid: str,
    read: str,
    decision: Decision,
    comment: str,
    numbers: Sequence[str],
    actor: Actor,
    now: datetime,
) -> str:
    """Decide on one letter; ``read`` is what ``read_of`` gave when it was read. Returns what was done, in one sentence.

    Raises Stale when it, or a letter that goes together with it, has another text by now, and whatever the step refuses.
    """
    letter = letterbook.open_letter(session, uid, actor, for_step=True)
    title = f"{letter.case.reference}《{LetterKind(letter.kind).label}》"
    if read != read_of(letter):
        raise Stale(f"{title}在您打开页面之后已有变动，没有执行您的决定", do="请重新阅读全文后再决定")
    if decision is Decision.RETURN:
        trigger = "return_signature" if letter.state is LetterState.SIGNATURE else "return_review"
        LETTERS.require(letter, trigger, actor)
        letters_together.give_back(session, letter, actor, now, comment)
        return f"{title}已退回起草人"
    trigger = _agreeing(letter, actor, now) or "pass_review"
    LETTERS.require(letter, trigger, actor)
    if trigger not in SIGN_TRIGGER.values():
        letters_together.pass_on(session, letter, actor, now, comment)
        return f"{title}已通过，{letter.state.label}"
    letters_together.sign(session, letter, actor, now, comment, numbers=numbers)
    return f"{title}已签发，文号{letter.number}"


def read_of(letter: Letter) -> str:
    """A digest of the letter's text and of those that are decided together with it."""
    texts = "".join(f"{one.uid}{one.snapshot_hash}" for one in letters_together.together(letter))
    return hashlib.sha256(texts.encode()).hexdigest()


def _agreeing(letter: Letter, actor: Actor, now: datetime) -> str | None:
    """The step that agreeing takes from where the letter stands; None when there is none for this actor."""
    for option in LETTERS.available(letter, actor, now):
        if option.possible and option.step.trigger in GOING_ON:
            return option.step.trigger
    return None


def _unread(session: Session, letter: Letter, trigger: str, today: date) -> Unread:
    return Unread(
        uid=letter.uid,
        read=read_of(letter),
        agree=LETTERS.steps[trigger].label,
        count=len(letters_together.together(letter)),
        typed_numbers=trigger in SIGN_TRIGGER.values() and wants_outside_number(letter),
        head=head(letter.case, today),
        sheet=letterfile(session, letter, today),
    )


def decision_of(code: str) -> Decision:
    """The decision with that code. Raises Refusal for another."""
    try:
        return Decision(code)
    except ValueError:
        raise Refusal("没有这样的决定", do="请选择同意、退回或者稍后再定", field="decision") from None
