"""The delivery ledger as it is read: letters by what they wait for, each recipient with the time line of its attempts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from gkapply.casework import undelivered
from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.delivery_ledger import Standing, standings
from gkapply.casework.delivery_records import DeliveryAttempt, DeliveryResult
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.law.delivery_ways import DeliveryWay
from gkapply.law.letters import LetterKind
from workflows.letter import LetterState

PAGE = 50
VIEWS: Mapping[str, tuple[str, Callable[[], ColumnElement[bool]]]] = {
    "to_send": ("待寄发", undelivered.to_send),
    "on_the_way": ("已发出、尚无送达证明", undelivered.on_the_way),
    "came_back": ("退回、拒收、无法送达", undelivered.came_back),
    "unproved": ("已送达、缺凭证", undelivered.unproved),
    "all": ("全部", undelivered.in_ledger),
}
"""The lists of the ledger: label and condition."""
_WITH_PROOFS = (
    selectinload(DeliveryAttempt.proof),
    selectinload(DeliveryAttempt.results).selectinload(DeliveryResult.proof),
)
URGENT = ("to_send",)
"""Lists whose order is the due day of the reply."""


@dataclass(frozen=True, slots=True)
class Line:
    """One letter in the ledger."""

    uid: str
    reference: str
    title: str
    number: str
    state: LetterState
    due_on: date | None
    """The last day for the reply, while the request is not answered."""
    sent_on: date | None
    delivered_on: date | None
    standings: tuple[Standing, ...]

    @property
    def open_names(self) -> list[str]:
        """Who has not got it."""
        return [one.recipient.name for one in self.standings if not one.has_it]


@dataclass(frozen=True, slots=True)
class Ledger:
    """One page of a list; ``more`` is where the next begins."""

    lines: Sequence[Line]
    more: int | None


def ledger(
    session: Session, actor: Actor, view: str, way: DeliveryWay | None = None, *, before: int | None = None
) -> Ledger:
    """Letters of the actor's organ in that list, the newest first; what waits to be sent, by the due day of its reply.

    Raises KeyError for an unknown view.
    """
    query = _letters(actor, view, way)
    if view in URGENT:
        query = query.order_by(Case.due_on.is_(None), Case.due_on, Letter.id)
        return Ledger([line(one) for one in session.scalars(query.limit(4 * PAGE))], None)
    if before is not None:
        query = query.where(Letter.id < before)
    found = session.scalars(query.order_by(Letter.id.desc()).limit(PAGE + 1)).all()
    more = found[PAGE - 1].id if len(found) > PAGE else None
    return Ledger([line(one) for one in found[:PAGE]], more)


def of_letter(session: Session, letter: Letter) -> tuple[Standing, ...]:
    """How each recipient of one letter stands, with every proof; empty for a letter that is not to be delivered (yet)."""
    if not letter.file_sha or letter.kind in undelivered.HANDED_OVER_AT_ONCE or letter.state is LetterState.DISCARDED:
        return ()
    query = select(DeliveryAttempt).where(DeliveryAttempt.letter_id == letter.id).options(*_WITH_PROOFS)
    attempts = session.scalars(query.order_by(DeliveryAttempt.id).execution_options(populate_existing=True)).all()
    # The session forgets rows that nobody holds, and their proofs with them: the page is made when it is closed.
    set_committed_value(letter, "attempts", attempts)
    return standings(letter)


def every_line(session: Session, actor: Actor, view: str, way: DeliveryWay | None = None) -> Iterator[Line]:
    """The whole list, in the order of entry."""
    query = _letters(actor, view, way).order_by(Letter.id).execution_options(yield_per=500)
    for letter in session.scalars(query):
        yield line(letter)


def line(letter: Letter) -> Line:
    """The letter as the ledger shows it."""
    case = letter.case
    return Line(
        uid=letter.uid,
        reference=case.reference,
        title=LetterKind(letter.kind).label,
        number=letter.number or "",
        state=letter.state,
        due_on=case.due_on if case.ended_on is None else None,
        sent_on=min((one.handed_on for one in letter.attempts), default=letter.sent_on),
        delivered_on=letter.delivered_on,
        standings=standings(letter),
    )


def _letters(actor: Actor, view: str, way: DeliveryWay | None) -> Select[Letter]:
    query = (
        select(Letter)
        .join(Case, Letter.case_id == Case.id)
        .where(visible_cases(actor), undelivered.in_ledger(), VIEWS[view][1]())
        .options(
            selectinload(Letter.attempts).options(*_WITH_PROOFS),
            selectinload(Letter.case).selectinload(Case.applicants),
            selectinload(Letter.consultation),
        )
    )
    return query if way is None else query.where(undelivered.by_way(way))
