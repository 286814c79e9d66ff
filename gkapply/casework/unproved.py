"""Letters without proof of delivery: questions (征求意见书) some working days after they were sent (条例第三十二条), and what came back."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from gkapply.casework import notification
from gkapply.casework.audience import Audience
from gkapply.casework.notification import Notification, Tidings
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.records import Case
from gkapply.clock import day_of
from workflows.duties import Duty

KIND, RETURNED = "receipt_unproved", "letter_returned"
_WAITING = (
    select(Consultation, Case.officer_id)
    .join(Case, Case.id == Consultation.case_id)
    .where(
        # As it stands in the index, so that SQLite, too, reads the open questions alone.
        literal_column("consultation.state") == literal_column("'asked'"),
        Consultation.received_on.is_(None),
        Case.archived_on.is_(None),
        ~select(Notification.id)
        .where(Notification.case_id == Consultation.case_id, Notification.kind == KIND)
        .where(Notification.key == Consultation.uid)
        .exists(),
    )
    .order_by(Consultation.id)
)


def is_due(session: Session, today: date) -> bool:
    """Whether there is such a question of which nobody has been told."""
    return bool(_overdue(session, today))


def alarm(session: Session, now: datetime) -> None:
    """Tell the officer and the registrars of each such question, once."""
    today = day_of(now)
    found = _overdue(session, today)
    audience = Audience(session, {one.organ_id for one, _ in found}, today)
    tidings = []
    for one, officer_id in found:
        users = audience.handlers(one.organ_id, officer_id) + audience.holding(one.organ_id, Duty.REGISTRAR)
        assert one.asked_on is not None
        codes = {"party": one.party, "asked_on": one.asked_on.isoformat()}
        tidings.append(Tidings(one.organ_id, users, KIND, one.uid, codes, 0, one.case_id))
    notification.tell_all(session, tidings, now)


def tell_of_return(session: Session, letter: Letter, on: date, now: datetime) -> None:
    """Tell the officer and the registrars that an attempt to deliver the letter failed; the task stays until the next attempt."""
    organ_id, case = letter.organ_id, letter.case
    audience = Audience(session, {organ_id}, day_of(now))
    users = audience.handlers(organ_id, case.officer_id) + audience.holding(organ_id, Duty.REGISTRAR)
    codes = {"number": letter.number or "", "returned_on": on.isoformat()}
    notification.tell_all(
        session, [Tidings(organ_id, users, RETURNED, f"{letter.uid}:{on.isoformat()}", codes, 0, case.id)], now
    )


def _overdue(session: Session, today: date) -> Sequence[tuple[Consultation, int | None]]:
    rows = session.execute(_WAITING.where(Consultation.proof_due_on < today))
    return [(one, officer_id) for one, officer_id in rows]
