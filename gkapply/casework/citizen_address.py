"""The mail address or mobile number by which a citizen's account is known: read, compared by a keyed digest, sealed."""

import json
from dataclasses import asdict, dataclass
from typing import Literal

from sqlalchemy.orm import Session

from gkapply.casework.journal import canonical
from gkapply.casework.services import ring
from gkapply.law import identifiers

_INDEX = "citizen address"


@dataclass(frozen=True, slots=True)
class Address:
    """A mail address or a mobile number in its written form."""

    kind: Literal["email", "phone"]
    text: str

    @property
    def known_words(self) -> tuple[str, ...]:
        """What a password must not contain."""
        return (self.text, self.text.partition("@")[0])

    @property
    def masked(self) -> str:
        """With its middle hidden, as pages show it."""
        if self.kind == "phone":
            return f"{self.text[:3]}****{self.text[-4:]}"
        name, _, domain = self.text.partition("@")
        return f"{name[:2] if len(name) > 3 else name[:1]}***@{domain}"


def read_address(text: str, *, by_sms: bool) -> Address:
    """The address as it was typed. ``by_sms``: mobile numbers can be reached. Raises Refusal."""
    plain = text.strip()
    if by_sms and "@" not in plain:
        return Address("phone", identifiers.mobile(plain, "address"))
    return Address("email", identifiers.email(plain, "address"))


def index_of(session: Session, address: Address) -> str:
    """The keyed digest under which the address is found; upper and lower case of a mail address are one."""
    return ring(session).blind_index(f"{address.kind}:{address.text.casefold()}", _INDEX)


def seal_address(session: Session, address: Address, place: str) -> bytes:
    """The sealed form for ``place`` (table and uid of the row)."""
    return ring(session).seal(canonical(asdict(address)).encode(), f"address.{place}")


def open_address(session: Session, sealed: bytes, place: str) -> Address:
    """The address in clear: for the message to it, or masked for its holder."""
    return Address(**json.loads(ring(session).unseal(sealed, f"address.{place}")))
