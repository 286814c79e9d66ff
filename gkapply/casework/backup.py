"""Backing up: everything of one moment in one archive, read through again before it gets its name."""

import hashlib
import io
import json
import os
import secrets
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from alembic.migration import MigrationContext
from sqlalchemy import Column, Enum, String, Table, select, type_coerce
from sqlalchemy.orm import Session

from gkapply.casework import anchors
from gkapply.casework.backup_format import ANCHORS, KINDS, MANIFEST, Dump, Manifest, check_archive, dump_of
from gkapply.casework.schema import metadata
from gkapply.casework.services import ring, store
from gkapply.casework.storekeeping import named_files
from gkapply.law.refusal import Refusal

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Backup:
    """What was kept: the manifest of the archive, and the named files that the store lacked."""

    manifest: Manifest
    missing: frozenset[str]


class _Archive:
    """A tar.gz being written in ``folder``, which remembers the digest of every member."""

    def __init__(self, tar: tarfile.TarFile, folder: Path, now: datetime):
        self._tar = tar
        self._now = now
        self.folder = folder
        self.members: dict[str, str] = {}

    def add(self, name: str, content: IO[bytes], size: int) -> None:
        """Add ``size`` bytes of ``content`` under ``name``."""
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, int(self._now.timestamp())
        hashing = _Hashing(content)
        self._tar.addfile(info, hashing)
        self.members[name] = hashing.digest.hexdigest()


class _Hashing:
    """Hashes what is read through it."""

    def __init__(self, content: IO[bytes]):
        self._content = content
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        chunk = self._content.read(size)
        self.digest.update(chunk)
        return chunk


def back_up(session: Session, anchors_folder: Path, file: Path, now: datetime) -> Backup:
    """Write the state that ``session`` (from ``reading()``) sees, the files and the anchors into ``file``.

    The archive appears under its name when it is whole, on the disk and read through once; it is for its owner only, since
    applicants' names and texts are in it. Raises Refusal when ``file`` exists, OSError when it cannot be written.
    """
    if file.exists():
        raise Refusal(f"文件 {file} 已经存在，没有覆盖", do="请换一个文件名")
    partial = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    handle = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", format=tarfile.PAX_FORMAT) as tar:
                manifest = _write(session, anchors_folder, _Archive(tar, file.parent, now), now)
            raw.flush()
            os.fsync(raw.fileno())
        check_archive(partial, ring(session))
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)
    return Backup(manifest, frozenset(named_files(session)) - manifest.files)


def _write(session: Session, anchors_folder: Path, archive: _Archive, now: datetime) -> Manifest:
    tables = tuple(_write_table(session, table, archive) for table in metadata.sorted_tables)
    kept = store(session)
    for path in sorted(kept.all()):
        try:
            sealed = path.read_bytes()
        except FileNotFoundError:
            continue  # swept since it was listed; a file that a row names is never swept
        archive.add(f"files/{path.name[:2]}/{path.name[2:4]}/{path.name}", io.BytesIO(sealed), len(sealed))
    anchors_file = anchors_folder / anchors.FILE
    if anchors_file.exists():
        lines = anchors_file.read_bytes()
        archive.add(ANCHORS, io.BytesIO(lines), len(lines))
    keys = ring(session)
    revision = MigrationContext.configure(session.connection()).get_current_revision()
    manifest = Manifest(now.isoformat(), str(revision), keys.fingerprints(), tables, dict(archive.members))
    sealed = manifest.sealed(keys)
    archive.add(MANIFEST, io.BytesIO(sealed), len(sealed))
    return manifest


def _write_table(session: Session, table: Table, archive: _Archive) -> Dump:
    """One table in the order of its key, by way of a file without name, so that memory does not grow with it."""
    described = dump_of(table, 0)
    writers = [KINDS[kind].write for _, kind in described.columns]
    query = select(*(_plain(column) for column in table.columns)).order_by(*table.primary_key.columns)
    rows = 0
    with (
        tempfile.TemporaryFile(dir=archive.folder) as spool,
        session.execute(query.execution_options(yield_per=BATCH)) as result,
    ):
        for row in result:
            values = [None if value is None else write(value) for value, write in zip(row, writers, strict=True)]
            spool.write(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
            rows += 1
        size = spool.tell()
        spool.seek(0)
        archive.add(described.member, spool, size)
    return dump_of(table, rows)


def _plain(column: Column) -> Column:
    """The column as the database holds it: codes of states as texts."""
    return type_coerce(column, String()) if isinstance(column.type, Enum) else column  # type: ignore[return-value]
