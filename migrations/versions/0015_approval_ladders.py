"""Approval ladders: the route of each letter, decisions entered from paper"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, protect

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A letter without a route climbs the ladder of its kind as before; earlier decisions were all made here."""
    for name, kind in (("route", sa.Text()), ("rung", sa.String(length=20))):
        op.add_column("letter", sa.Column(name, kind, server_default="", nullable=False))
    op.add_column("approval", sa.Column("rung", sa.String(length=20), server_default="", nullable=False))
    op.add_column("approval", sa.Column("on_", sa.Date(), nullable=True))
    connection = op.get_bind()
    key = BigKey.compile(connection.dialect)
    # As it stands in SQL: Alembic does not name the foreign key of an added column on SQLite.
    for name, table in (("entered_by", '"user"'), ("scan_id", "document")):
        op.execute(
            f"ALTER TABLE approval ADD COLUMN {name} {key} CONSTRAINT fk_approval_{name} REFERENCES {table} (id)"
        )
    protect(connection, "approval")
