"""The register of letter numbers (文号登记簿): every number of a series in a year, those of cancelled letters kept, gaps told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from gkapply.casework import journal
from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.accounts import require
from gkapply.casework.history import names_of
from gkapply.casework.letter_numbers import code_words
from gkapply.casework.number_series import NumberGap
from gkapply.casework.papers import Approval, Letter
from gkapply.casework.people import SigningName
from gkapply.casework.records import Case
from gkapply.clock import day_of
from gkapply.law.letter_numbers import LetterNumber, NumberSource, Stretch, missing, read_number, without
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import NotFound, Refusal
from workflows.duties import Duty
from workflows.letter import LetterState

READERS = (Duty.REGISTRAR, Duty.HEAD, Duty.SIGNER, Duty.ARCHIVIST)
"""Who sees the register."""
KEEPERS = (Duty.REGISTRAR, Duty.HEAD)
"""Who explains in it why numbers were left out."""
ENDED_WITH_CASE = "案件办结或者终止，没有发出"
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a year: the signing name, its 代字, and whether another system gives the numbers."""

    name_id: int
    name: str
    word: str
    year: int
    outside: bool


@dataclass(frozen=True, slots=True)
class NumberLine:
    """One number that was given: to which letter, and what became of it. ``reason``: why a cancelled letter did not leave."""

    number: LetterNumber
    uid: str
    title: str
    reference: str
    signed_on: date
    state: LetterState
    sent_on: date | None
    cancelled: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers between the first and the last that no letter here carries; ``reason`` is empty until somebody explains them."""

    first: int
    last: int
    reason: str = ""
    who: str = ""
    on: date | None = None

    @property
    def count(self) -> int:
        """How many numbers."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class NumberRegister:
    """A series with its numbers in ascending order, and what was left out."""

    series: Series
    lines: Sequence[NumberLine]
    gaps: Sequence[Gap]

    @property
    def unexplained(self) -> int:
        """How many missing numbers nobody has explained."""
        return sum(gap.count for gap in self.gaps if not gap.reason)


def series_of(session: Session, actor: Actor, year: int) -> Sequence[Series]:
    """Every series of the actor's organ in which a number was given that year, and those in which the next would be."""
    names = session.scalars(
        select(SigningName).where(SigningName.organ_id == actor.organ_id).order_by(SigningName.id)
    ).all()
    found = []
    for name in names:
        given = session.scalars(select(Letter.number).join(Letter.case).where(_given(actor, name.id, year)))
        used = {read_number(str(number)).word for number in given}
        outside = name.numbers_from == NumberSource.OUTSIDE
        for word in dict.fromkeys([*code_words(session, name).values(), *sorted(used)]):
            found.append(Series(name.id, name.full_name, word, year, outside))
    return found


def register(session: Session, actor: Actor, series: Series) -> NumberRegister:
    """The numbers and gaps of one series of the actor's organ."""
    given = select(Letter, Case.reference).join(Letter.case).where(_given(actor, series.name_id, series.year))
    numbered = [(read_number(str(letter.number)), letter, reference) for letter, reference in session.execute(given)]
    letters = sorted((one for one in numbered if one[0].word == series.word), key=lambda one: one[0])
    reasons = _reasons(session, [letter.id for _, letter, _ in letters if letter.state is LetterState.DISCARDED])
    lines = [_line(number, letter, reference, reasons) for number, letter, reference in letters]
    return NumberRegister(series, lines, _gaps(session, series, [line.number.ordinal for line in lines]))


def explain_gap(
    session: Session, series: Series, stretch: Stretch, reason: str, actor: Actor, now: datetime
) -> NumberGap:
    """Write down why these numbers were not used here; it stays for ever.

    Raises NotPermitted, or Refusal without a reason and for a number that is no gap or explained already.
    """
    require(actor, *KEEPERS)
    reason = reason.strip()
    if not 2 <= len(reason) <= LONGEST_REASON:
        raise Refusal(f"请写明空号的原因（2至{LONGEST_REASON}个字）", field="reason", do="例如：该号用于本机关其他公文")
    open_gaps = [gap for gap in register(session, actor, series).gaps if not gap.reason]
    first, last = stretch
    if not any(gap.first <= first <= last <= gap.last for gap in open_gaps):
        raise Refusal("这些号不是待说明的空号，可能已经使用或者已经说明", field="reason", do="请刷新页面后核对")
    row = NumberGap(
        organ_id=actor.organ_id,
        signing_name_id=series.name_id,
        code_word=series.word,
        year=series.year,
        first=first,
        last=last,
        reason=reason,
        explained_at=now,
        explained_by=actor.signature,
    )
    session.add(row)
    session.flush()
    journal.record(
        session,
        actor.organ_id,
        "number_gap.explain",
        actor.signature,
        now,
        signing_name=series.name_id,
        word=series.word,
        year=series.year,
        first=first,
        last=last,
    )
    return row


def find_series(session: Session, actor: Actor, name_id: int, word: str, year: int) -> Series:
    """One series of the actor's organ. Raises NotFound."""
    for one in series_of(session, actor, year):
        if (one.name_id, one.word) == (name_id, word):
            return one
    raise NotFound("没有这个文号序列", do="请从文号登记簿的列表中选择")


def _given(actor: Actor, name_id: int, year: int) -> ColumnElement[bool]:
    """The condition for the letters numbered in that name and year, joined with their cases."""
    return and_(
        visible_cases(actor),
        Letter.signing_name_id == name_id,
        Letter.number.is_not(None),
        Letter.signed_on >= date(year, 1, 1),
        Letter.signed_on <= date(year, 12, 31),
    )


def _line(number: LetterNumber, letter: Letter, reference: str, reasons: Mapping[int, str]) -> NumberLine:
    assert letter.signed_on is not None, "a number is given at the signature"
    cancelled = letter.state is LetterState.DISCARDED
    return NumberLine(
        number=number,
        uid=letter.uid,
        title=LetterKind(letter.kind).label,
        reference=reference,
        signed_on=letter.signed_on,
        state=letter.state,
        sent_on=letter.sent_on,
        cancelled=cancelled,
        reason=reasons.get(letter.id, ENDED_WITH_CASE) if cancelled else "",
    )


def _reasons(session: Session, letters: Sequence[int]) -> Mapping[int, str]:
    query = select(Approval.letter_id, Approval.comment).where(
        Approval.deed == "cancel", Approval.letter_id.in_(letters)
    )
    return dict(session.execute(query).all())


def _gaps(session: Session, series: Series, ordinals: Sequence[int]) -> Sequence[Gap]:
    """What was left out. Of a series numbered here it begins with 1; of one from outside only what lies between is known."""
    kept = session.scalars(
        select(NumberGap)
        .where(
            NumberGap.signing_name_id == series.name_id,
            NumberGap.code_word == series.word,
            NumberGap.year == series.year,
        )
        .order_by(NumberGap.first)
    ).all()
    names = names_of(session, (one.explained_by for one in kept))
    gaps = list[Gap]()
    for stretch in missing(ordinals, None if series.outside else 1):
        left = without(stretch, [(one.first, one.last) for one in kept])
        gaps += [Gap(first, last) for first, last in left]
        gaps += [
            Gap(first, last, one.reason, names[one.explained_by], day_of(one.explained_at))
            for one in kept
            for first, last in _within(stretch, (one.first, one.last))
        ]
    return sorted(gaps, key=lambda gap: gap.first)


def _within(stretch: Stretch, other: Stretch) -> list[Stretch]:
    first, last = max(stretch[0], other[0]), min(stretch[1], other[1])
    return [(first, last)] if first <= last else []
