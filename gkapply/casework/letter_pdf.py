"""The PDF of a letter: made once from its .docx, after it, where LibreOffice is installed; the letter never waits for it.

It is kept as the rendition of the .docx, so that the PDF that is handed out and the pages of a bundle are the same bytes.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply import pdf
from gkapply.casework.bundled_papers import Rendition
from gkapply.casework.journal import record
from gkapply.casework.papers import Letter
from gkapply.casework.services import store
from gkapply.database import reading, transaction

SECONDS = 45
"""How long the errand gives one conversion: it ends before the lease of the errand."""
PDF_TYPE = "application/pdf"


def convert_letter(docx: bytes) -> bytes:
    """The pages of a letter. Raises Refusal."""
    return pdf.convert(docx, timeout=SECONDS)


def pdf_of(session: Session, letter: Letter) -> str:
    """SHA-256 of the letter's PDF; empty while there is none."""
    if not letter.file_sha:
        return ""
    return session.scalar(select(Rendition.pdf_sha).where(Rendition.source_sha == letter.file_sha)) or ""


def having_pdf(session: Session, letters: Iterable[Letter]) -> dict[str, str]:
    """The uids of those letters that have a PDF, each with its SHA-256."""
    files = {one.file_sha: one.uid for one in letters if one.file_sha}
    found = session.execute(
        select(Rendition.source_sha, Rendition.pdf_sha).where(Rendition.source_sha.in_(files), Rendition.pdf_sha != "")
    )
    return {files[source]: pdf for source, pdf in found}


def make(uid: str, now: datetime, convert: Callable[[bytes], bytes] = convert_letter) -> str:
    """Make the PDF of a letter whose file is there, once; returns its SHA-256. Done twice it changes nothing.

    Raises Refusal when the conversion fails; the errand is then tried again.
    """
    with reading() as session:
        letter = session.scalars(select(Letter).where(Letter.uid == uid)).one()
        known, source, files = pdf_of(session, letter), letter.file_sha, store(session)
    if known and files.has(known):
        return known
    digest = files.put(convert(files.get(source)))
    with transaction() as session:
        letter = session.scalars(select(Letter).where(Letter.uid == uid).with_for_update()).one()
        first = pdf_of(session, letter)
        if first:
            return first
        session.add(Rendition(source_sha=source, pdf_sha=digest, made_at=now))
        told = {"of": uid, "file": digest}
        record(session, letter.organ_id, "letter.pdf_made", "system", now, case_id=letter.case_id, **told)
    return digest
