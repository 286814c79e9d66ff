"""Mail that came back after it had left: what the mail system leaves in a folder is believed of its own message alone."""

import logging
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from gkapply.adapters import bounces
from gkapply.adapters.bounces import Bounce
from gkapply.casework import unreached
from gkapply.casework.message_records import Channel, Fate, Message
from gkapply.database import transaction

MOST = 200
"""Files looked at in one go."""

log = logging.getLogger(__name__)


def take_in(folder: Path, now: datetime) -> int:
    """Take in what came back; returns how many messages are known to have reached nobody. A file told twice is told once.

    A file about no message of ours is set aside; one that was understood is removed, for it holds an address in clear.
    """
    known = 0
    for path in bounces.files_in(folder, MOST):
        found = bounces.read_bounce(path)
        entered = _enter(found, now) if found is not None else None
        if entered is None:
            log.warning("a file in the folder of bounces is about no message of ours: set aside")
            bounces.set_aside(path)
            continue
        known += entered
        path.unlink(missing_ok=True)
    return known


def _enter(found: Bounce, now: datetime) -> bool | None:
    """Note that the message came back; a delay, or what is known already, changes nothing. None: no message of ours."""
    query = select(Message).where(Message.uid == found.token, Message.channel == Channel.MAIL)
    with transaction() as session:
        message = session.scalars(query.with_for_update()).one_or_none()
        if message is None:
            return None
        if not found.failed or message.fate not in (Fate.WAITING, Fate.SENT):
            return False
        unreached.fail(session, message, Fate.BOUNCED, f"退信 {found.status}".strip(), now)
        return True
