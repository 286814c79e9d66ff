"""Whether an applicant wants messages about a request (消息提醒): chosen on their page, no step of the request."""

from datetime import datetime

from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.journal import record
from gkapply.casework.records import Case

STOPPED, RESUMED = "application.stop_mails", "application.resume_mails"


def choose(session: Session, case: Case, *, stop: bool, actor: Actor, now: datetime) -> None:
    """Stop the messages about this request, or have them again; chosen twice it is chosen once. No form of the office goes stale."""
    if case.mails_stopped == stop:
        return
    case.mails_stopped = stop
    record(session, case.organ_id, STOPPED if stop else RESUMED, actor.signature, now, case_id=case.id)
