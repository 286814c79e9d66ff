"""Keeping the search in step: what a unit writes about a case is searched from its commit on.

Deeds only say what they touched; texts and grams are written once, before the journal, so that the lock on the journal's head stays
short. Cases from before the search are put in by an errand, newest first; until its turn has come a case is not found.
"""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from gkapply.casework import case_index, case_words, outbox
from gkapply.casework.case_grams import grams_of_texts
from gkapply.casework.case_text import CORRECTION, LETTER, NOTE, PAPER, REQUEST, CaseText
from gkapply.casework.entries import Document, Note
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.database import last_act, reading, transaction
from workflows.letter import LetterState

Thing = Case | Letter | Note | Document
Texts = Mapping[tuple[str, str], str]
"""Folded texts of one case by source and its uid."""
TOUCHED, NEW = "touched_for_search", "new_for_search"
UNDER_WAY = (LetterState.SENT, LetterState.RETURNED, LetterState.DELIVERED)
"""A letter in these says what it said before."""
AT_ONCE = 100
"""Requests that one unit puts in: on SQLite all other writers wait for it."""
IN_ONE_ERRAND = 5000
LOADED_AT_ONCE = 2000


def moved(session: Session, thing: object) -> None:
    """``thing`` has just taken a step: a new request and the text of a letter are searched from this unit's commit on."""
    if isinstance(thing, Case) and thing.id is None:
        thing.searched = True
        session.info.setdefault(NEW, set()).add(thing)
        touch(session, thing)
    elif isinstance(thing, Letter) and thing.state not in UNDER_WAY:
        touch(session, thing)


def touch(session: Session, thing: Thing) -> None:
    """Have what the search knows of ``thing`` written at the end of this unit."""
    session.info.setdefault(TOUCHED, {})[thing] = None
    last_act(session, write_touched, first=True)


def add_paper(session: Session, paper: Document, now: datetime) -> None:
    """Let a paper be found by its name at once, and by the words of its file when an errand has read it."""
    touch(session, paper)
    _have_read(session, paper, now)


def _have_read(session: Session, paper: Document, now: datetime) -> None:
    if case_words.may_be_read(paper):
        outbox.post(session, outbox.READ_PAPER, f"{outbox.READ_PAPER}:{paper.uid}", now, paper=paper.uid)


def write_touched(session: Session) -> None:
    """Write the texts of what was touched, and the grams of its cases."""
    new = session.info.pop(NEW, set())
    cases: dict[Case, dict[tuple[str, str], str]] = {}
    for thing in session.info.pop(TOUCHED, {}):
        case = thing if isinstance(thing, Case) else thing.case
        key, words = _text_of(thing)
        cases.setdefault(case, {})[key] = words
    for case in sorted(cases, key=lambda one: one.id):
        if case in new:
            _write(session, case, {}, cases[case])
        elif is_searched(session, case):
            change(session, case, cases[case])


def is_searched(session: Session, case: Case) -> bool:
    """Whether the case is in the index; until the unit ends nobody else changes what it is found by."""
    return bool(session.scalar(select(Case.searched).where(Case.id == case.id).with_for_update()))


def change(session: Session, case: Case, texts: Texts) -> None:
    """Put texts of a case that is in the index in place of those that were there; an empty one leaves."""
    query = select(CaseText.source, CaseText.source_uid, CaseText.text).where(CaseText.case_id == case.id)
    known = {(row.source, row.source_uid): row.text for row in session.execute(query)}
    _write(session, case, known, texts)


def _write(session: Session, case: Case, known: Texts, texts: Texts) -> None:
    changed = [key for key, words in texts.items() if words != known.get(key, "")]
    if not changed:
        return
    for source, uid in changed:
        if (source, uid) in known:
            one = (CaseText.case_id == case.id, CaseText.source == source, CaseText.source_uid == uid)
            session.execute(delete(CaseText).where(*one), execution_options={"synchronize_session": False})
    rows = [
        {"organ_id": case.organ_id, "case_id": case.id, "source": source, "source_uid": uid, "text": texts[source, uid]}
        for source, uid in changed
        if texts[source, uid]
    ]
    if rows:
        session.execute(insert(CaseText), rows)
    after = [words for words in {**known, **texts}.values() if words]
    entry = case_index.Entry(case.organ_id, case.id)
    case_index.replace(session.connection(), entry, grams_of_texts(known.values()), grams_of_texts(after))


def _text_of(thing: Thing) -> tuple[tuple[str, str], str]:
    if isinstance(thing, Case):
        return (REQUEST, ""), case_words.of_request(thing)
    if isinstance(thing, Letter):
        return (LETTER, thing.uid), case_words.of_letter(thing)
    if isinstance(thing, Note):
        return (NOTE, str(thing.id)), case_words.of_note(thing)
    return paper_key(thing), case_words.of_paper(thing)


def paper_key(paper: Document) -> tuple[str, str]:
    """Under what the text of a paper is kept: a correction that was typed is one of the request's own texts."""
    return (CORRECTION if paper.text else PAPER), paper.uid


def newest_unsearched(session: Session) -> int | None:
    """The newest case that is not in the index yet."""
    return session.scalar(select(func.max(Case.id)).where(~Case.searched))


def put_older_in(now: datetime) -> int:
    """Put cases that are not in the index yet into it, the newest first, at most IN_ONE_ERRAND of them; returns how many."""
    done = 0
    while done < IN_ONE_ERRAND:
        with reading() as session:
            query = select(Case.id).where(~Case.searched).order_by(Case.id.desc()).limit(AT_ONCE)
            ids = session.scalars(query).all()
        if not ids:
            break
        with transaction() as session:
            several = select(Case).where(Case.id.in_(ids), ~Case.searched).order_by(Case.organ_id, Case.id.desc())
            for case in session.scalars(several.with_for_update().options(*map(selectinload, _everything()))):
                put_in(session, case, now)
        done += len(ids)
    return done


def _everything() -> tuple[InstrumentedAttribute[Any], ...]:
    return Case.applicants, Case.letters, Case.notes, Case.documents


def put_in(session: Session, case: Case, now: datetime) -> None:
    """Put everything about a case into the index that is not in it; the caller holds the case's row."""
    things: list[Thing] = [case, *case.letters, *case.notes, *case.documents]
    _write(session, case, {}, dict(_text_of(thing) for thing in things))
    case.searched = True
    for paper in case.documents:
        _have_read(session, paper, now)


def rebuild(session: Session) -> None:
    """Make the grams of every case anew from its texts, in the order in which the index keeps them."""
    connection = session.connection()
    case_index.clear(connection)
    query = select(CaseText.organ_id, CaseText.case_id, CaseText.text)
    rows = session.execute(
        query.order_by(CaseText.organ_id, CaseText.case_id.desc()).execution_options(yield_per=LOADED_AT_ONCE)
    )
    for (organ_id, case_id), several in groupby(rows, key=lambda row: (row.organ_id, row.case_id)):
        texts = [row.text for row in several]
        case_index.replace(connection, case_index.Entry(organ_id, case_id), set(), grams_of_texts(texts))
