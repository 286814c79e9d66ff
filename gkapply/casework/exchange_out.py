"""Register rows for other platforms (台账行的对外提供), page by page: first everything, from then on what has changed.

A row has the uid of its request and the digest of what it says; whoever has seen both has nothing to do. What changed is told by the journal,
from entries old enough that none before them is still to be committed; a request is told again as it stands, not what happened to it.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.access_log import SETTLED
from gkapply.casework.applicant_mask import mask_of
from gkapply.casework.exchange_records import ExchangePlatform
from gkapply.casework.journal import JournalEntry, canonical
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.register_columns import CONTACT
from gkapply.casework.register_entries import entries, opened
from gkapply.casework.register_export import is_counted, with_brought
from gkapply.casework.register_file import columns
from gkapply.casework.register_import_records import RegisterRow
from gkapply.casework.register_proof import TAKEN
from gkapply.clock import day_of
from gkapply.law.case_kinds import CaseKind
from gkapply.law.refusal import Refusal
from gkapply.law.register_exported import HEADS

FORMAT, VERSION = "gkapply-register", 1
CASES, ENTRIES = 200, 1000
"""Requests, and entries of the journal, that a page goes through."""
WITHHELD = "未提供"
"""In place of the applicant, where the platform gets no names."""
APPLICANT, TEXTS = HEADS.index("申请人"), (HEADS.index("申请内容"), HEADS.index("备注"))
NEVER = tuple(HEADS.index(head) for head in ("证件号码", "联系电话", "联系地址"))


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a platform has read: ``case`` while it goes through everything (None afterwards), ``entry`` of the journal."""

    entry: int
    case: int | None = None

    def __str__(self) -> str:
        return f"j{self.entry}" if self.case is None else f"a{self.case}.{self.entry}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """The cursor that an answer gave; None at the beginning. Raises Refusal for any other text."""
        if not text:
            return None
        kind, rest = text[:1], text[1:].split(".")
        if all(part.isdecimal() and len(part) < 19 for part in rest):
            if kind == "j" and len(rest) == 1:
                return cls(int(rest[0]))
            if kind == "a" and len(rest) == 2:
                return cls(int(rest[1]), int(rest[0]))
        raise Refusal("since 不是本系统给出的位置", do="请用上一次答复中的 next，或者从头读取", field="since")


def page(session: Session, platform: ExchangePlatform, since: str, now: datetime) -> dict[str, Any]:
    """The next rows for the platform. Raises Refusal for a cursor that no answer gave."""
    settled = _settled(session, now)
    cursor = Cursor.read(since) or Cursor(settled, 0)
    organs = platform.organ_ids
    if cursor.case is not None:
        query = select(Case.id).where(Case.organ_id.in_(organs), Case.id > cursor.case).order_by(Case.id).limit(CASES)
        keys: Sequence[int] = list(session.scalars(query))
        more = len(keys) == CASES
        follows = Cursor(cursor.entry, keys[-1]) if more else Cursor(cursor.entry)
        more = more or settled > cursor.entry
    else:
        keys, follows, more = _changed(session, organs, cursor, settled)
    return {
        "format": FORMAT,
        "version": VERSION,
        "next": str(follows),
        "more": more,
        "rows": _rows(session, platform, keys, day_of(now)),
    }


def _settled(session: Session, now: datetime) -> int:
    """Key of the last entry before which nothing is still to come."""
    query = select(JournalEntry.id).where(JournalEntry.recorded_at <= now - SETTLED)
    return session.scalar(query.order_by(JournalEntry.id.desc()).limit(1)) or 0


def _changed(
    session: Session, organs: Collection[int], cursor: Cursor, settled: int
) -> tuple[Sequence[int], Cursor, bool]:
    query = (
        select(JournalEntry.id, JournalEntry.organ_id, JournalEntry.case_id, JournalEntry.deed, JournalEntry.body)
        .where(JournalEntry.id > cursor.entry, JournalEntry.id <= settled)
        .order_by(JournalEntry.id)
        .limit(ENTRIES)
    )
    found = session.execute(query).all()
    keys: dict[int, None] = {}
    for entry in found:
        if entry.organ_id not in organs:
            continue
        if entry.case_id is not None:
            keys[entry.case_id] = None
        elif entry.deed == TAKEN:
            keys |= dict.fromkeys(_taken(session, json.loads(entry.body)))
    more = len(found) == ENTRIES
    return list(keys), Cursor(found[-1].id if more else max(settled, cursor.entry)), more


def _taken(session: Session, told: Mapping[str, Any]) -> Sequence[int]:
    """The requests of one piece of a register that was taken over: one entry vouches for all of them."""
    query = select(RegisterRow.case_id).where(RegisterRow.run_id == told["run"], RegisterRow.piece == told["piece"])
    return session.scalars(query).all()


def _rows(session: Session, platform: ExchangePlatform, keys: Sequence[int], today: date) -> list[dict[str, Any]]:
    shown = columns(in_clear=False)[: len(HEADS)]
    needs = frozenset(column.need for column in shown) - {"", CONTACT}
    told = []
    for start in range(0, len(keys), CASES):
        some = list(keys[start : start + CASES])
        # Whatever an entry of the journal names, nothing of another organ leaves.
        wanted = Case.id.in_(some), Case.organ_id.in_(platform.organ_ids)
        rows = session.connection().execute(entries().where(*wanted).order_by(Case.id)).all()
        cases = {one.id: one for one in session.scalars(select(Case).where(Case.id.in_(some)))}
        codes = {row.id: row.code for row in session.execute(select(Organ.id, Organ.code))}
        for entry in with_brought(session, opened(session, rows, needs, contact=False)):
            case = cases[entry.row.id]
            if case.kind is not CaseKind.APPLICATION or case.received_on is None:
                continue
            row: dict[str, Any] = {"uid": case.uid, "organ": codes[case.organ_id], "number": case.number}
            if is_counted(case):
                cells = [column.text(replace(entry, contact={}), today) for column in shown]
                if not platform.names:
                    mask, cells[APPLICANT] = mask_of(session, [case]), WITHHELD
                    for place in TEXTS:
                        cells[place] = mask(cells[place])
                for place in NEVER:
                    cells[place] = ""
                row["columns"] = dict(zip(HEADS, cells, strict=True))
            else:
                row["gone"] = True
            told.append({**row, "hash": digest_of(row)})
        session.expunge_all()
    return told


def digest_of(row: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON of everything in a row but the digest itself."""
    return hashlib.sha256(
        canonical({name: value for name, value in row.items() if name != "hash"}).encode()
    ).hexdigest()
