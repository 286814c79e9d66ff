"""Doors to the world outside the office: mail. What stands behind a door is chosen by the installation.

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
        partial = self.folder / f".{name}.{secrets.token_hex(4)}"
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(message.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        partial.replace(self.folder / f"{name}.eml")
