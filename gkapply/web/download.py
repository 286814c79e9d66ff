"""Handing out files to officials, each noted before it leaves."""

from flask import Blueprint
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import documents, letter_pdf, letterbook
from gkapply.casework.access import Actor
from gkapply.casework.access_log import note_access
from gkapply.casework.documents import WORD_TYPE
from gkapply.casework.letter_pdf import PDF_TYPE
from gkapply.casework.papers import Letter
from gkapply.casework.services import store
from gkapply.database import reading, transaction
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.attachment import attachment
from workflows.duties import CASE_DUTIES

blueprint = Blueprint("download", __name__)


@blueprint.get("/desk/documents/<uid>")
@requires(*CASE_DUTIES)
def document(uid: str) -> Response:
    """A paper of a file."""
    actor = current_actor()
    with reading() as session:
        paper = documents.open_document(session, uid, actor)
        content = store(session).get(paper.sha256)
    _note(actor, paper.case_id, document=paper.uid)
    return attachment(content, paper.media_type, paper.name)


@blueprint.get("/desk/letters/<uid>/file")
@requires(*CASE_DUTIES)
def letter(uid: str) -> Response:
    """The file of a signed letter. Raises Refusal while it is being made."""
    actor = current_actor()
    with reading() as session:
        found = _with_file(session, uid, actor)
        content = store(session).get(found.file_sha)
        name = f"{LetterKind(found.kind).label}{found.number or found.case.reference}.docx"
    _note(actor, found.case_id, letter=found.uid)
    return attachment(content, WORD_TYPE, name)


@blueprint.get("/desk/letters/<uid>/pdf")
@requires(*CASE_DUTIES)
def letter_as_pdf(uid: str) -> Response:
    """The PDF of a signed letter; made now when the errand has not come to it. Raises Refusal where none can be made."""
    actor = current_actor()
    with reading() as session:
        found = _with_file(session, uid, actor)
        name = f"{LetterKind(found.kind).label}{found.number or found.case.reference}.pdf"
    digest = letter_pdf.make(uid, clock.now())
    with reading() as session:
        content = store(session).get(digest)
    _note(actor, found.case_id, letter=uid)
    return attachment(content, PDF_TYPE, name)


def _with_file(session: Session, uid: str, actor: Actor) -> Letter:
    """The letter, once its file is there. Raises NotFound or Refusal."""
    found = letterbook.open_letter(session, uid, actor)
    if not found.file_sha:
        raise Refusal("文书尚未签发，或者文件正在生成", do="请稍候片刻再试")
    return found


def _note(actor: Actor, case_id: int, **what: str) -> None:
    with transaction() as session:
        note_access(session, actor, "file.fetched", clock.now(), case_id=case_id, **what)
