"""Every item of mail that waits for an entry: letters to be posted without a number, and those on their way without a result."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from gkapply.casework import undelivered
from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.delivery_ledger import open_standings
from gkapply.casework.delivery_records import DeliveryAttempt
from gkapply.casework.papers import Letter
from gkapply.casework.postal_reference import reference_of
from gkapply.casework.records import Case
from gkapply.law.delivery_ways import DeliveryWay
from gkapply.law.letters import LetterKind

MOST = 100
"""Letters on one screen; what was posted first stands first."""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One letter to one recipient; ``tracking`` and ``posted_on`` are empty while it has not been posted."""

    reference: str
    title: str
    number: str
    name: str
    tracking: str
    posted_on: date | None


def open_items(session: Session, actor: Actor) -> list[OpenItem]:
    """What of the actor's organ waits for an entry of the mail room: what is on its way first."""
    query = (
        select(Letter)
        .join(Case, Letter.case_id == Case.id)
        .where(visible_cases(actor), Letter.file_sha != "", or_(undelivered.to_send(), undelivered.on_the_way()))
        .options(selectinload(Letter.attempts).selectinload(DeliveryAttempt.results))
        .order_by(Letter.sent_on.is_(None), Letter.sent_on, Letter.id)
        .limit(MOST)
    )
    return [one for letter in session.scalars(query) for one in _items(letter)]


def _items(letter: Letter) -> Iterator[OpenItem]:
    for one in open_standings(letter):
        posted = one.last if one.on_the_way else None
        online = letter.case.way == "online" if one.recipient.applicant is not None else False
        if (posted is None and online) or (posted is not None and posted.channel is not DeliveryWay.POST):
            continue
        yield OpenItem(
            reference_of(letter, one.recipient.key),
            LetterKind(letter.kind).label,
            letter.number or "",
            one.recipient.name,
            posted.tracking if posted else "",
            posted.handed_on if posted else None,
        )
