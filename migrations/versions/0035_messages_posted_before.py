"""Mail that waited as bare errands, as messages of the ledger; messages that grow stale"""

import json
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from gkapply.database import Instant

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_TO_CASE = {
    "send_mail": "SELECT c.uid, c.id, c.organ_id FROM case_file c WHERE c.uid = :uid",
    "send_link": "SELECT q.uid, c.id, c.organ_id FROM consultation q JOIN case_file c ON c.id = q.case_id WHERE q.uid = :uid",
    "send_advice_link": (
        "SELECT a.uid, c.id, c.organ_id FROM adviser_opinion a JOIN letter l ON l.id = a.letter_id"
        " JOIN case_file c ON c.id = l.case_id WHERE a.uid = :uid"
    ),
}
_NAMED_BY = {"send_mail": "case", "send_link": "question", "send_advice_link": "advice"}
_KINDS = {"send_link": "link", "send_advice_link": "advice_link"}


def upgrade() -> None:
    """One column; every mail that waits gets its row, and its errand names that row."""
    op.add_column("message", sa.Column("of_use_until", Instant(), nullable=True))
    carry_over(op.get_bind())


def carry_over(connection: sa.Connection) -> None:
    """Make a message of every mail that waits as an errand."""
    waiting = sa.text(
        "SELECT id, task, arguments, posted_at FROM outbox"
        " WHERE done_at IS NULL AND task IN ('send_mail', 'send_link', 'send_advice_link')"
    )
    for errand in connection.execute(waiting).all():
        given, uid = json.loads(errand.arguments), uuid4().hex
        found = connection.execute(sa.text(_TO_CASE[errand.task]), {"uid": given[_NAMED_BY[errand.task]]}).one()
        kind, about = _KINDS.get(errand.task) or given["notice"], given.get("of") or found.uid
        row = {
            "uid": uid,
            "organ": found.organ_id,
            "case": found.id,
            "kind": kind,
            "about": about,
            "key": f"{kind}:{about}",
            "posted_at": errand.posted_at,
            "at_once": False,
        }
        connection.execute(_ENTER, row)
        moved = {"id": errand.id, "arguments": json.dumps({"message": uid}, separators=(",", ":"))}
        connection.execute(_MOVE, moved)


_ENTER = sa.text(
    'INSERT INTO message (uid, organ_id, case_id, channel, kind, about, "key", at_once, posted_at)'
    " VALUES (:uid, :organ, :case, 'mail', :kind, :about, :key, :at_once, :posted_at)"
)
_MOVE = sa.text("UPDATE outbox SET task = 'send_message', arguments = :arguments WHERE id = :id")
