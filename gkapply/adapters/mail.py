"""The way out for mail, and the folder that stands behind it where the office has its own mail gateway."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from gkapply.adapters.tray import leave


@dataclass(frozen=True, slots=True)
class Mail:
    """A message to one person. The address is never shown in logs."""

    to: str = field(repr=False)
    subject: str
    text: str = field(repr=False)


class Mailer(Protocol):
    """Whoever carries mail away."""

    @property
    def name(self) -> str:
        """How the ledger of messages calls it."""

    def send(self, mail: Mail, key: str, now: datetime) -> str:
        """Hand ``mail`` over; the same ``key`` is the same message. Returns what the receiving side calls it.

        Raises NotTaken when it is refused for good, OSError when it is impossible now.
        """


def token_of(key: str) -> str:
    """The part of a message's id that is made of its key: the same for every copy, telling nothing about the key."""
    if key.isalnum():
        return key
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def written(mail: Mail, key: str, now: datetime, *, sender: str = "", host: str = "gkapply") -> EmailMessage:
    """The message as it travels; every copy of it carries the same Message-ID."""
    message = EmailMessage(policy=SMTP)
    if sender:
        message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{token_of(key)}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message


class OutTray:
    """Leaves each message as an .eml file in a folder, from where the office's own mail gateway takes it.

    The files are for their owner only; the same key gives the same file.
    """

    name = "mail_tray"

    def __init__(self, folder: Path):
        self.folder = folder

    def send(self, mail: Mail, key: str, now: datetime) -> str:
        """Write the message whole or not at all."""
        message = written(mail, key, now)
        leave(self.folder, f"{token_of(key)}.eml", message.as_bytes())
        return str(message["Message-ID"])
