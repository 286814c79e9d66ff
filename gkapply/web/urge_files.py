"""The files of an urge, for both sides: the paper that came with the answer, and the sheet to be printed."""

from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework.access_log import note_access
from gkapply.casework.documents import WORD_TYPE
from gkapply.casework.services import store
from gkapply.casework.urge_records import Urge
from gkapply.casework.urge_sheet import urge_sheet
from gkapply.database import transaction
from gkapply.law.refusal import NotFound
from gkapply.web.access import current_actor
from gkapply.web.attachment import attachment


def answer_file(session: Session, one: Urge) -> Response:
    """The paper that came with the answer; that it was fetched is noted. Raises NotFound without one."""
    if one.answer is None or not one.answer.file_sha:
        raise NotFound("这件督办的回复没有附件")
    content = store(session).get(one.answer.file_sha)
    with transaction() as unit:
        note_access(unit, current_actor(), "file.fetched", clock.now(), case_id=one.case_id, urge=one.uid)
    return attachment(content, one.answer.media_type, one.answer.file_name)


def slip(session: Session, one: Urge) -> Response:
    """The 督办通知单 as it stands today."""
    return attachment(urge_sheet(session, one, clock.today()), WORD_TYPE, f"督办通知单-{one.number}.docx")
