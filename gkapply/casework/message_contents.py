"""What a message says and to whom: the only place where it is sealed and opened."""

import json
from dataclasses import asdict, dataclass, field, replace

from sqlalchemy.orm import Session

from gkapply.casework.journal import canonical
from gkapply.casework.message_records import Message
from gkapply.casework.services import ring


@dataclass(frozen=True, slots=True)
class Contents:
    """Address, and words; a text message has no subject."""

    to: str = field(repr=False)
    subject: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    """With which a post to a webhook is signed; empty for everything else."""

    @property
    def address_alone(self) -> "Contents":
        """What is kept once the message has left."""
        return replace(self, subject="", text="", secret="")


def sealed(session: Session, uid: str, contents: Contents) -> bytes:
    """The sealed form of what the message with that uid says."""
    return ring(session).seal(canonical(asdict(contents)).encode(), _place(uid))


def keep(session: Session, message: Message, contents: Contents) -> None:
    """Keep ``contents`` with ``message``, sealed, and the digest by which the address is found again."""
    message.sealed = sealed(session, message.uid, contents)
    message.address_index = index_of(session, contents.to)


def contents_of(session: Session, message: Message) -> Contents | None:
    """Address and words in clear; None while they have not been put together."""
    if message.sealed is None:
        return None
    return Contents(**json.loads(ring(session).unseal(message.sealed, _place(message.uid))))


def index_of(session: Session, address: str) -> str:
    """The keyed digest of an address or telephone, by which the messages to it are found."""
    return ring(session).blind_index(address.strip().lower(), "message.address")


def masked_address(address: str) -> str:
    """An address with its middle hidden, as pages show it: ``li***@example.cn``, ``138****5678``."""
    name, at, host = address.partition("@")
    if at:
        return f"{name[:2]}***@{host}"
    return f"{address[:3]}****{address[-4:]}" if len(address) > 7 else "****"


def _place(uid: str) -> str:
    return f"message.sealed.{uid}"
