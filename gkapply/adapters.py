"""Doors to the world outside the office: mail, the electronic seal. What stands behind a door is chosen by the installation.

A message is handed over at least once; its key lets the receiving side know a second copy.
"""

import hashlib
import os
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Mail:
    """A message to one person. The address is never shown in logs."""

    to: str = field(repr=False)
    subject: str
    text: str


class Mailer(Protocol):
    """Whoever carries mail away."""

    def send(self, mail: Mail, key: str, now: datetime) -> None:
        """Hand ``mail`` over; the same ``key`` is the same message. Raises OSError when that is impossible now."""


class OutTray:
    """Leaves each message as an .eml file in a folder, from where the office's own mail gateway takes it.

    The files are for their owner only; the same key gives the same file.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    def send(self, mail: Mail, key: str, now: datetime) -> None:
        """Write the message whole or not at all."""
        message = EmailMessage(policy=SMTP)
        message["To"] = mail.to
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(now)
        name = hashlib.sha256(key.encode()).hexdigest()[:32]
        message["Message-ID"] = f"<{name}@gkapply>"
        message.set_content(mail.text)
        self.folder.mkdir(parents=True, exist_ok=True)
        _leave(self.folder, f"{name}.eml", message.as_bytes())


class Sealer(Protocol):
    """Whoever puts an electronic seal on a document."""

    def seal(self, document: bytes, ending: str, seal: str, key: str) -> bytes | None:
        """The document under the seal of that name, as PDF; None while it is not ready. The same ``key`` is the same document.

        Raises OSError when nothing can be handed over now.
        """


class SealFolder:
    """Hands documents to the office's seal system through a folder, as most of them can be fed.

    What is to be sealed is left as ``in/印章名称/key.ending``; what was sealed is fetched from ``out/key.pdf``. The seal system,
    its certificates and its own log stay outside this program.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    def seal(self, document: bytes, ending: str, seal: str, key: str) -> bytes | None:
        """What was sealed under that key; else leave the document, whole or not at all, and answer that it is not ready."""
        done = self.folder / "out" / f"{key}.pdf"
        if done.exists():
            return done.read_bytes()
        place = self.folder / "in" / seal
        place.mkdir(parents=True, exist_ok=True)
        _leave(place, f"{key}.{ending}", document)
        return None


def _leave(folder: Path, name: str, content: bytes) -> None:
    """Write a file for its owner alone, whole or not at all."""
    partial = folder / f".{name}.{secrets.token_hex(4)}"
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder / name)
