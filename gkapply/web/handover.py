"""A generated password (口令) on its way from the POST that made it to the one page that shows it, once.

It travels in the administrator's own cookie, sealed, since a cookie is signed but readable; it is stored nowhere.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from flask import session as cookie

from gkapply.casework.services import ring
from gkapply.database import reading
from gkapply.sealing import CannotUnseal


def hand_over(login: str, password: str) -> None:
    """Keep ``password`` for the next page about the account ``login``."""
    with reading() as session:
        sealed = ring(session).seal(password.encode(), f"handover.{login}")
    cookie["handover"] = urlsafe_b64encode(sealed).decode()


def handed_over(login: str) -> str | None:
    """The password just made for the account, the first time that this is asked."""
    carried = cookie.pop("handover", None)
    if carried is None:
        return None
    try:
        with reading() as session:
            return ring(session).unseal(urlsafe_b64decode(carried), f"handover.{login}").decode()
    except (CannotUnseal, ValueError):
        # Made for another account, or with a key that was taken off the ring: the administrator resets it once more.
        return None
