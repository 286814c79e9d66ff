"""Reading requests for the analysis of demand, in the background: where each seems to lie, its terms, what the catalogue has near it.

A request is read when it has been received, and again when its words change. What was read stands in place of what stood before, so that
reading twice is reading once. Nothing of it is shown to anybody by itself (``demand_counts``).
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Delete, delete, insert, select, text, update
from sqlalchemy.orm import Session, load_only, selectinload

from gkapply.casework import area_voices, outbox, public_search
from gkapply.casework.demand_records import DemandTerm, TermKind
from gkapply.casework.demanded import TO_READ
from gkapply.casework.likeness_index import text_of
from gkapply.casework.likeness_words import plain
from gkapply.casework.public_finding import Hit, places_named
from gkapply.casework.public_text import PublicText
from gkapply.casework.records import Applicant, Case
from gkapply.clock import day_of
from gkapply.database import reading, transaction
from gkapply.law.demand_words import Terms, term_of, terms
from gkapply.law.themes import one_width, said_in
from workflows.case_states import CaseState

AT_ONCE, IN_ONE_ERRAND = 100, 2000
"""Requests that one unit writes (on SQLite all other writers wait for it), and that one errand reads."""
COMPARED_FOR = timedelta(days=400)
"""How old a request may be that is compared with the catalogue of today."""
HITS = 3
COUNTS_NOT = (CaseState.VOIDED, CaseState.DIVIDED)
"""What became of no request, or of several that count themselves."""
_HASH_BITS = 62


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of one request: ``day`` under which it stands; ``before`` is the mark that it had."""

    case_id: int
    organ_id: int
    day: int
    before: int
    area: str | None
    applicant: int
    terms: frozenset[tuple[TermKind, int]]


def first_unread(session: Session) -> int | None:
    """The newest request that is to be read."""
    return session.scalar(select(Case.id).where(text(TO_READ)).order_by(Case.id.desc()).limit(1))


def read_on(now: datetime, *, most: int = IN_ONE_ERRAND) -> int:
    """Read requests that are to be read, the newest first; what is left is an errand of its own. Returns how many were read."""
    done = 0
    while done < most:
        with reading() as session:
            found = [_read(session, case, day_of(now)) for case in _next(session)]
        if not found:
            return done
        with transaction() as session:
            _keep(session, found)
        done += len(found)
    with transaction() as session:
        left = first_unread(session)
        if left is not None:
            outbox.post(session, outbox.READ_DEMAND, f"{outbox.READ_DEMAND}:{left}:{now.timestamp():.0f}", now)
    return done


def _next(session: Session) -> Sequence[Case]:
    columns = (Case.organ_id, Case.state, Case.received_on, Case.demand_day, Case.kind)
    words = (Case.description, Case.information_name, Case.information_number)
    query = select(Case).where(text(TO_READ)).order_by(Case.id.desc()).limit(AT_ONCE)
    papers = (
        selectinload(Case.documents),
        selectinload(Case.applicants).load_only(Applicant.name, Applicant.person_id),
    )
    return session.scalars(query.options(load_only(*columns, *words), *papers)).all()


def _read(session: Session, case: Case, today: date) -> Read:
    assert case.received_on is not None, "TO_READ"
    day, words = case.received_on.toordinal(), text_of(case)
    names = [one.name for one in case.applicants]
    if case.state in COUNTS_NOT:
        return Read(case.id, case.organ_id, day, case.demand_day, None, 0, frozenset())
    areas, cut = area_voices.suggest(session, words), terms(plain(words), names)
    found = {(TermKind.THEME, term_of(one)) for one in cut.themes}
    found |= {(TermKind.WORD, term_of(one)) for one in cut.words}
    found |= {(TermKind.PLACE, organ_id) for organ_id in places_named(session, words)}
    if case.received_on >= today - COMPARED_FOR:
        found |= set(_against_catalogue(session, words, cut))
    area = areas[0].area if areas else None
    return Read(case.id, case.organ_id, day, case.demand_day, area, _applicant(case), frozenset(found))


def _against_catalogue(session: Session, words: str, cut: Terms) -> Iterator[tuple[TermKind, int]]:
    """The entry that is near, or what there is none for: the themes, else the words. Near is what speaks of a theme of the request."""
    wanted = set(cut.themes)
    for hit in public_search.search(session, words, limit=HITS):
        if wanted & set(_themes(hit)):
            entry = select(PublicText.id).where(PublicText.kind == hit.kind, PublicText.uid == hit.uid)
            yield TermKind.LISTED, session.scalars(entry).one()
            return
    yield from ((TermKind.UNMET, term_of(one)) for one in cut.themes or cut.words)


def _themes(hit: Hit) -> Iterable[str]:
    return (said.word.theme for said in said_in(one_width(f"{hit.title} {hit.summary}")) if said.word.theme)


def _applicant(case: Case) -> int:
    """What tells the first applicant from others: the person's key, or below zero a hash of the name."""
    first = case.applicants[0]
    if first.person_id is not None:
        return first.person_id
    digest = hashlib.blake2b(f"{case.organ_id}\0{first.name}".encode(), digest_size=8).digest()
    return -(int.from_bytes(digest) >> 64 - _HASH_BITS)


def _keep(session: Session, found: Sequence[Read]) -> None:
    """Put what was read in place of what stood there; a request that has changed meanwhile is left for the next time."""
    rows = []
    for one in found:
        same = (Case.id == one.case_id, Case.demand_day == one.before)
        values = {"demand_day": one.day, "area_suggested": one.area}
        changed = session.execute(update(Case).where(*same).values(values).execution_options(synchronize_session=False))
        if not changed.rowcount:  # type: ignore[attr-defined]
            continue
        for day in {one.day, -one.before} - {0}:
            session.execute(_terms_of(one, day), execution_options={"synchronize_session": False})
        rows += [
            {
                "organ_id": one.organ_id,
                "kind": kind,
                "day": one.day,
                "term": term,
                "case_id": one.case_id,
                "applicant": one.applicant,
            }
            for kind, term in sorted(one.terms)
        ]
    if rows:
        session.execute(insert(DemandTerm), rows)


def _terms_of(one: Read, day: int) -> Delete:
    return delete(DemandTerm).where(
        DemandTerm.organ_id == one.organ_id,
        DemandTerm.kind.in_(list(TermKind)),
        DemandTerm.day == day,
        DemandTerm.case_id == one.case_id,
    )
