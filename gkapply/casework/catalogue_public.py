"""What everybody sees of the catalogue: the areas with their counts, the entries of an area, one entry with its history, the change list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from gkapply.casework.catalogue_access import CURRENT
from gkapply.casework.catalogue_changes import Changes, compare, differences
from gkapply.casework.catalogue_records import COLUMNS, PUBLIC_KIND, CatalogueEdition, CatalogueEntry, EditionState
from gkapply.casework.people import Organ
from gkapply.casework.public_text import PublicText
from gkapply.law.areas import area_named, areas
from gkapply.law.refusal import NotFound

PAGE = 60
"""Entries on one page of an area."""
LISTED_EDITIONS = 20


@dataclass(frozen=True, slots=True)
class AreaCount:
    """One area with the number of its published items, by organ."""

    area: str
    organs: Sequence[tuple[Organ, int]]

    @property
    def total(self) -> int:
        """Items of all organs."""
        return sum(count for _, count in self.organs)


@dataclass(frozen=True, slots=True)
class Version:
    """One published version of an entry: since when, what changed of the one before; gone: no longer in the catalogue."""

    version: int
    published_at: datetime
    columns: Sequence[tuple[str, str, str]]
    gone: bool = False


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """An entry as it stands, or last stood, with its history, the newest first."""

    entry: CatalogueEntry
    edition: CatalogueEdition
    in_force: bool
    taken: int
    """How often it was opened."""
    history: Sequence[Version]


def area_counts(session: Session) -> list[AreaCount]:
    """Every area that has published items: the 30 in their order, then the offices' own."""
    query = (
        select(CatalogueEdition.area, CatalogueEdition.size, Organ)
        .join(Organ, CatalogueEdition.organ_id == Organ.id)
        .where(*CURRENT, CatalogueEdition.size > 0)
        .order_by(CatalogueEdition.area, Organ.id)
    )
    found: dict[str, list[tuple[Organ, int]]] = {}
    for area, size, organ in session.execute(query):
        found.setdefault(area, []).append((organ, size))
    order = {one.name: place for place, one in enumerate(areas())}
    return [
        AreaCount(area, found[area]) for area in sorted(found, key=lambda area: (order.get(area, len(order)), area))
    ]


def require_area(session: Session, area: str) -> None:
    """Raises NotFound unless it is one of the 30 areas, or one in which something was published."""
    query = select(CatalogueEdition.id).where(
        CatalogueEdition.area == area, CatalogueEdition.decision == EditionState.PUBLISHED
    )
    if area_named(area) is None and session.scalar(query.limit(1)) is None:
        raise NotFound("没有这个公开领域", do="请从政务公开事项目录选择")


def entries_of(session: Session, area: str, organ_id: int | None, after: int, limit: int) -> list[CatalogueEntry]:
    """The published items of an area after the one with the key ``after``, in the order of organs and editions."""
    query = _current_entries(area, organ_id).where(CatalogueEntry.id > after).order_by(CatalogueEntry.id).limit(limit)
    return list(session.scalars(query.options(joinedload(CatalogueEntry.edition).joinedload(CatalogueEdition.organ))))


def all_entries(session: Session, area: str = "", organ_id: int | None = None) -> Iterator[CatalogueEntry]:
    """Every published item, or those of one area or organ, for a file."""
    query = _current_entries(area, organ_id).order_by(CatalogueEdition.area, CatalogueEntry.id)
    query = query.options(joinedload(CatalogueEntry.edition).joinedload(CatalogueEdition.organ))
    yield from session.scalars(query)


def _current_entries(area: str, organ_id: int | None) -> Select[Any]:
    query = select(CatalogueEntry).join(CatalogueEdition).where(*CURRENT)
    if area:
        query = query.where(CatalogueEdition.area == area)
    return query if organ_id is None else query.where(CatalogueEdition.organ_id == organ_id)


def find_public(session: Session, uid: str) -> PublicEntry:
    """The entry with that uid and what became of it. Raises NotFound for one that was never published."""
    query = (
        select(CatalogueEntry)
        .join(CatalogueEdition)
        .where(CatalogueEntry.uid == uid, CatalogueEdition.decision == EditionState.PUBLISHED)
        .options(joinedload(CatalogueEntry.edition).joinedload(CatalogueEdition.organ))
        .order_by(CatalogueEdition.version)
    )
    stood = list(session.scalars(query))
    if not stood:
        raise NotFound("目录中没有这一事项", do="请从政务公开事项目录重新查找")
    last = stood[-1].edition
    following = _edition(session, last, (last.version or 0) + 1)
    counted = select(PublicText.taken).where(PublicText.kind == PUBLIC_KIND, PublicText.uid == uid)
    taken = session.scalar(counted) or 0
    return PublicEntry(stood[-1], last, last.replaced_at is None, taken, list(reversed(_history(stood, following))))


def _history(stood: Sequence[CatalogueEntry], following: CatalogueEdition | None) -> list[Version]:
    """The versions in which something changed, the oldest first."""
    found = []
    for before, entry in zip([None, *stood], stood, strict=False):
        columns = differences(before.values(), entry.values()) if before else []
        at = entry.edition.decided_at
        assert at is not None
        if before is None or columns:
            found.append(Version(entry.edition.version or 0, at, columns))
    if following is not None and following.decided_at is not None:
        found.append(Version(following.version or 0, following.decided_at, [], gone=True))
    return found


def _edition(session: Session, of: CatalogueEdition, version: int) -> CatalogueEdition | None:
    query = select(CatalogueEdition).where(
        CatalogueEdition.organ_id == of.organ_id, CatalogueEdition.area == of.area, CatalogueEdition.version == version
    )
    return session.scalars(query).one_or_none()


def change_list(session: Session, area: str, organ_id: int | None) -> list[tuple[CatalogueEdition, Changes]]:
    """The last published editions of an area with what each of them changed, the newest first (更新记录)."""
    query = (
        select(CatalogueEdition)
        .where(CatalogueEdition.decision == EditionState.PUBLISHED, CatalogueEdition.area == area)
        .order_by(CatalogueEdition.decided_at.desc(), CatalogueEdition.id.desc())
        .limit(LISTED_EDITIONS)
        .options(selectinload(CatalogueEdition.entries), joinedload(CatalogueEdition.organ))
    )
    if organ_id is not None:
        query = query.where(CatalogueEdition.organ_id == organ_id)
    found = []
    for edition in session.scalars(query):
        before = _edition(session, edition, (edition.version or 0) - 1)
        found.append((edition, compare(before.entries if before else (), edition.entries)))
    return found


def table_rows(entries: Sequence[CatalogueEntry] | Iterator[CatalogueEntry]) -> Iterator[list[str]]:
    """The rows of a file, in the order of ``catalogue_columns.WRITTEN``."""
    for one in entries:
        yield [one.edition.area, *(getattr(one, code) for code in COLUMNS)]
