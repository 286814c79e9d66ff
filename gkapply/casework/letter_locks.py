"""Locking every request that a letter moves, always in the order of their keys, so that two writers never wait for each other."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.papers import Letter, LetterCase
from gkapply.casework.records import Case


def lock_group(session: Session, uid: str) -> None:
    """Lock the requests whose replies go together with this letter, in the order of their keys, before its own is locked."""
    group = select(Letter.group_uid).where(Letter.uid == uid, Letter.group_uid != "").scalar_subquery()
    members = select(Letter.case_id).where(Letter.group_uid == group)
    session.scalars(select(Case).where(Case.id.in_(members)).order_by(Case.id).with_for_update()).all()


def lock_others(session: Session, letter: Letter) -> None:
    """Lock the other requests that the letter answers, in the order of their keys; its own, the first of them, is locked."""
    others = select(LetterCase.case_id).where(LetterCase.letter_id == letter.id)
    query = select(Case).where(Case.id.in_(others)).order_by(Case.id).with_for_update()
    session.scalars(query.execution_options(populate_existing=True)).all()
