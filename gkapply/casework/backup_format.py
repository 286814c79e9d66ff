"""The archive of a backup: tables as lines of JSON, files sealed as they are, anchors, and last a manifest that names them all.

It is the same for every database, so that what was kept on SQLite is restored on PostgreSQL. Keys are not in it: the manifest
names them, and is itself sealed with the journal key, so that nobody without it can alter an archive unseen.
"""

import base64
import gzip
import hashlib
import json
import re
import tarfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, LargeBinary, String, Table, Text
from sqlalchemy.types import TypeEngine

from gkapply.casework.journal import canonical
from gkapply.database import Instant
from gkapply.law.refusal import Refusal
from gkapply.sealing import KeyRing

FORMAT = 1
MANIFEST = "manifest.json"
ANCHORS = "anchors/journal-anchors.jsonl"
MEMBER = re.compile(
    r"tables/[a-z_]+\.jsonl|files/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}|anchors/journal-anchors\.jsonl|manifest\.json"
)
CHUNK = 1 << 20
DAMAGED = "请换用另一份备份；本次没有写入任何内容"


@dataclass(frozen=True, slots=True)
class Kind:
    """How values of one kind of column are written as JSON and read back. Empty values stay empty."""

    column_type: TypeEngine[Any]
    write: Callable[[Any], Any] = lambda value: value
    read: Callable[[Any], Any] = lambda value: value


KINDS: Mapping[str, Kind] = {
    "whole": Kind(BigInteger()),
    "flag": Kind(Boolean()),
    "text": Kind(Text(), str),
    "day": Kind(Date(), date.isoformat, date.fromisoformat),
    "instant": Kind(Instant(), datetime.isoformat, datetime.fromisoformat),
    "bytes": Kind(LargeBinary(), lambda value: base64.b64encode(value).decode(), base64.b64decode),
}
_KIND_OF: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Boolean, "flag"),
    (Integer, "whole"),
    (String, "text"),
    (Date, "day"),
    (LargeBinary, "bytes"),
)


def kind_of(column: Column[Any]) -> str:
    """The kind of a model's column. Raises TypeError for a type that no kind covers."""
    if isinstance(column.type, Instant):
        return "instant"
    for column_type, kind in _KIND_OF:
        if isinstance(column.type, column_type):
            return kind
    raise TypeError(f"no kind of column for {column}: {column.type!r}")


@dataclass(frozen=True, slots=True)
class Dump:
    """One table: its columns with their kinds, the number of rows, the column by which its rows name each other."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: int
    parent: str | None

    @property
    def member(self) -> str:
        """Where its rows are in the archive."""
        return f"tables/{self.name}.jsonl"


def dump_of(table: Table, rows: int) -> Dump:
    """The description of a model's table."""
    parents = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    return Dump(
        table.name,
        tuple((column.name, kind_of(column)) for column in table.columns),
        rows,
        parents[0] if parents else None,
    )


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the archive holds: every member with its SHA-256, the schema's revision, the keys that it needs."""

    made_at: str
    revision: str
    keys: Mapping[str, str]
    tables: tuple[Dump, ...]
    members: Mapping[str, str]

    @property
    def files(self) -> frozenset[str]:
        """The digests of the files inside."""
        return frozenset(name.rsplit("/", 1)[1] for name in self.members if name.startswith("files/"))

    def sealed(self, ring: KeyRing) -> bytes:
        """The member that is written last."""
        content = {"format": FORMAT, **asdict(self)}
        seal = ring.journal_mac(ring.newest, canonical(content).encode())
        return canonical({"manifest": content, "key": ring.newest, "seal": seal}).encode()


def check_archive(file: Path, ring: KeyRing) -> Manifest:
    """Read the archive through and compare every member with the manifest, which is returned.

    Raises Refusal for a damaged, incomplete, altered or newer archive and for one whose keys are not on the ring, OSError when
    it cannot be opened. Nothing is written anywhere.
    """
    try:
        found, manifest = _read_members(file)
        if manifest is None:
            raise Refusal(f"备份文件 {file} 不完整：没有清单", do=DAMAGED)
        checked = _open_manifest(manifest, ring)
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise Refusal(f"备份文件 {file} 已损坏，无法读取（{type(error).__name__}）", do=DAMAGED) from error
    wrong = sorted(name for name in {*found, *checked.members} if found.get(name) != checked.members.get(name))
    if wrong:
        raise Refusal(f"备份文件 {file} 已损坏：{wrong[0]} 与清单不符", do=DAMAGED)
    return checked


def _read_members(file: Path) -> tuple[dict[str, str], bytes | None]:
    found: dict[str, str] = {}
    manifest: bytes | None = None
    with tarfile.open(file, "r:gz") as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is None or not MEMBER.fullmatch(member.name) or member.name in found or manifest is not None:
                raise ValueError(member.name)
            if member.name == MANIFEST:
                manifest = content.read()
            else:
                found[member.name] = digest_of(content)
    return found, manifest


def digest_of(content: IO[bytes]) -> str:
    """SHA-256 of what is left in the stream."""
    digest = hashlib.sha256()
    while chunk := content.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _open_manifest(raw: bytes, ring: KeyRing) -> Manifest:
    outer = json.loads(raw)
    content, key = outer["manifest"], outer["key"]
    if content["format"] != FORMAT:
        raise Refusal("备份由更新的版本制作，本版本不能读取", do="请升级程序后再恢复")
    mine = ring.fingerprints()
    missing = sorted(name for name, fingerprint in content["keys"].items() if mine.get(name) != fingerprint)
    if missing:
        raise Refusal(
            f"缺少备份时所用的密钥：{'、'.join(missing)}（编号相同而内容不同的，也算缺少）",
            do="请在 GKAPPLY_DATA_KEYS（单机方式为 instance/data_keys）中放入备份时的密钥",
        )
    if ring.journal_mac(key, canonical(content).encode()) != outer["seal"]:
        raise ValueError("seal")
    tables = tuple(
        Dump(one["name"], tuple((name, kind) for name, kind in one["columns"]), one["rows"], one["parent"])
        for one in content["tables"]
    )
    return Manifest(content["made_at"], content["revision"], content["keys"], tables, content["members"])
