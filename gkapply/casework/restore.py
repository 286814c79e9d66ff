"""Restoring a backup into an empty database: read through first, loaded in one unit, compared, then verified."""

import json
import os
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from alembic import command
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Column, MetaData, Table, func, insert, inspect, select, text
from sqlalchemy.orm import Session

from gkapply.casework import anchors, case_index, case_indexing
from gkapply.casework.backup_format import ANCHORS, KINDS, Dump, Manifest, check_archive
from gkapply.casework.journal import JournalHead
from gkapply.casework.schema import migration_config
from gkapply.casework.services import open_installation, ring, store
from gkapply.casework.verification import Finding, verify
from gkapply.config import Settings
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal

BATCH = 1000
VERSIONS = "alembic_version"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, what the check of the journal found, and which chains were longer before than they are now."""

    manifest: Manifest
    finding: Finding | None
    lost: tuple[tuple[int, int, int], ...]
    """(organ, last number now, last number that an anchor of this place shows)."""


def restore(settings: Settings, file: Path, now: datetime) -> Restored:
    """Load the archive into the empty database of ``settings``, its files into the store, its anchors beside.

    Raises Refusal, with nothing written, when the archive is damaged or newer than the program, its keys are missing, or the
    database holds anything. Anchors of this place are set aside, not lost.
    """
    engine = open_installation(settings)
    with reading() as session:
        manifest = check_archive(file, ring(session))
        _require_empty(session, manifest)
    before = list(anchors.read_anchors(settings.anchors))
    config = migration_config(settings.database_url)
    try:
        ScriptDirectory.from_config(config).get_revision(manifest.revision)
    except CommandError as error:
        raise Refusal("备份由更新的版本制作，数据库结构本版本不认识", do="请升级程序后再恢复") from error
    engine.dispose()
    command.upgrade(config, manifest.revision)
    with transaction() as session:
        _load(session, manifest, file)
    command.upgrade(config, "head")
    with transaction() as session:
        case_indexing.rebuild(session)
    _put_anchors(settings.anchors, file, now)
    with reading() as session:
        finding = verify(session, settings.anchors, files=True)
        lost = _lost(session, before)
    return Restored(manifest, finding, lost)


def _require_empty(session: Session, manifest: Manifest) -> None:
    tables = inspect(session.connection()).get_table_names()
    names = [name for name in tables if name != VERSIONS and not name.startswith(case_index.NAME)]
    full = [name for name in names if session.execute(select(text("1")).select_from(_bare(name)).limit(1)).first()]
    if full:
        raise Refusal(
            f"数据库不是空的（表 {full[0]} 中有数据），没有恢复",
            do="请把 GKAPPLY_DATABASE_URL 指向一个空的数据库；原数据库请先另行备份",
        )
    revision = MigrationContext.configure(session.connection()).get_current_revision()
    if names and revision != manifest.revision:
        raise Refusal(
            f"数据库虽是空的，但结构版本（{revision}）与备份（{manifest.revision}）不同，没有恢复",
            do="请换用一个没有任何表的新数据库",
        )


def _bare(name: str, columns: Sequence[Column[Any]] = ()) -> Table:
    return Table(name, MetaData(), *columns)


def _load(session: Session, manifest: Manifest, file: Path) -> None:
    """Files first, then the rows that name them; every table is counted before the unit ends."""
    dumps = {dump.member: dump for dump in manifest.tables}
    files = store(session)
    with tarfile.open(file, "r:gz") as tar:
        for member in tar:
            content = tar.extractfile(member)
            assert content is not None
            if member.name in dumps:
                _load_table(session, dumps[member.name], content)
            elif member.name.startswith("files/"):
                files.put_sealed(member.name.rsplit("/", 1)[1], content.read())
    _set_sequences(session, manifest.tables)


def _load_table(session: Session, dump: Dump, lines: IO[bytes]) -> None:
    table = _bare(dump.name, [Column(name, KINDS[kind].column_type) for name, kind in dump.columns])
    rows = _parents_first(_rows(dump, lines), dump)
    for batch in _batches(rows):
        session.execute(insert(table), batch)
    loaded = session.scalar(select(func.count()).select_from(table))
    if loaded != dump.rows:
        raise Refusal(
            f"表 {dump.name} 应有{dump.rows}行，只恢复了{loaded}行", do="数据库没有写入任何内容，请联系维护人员"
        )


def _rows(dump: Dump, lines: IO[bytes]) -> Iterator[dict[str, Any]]:
    names = [name for name, _ in dump.columns]
    readers = [KINDS[kind].read for _, kind in dump.columns]
    for line in lines:
        values = json.loads(line)
        yield {
            name: None if value is None else read(value)
            for name, read, value in zip(names, readers, values, strict=True)
        }


def _parents_first(rows: Iterator[dict[str, Any]], dump: Dump) -> Iterator[dict[str, Any]]:
    """Rows of a table that name each other, each after the one that it names."""
    if dump.parent is None:
        yield from rows
        return
    known: set[int] = set()
    waiting: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        ready = [row]
        while ready:
            one = ready.pop()
            parent = one[dump.parent]
            if parent is not None and parent not in known:
                waiting.setdefault(parent, []).append(one)
                continue
            yield one
            known.add(one["id"])
            ready += waiting.pop(one["id"], [])
    if waiting:
        raise Refusal(f"表 {dump.name} 中有互相指向的行，无法恢复")


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _set_sequences(session: Session, dumps: Sequence[Dump]) -> None:
    """On PostgreSQL the next number of a key must come after those that were loaded."""
    if session.get_bind().dialect.name != "postgresql":
        return
    quote = session.get_bind().dialect.identifier_preparer.quote
    for dump in dumps:
        if dump.columns[0][0] == "id" and dump.rows:
            name = quote(dump.name)
            session.execute(
                text(f"SELECT setval(pg_get_serial_sequence(:name, 'id'), (SELECT max(id) FROM {name}))"),
                {"name": name},
            )


def _put_anchors(folder: Path, file: Path, now: datetime) -> None:
    """The archive's anchors; those of this place are kept under another name."""
    path = folder / anchors.FILE
    if path.exists():
        path.rename(path.with_name(f"{anchors.FILE}.before-restore-{now:%Y%m%dT%H%M%SZ}"))
    with tarfile.open(file, "r:gz") as tar:
        for member in tar:
            if member.name == ANCHORS and (content := tar.extractfile(member)) is not None:
                folder.mkdir(parents=True, exist_ok=True)
                with path.open("wb") as kept:
                    kept.write(content.read())
                    kept.flush()
                    os.fsync(kept.fileno())


def _lost(session: Session, before: Sequence[anchors.Anchor]) -> tuple[tuple[int, int, int], ...]:
    now = dict(session.execute(select(JournalHead.organ_id, JournalHead.seq)).all())
    longest: dict[int, int] = {}
    for anchor in before:
        longest[anchor.organ_id] = max(anchor.seq, longest.get(anchor.organ_id, 0))
    return tuple((organ, now.get(organ, 0), seq) for organ, seq in sorted(longest.items()) if seq > now.get(organ, 0))
