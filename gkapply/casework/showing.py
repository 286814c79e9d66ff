"""Showing a checked version in the reading room, taking it down, and beginning a corrected one."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from gkapply.casework import disclosing, public_search
from gkapply.casework.access import Actor
from gkapply.casework.anonymising import content_digest
from gkapply.casework.disclosed import DisclosedFile, DisclosedItem, DisclosedVersion, TraceExcuse
from gkapply.casework.flow import fire
from gkapply.casework.numbering import next_number
from gkapply.casework.publications import Publication
from gkapply.casework.reading_room import HERE, KIND
from gkapply.clock import day_of
from gkapply.law.refusal import Refusal
from workflows.publication_guards import ARTICLE

SERIES = "disclosed"
MOST_INDEXED = 2000
"""Characters of the text by which the search finds an item, besides its title and area."""


def show(
    session: Session, publication: Publication, review: str, where: str, actor: Actor, now: datetime
) -> DisclosedItem:
    """The head publishes the checked version; ``review`` is the finding of the secrecy review before it (条例第十七条).

    The check runs once more over the very bytes. Raises Refusal when anything differs from what the second person saw.
    """
    item, version = publication.item, publication.draft
    if item is None or version is None or version.checked_by is None or version.checked_by in version.authors:
        raise Refusal("公开件没有经第二人核对", ARTICLE)
    report = disclosing.require_settled(session, publication, version)
    unseen = [file.name for file, _ in report.unreadable if file.looked_at_by is None]
    if content_digest(version) != version.digest or unseen:
        raise Refusal("公开件与核对时不一致，不能发布", ARTICLE, do="请「退回整理」后重新核对")
    fire(session, publication, "show", actor, now, detail={"edition": version.ordinal, "content": version.digest})
    disclosing.note(session, version, "show", review, actor, now)
    if item.number is None:
        year = day_of(now).year
        item.number = f"{item.organ.code}-GK-{year}-{next_number(session, item.organ_id, SERIES, year):04d}"
    item.shown, item.area = version.ordinal, version.area
    item.shown_since = item.shown_since or now
    version.shown_at = now
    public_search.index(
        session,
        KIND,
        item.number,
        organ_id=item.organ_id,
        area=version.area,
        title=version.title,
        words=version.text[:MOST_INDEXED],
        now=now,
    )
    if publication.published_on is None:
        publication.published_on = day_of(now)
    _note_place(publication, where)
    return item


def note_elsewhere(session: Session, publication: Publication, where: str, actor: Actor, now: datetime) -> None:
    """It can be read elsewhere too. Raises Refusal without the place."""
    if not where.strip():
        raise Refusal("请写明在何处发布（栏目或者网址）", "条例第二十三条", field="where")
    fire(session, publication, "note_elsewhere", actor, now)
    _note_place(publication, where)


def take_down(session: Session, publication: Publication, reason: str, actor: Actor, now: datetime) -> None:
    """The head takes it out of the reading room at once. Raises Refusal without a reason."""
    item = publication.item
    version = None if item is None else item.shown_version
    if item is None or version is None:
        raise Refusal("公开阅览中没有这一件", ARTICLE)
    fire(session, publication, "take_down", actor, now, detail={"edition": version.ordinal})
    disclosing.note(session, version, "take_down", reason, actor, now)
    item.shown = 0
    assert item.number is not None
    public_search.forget(session, KIND, item.number)
    if item.draft is not None:
        disclosing.unfasten(item.draft)


def begin_version(session: Session, publication: Publication, reason: str, actor: Actor, now: datetime) -> None:
    """Begin a version that corrects the last one, as a copy of it; what is shown stays until the new one is shown."""
    item = publication.item
    fire(session, publication, "begin_version", actor, now)
    if item is None:
        return
    last = item.versions[-1]
    disclosing.note(session, last, "begin_version", reason, actor, now)
    if last.shown_at is not None:
        item.versions.append(_copy(last))


def keep_shown(session: Session, publication: Publication, actor: Actor, now: datetime) -> None:
    """What is shown stays as it is; the begun correction is kept for another time."""
    fire(session, publication, "keep_shown", actor, now)


def _copy(last: DisclosedVersion) -> DisclosedVersion:
    return DisclosedVersion(
        organ_id=last.organ_id,
        ordinal=last.ordinal + 1,
        title=last.title,
        area=last.area,
        replied_on=last.replied_on,
        text=last.text,
        files=[
            DisclosedFile(
                uid=uuid4().hex,
                organ_id=one.organ_id,
                name=one.name,
                media_type=one.media_type,
                size=one.size,
                sha256=one.sha256,
            )
            for one in last.files
        ],
        excuses=[
            TraceExcuse(
                organ_id=one.organ_id,
                digest=one.digest,
                kind=one.kind,
                reason=one.reason,
                user_id=one.user_id,
                at=one.at,
            )
            for one in last.excuses
        ],
    )


def _note_place(publication: Publication, where: str) -> None:
    """Where it was published, each place once, a line each."""
    places = [*publication.published_where.splitlines(), HERE if publication.is_shown else "", *where.splitlines()]
    publication.published_where = "\n".join(dict.fromkeys(place.strip() for place in places if place.strip()))
