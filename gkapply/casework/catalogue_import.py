"""Importing a catalogue file: to which organ and area each item goes and what it changes is shown first, then drafts are filled."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.catalogue_access import OPEN, current_edition, kept_organs, require_keeper
from gkapply.casework.catalogue_changes import Changes, compare, known_again
from gkapply.casework.catalogue_drafts import fill, open_draft, tell
from gkapply.casework.catalogue_file import BadCatalogue, CatalogueFile, Item, read_catalogue
from gkapply.casework.catalogue_records import CatalogueEdition, CatalogueEntry, EditionState
from gkapply.casework.journal import canonical
from gkapply.casework.people import Organ
from gkapply.casework.uploads import put_examined
from gkapply.clock import day_of
from gkapply.law.bad_cells import Problem
from gkapply.law.refusal import Refusal, Stale


@dataclass(frozen=True, slots=True)
class Part:
    """What a file says for one organ in one area, and what that changes of the edition that holds."""

    organ: Organ
    area: str
    rows: Sequence[tuple[str, Mapping[str, str]]]
    """uid and columns, in the order of the file."""
    changes: Changes
    held_up: str
    """Why it cannot be imported now; empty when it can."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do: the parts that change something, and those that are already so."""

    parts: Sequence[Part]
    unchanged: Sequence[Part]
    unused: Sequence[str]
    basis: str
    """What the plan rests on; another import or publication in between makes another."""

    @property
    def held_up(self) -> Sequence[str]:
        """Why it cannot be carried out."""
        return [one.held_up for one in self.parts if one.held_up]


def read(session: Session, content: bytes, area: str, actor: Actor, now: datetime) -> CatalogueFile:
    """The file with the areas that the actor's organs answer for. Raises BadCatalogue, Refusal, NotPermitted."""
    own, _ = require_keeper(actor)
    organs = kept_organs(session, own, day_of(now))
    return read_catalogue(content, area, [line for organ in organs for line in organ.areas.splitlines()])


def plan(session: Session, file: CatalogueFile, actor: Actor, now: datetime) -> Plan:
    """What importing ``file`` would do; writes nothing. Raises BadCatalogue for an organ that the actor's does not keep."""
    own, _ = require_keeper(actor)
    organs = {one.id: one for one in kept_organs(session, own, day_of(now))}
    grouped: dict[tuple[int, str], list[Item]] = {}
    for item, organ_id in zip(file.items, _organs_of(file.items, list(organs.values()), own), strict=True):
        grouped.setdefault((organ_id, item.area), []).append(item)
    parts = [_part(session, organs[organ_id], area, items, own) for (organ_id, area), items in grouped.items()]
    changing = [one for one in parts if one.changes]
    basis = canonical([[one.organ.id, one.area, _standing(session, one)] for one in parts])
    return Plan(
        changing,
        [one for one in parts if not one.changes],
        file.unused,
        hashlib.sha256(basis.encode()).hexdigest(),
    )


def carry_out(
    session: Session, file: CatalogueFile, content: bytes, basis: str, actor: Actor, now: datetime
) -> Sequence[CatalogueEdition]:
    """Fill a draft for each organ and area that the file changes: all of them or none; the file itself is kept.

    ``basis`` is that of the plan that was shown. Raises Stale when something came between, Refusal, NotPermitted.
    """
    found = plan(session, file, actor, now)
    if found.basis != basis:
        raise Stale("预览之后，目录又有变动", do="请重新选择文件预览")
    if found.held_up:
        raise Refusal("；".join(found.held_up), field="file", do="请先撤回或者等核对发布后再导入")
    digest = put_examined(session, content) if found.parts else ""
    filled = []
    for part in found.parts:
        edition, _ = open_draft(session, part.organ, part.area, actor, now)
        fill(session, edition, part.rows, digest)
        tell(session, "import", edition, actor, now, sha256=digest)
        filled.append(edition)
    return filled


def _organs_of(items: Sequence[Item], organs: Sequence[Organ], own: int) -> list[int]:
    """Whose each item is: as the file says by code, by the name of the 公开主体, by who answers for the area, else the own organ's."""
    by_code = {one.code: one.id for one in organs}
    by_name = {one.name: one.id for one in reversed(organs)}
    by_area = {area: one.id for one in reversed(organs) for area in one.areas.splitlines()}
    problems = [
        Problem(one.sheet, one.line, "机关代码", one.organ, "不是本机关或者下级机关的代码")
        for one in items
        if one.organ and one.organ not in by_code
    ]
    if problems:
        raise BadCatalogue(problems)
    return [
        by_code.get(one.organ) or by_name.get(one.values["subject"]) or by_area.get(one.area) or own for one in items
    ]


def _part(session: Session, organ: Organ, area: str, items: Sequence[Item], own: int) -> Part:
    current = current_edition(session, organ.id, area)
    entries = current.entries if current else []
    uids = known_again([item.values for item in items], entries)
    rows = [(uid or uuid4().hex, item.values) for uid, item in zip(uids, items, strict=True)]
    after = [CatalogueEntry(uid=uid, **values) for uid, values in rows]
    waiting = _waiting(session, organ, area, own)
    held_up = f"{organ.name}「{area}」领域已有一版目录等待核对发布" if waiting else ""
    return Part(organ, area, rows, compare(entries, after), held_up)


def _waiting(session: Session, organ: Organ, area: str, own: int) -> bool:
    query = select(CatalogueEdition).where(
        CatalogueEdition.organ_id == organ.id, CatalogueEdition.area == area, CatalogueEdition.decision == OPEN
    )
    return any(one.state is EditionState.SUBMITTED for one in session.scalars(query))


def _standing(session: Session, part: Part) -> int:
    current = current_edition(session, part.organ.id, part.area)
    return (current.version or 0) if current else 0
