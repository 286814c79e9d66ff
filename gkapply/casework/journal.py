"""The journal: append-only, hash-linked per organ, written as the last act before the commit.

An entry names actor, deed, case and hashes, never a person's name, number or text: the journal can never be erased,
persons' data must be. The body is canonical JSON, stored as text and hashed as stored; the link is an HMAC under a key
that is not in the database, and the head row finds a cut-off tail.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from gkapply.casework.services import ring
from gkapply.database import Base, BigKey, Instant, last_act
from gkapply.sealing import KeyRing

INSTALLATION = 0
"""The chain of deeds that belong to no organ (accounts, organs, restore)."""
GENESIS = "0" * 64


class JournalEntry(Base):
    """One link of an organ's chain."""

    __tablename__ = "journal"
    __table_args__ = (UniqueConstraint("organ_id", "seq"), Index("ix_journal_case", "case_id", "id"))

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int]
    seq: Mapped[int]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    deed: Mapped[str] = mapped_column(String(60))
    actor: Mapped[str] = mapped_column(String(40))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    body: Mapped[str] = mapped_column(Text)
    key_id: Mapped[str] = mapped_column(String(20))
    hash: Mapped[str] = mapped_column(String(64))


class JournalHead(Base):
    """Where an organ's chain ends; its row lock orders the writers."""

    __tablename__ = "journal_head"

    organ_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


# Every unit that changes anything runs these: they are put together once, and need nothing of the unit's objects.
_HEAD = select(JournalHead.seq, JournalHead.hash).where(JournalHead.organ_id == bindparam("of")).with_for_update()
_FIRST_HEAD = {
    "sqlite": sqlite.insert(JournalHead).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(JournalHead).on_conflict_do_nothing(),
}
_APPEND = insert(JournalEntry).inline()
_MOVE_HEAD = (
    update(JournalHead)
    .where(JournalHead.organ_id == bindparam("of"))
    .values(seq=bindparam("the_seq"), hash=bindparam("the_hash"))
)
_HEADS = (
    select(JournalHead.organ_id, JournalHead.seq, JournalHead.hash)
    .where(JournalHead.organ_id.in_(bindparam("of", expanding=True)))
    .order_by(JournalHead.organ_id)
    .with_for_update()
)
_COLUMNS = ("organ_id", "seq", "case_id", "deed", "actor", "recorded_at", "body", "key_id", "hash")
_APPEND_LAST = (
    update(JournalHead)
    .where(JournalHead.organ_id == bindparam("the_organ_id"))
    .values(seq=bindparam("the_seq"), hash=bindparam("the_hash"))
    .add_cte(insert(JournalEntry).values({name: bindparam(f"the_{name}") for name in _COLUMNS}).cte("entry"))
)


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no spaces, plain Chinese."""
    return _encode(value)


def record(
    session: Session,
    organ_id: int | None,
    deed: str,
    actor: str,
    now: datetime,
    *,
    case_id: int | None = None,
    **detail: Any,
) -> None:
    """Have an entry written when this unit commits. ``detail`` holds codes, dates, numbers and hashes only."""
    waiting = session.info.setdefault("journal", [])
    told = {**session.info.get("journal_besides", {}), **detail}
    waiting.append((organ_id or INSTALLATION, deed, actor, now, case_id, told))
    last_act(session, write_entries)


@contextmanager
def besides(session: Session, **detail: Any) -> Iterator[None]:
    """What every entry recorded in this unit meanwhile says besides: codes and numbers only, as of any entry."""
    session.info["journal_besides"] = detail
    try:
        yield
    finally:
        del session.info["journal_besides"]


def write_entries(session: Session) -> None:
    """Link and insert what the unit recorded: heads locked in ascending order of organ, then the rows, then the heads."""
    by_organ: dict[int, list[tuple[Any, ...]]] = {}
    for organ_id, *entry in session.info.pop("journal", ()):
        by_organ.setdefault(organ_id, []).append(tuple(entry))
    keys, connection = ring(session), session.connection()
    if len(by_organ) > 1:
        heads = _locked_heads(connection, sorted(by_organ))
        chains = [_linked(keys, organ_id, *heads[organ_id], by_organ[organ_id]) for organ_id in sorted(by_organ)]
        connection.execute(_APPEND, [row for rows in chains for row in rows])
        connection.execute(_MOVE_HEAD, [_end_of(rows[-1]) for rows in chains])
        return
    for organ_id, entries in by_organ.items():
        _append(connection, _linked(keys, organ_id, *_locked_head(connection, organ_id), entries))


def _linked(
    keys: KeyRing, organ_id: int, seq: int, link: str, entries: Sequence[tuple[Any, ...]]
) -> list[dict[str, Any]]:
    """The rows of the entries, which follow the entry ``seq`` with the hash ``link`` in the chain of one organ."""
    rows = []
    for deed, actor, now, case_id, detail in entries:
        seq += 1
        body = canonical(
            {
                "organ": organ_id,
                "seq": seq,
                "at": now.isoformat(),
                "deed": deed,
                "actor": actor,
                "case": case_id,
                **detail,
            }
        )
        link = link_hash(keys.journal_mac, keys.newest, link, body)
        rows.append(
            {
                "organ_id": organ_id,
                "seq": seq,
                "case_id": case_id,
                "deed": deed,
                "actor": actor,
                "recorded_at": now,
                "body": body,
                "key_id": keys.newest,
                "hash": link,
            }
        )
    return rows


def link_hash(mac: Any, key_id: str, previous: str, body: str) -> str:
    """The hash of an entry: HMAC of the previous hash and this body."""
    return str(mac(key_id, f"{previous}\n{body}".encode()))


def _append(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows, which end the chain of one organ, and move its head to the last of them."""
    *before, last = rows
    if connection.dialect.name == "sqlite":
        connection.execute(_APPEND, rows)
        connection.execute(_MOVE_HEAD, _end_of(last))
        return
    # One journey to the server where two would do.
    if before:
        connection.execute(_APPEND, before)
    connection.execute(_APPEND_LAST, {f"the_{name}": value for name, value in last.items()})


def _end_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Where the chain ends whose last row is this one."""
    return {"of": row["organ_id"], "the_seq": row["seq"], "the_hash": row["hash"]}


def _locked_heads(connection: Connection, organ_ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """The heads of several chains, locked in ascending order of organ; those that never were are made first."""
    found = {of: (seq, link) for of, seq, link in connection.execute(_HEADS, {"of": organ_ids})}
    missing = [organ_id for organ_id in organ_ids if organ_id not in found]
    if missing:
        first = [{"organ_id": organ_id, "seq": 0, "hash": GENESIS} for organ_id in missing]
        connection.execute(_FIRST_HEAD[connection.dialect.name], first)
        found = {of: (seq, link) for of, seq, link in connection.execute(_HEADS, {"of": organ_ids})}
    return found


def _locked_head(connection: Connection, organ_id: int) -> tuple[int, str]:
    head = connection.execute(_HEAD, {"of": organ_id}).one_or_none()
    if head is None:
        connection.execute(_FIRST_HEAD[connection.dialect.name], {"organ_id": organ_id, "seq": 0, "hash": GENESIS})
        head = connection.execute(_HEAD, {"of": organ_id}).one()
    return int(head.seq), str(head.hash)
