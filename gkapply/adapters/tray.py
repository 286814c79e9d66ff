"""Folders in which files are left for a program outside to take."""

import os
import secrets
from pathlib import Path


def leave(folder: Path, name: str, content: bytes) -> None:
    """Write a file for its owner alone, whole or not at all; the same name is the same file."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f".{name}.{secrets.token_hex(4)}"
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder / name)
