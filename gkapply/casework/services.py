"""What the installation gives to every unit of work: the key ring, the file store, and the calendars built so far."""

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gkapply import database
from gkapply.casework.calendars import SHELF
from gkapply.config import Settings
from gkapply.files import FileStore
from gkapply.gateways import NO_GATEWAYS, Gateways
from gkapply.sealing import KeyRing
from gkapply.traces.shelf import Shelf

BADGES = "badges"
"""Under this name a session carries the badges of desks that its process has counted in its database."""


def services(
    ring: KeyRing, store: FileStore, public_address: str = "", gateways: Gateways = NO_GATEWAYS
) -> dict[str, object]:
    """The mapping to hand to ``database.connect``.

    ``public_address`` is where people outside reach the pages, ``gateways`` by what messages leave.
    """
    given = {"ring": ring, "store": store, "public_address": public_address, "gateways": gateways}
    return {**given, SHELF: {}, BADGES: {}, "apart": Shelf()}


def open_installation(settings: Settings) -> Engine:
    """Make the database, key ring and file store of ``settings`` those of this process; call it after a fork, not before."""
    keys = KeyRing(settings.data_keys)
    store = FileStore(settings.store, keys)
    return database.connect(settings.database_url, services(keys, store, settings.public_address, settings.gateways))


def ring(session: Session) -> KeyRing:
    """The key ring of this unit's installation."""
    found = session.info["ring"]
    assert isinstance(found, KeyRing)
    return found


def store(session: Session) -> FileStore:
    """The file store of this unit's installation."""
    found = session.info["store"]
    assert isinstance(found, FileStore)
    return found


def taken_apart(session: Session) -> Shelf:
    """The files that this installation has last taken apart."""
    found = session.info["apart"]
    assert isinstance(found, Shelf)
    return found


def public_address(session: Session) -> str:
    """Where people outside reach the pages (https://…, no slash at the end); empty when the installation was not told."""
    return str(session.info["public_address"])


def gateways(session: Session) -> Gateways:
    """By what messages leave this installation."""
    found = session.info["gateways"]
    assert isinstance(found, Gateways)
    return found


def texts(session: Session) -> bool:
    """Whether text messages can be sent: the installation has a gateway or a folder for them."""
    return gateways(session).texts
