"""Legal advisers who did not answer by the day that they were given: whoever asked is told, once."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from gkapply.casework import notification
from gkapply.casework.advised import WAITING, AdviserOpinion
from gkapply.casework.notification import Notification, Tidings
from gkapply.casework.papers import Letter
from gkapply.clock import day_of
from workflows.letter import LetterState

KIND = "advice_missing"
_WAITING = (
    select(AdviserOpinion, Letter.case_id)
    .join(Letter, Letter.id == AdviserOpinion.letter_id)
    .where(
        # As it stands in the index, so that the questions that wait are read alone.
        *(literal_column(f"adviser_opinion.{part}") for part in WAITING.split(" AND ")),
        Letter.state.in_((LetterState.DRAFT, LetterState.REVIEW, LetterState.SIGNATURE)),
        ~select(Notification.id)
        .where(Notification.case_id == Letter.case_id, Notification.kind == KIND)
        .where(Notification.key == AdviserOpinion.uid)
        .exists(),
    )
    .order_by(AdviserOpinion.id)
)


def is_due(session: Session, today: date) -> bool:
    """Whether there is such a question of which nobody has been told."""
    return bool(_overdue(session, today))


def alarm(session: Session, now: datetime) -> None:
    """Tell the asker of each such question, once."""
    tidings = [
        Tidings(one.organ_id, (one.asked_by,), KIND, one.uid, {"until_on": one.until.isoformat()}, 0, case_id)
        for one, case_id in _overdue(session, day_of(now))
    ]
    notification.tell_all(session, tidings, now)


def _overdue(session: Session, today: date) -> Sequence[tuple[AdviserOpinion, int]]:
    return [(one, case_id) for one, case_id in session.execute(_WAITING.where(AdviserOpinion.until < today))]
