"""Importing a table of official documents: what each row would do is shown first, then all of it is done or nothing."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.journal import canonical, record
from gkapply.casework.official_document_columns import BY_CODE
from gkapply.casework.official_document_file import BadDocuments, DocumentFile, Row
from gkapply.casework.official_document_records import OfficialDocument
from gkapply.casework.official_documents import (
    COLUMNS,
    require_keeper,
    require_no_opening,
    values_of,
)
from gkapply.casework.people import Organ
from gkapply.clock import day_of
from gkapply.law.bad_cells import Problem
from gkapply.law.refusal import Refusal, Stale

AT_ONCE = 500
"""Rows that one statement asks for or writes."""
LEFT_AS_IT_IS = "next_review_on"
"""A file that leaves it empty changes nothing of it; neither does it of a column that it does not have."""


@dataclass(frozen=True, slots=True)
class Change:
    """A document that is registered and is told otherwise: its line in the file, its row, the columns that differ."""

    line: int
    title: str
    id: int
    version: int
    values: Mapping[str, Any]
    heads: Sequence[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. ``basis`` is what the plan rests on; whatever comes between makes another."""

    new: Sequence[Row]
    changed: Sequence[Change]
    same: int
    unused: Sequence[str]
    basis: str

    @property
    def changes_anything(self) -> bool:
        """Whether there is anything to import."""
        return bool(self.new or self.changed)


def plan(session: Session, file: DocumentFile, actor: Actor, now: datetime) -> Plan:
    """What importing ``file`` would do; writes nothing. Raises BadDocuments for a row that would make a document more open."""
    organ, _ = require_keeper(session, actor)
    known = {one.known_by: one for one in _registered(session, organ.id, [row.known_by for row in file.rows])}
    new, changed, problems, same = [], [], list[Problem](), 0
    for row in file.rows:
        one = known.get(row.known_by)
        if one is None:
            new.append(row)
            continue
        try:
            require_no_opening(one.attribute, row.details.attribute)
        except Refusal as refusal:
            told = row.details.attribute.label
            problems.append(Problem(row.sheet, row.line, BY_CODE["attribute"].head, told, str(refusal)))
            continue
        values = _differing(one, row, organ, now)
        if values:
            heads = [BY_CODE[name].head for name in values]
            changed.append(Change(row.line, one.title, one.id, one.version, values, heads))
        else:
            same += 1
    if problems:
        raise BadDocuments(problems)
    rests_on = [[row.known_by for row in new], [[one.id, one.version] for one in changed], same]
    digest = hashlib.sha256(canonical(rests_on).encode()).hexdigest()
    return Plan(new, changed, same, file.unused, digest)


def carry_out(session: Session, file: DocumentFile, basis: str, vouched: bool, actor: Actor, now: datetime) -> Plan:
    """Register and correct what the file says: all of it or nothing. ``basis`` is that of the plan that was shown.

    Raises Stale when something came between, Refusal, NotPermitted.
    """
    organ, user_id = require_keeper(session, actor)
    if not vouched:
        raise Refusal(
            "请先核对：表中各件的题名、文号、理由本身都不属于国家秘密",
            "《保守国家秘密法》第三十一条",
            field="vouched",
            do="核对无误后勾选",
        )
    # Two who import the same at once come one after the other, and the second is told.
    session.execute(select(Organ.id).where(Organ.id == organ.id).with_for_update(key_share=True))
    found = plan(session, file, actor, now)
    if found.basis != basis:
        raise Stale("预览之后，登记又有变动", do="请重新选择文件预览")
    made = {"organ_id": organ.id, "registered_at": now, "registered_by": user_id, "changed_at": now}
    blank = {"ended_how": "", "ended_reason": "", "version": 0}
    rows = [
        {**made, **blank, "uid": uuid4().hex, "known_by": row.known_by, **values_of(row.details, organ, day_of(now))}
        for row in found.new
    ]
    for part in _parts(rows):
        session.execute(insert(OfficialDocument), part)
    for part in _parts([{"id": one.id, "changed_at": now, **one.values} for one in found.changed]):
        for values in part:
            statement = update(OfficialDocument).where(OfficialDocument.id == values.pop("id"))
            session.execute(statement.values(**values, version=OfficialDocument.version + 1))
    if found.changes_anything:
        told: dict[str, Any] = {"new": len(found.new), "changed": len(found.changed), "basis": basis}
        record(session, organ.id, "document.import", actor.signature, now, **told)
    return found


def _differing(one: OfficialDocument, row: Row, organ: Organ, now: datetime) -> dict[str, Any]:
    """The columns in which the file says something else than is registered."""
    values = values_of(row.details, organ, day_of(now))
    said = set(row.columns) - ({LEFT_AS_IT_IS} if row.details.next_review_on is None else set())
    return {name: values[name] for name in COLUMNS if name in said and values[name] != getattr(one, name)}


def _registered(session: Session, organ_id: int, keys: Sequence[str]) -> Iterator[OfficialDocument]:
    for part in _parts(list(dict.fromkeys(keys))):
        query = select(OfficialDocument).where(
            OfficialDocument.organ_id == organ_id, OfficialDocument.known_by.in_(part)
        )
        yield from session.scalars(query)


def _parts(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for begin in range(0, len(rows), AT_ONCE):
        yield rows[begin : begin + AT_ONCE]
