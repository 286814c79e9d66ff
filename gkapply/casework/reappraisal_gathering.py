"""What a round of reappraisal looks at: refusals, documents whose review is due, what is asked for often, what is public and old.

A thing that an earlier round left as it is comes back when its day has come, before that it does not; what an earlier round
turned public, cleaned or archived never comes back.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from gkapply.casework.catalogue_access import CURRENT
from gkapply.casework.catalogue_records import CatalogueEdition
from gkapply.casework.disclosed import DisclosedItem
from gkapply.casework.journal import canonical
from gkapply.casework.official_document_list import is_due
from gkapply.casework.official_document_records import OfficialDocument
from gkapply.casework.official_documents import years_on
from gkapply.casework.publications import Publication, PublicationRequest
from gkapply.casework.reappraisal_records import Reappraisal, ReappraisalItem
from gkapply.casework.records import Applicant, Case, Item
from gkapply.clock import OFFICE_ZONE
from gkapply.law.annual_rows import PARTIAL
from gkapply.law.attributes import Attribute
from gkapply.law.case_kinds import CaseKind
from gkapply.law.reappraisal import Source
from gkapply.law.replies import REFUSALS, WITHHOLDING, ReplyKind
from workflows.reappraisal import SETTLED

MOST = 5000
"""Things of one round; the rest waits for the next gathering."""
REFUSING = (*(one.value for one in REFUSALS), ReplyKind.PARTIAL.value)
GIVING = (ReplyKind.DISCLOSED.value, ReplyKind.PARTIAL.value)
GROUNDS_OF_ROWS = {PARTIAL: list[str](), **{str(one.row): [one.value] for one in REFUSALS}}
"""Row of table 三 → the ground that it names; on which part of 部分公开 was refused an old register does not say."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to look at, with the columns by which the work list points to it."""

    source: Source
    code: str
    before: Attribute
    points: Mapping[str, int]
    was: str = field(default="[]")


def things(session: Session, reappraisal: Reappraisal) -> Iterator[Thing]:
    """Everything that belongs on the work list of the round by the facts of today, in a stable order."""
    looked_at = _looked_at(session, reappraisal)
    again = {code for code, next_on in looked_at.items() if next_on is not None and next_on <= reappraisal.until}
    settled = looked_at.keys() - again
    for thing in _all(session, reappraisal, again):
        if thing.code not in settled:
            yield thing


def _all(session: Session, reappraisal: Reappraisal, again: set[str]) -> Iterator[Thing]:
    old = years_on(reappraisal.until, -reappraisal.organ.office_settings().reappraisal_outdated)
    yield from _refused(session, reappraisal, again)
    yield from _refused_elsewhere(session, reappraisal, again)
    yield from _documents(session, reappraisal)
    yield from _often(session, reappraisal)
    yield from _outdated_documents(session, reappraisal, old)
    yield from _outdated_items(session, reappraisal, old)
    yield from _outdated_editions(session, reappraisal, old)


def _looked_at(session: Session, reappraisal: Reappraisal) -> dict[str, date | None]:
    """Code → day of the next review, as the newest confirmed round of the organ found it; None: never again."""
    query = (
        select(ReappraisalItem.code, ReappraisalItem.next_review_on)
        .join(Reappraisal)
        .where(ReappraisalItem.organ_id == reappraisal.organ_id, Reappraisal.state.in_(SETTLED))
        .order_by(ReappraisalItem.id)
    )
    return {row.code: row.next_review_on for row in session.execute(query)}


def _refused(session: Session, reappraisal: Reappraisal, again: set[str]) -> Iterator[Thing]:
    """Items of requests refused wholly or in part in the round's days, and those whose next review has come."""
    redone = aliased(Case)
    overtaken = exists().where(
        redone.origin_id == Case.id, redone.kind == CaseKind.REDO, redone.replied_on.is_not(None)
    )
    due = _keys(again, "item")
    query = (
        select(Item.id, Item.ordinal, Item.outcome, Item.evidence, Item.case_id)
        .join(Case, Case.id == Item.case_id)
        .where(
            Case.organ_id == reappraisal.organ_id,
            Case.kind.in_((CaseKind.APPLICATION, CaseKind.REDO)),
            Case.replied_on.is_not(None),
            Item.outcome.in_(REFUSING),
            ~overtaken,
        )
        .order_by(Case.ended_on, Item.id)
    )
    # Two questions, each with its index, instead of one with neither.
    for which in (Case.ended_on.between(reappraisal.since, reappraisal.until), Item.id.in_(due)):
        for key, ordinal, outcome, evidence, case_id in session.execute(query.where(which)):
            was = _grounds(outcome, evidence)
            if was:
                points = {"case_id": case_id, "point": ordinal}
                yield Thing(Source.REFUSED, f"item:{key}", Attribute.WITHHELD, points, canonical(was))


def _refused_elsewhere(session: Session, reappraisal: Reappraisal, again: set[str]) -> Iterator[Thing]:
    """The same of requests whose answer stands in a register that was taken over: it has no items, only its row of table 三."""
    query = (
        select(Case.id, Case.report_row)
        .where(
            Case.organ_id == reappraisal.organ_id,
            Case.kind == CaseKind.APPLICATION,
            Case.taken_over,
            Case.report_row.in_(GROUNDS_OF_ROWS),
            ~exists().where(Item.case_id == Case.id, Item.outcome.is_not(None)),
        )
        .order_by(Case.ended_on, Case.id)
    )
    for which in (Case.ended_on.between(reappraisal.since, reappraisal.until), Case.id.in_(_keys(again, "case"))):
        for key, row in session.execute(query.where(which)):
            was = canonical(GROUNDS_OF_ROWS[str(row)])
            yield Thing(Source.REFUSED, f"case:{key}", Attribute.WITHHELD, {"case_id": key}, was)


def _keys(again: set[str], kind: str) -> list[int]:
    """Keys of the things of a kind whose next review has come."""
    return [int(code.partition(":")[2]) for code in sorted(again) if code.startswith(f"{kind}:")]


def _grounds(outcome: str | None, evidence: str) -> list[str]:
    """Codes of the grounds on which an item, or a part of it, was refused; none where only 非政府信息 was left out."""
    if outcome != ReplyKind.PARTIAL:
        return [outcome] if outcome else []
    parts = [str(part.get("as", "")) for part in json.loads(evidence).get("withheld_parts", ())]
    known = {one.value for one in WITHHOLDING if one.ground is not None}
    return [code for code in dict.fromkeys(parts) if code in known]


def _documents(session: Session, reappraisal: Reappraisal) -> Iterator[Thing]:
    yield from _documents_that(session, reappraisal, Source.DOCUMENT, is_due(reappraisal.until))


def _outdated_documents(session: Session, reappraisal: Reappraisal, old: date) -> Iterator[Thing]:
    """Public documents that are over by their own word, or old and not looked at since."""
    aged = and_(
        OfficialDocument.formed_on <= old,
        or_(OfficialDocument.next_review_on.is_(None), OfficialDocument.next_review_on <= reappraisal.until),
    )
    public = and_(OfficialDocument.attribute == Attribute.PROACTIVE, OfficialDocument.ended_how == "")
    condition = and_(public, or_(OfficialDocument.ends_on < reappraisal.until, aged))
    yield from _documents_that(session, reappraisal, Source.OUTDATED, condition)


def _documents_that(
    session: Session, reappraisal: Reappraisal, source: Source, condition: ColumnElement[bool]
) -> Iterator[Thing]:
    query = (
        select(OfficialDocument.id, OfficialDocument.attribute, OfficialDocument.ground)
        .where(OfficialDocument.organ_id == reappraisal.organ_id, condition)
        .order_by(OfficialDocument.next_review_on, OfficialDocument.id)
        .limit(MOST)
    )
    for key, attribute, ground in session.execute(query):
        was = canonical([ground]) if ground else "[]"
        yield Thing(source, f"document:{key}", attribute, {"document_id": key}, was)


def _often(session: Session, reappraisal: Reappraisal) -> Iterator[Thing]:
    """What several applicants were given in the round's days: by 文号, and by the very words of what was applied for."""
    known: set[int] = set()
    by_number = _asked_for(reappraisal, Case.information_number).where(Case.information_number != "")
    by_words = _asked_for(reappraisal, Case.wording_hash).where(Case.wording_hash.is_not(None))
    for name, query in (("number", by_number), ("words", by_words)):
        for key, newest, applicants in session.execute(query):
            if newest not in known:
                known.add(newest)
                points = {"case_id": newest, "asked": applicants}
                code = f"often:{name}:{str(key)[:60]}"
                yield Thing(Source.OFTEN, code, Attribute.ON_REQUEST, points)


def _asked_for(reappraisal: Reappraisal, column: InstrumentedAttribute[Any]) -> Select[Any]:
    """(what, newest request, applicants) of what enough applicants were given and nobody has proposed to publish."""
    given = exists().where(Item.case_id == Case.id, Item.outcome.in_(GIVING))
    proposed = exists().where(
        PublicationRequest.case_id == Case.id,
        PublicationRequest.publication_id == Publication.id,
        Publication.state != "declined",
    )
    applicants = func.count(func.distinct(Applicant.name))
    return (
        select(column, func.max(Case.id), applicants)
        .join(Applicant, and_(Applicant.case_id == Case.id, Applicant.ordinal == 1))
        .where(
            Case.organ_id == reappraisal.organ_id,
            Case.kind == CaseKind.APPLICATION,
            Case.ended_on.between(reappraisal.since, reappraisal.until),
            Case.replied_on.is_not(None),
            given,
            ~proposed,
        )
        .group_by(column)
        .having(applicants >= reappraisal.organ.office_settings().reappraisal_often)
        .order_by(func.max(Case.id))
    )


def _outdated_items(session: Session, reappraisal: Reappraisal, old: date) -> Iterator[Thing]:
    """What has stood in the reading room for so long."""
    query = (
        select(DisclosedItem.publication_id)
        .where(
            DisclosedItem.organ_id == reappraisal.organ_id,
            DisclosedItem.shown > 0,
            DisclosedItem.shown_since <= _end_of(old),
        )
        .order_by(DisclosedItem.id)
    )
    for key in session.scalars(query):
        yield Thing(Source.OUTDATED, f"publication:{key}", Attribute.PROACTIVE, {"publication_id": key})


def _end_of(day: date) -> datetime:
    """The last moment of a day in the office."""
    return datetime.combine(day, time.max, OFFICE_ZONE)


def _outdated_editions(session: Session, reappraisal: Reappraisal, old: date) -> Iterator[Thing]:
    """Editions of the catalogue that have held unchanged for so long."""
    query = (
        select(CatalogueEdition.id)
        .where(*CURRENT, CatalogueEdition.organ_id == reappraisal.organ_id, CatalogueEdition.decided_at <= _end_of(old))
        .order_by(CatalogueEdition.id)
    )
    for key in session.scalars(query):
        yield Thing(Source.OUTDATED, f"edition:{key}", Attribute.PROACTIVE, {"edition_id": key})
