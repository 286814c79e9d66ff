"""What of a register is here already: the same, different, or entered here by other means."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.journal import canonical
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.register_import_records import RegisterRow
from gkapply.casework.register_numbers import case_number
from gkapply.casework.register_reading import Entry
from gkapply.casework.register_told import says_the_same, told
from gkapply.casework.services import ring
from gkapply.law.bad_cells import Problem
from gkapply.law.register_rows import HEADS, SHOWN

_PURPOSE = "register_row"


class Fate(StrEnum):
    """What an import makes of a row."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Compared:
    """A sound row, its digest, and what is to be made of it; ``before`` is what was taken earlier."""

    entry: Entry
    digest: str
    fate: Fate
    before: RegisterRow | None = None


def digest_of(session: Session, content: Mapping[str, object]) -> str:
    """The keyed digest of what is kept of a row."""
    return ring(session).blind_index(canonical(content), _PURPOSE)


def content_of(session: Session, row: Any) -> dict[str, object]:
    """What is kept of a ``RegisterRow`` (or of its columns alone) in clear."""
    return dict(json.loads(ring(session).unseal(row.sealed, place_of(row.organ_id, row.number_key, row.edition))))


def place_of(organ_id: int, key: str, edition: int) -> str:
    """The place for which a row is sealed."""
    return f"register_row.sealed.{organ_id}.{key}.{edition}"


def compare(
    session: Session, organ: Organ, entries: Sequence[Entry], problems: list[Problem], *, changing: bool
) -> list[Compared]:
    """What is to be made of each of these rows; those that may not come in are told as problems and left out."""
    known = _known(session, organ.id, [one.key for one in entries])
    worked_on = _worked_on(session, list(known.values())) if changing else set[int]()
    taken = _numbers_in_use(session, organ.id, [one for one in entries if one.key not in known])
    own = told(session, taken.values()) if taken else {}
    found = []
    for read in entries:
        before = known.get(read.key)
        entry = _with_hidden(session, read, before)
        digest = digest_of(session, entry.content())
        if before is not None and before.digest == digest:
            found.append(Compared(entry, digest, Fate.SAME, before))
        elif before is not None:
            if changing and before.case_id not in worked_on:
                found.append(Compared(entry, digest, Fate.CHANGED, before))
            else:
                problems.append(_differs(session, entry, before, changing))
        elif (number := case_number(entry.row.number)) in taken:
            if says_the_same(entry.row, own.get(number or "")):
                found.append(Compared(entry, digest, Fate.SAME))
                continue
            reason = "这个编号已在本系统登记，不是由台账导入的，内容不同；台账不能修改本系统办理的申请"
            problems.append(Problem(entry.sheet, entry.row.line, "登记编号", entry.row.number[:SHOWN], reason))
        else:
            found.append(Compared(entry, digest, Fate.NEW))
    return found


def _with_hidden(session: Session, entry: Entry, before: RegisterRow | None) -> Entry:
    """The entry with what is kept here in the place of what the file hides."""
    if before is None or not entry.row.hidden:
        return entry
    kept = _row(content_of(session, before))
    held: dict[str, Any] = {code: kept[code] for code in entry.row.hidden}
    return replace(entry, row=replace(entry.row, **held))


def columns_between(old: Mapping[str, object], new: Mapping[str, object]) -> list[str]:
    """The codes of the columns in which two contents of a row differ; ``facts`` for their facts."""
    codes = [code for code, value in _row(new).items() if _row(old).get(code, "") != value]
    return codes + [name for name in sorted({*old, *new} - {"row"}) if old.get(name) != new.get(name)]


def _row(content: Mapping[str, object]) -> Mapping[str, str]:
    row = content["row"]
    assert isinstance(row, dict)
    return row


def _worked_on(session: Session, rows: Sequence[RegisterRow]) -> set[int]:
    """The cases among those of these rows that somebody has worked on here since they were taken."""
    query = select(Case.id, Case.version).where(Case.id.in_([row.case_id for row in rows]))
    versions = dict(session.execute(query).all())
    return {row.case_id for row in rows if versions[row.case_id] != row.case_version}


def _differs(session: Session, entry: Entry, before: RegisterRow, changing: bool) -> Problem:
    codes = columns_between(content_of(session, before), entry.content())
    columns = "、".join(HEADS.get(code, "期限事实") for code in codes)
    reason = f"已经导入过这个编号，内容不同（{columns}）；确需更改的，请选择更新（--update）"
    if changing:
        reason = f"本系统导入之后已经办理过这件申请，台账不能再更改（{columns}），请在案件页面办理"
    return Problem(entry.sheet, entry.row.line, "登记编号", entry.row.number[:SHOWN], reason)


def _known(session: Session, organ_id: int, keys: Sequence[str]) -> dict[str, RegisterRow]:
    """The newest edition of each row that was taken before."""
    query = select(RegisterRow).where(RegisterRow.organ_id == organ_id, RegisterRow.number_key.in_(keys))
    return {row.number_key: row for row in session.scalars(query.order_by(RegisterRow.edition))}


def _numbers_in_use(session: Session, organ_id: int, entries: Sequence[Entry]) -> dict[str, int]:
    """Numbers of these rows that requests have here, with their keys."""
    wanted = [number for one in entries if (number := case_number(one.row.number)) is not None]
    if not wanted:
        return {}
    query = select(Case.number, Case.id).where(Case.organ_id == organ_id, Case.number.in_(wanted))
    return {row.number: row.id for row in session.execute(query)}
