"""The content store: files named by the SHA-256 of their plain content, encrypted, written once, never rewritten.

A file is written before the row that names it; a row without its file can therefore not exist, and a file without a row
(a unit that rolled back) is swept after a day.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gkapply.sealing import LONGEST_HEAD, KeyRing, plain_size


class MissingFile(Exception):
    """A row names a file that the store does not hold, or whose content no longer has its hash."""


class FileStore:
    """Files under ``folder``, two levels of fan-out, content sealed with the ring."""

    def __init__(self, folder: Path, ring: KeyRing):
        self.folder = folder
        self._ring = ring

    def put(self, content: bytes) -> str:
        """Keep ``content`` and return its SHA-256 (hexadecimal). The same content is kept once.

        The file appears under its name only when it is whole and on the disk. One that is kept already is made young
        again, so that a sweep going on at the same time leaves it to the unit that is about to name it.
        """
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        if not (self._touch(path) and path.exists()):
            self.put_sealed(digest, self._ring.seal(content, f"file.{digest}"))
        return digest

    def put_sealed(self, digest: str, sealed: bytes) -> None:
        """Keep what another store of the same keys holds for ``digest``, as it is (restore)."""
        path = self.path(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{digest}.{secrets.token_hex(4)}")
        with partial.open("xb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        for folder in (path.parent, path.parent.parent, self.folder):
            _keep_names(folder)

    def get(self, digest: str) -> bytes:
        """The content with that hash. Raises MissingFile when it is absent or damaged."""
        try:
            content = self._ring.unseal(self.path(digest).read_bytes(), f"file.{digest}")
        except FileNotFoundError as error:
            raise MissingFile(f"file {digest} is not in the store") from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise MissingFile(f"file {digest} does not have its hash")
        return content

    def size(self, digest: str) -> int:
        """Bytes of the content with that hash, told by its sealed file without opening it. Raises MissingFile."""
        path = self.path(digest)
        try:
            with path.open("rb") as file:
                return plain_size(file.read(LONGEST_HEAD), path.stat().st_size)
        except FileNotFoundError as error:
            raise MissingFile(f"file {digest} is not in the store") from error

    def has(self, digest: str) -> bool:
        """Whether the store holds the file (its content is not read)."""
        return self.path(digest).exists()

    def age(self, digest: str, now: datetime) -> timedelta:
        """How long ago the file was last put. Raises MissingFile."""
        try:
            return now - datetime.fromtimestamp(self.path(digest).stat().st_mtime, UTC)
        except FileNotFoundError as error:
            raise MissingFile(f"file {digest} is not in the store") from error

    def sweep(self, digest: str, older_than: timedelta, now: datetime) -> bool:
        """Remove a file that no row names, unless it was put again within ``older_than``; whether it was removed.

        The file is set aside first and its age asked then, so that a ``put`` in between either renews it here or writes it anew.
        """
        path = self.path(digest)
        aside = path.with_name(f".{digest}.swept")
        path.rename(aside)
        if now - datetime.fromtimestamp(aside.stat().st_mtime, UTC) < older_than:
            aside.replace(path)
            return False
        aside.unlink()
        return True

    def sweep_unfinished(self, older_than: timedelta, now: datetime) -> int:
        """Remove what a process that was killed in ``put`` or ``sweep`` left half done; returns how many files."""
        removed = 0
        for path in self.folder.glob("??/??/.*"):
            if now - datetime.fromtimestamp(path.stat().st_mtime, UTC) >= older_than:
                path.unlink()
                removed += 1
        return removed

    @staticmethod
    def _touch(path: Path) -> bool:
        try:
            os.utime(path)
        except FileNotFoundError:
            return False
        return True

    def path(self, digest: str) -> Path:
        """Where the file with that hash is or would be."""
        return self.folder / digest[:2] / digest[2:4] / digest

    def all(self) -> Iterator[Path]:
        """Every whole file in the store, in no promised order."""
        return (path for path in self.folder.glob("??/??/*") if not path.name.startswith("."))


def _keep_names(folder: Path) -> None:
    """Have the names in ``folder`` on the disk: without it a power cut may take away the name of a file that is there."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
