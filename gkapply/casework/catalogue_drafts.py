"""Compiling an edition (编制): begun as a copy of what holds, changed entry by entry or filled from a file, until it is submitted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import journal
from gkapply.casework.access import Actor
from gkapply.casework.catalogue_access import OPEN, current_edition, require_keeper, require_kept
from gkapply.casework.catalogue_changes import Changes, compare
from gkapply.casework.catalogue_columns import BY_CODE, checked
from gkapply.casework.catalogue_records import COLUMNS, CatalogueEdition, CatalogueEntry, EditionState
from gkapply.casework.people import Organ
from gkapply.clock import day_of
from gkapply.law.areas import area_called
from gkapply.law.refusal import NotFound, Refusal, WrongState
from gkapply.law.secrecy import refuse_secret_marks

LONGEST_NOTE = 500
MOST_ENTRIES = 5000
"""Entries of one organ in one area."""


def begin(session: Session, organ_id: int, area: str, actor: Actor, now: datetime) -> CatalogueEdition:
    """Begin an edition as a copy of the one that holds, or of the last returned one; the open one where there is one.

    Raises NotPermitted, Refusal for an area that is none, WrongState while one waits for its decision.
    """
    organ = require_kept(session, organ_id, actor, day_of(now))
    area = known_area(area, [organ])
    edition, fresh = open_draft(session, organ, area, actor, now)
    if fresh:
        source = _last_returned(session, edition) or current_edition(session, organ_id, area)
        for entry in source.entries if source else ():
            _add(edition, entry.uid, entry.values())
        session.flush()
    return edition


def known_area(text: str, organs: Sequence[Organ]) -> str:
    """The name of the area that is meant: one of the 30, or one that the organs answer for. Raises Refusal."""
    found = area_called(text)
    if found is None and text.strip() in {line for organ in organs for line in organ.areas.splitlines()}:
        found = text.strip()
    if found is None:
        raise Refusal(f"「{text[:60]}」不是公开领域", field="area", do="请选择30个公开领域之一，或者先在机关资料中增加")
    return found


def open_draft(session: Session, organ: Organ, area: str, actor: Actor, now: datetime) -> tuple[CatalogueEdition, bool]:
    """The edition that the actor's organ is compiling for the organ's area, and whether it was begun just now, empty."""
    made_in, user_id = require_keeper(actor)
    session.get_one(Organ, organ.id, with_for_update=True)
    query = select(CatalogueEdition).where(
        CatalogueEdition.organ_id == organ.id, CatalogueEdition.area == area, CatalogueEdition.decision == OPEN
    )
    for edition in session.scalars(query):
        if edition.state is EditionState.SUBMITTED:
            raise WrongState(
                f"{organ.name}「{area}」领域已有一版目录等待核对发布", do="请先撤回或者等核对后，再编制新的一版"
            )
        if edition.made_in_id == made_in:
            return edition, False
    current = current_edition(session, organ.id, area)
    edition = CatalogueEdition(
        uid=uuid4().hex,
        organ_id=organ.id,
        area=area,
        made_in_id=made_in,
        based_on=(current.version or 0) if current else 0,
        begun_at=now,
        begun_by=user_id,
    )
    session.add(edition)
    session.flush()
    tell(session, "begin", edition, actor, now)
    return edition, True


def put_entry(
    session: Session, edition: CatalogueEdition, uid: str | None, values: Mapping[str, str], actor: Actor, now: datetime
) -> CatalogueEntry:
    """Change the entry with that uid, or add one. Raises WrongState, NotFound, Refusal naming the column."""
    require_draft(edition, actor)
    sound = {code: _sound(code, values.get(code, "")) for code in COLUMNS}
    same = [one for one in edition.entries if one.uid != uid and _key(one.values()) == _key(sound)]
    if same:
        raise Refusal("本版目录中已有一级事项、事项名称、公开主体都相同的一项", field="name", do="请修改原有的一项")
    if uid is not None:
        entry = find_entry(edition, uid)
        for code, value in sound.items():
            setattr(entry, code, value)
    else:
        if len(edition.entries) >= MOST_ENTRIES:
            raise Refusal(f"一个机关在一个领域的事项超过{MOST_ENTRIES}项", do="请归并")
        entry = _add(edition, uuid4().hex, sound)
    session.flush()
    tell(session, "entry.put", edition, actor, now, entry=entry.uid)
    return entry


def remove_entry(session: Session, edition: CatalogueEdition, uid: str, actor: Actor, now: datetime) -> None:
    """Take an entry out of a draft; when the draft is published, it is no longer shown. Raises WrongState, NotFound."""
    require_draft(edition, actor)
    edition.entries.remove(find_entry(edition, uid))
    edition.size = len(edition.entries)
    session.flush()
    tell(session, "entry.remove", edition, actor, now, entry=uid)


def fill(
    session: Session, edition: CatalogueEdition, rows: Sequence[tuple[str, Mapping[str, str]]], file_sha: str
) -> None:
    """Replace the entries of a draft by ``rows`` (uid, columns), as a file says."""
    if len(rows) > MOST_ENTRIES:
        raise Refusal(f"「{edition.area}」领域的事项超过{MOST_ENTRIES}项", field="file", do="请归并")
    edition.entries.clear()
    session.flush()
    for uid, values in rows:
        _add(edition, uid, values)
    edition.file_sha = file_sha
    session.flush()


def set_note(edition: CatalogueEdition, note: str, actor: Actor) -> None:
    """Say what was changed and why, for the public change list. Raises WrongState, Refusal."""
    require_draft(edition, actor)
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise Refusal(f"更新说明超过{LONGEST_NOTE}个字", field="note", do="请缩短")
    refuse_secret_marks(note, field="note")
    edition.note = note


def drop(session: Session, edition: CatalogueEdition, actor: Actor, now: datetime) -> None:
    """Give a draft up; it stays on record and is no longer compiled. Raises WrongState."""
    user_id = require_draft(edition, actor)
    edition.decision, edition.decided_at, edition.decided_by = EditionState.DROPPED, now, user_id
    tell(session, "drop", edition, actor, now)


def changes_of(session: Session, edition: CatalogueEdition) -> Changes:
    """What the edition changes of the one before it: of that which holds, where it is not published yet."""
    query = select(CatalogueEdition).where(
        CatalogueEdition.organ_id == edition.organ_id,
        CatalogueEdition.area == edition.area,
        CatalogueEdition.version == ((edition.version or 0) - 1 if edition.version else _version_now(session, edition)),
    )
    before = session.scalars(query).one_or_none()
    return compare(before.entries if before else (), edition.entries)


def require_draft(edition: CatalogueEdition, actor: Actor) -> int:
    """The actor's account. Raises NotPermitted, NotFound for another organ's draft, WrongState when it is none any more."""
    organ_id, user_id = require_keeper(actor)
    if edition.made_in_id != organ_id:
        raise NotFound("没有这一版目录，或者您无权修改", do="请从目录列表重新进入")
    if edition.state is not EditionState.DRAFT:
        raise WrongState(f"这一版目录{edition.state.label}，不能再修改", do="请编制新的一版")
    return user_id


def find_entry(edition: CatalogueEdition, uid: str) -> CatalogueEntry:
    """The entry of an edition. Raises NotFound."""
    for entry in edition.entries:
        if entry.uid == uid:
            return entry
    raise NotFound("本版目录中没有这一项", do="请从目录重新进入")


def tell(session: Session, deed: str, edition: CatalogueEdition, actor: Actor, now: datetime, **detail: Any) -> None:
    """Journal a deed in the chain of the organ that acts."""
    told = {"edition": edition.uid, "of": edition.organ_id, "size": edition.size, **detail}
    journal.record(session, actor.organ_id, f"catalogue.{deed}", actor.signature, now, **told)


def _add(edition: CatalogueEdition, uid: str, values: Mapping[str, str]) -> CatalogueEntry:
    ordinal = edition.entries[-1].ordinal + 1 if edition.entries else 1
    entry = CatalogueEntry(uid=uid, ordinal=ordinal, **{code: values[code] for code in COLUMNS})
    edition.entries.append(entry)
    edition.size = len(edition.entries)
    return entry


def _sound(code: str, text: str) -> str:
    try:
        return checked(code, text)
    except Refusal as refusal:
        raise Refusal(f"{BY_CODE[code].head}{refusal.reason}", field=code, do="请改正") from refusal


def _key(values: Mapping[str, str]) -> tuple[str, str, str]:
    return values["heading"], values["name"], values["subject"]


def _last_returned(session: Session, edition: CatalogueEdition) -> CatalogueEdition | None:
    """The edition that came back last from the check, if nothing was published since."""
    query = (
        select(CatalogueEdition)
        .where(
            CatalogueEdition.organ_id == edition.organ_id,
            CatalogueEdition.area == edition.area,
            CatalogueEdition.made_in_id == edition.made_in_id,
            CatalogueEdition.id != edition.id,
        )
        .order_by(CatalogueEdition.id.desc())
        .limit(1)
    )
    last = session.scalars(query).one_or_none()
    return (
        last if last is not None and last.state is EditionState.RETURNED and last.based_on == edition.based_on else None
    )


def _version_now(session: Session, edition: CatalogueEdition) -> int:
    current = current_edition(session, edition.organ_id, edition.area)
    return (current.version or 0) if current else 0
