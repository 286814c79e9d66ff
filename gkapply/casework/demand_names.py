"""The words behind the numbers of terms, for those that are shown. Whatever is somebody's name is left out.

Themes stand in the word list. A word of its own is kept nowhere: it is cut again from one request that holds it.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from gkapply.casework.demand_counts import terms_in
from gkapply.casework.demand_records import DemandTerm, TermKind
from gkapply.casework.likeness_index import text_of
from gkapply.casework.likeness_words import plain
from gkapply.casework.people import Organ
from gkapply.casework.public_text import PublicText
from gkapply.casework.records import Applicant, Case
from gkapply.casework.supervision_period import Scope
from gkapply.law.demand_words import term_of, terms
from gkapply.law.themes import words


@cache
def themes() -> Mapping[int, str]:
    """Every theme of the word list by its number."""
    return {term_of(one.theme): one.theme for one in words().values() if one.theme}


def words_of(session: Session, scope: Scope, wanted: Collection[int]) -> dict[int, str]:
    """The words with these numbers, without those that name an applicant of the organs or no request holds any longer."""
    first = (
        select(func.max(DemandTerm.case_id))
        .where(terms_in(scope, TermKind.WORD), DemandTerm.term.in_(wanted))
        .group_by(DemandTerm.term)
    )
    query = select(Case).where(Case.id.in_(first)).options(selectinload(Case.documents), selectinload(Case.applicants))
    found: dict[int, str] = {}
    for one in session.scalars(query):
        cut = terms(plain(text_of(one)), [applicant.name for applicant in one.applicants])
        found |= {term: word for word in cut.words if (term := term_of(word)) in wanted}
    named = select(Applicant.name).where(Applicant.organ_id.in_(scope.ids), Applicant.name.in_(found.values()))
    names = set(session.scalars(named.distinct()))
    return {term: word for term, word in found.items() if word not in names}


def of_unmet(session: Session, scope: Scope, wanted: Collection[int]) -> Mapping[int, str]:
    """What these numbers stand for, themes and words."""
    known = themes()
    return {**known, **words_of(session, scope, [one for one in wanted if one not in known])}


def places_of(session: Session, wanted: Collection[int]) -> dict[int, str]:
    """The townships with these keys."""
    return dict(session.execute(select(Organ.id, Organ.name).where(Organ.id.in_(wanted))).all())


def entries_of(session: Session, wanted: Collection[int]) -> Sequence[PublicText]:
    """The public entries with these numbers that still stand there."""
    return session.scalars(select(PublicText).where(PublicText.id.in_(wanted))).all()
