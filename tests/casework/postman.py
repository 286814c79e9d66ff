"""An adapter that keeps what it was given, or fails as told."""

from dataclasses import dataclass, field
from datetime import datetime

from gkapply.adapters.mail import Mail
from gkapply.adapters.sms import Sms


@dataclass
class Postman:
    """Takes mail and text messages, with the keys that came along."""

    name: str = "postman"
    sent: list[tuple[Mail, str]] = field(default_factory=list)
    texted: list[tuple[Sms, str]] = field(default_factory=list)
    failure: Exception | None = None

    def send(self, what: Mail | Sms, key: str, now: datetime) -> str:
        """Keep it, or raise the failure."""
        if self.failure is not None:
            raise self.failure
        if isinstance(what, Mail):
            self.sent.append((what, key))
        else:
            self.texted.append((what, key))
        return f"id of {key}"
