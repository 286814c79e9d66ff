"""The public reading room (公开阅览): what everybody can read of the replies that turned public, newest first.

Only shown versions pass this door; nothing of a request, an applicant or a version in preparation does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, defer

from gkapply.casework.disclosed import DisclosedFile, DisclosedItem, DisclosedVersion
from gkapply.casework.people import Organ
from gkapply.casework.public_text import PublicText
from gkapply.casework.publications import Publication
from gkapply.clock import OFFICE_ZONE, day_of
from gkapply.law.refusal import NotFound, Refusal

HERE = "本平台“公开阅览”"
KIND = "disclosed"
"""Under which the search over public entries knows items, by their numbers."""
PAGE = 20
EXCERPT = 120
"""Characters of the text that a list shows."""
MOST_READ = 2 * EXCERPT
"""Characters that are read for it: texts are long, lists are short."""
GROUNDS = {
    "several": "条例第四十四条第一款（多个申请人申请公开相同的政府信息）",
    "linked": "条例第四十四条第一款（多个申请人申请公开相同的政府信息）",
    "suggested": "条例第四十四条第二款（申请人建议纳入主动公开）",
}


@dataclass(frozen=True, slots=True)
class Shelfmark:
    """One line of the list and of the feeds."""

    uid: UUID
    number: str
    title: str
    excerpt: str
    organ: str
    organ_code: str
    area: str
    replied_on: date | None
    since: datetime
    changed: datetime
    key: str
    """The place after it, for the next page."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One item as everybody reads it."""

    mark: Shelfmark
    text: str
    files: Sequence[DisclosedFile]
    ground: str
    elsewhere: Sequence[str]
    changes: Sequence[tuple[int, date, str]]
    """Later versions: ordinal, day, what was corrected."""
    opened: int
    takes_requests: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Which items: of an organ (its code), an area, a year; empty or 0 for all."""

    organ: str = ""
    area: str = ""
    year: int = 0


def page(session: Session, choice: Choice, after: str = "", most: int = PAGE) -> tuple[list[Shelfmark], str]:
    """The items of ``choice``, newest first, after a key that an earlier page gave; and the key of the next page, if any.

    Raises Refusal for a key that no page gave.
    """
    beginning = func.substr(DisclosedVersion.text, 1, MOST_READ)
    query = _shown().add_columns(beginning).options(defer(DisclosedVersion.text)).where(*_conditions(choice))
    if after:
        since, key = _key(after)
        older = and_(DisclosedItem.shown_since == since, DisclosedItem.id < key)
        query = query.where(or_(DisclosedItem.shown_since < since, older))
    query = query.order_by(DisclosedItem.shown_since.desc(), DisclosedItem.id.desc()).limit(most + 1)
    found = [_mark(*row) for row in session.execute(query)]
    return found[:most], found[most - 1].key if len(found) > most else ""


def organs(session: Session) -> Sequence[tuple[str, str]]:
    """Code and name of the organs of which something is shown."""
    query = select(Organ.code, Organ.name).where(
        Organ.id.in_(select(DisclosedItem.organ_id).where(DisclosedItem.shown > 0))
    )
    return [(code, name) for code, name in session.execute(query.order_by(Organ.id))]


def areas(session: Session) -> Sequence[str]:
    """The areas in which something is shown."""
    return session.scalars(
        select(DisclosedItem.area).where(DisclosedItem.shown > 0).distinct().order_by(DisclosedItem.area)
    ).all()


def item(session: Session, number: str) -> Shown:
    """What is shown under that number. Raises NotFound for everything that is not shown, known or not."""
    row = session.execute(_shown().where(DisclosedItem.number == number)).one_or_none()
    if row is None:
        raise NotFound("没有这一公开件，或者已经撤下", do="请回到“公开阅览”查找，或者向有关机关提出申请")
    one, version, organ = row
    publication = session.get_one(Publication, one.publication_id)
    taken = select(PublicText.taken).where(PublicText.kind == KIND, PublicText.uid == number)
    return Shown(
        mark=_mark(one, version, organ, version.text),
        text=version.text,
        files=version.files,
        ground=GROUNDS[publication.why],
        elsewhere=[place for place in publication.published_where.splitlines() if place != HERE],
        changes=[
            (each.ordinal, day_of(each.shown_at), each.change)
            for each in one.versions
            if each.shown_at is not None and 1 < each.ordinal <= one.shown
        ],
        opened=session.scalar(taken) or 0,
        takes_requests=organ.accepts_applications,
    )


def file(session: Session, number: str, uid: str) -> DisclosedFile:
    """A file of the version that is shown. Raises NotFound for every other one."""
    query = (
        select(DisclosedFile)
        .join(DisclosedVersion)
        .join(DisclosedItem, _is_shown())
        .where(DisclosedItem.number == number, DisclosedFile.uid == uid)
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("没有这份文件，或者已经撤下", do="请回到“公开阅览”查找")
    return found


def _is_shown() -> ColumnElement[bool]:
    return and_(
        DisclosedVersion.item_id == DisclosedItem.id,
        DisclosedVersion.ordinal == DisclosedItem.shown,
        DisclosedItem.shown > 0,
    )


def _shown() -> Select[DisclosedItem, DisclosedVersion, Organ]:
    """Item, version and organ of everything that is shown."""
    return (
        select(DisclosedItem, DisclosedVersion, Organ)
        .join(DisclosedVersion, _is_shown())
        .join(Organ, DisclosedItem.organ_id == Organ.id)
    )


def _conditions(choice: Choice) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if choice.organ:
        found.append(DisclosedItem.organ_id == select(Organ.id).where(Organ.code == choice.organ).scalar_subquery())
    if choice.area:
        found.append(DisclosedItem.area == choice.area)
    if choice.year:
        found += [
            DisclosedItem.shown_since >= _new_year(choice.year),
            DisclosedItem.shown_since < _new_year(choice.year + 1),
        ]
    return found


def _new_year(year: int) -> datetime:
    try:
        return datetime.combine(date(year, 1, 1), time(), OFFICE_ZONE)
    except ValueError:
        raise Refusal("年份无法识别", do="请填写四位年份，例如2026", field="year") from None


def _mark(one: DisclosedItem, version: DisclosedVersion, organ: Organ, text: str) -> Shelfmark:
    assert one.number is not None
    assert one.shown_since is not None
    assert version.shown_at is not None
    words = " ".join(text.split())
    return Shelfmark(
        uid=UUID(one.uid),
        number=one.number,
        title=version.title,
        excerpt=words[:EXCERPT] + ("…" if len(words) > EXCERPT else ""),
        organ=organ.name,
        organ_code=organ.code,
        area=version.area,
        replied_on=version.replied_on,
        since=one.shown_since,
        changed=version.shown_at,
        key=f"{one.shown_since.isoformat()}~{one.id}",
    )


def _key(text: str) -> tuple[datetime, int]:
    moment, _, key = text.partition("~")
    try:
        found = datetime.fromisoformat(moment), int(key)
        if found[0].tzinfo is None or not 0 <= found[1] < 1 << 63:
            raise ValueError(text)
        return found
    except ValueError:
        raise Refusal("翻页的位置无法识别", do="请回到第一页", field="after") from None
