"""Where a request at the counter's form may come from besides its applicant: an envelope of the book, or something passed on.

Each origin fills the form beforehand, may vouch for the day of receipt, and learns as which request it was registered.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import arrival_deciding, incoming_request
from gkapply.casework.access import Actor
from gkapply.casework.receipt import Receipt
from gkapply.casework.records import Case

MAIL, ARRIVAL = "mail", "arrival"
ORIGINS = (MAIL, ARRIVAL)
"""Names of the form's hidden fields, and of what the address carries."""
Keys = Mapping[str, str | None]
"""Origin → its number; empty where the request does not come from there."""


def prefill(session: Session, keys: Keys, actor: Actor, now: datetime) -> dict[str, Any]:
    """What the origins say, for the form. Raises NotFound, Stale, Refusal."""
    known: dict[str, Any] = {}
    if mail := keys.get(MAIL):
        known |= incoming_request.prefill(session, mail, actor, now)
    if arrival := keys.get(ARRIVAL):
        known |= arrival_deciding.prefill(session, arrival, actor, now)
    return known


def vouched(session: Session, keys: Keys, receipt: Receipt, actor: Actor) -> Receipt:
    """The receipt as the book of mail vouches for it. Raises NotFound, Refusal for another day than that of the signature."""
    mail = keys.get(MAIL)
    return incoming_request.vouched(session, mail, receipt, actor) if mail else receipt


def register_as(session: Session, keys: Keys, case: Case, actor: Actor, now: datetime) -> None:
    """The registrar has entered the request. Raises NotFound, Stale."""
    if mail := keys.get(MAIL):
        incoming_request.register_as(session, mail, case, actor, now)
    if arrival := keys.get(ARRIVAL):
        arrival_deciding.register_as(session, arrival, case, actor, now)
