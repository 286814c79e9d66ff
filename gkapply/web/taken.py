"""Counting that a public entry was opened: once for a browser's session, and without looking at whose it is."""

import hashlib

from flask import session

from gkapply import clock
from gkapply.casework import public_search
from gkapply.database import transaction

OPENED = "taken"
"""Key of the browser's session: the entries that it opened lately, so that reading one again does not count."""
MOST_OPENED = 30
_SHORT = 10


def note_taken(kind: str, uid: str) -> None:
    """Count that this browser opened the entry, unless it did so before; the page of an entry calls it."""
    mark = hashlib.sha256(f"{kind}:{uid}".encode()).hexdigest()[:_SHORT]
    opened = session.get(OPENED, [])
    if mark in opened:
        return
    with transaction() as unit:
        public_search.count_taken(unit, kind, uid, clock.today())
    session[OPENED] = [*opened, mark][-MOST_OPENED:]
