"""The way out for text messages (短信), and the folder that stands behind it where the office's gateway takes files."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from gkapply.adapters.mail import token_of
from gkapply.adapters.tray import leave


@dataclass(frozen=True, slots=True)
class Sms:
    """A text message to one telephone. Neither number nor text is shown in logs."""

    to: str = field(repr=False)
    text: str = field(repr=False)


class Texter(Protocol):
    """Whoever carries text messages away."""

    @property
    def name(self) -> str:
        """How the ledger of messages calls it."""

    def send(self, sms: Sms, key: str, now: datetime) -> str:
        """Hand ``sms`` over; the same ``key`` is the same message. Returns what the receiving side calls it.

        Raises NotTaken when it is refused for good, OSError when it is impossible now.
        """


class SmsTray:
    """Leaves each text message as a .json file in a folder, for its owner only; the same key gives the same file."""

    name = "sms_tray"

    def __init__(self, folder: Path):
        self.folder = folder

    def send(self, sms: Sms, key: str, now: datetime) -> str:
        """Write ``{"key", "phone", "text", "at"}`` whole or not at all."""
        token = token_of(key)
        whole = {"key": token, "phone": sms.to, "text": sms.text, "at": now.isoformat()}
        leave(self.folder, f"{token}.json", json.dumps(whole, ensure_ascii=False).encode())
        return token
