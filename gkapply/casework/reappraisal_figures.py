"""Numbers of reappraisals (评估审查结果): of one round, of an organ's year for the annual report, and for everybody without small ones."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from gkapply.casework.official_document_records import OfficialDocument
from gkapply.casework.people import Organ
from gkapply.casework.publications import Publication
from gkapply.casework.reappraisal_records import Reappraisal, ReappraisalItem
from gkapply.casework.small_cells import hidden
from gkapply.clock import day_of
from gkapply.law.reappraisal import Outcome, Source
from gkapply.law.refusal import NotFound
from workflows.publication import PublicationState
from workflows.reappraisal import SETTLED, ReappraisalState

LEAST = 5
"""A number above 0 and below this is told the public as 少于5."""
ALL = "all"
ON_A_PAGE = 200


@dataclass(frozen=True, slots=True)
class Results:
    """What the rounds that an organ confirmed as those of a year came to."""

    rounds: int
    looked_at: int
    by_source: Mapping[str, int]
    """Code of Source → things."""
    by_outcome: Mapping[str, int]
    """Code of Outcome → things; every code is there."""
    published: int
    """Of what was turned public, how much has been published by now."""

    @property
    def turned_public(self) -> int:
        """How many things were found to be public from now on."""
        return self.by_outcome[Outcome.TO_PUBLIC.value]

    @property
    def cleaned(self) -> int:
        """How many were cleaned as no longer in force, or archived."""
        return self.by_outcome[Outcome.CLEANED.value] + self.by_outcome[Outcome.ARCHIVED.value]


def results(session: Session, organ_id: int, year: int) -> Results:
    """What the organ's reappraisals of ``year`` came to, as far as they are confirmed; all zero where there was none."""
    mine = Reappraisal.organ_id == organ_id, Reappraisal.year == year, Reappraisal.state.in_(SETTLED)
    counted = select(ReappraisalItem.source, ReappraisalItem.outcome, func.count()).join(Reappraisal).where(*mine)
    by_source: Counter[str] = Counter()
    by_outcome: Counter[str] = Counter()
    for source, outcome, count in session.execute(counted.group_by(ReappraisalItem.source, ReappraisalItem.outcome)):
        by_source[source.value] += count
        by_outcome[outcome] += count
    rounds = session.scalar(select(func.count()).select_from(Reappraisal).where(*mine)) or 0
    return Results(
        rounds,
        sum(by_outcome.values()),
        {one.value: by_source[one.value] for one in Source},
        {one.value: by_outcome[one.value] for one in Outcome},
        _published(session, *mine),
    )


def _published(session: Session, *mine: object) -> int:
    turned = (
        select(func.count())
        .select_from(ReappraisalItem)
        .join(Reappraisal)
        .where(*mine, ReappraisalItem.outcome == Outcome.TO_PUBLIC.value)  # type: ignore[arg-type]
    )
    documents = turned.join(OfficialDocument, OfficialDocument.id == ReappraisalItem.document_id)
    proposals = turned.join(Publication, Publication.id == ReappraisalItem.led_to_id)
    there = (PublicationState.SHOWN, PublicationState.PUBLISHED)
    return (session.scalar(documents.where(OfficialDocument.published_on.is_not(None))) or 0) + (
        session.scalar(proposals.where(Publication.state.in_(there))) or 0
    )


@dataclass(frozen=True, slots=True)
class Named:
    """Something that the public page names: what became of it, and where it can be read if it can be."""

    title: str
    outcome: Outcome
    where: str
    address: str
    """公开件编号 of what stands in the reading room; empty otherwise."""


@dataclass(frozen=True, slots=True)
class PublicResults:
    """A round as everybody reads it. ``told``: code of Outcome, or ALL, → number; None where it is not told."""

    uid: str
    organ: str
    year: int
    since: date
    until: date
    on: date
    note: str
    told: Mapping[str, int | None]
    small: frozenset[str]
    """What of that is above 0 and below LEAST."""
    named: Sequence[Named]


def released(session: Session) -> Sequence[Reappraisal]:
    """The rounds that everybody can read, the newest year first."""
    query = select(Reappraisal).where(Reappraisal.released_at.is_not(None)).options(selectinload(Reappraisal.organ))
    order = Reappraisal.year.desc(), Reappraisal.id.desc()
    return session.scalars(query.order_by(*order).limit(ON_A_PAGE)).all()


def public_results(session: Session, uid: str) -> PublicResults:
    """One round as everybody reads it. Raises NotFound for one that is not released."""
    shown = Reappraisal.uid == uid, Reappraisal.released_at.is_not(None), Reappraisal.state == ReappraisalState.RELEASED
    found = session.scalars(select(Reappraisal).where(*shown).options(selectinload(Reappraisal.items))).one_or_none()
    if found is None:
        raise NotFound("没有公布这一轮评估审查结果", do="请从列表进入")
    assert isinstance(found.released_at, datetime)
    named = [_named(item) for item in found.items if item.public_title]
    told, small = told_of(found.items)
    return PublicResults(
        found.uid,
        session.get_one(Organ, found.organ_id).name,
        found.year,
        found.since,
        found.until,
        day_of(found.released_at),
        found.note,
        told,
        small,
        named,
    )


def told_of(items: Sequence[ReappraisalItem]) -> tuple[Mapping[str, int | None], frozenset[str]]:
    """The number of each finding and of all, without those that tell of single persons, and which are small.

    What is named one by one is known anyway and hides nothing.
    """
    counts: Counter[str] = Counter(item.outcome for item in items)
    counts[ALL] = len(items)
    named = Counter(item.outcome for item in items if item.public_title)
    open_ones = {code for code, count in named.items() if count == counts[code]}
    rest = {code: counts[code] for code in (*(one.value for one in Outcome), ALL) if code not in open_ones}
    rest[ALL] -= sum(counts[code] for code in open_ones)
    veiled = hidden(rest, [[code for code in rest if code != ALL] + [ALL]], LEAST)
    told = {code: None if code in veiled else counts[code] for code in (*(one.value for one in Outcome), ALL)}
    return told, frozenset(code for code in veiled if 0 < counts[code] < LEAST)


def _named(item: ReappraisalItem) -> Named:
    assert item.found is not None
    where = item.document.published_where if item.document and item.document.published_on else ""
    shown = item.led_to.item if item.led_to and item.led_to.is_shown else None
    if item.led_to and item.led_to.published_on and not shown:
        where = item.led_to.published_where
    return Named(item.public_title, item.found, where, shown.number or "" if shown else "")
