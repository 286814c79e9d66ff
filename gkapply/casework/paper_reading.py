"""Letting a paper be found by the words of its file: read once after it came, by an errand, outside any unit."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import case_indexing, case_words
from gkapply.casework.case_grams import folded
from gkapply.casework.entries import Document
from gkapply.casework.people_data import contact_of
from gkapply.casework.services import store
from gkapply.database import reading, transaction
from gkapply.traces.reading import words_of_file

SHORTEST_SECRET = 2


def read(uid: str, now: datetime) -> None:
    """Read the file of the paper and let its case be found by the words; doing it again changes nothing.

    Numbers of persons and whatever is sealed of the applicants stay out.
    """
    with reading() as session:
        paper = session.scalars(select(Document).where(Document.uid == uid)).one()
        content, media_type = store(session).get(paper.sha256), paper.media_type
    words = words_of_file(content, media_type, case_words.LONGEST_TEXT)
    if not words.strip():
        return
    with transaction() as session:
        paper = session.scalars(select(Document).where(Document.uid == uid)).one()
        case = paper.case
        if not case_indexing.is_searched(session, case):
            case_indexing.put_in(session, case, now)
            session.flush()
        text = _without_sealed(session, paper, case_words.of_paper(paper, words))
        case_indexing.change(session, case, {case_indexing.paper_key(paper): text})


def _without_sealed(session: Session, paper: Document, text: str) -> str:
    """The folded text without what is sealed of the applicants, whatever it is."""
    for applicant in paper.case.applicants:
        for value in contact_of(session, applicant).values():
            secret = folded(value.strip())
            if len(secret) >= SHORTEST_SECRET and value.strip() != applicant.name:
                text = text.replace(secret, case_words.LEFT_OUT)
    return text
