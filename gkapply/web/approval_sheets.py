"""The 呈批单 to print, for leaders who sign on paper."""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import approval_sheet, letterbook
from gkapply.casework.access_log import note_access
from gkapply.casework.documents import WORD_TYPE
from gkapply.database import reading, transaction
from gkapply.law.letters import LetterKind
from gkapply.web.access import current_actor, requires
from gkapply.web.attachment import attachment
from workflows.duties import CASE_DUTIES

blueprint = Blueprint("approval_sheets", __name__)


@blueprint.get("/desk/letters/<uid>/approval-sheet")
@requires(*CASE_DUTIES)
def show(uid: str) -> Response:
    """The sheet of a letter that waits for approval. Raises Refusal for any other."""
    actor, today = current_actor(), clock.today()
    address = url_for("desk.letter", uid=uid, _external=True)
    with reading() as session:
        letter = letterbook.open_letter(session, uid, actor)
        content = approval_sheet.sheet(session, letter, address, today)
        name = f"审查呈批单（{LetterKind(letter.kind).label}）{letter.case.reference}.docx"
        case_id = letter.case_id
    with transaction() as session:
        note_access(session, actor, "file.fetched", clock.now(), case_id=case_id, letter=uid)
    return attachment(content, WORD_TYPE, name)
