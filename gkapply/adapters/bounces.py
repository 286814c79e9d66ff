"""Mail that came back (退信): delivery status notifications (RFC 3464) as files, read for which message they are about and what became of it.

What a file says is a stranger's claim. It is believed only where it names a message by the random id that nobody knows but the
recipient and the servers on its way; it never changes anything but that message's own fate.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.policy import default
from pathlib import Path

LARGEST = 1024 * 1024
"""Bytes of a file that is read; what is larger is no notification."""
TAKEN_ASIDE = "aside"
"""Folder beside the files for those that tell nothing."""
_TOKEN = r"([0-9a-f]{32})"
_MESSAGE_ID = re.compile(rf"<{_TOKEN}@[^<>\s]+>")
_WAY_BACK = re.compile(rf"[+=.-]{_TOKEN}@|^<?{_TOKEN}@")
_STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")


@dataclass(frozen=True, slots=True)
class Bounce:
    """What one file says: ``token`` names the message; ``failed`` for good; ``status`` is the code, without any address."""

    token: str
    failed: bool
    status: str


def files_in(folder: Path, most: int) -> list[Path]:
    """The files that wait, the oldest name first."""
    return sorted(path for path in folder.glob("*.eml") if path.is_file())[:most]


def read_bounce(path: Path) -> Bounce | None:
    """What the file says; None when it is no notification about a message that could be ours. Raises OSError."""
    if path.stat().st_size > LARGEST:
        return None
    try:
        message = message_from_bytes(path.read_bytes(), policy=default)
        assert isinstance(message, EmailMessage)
        if message.get_content_type() != "multipart/report":
            return None
        status, action = _verdict(message)
        token = _token(message)
    except (MessageError, ValueError, LookupError, IndexError, AttributeError):
        # The standard library's parser raises many things over what it cannot read.
        return None
    if token is None or not action:
        return None
    return Bounce(token, action == "failed", status)


def set_aside(path: Path) -> None:
    """Put a file that tells nothing where somebody may look at it."""
    aside = path.parent / TAKEN_ASIDE
    aside.mkdir(exist_ok=True)
    path.replace(aside / path.name)


def _verdict(message: EmailMessage) -> tuple[str, str]:
    """Status code and action of the first recipient: a message of ours has one."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.iter_parts() if isinstance(part, EmailMessage) else ():
                action = str(block.get("Action", "")).strip().lower()
                if action:
                    found = _STATUS.search(str(block.get("Status", "")))
                    return found.group() if found else "", action
    return "", ""


def _token(message: EmailMessage) -> str | None:
    """The message's id: from the address to which the file came, else from the message that is enclosed."""
    for name in ("To", "Delivered-To", "X-Original-To", "Envelope-To"):
        for value in message.get_all(name, ()):
            if found := _WAY_BACK.search(str(value)):
                return found.group(1) or found.group(2)
    for enclosed in _enclosed(message):
        if found := _MESSAGE_ID.search(enclosed):
            return found.group(1)
    return None


def _enclosed(message: EmailMessage) -> Iterator[str]:
    """The Message-ID of what was sent, as the enclosed copy or its headers give it."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload(0)
            if isinstance(inner, Message):
                yield str(inner.get("Message-ID", ""))
        elif kind == "text/rfc822-headers":
            for line in str(part.get_content()).splitlines():
                if line.lower().startswith("message-id:"):
                    yield line
