"""Having a department handle a request by entrustment (委托办理, 国办公开办函〔2014〕67号).

The organ that received the request answers it itself, in time and in its own name; the applicant must be told, and the
consequences stay with the organ. No clock is touched.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from gkapply.casework import letterbook
from gkapply.casework.access import Actor
from gkapply.casework.flow import fire
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.reply import add_note
from gkapply.clock import day_of
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks

ARTICLE = LetterKind.ENTRUSTMENT_NOTICE.basis
ENTRUSTED_NOTE = "entrusted"
"""Kind of the note that keeps who was entrusted, and why."""


def entrust(session: Session, case: Case, organ: str, reason: str, actor: Actor, now: datetime) -> Letter:
    """Record that the department ``organ`` handles the request; gives back the draft that tells the applicant.

    Raises Refusal without a name or a reason, and when the request is entrusted already.
    """
    for name, text, label in (("entrusted_organ", organ, "受委托办理的部门"), ("reason", reason, "委托办理的理由")):
        if not text.strip():
            raise Refusal(f"请填写{label}", ARTICLE, field=name)
        refuse_secret_marks(text, field=name)
    fire(session, case, "entrust", actor, now)
    said = {"who": organ.strip(), "text": reason.strip()}
    add_note(session, case, ENTRUSTED_NOTE, said, day_of(now), actor, now)
    fields = {"entrusted_organ": said["who"], "reason": said["text"].rstrip("。")}
    return letterbook.draft(session, case, LetterKind.ENTRUSTMENT_NOTICE, fields, actor, now)
