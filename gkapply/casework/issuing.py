"""Letters that are written, signed and handed over at once (收件回执、当场答复记录): no approval, no 文号."""

from datetime import date, datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from gkapply.casework import letter_check
from gkapply.casework.access import Actor
from gkapply.casework.flow import fire
from gkapply.casework.letterbook import finish, freeze, signing_name_of
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.clock import day_of
from gkapply.law.letters import LetterKind


def issue_receipt(session: Session, case: Case, actor: Actor, now: datetime) -> Letter:
    """Give the applicant the 收件回执: no approval, no 文号, the request number is its number."""
    return _issue(session, case, LetterKind.RECEIPT, "issue_receipt", day_of(now), actor, now)


def issue_record(session: Session, case: Case, on: date, actor: Actor, now: datetime) -> Letter:
    """The record of an answer given on the spot on that day, which the applicant has signed: no approval, no 文号.

    Raises Refusal when the letter check finds an error.
    """
    letter = _issue(session, case, LetterKind.ON_THE_SPOT_RECORD, "issue_record", on, actor, now)
    letter_check.require(session, letter, on)
    letter.way, letter.delivered_on = "hand", on
    return letter


def _issue(
    session: Session, case: Case, kind: LetterKind, trigger: str, on: date, actor: Actor, now: datetime
) -> Letter:
    """A letter that is written, signed and handed over at once."""
    letter = Letter(
        uid=uuid4().hex,
        organ_id=case.organ_id,
        case=case,
        kind=kind,
        version=0,
        author_id=actor.user_id,
        signing_name=signing_name_of(case, on),
        fields="{}",
    )
    session.add(letter)
    session.flush()
    freeze(session, letter, on)
    fire(session, letter, trigger, actor, now, detail={"snapshot": letter.snapshot_hash})
    letter.sent_on = on
    finish(session, letter, on, actor, now)
    return letter
