"""Officials told by text message, organs by webhook; what the page of messages looks up"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two columns, one table, one index."""
    op.add_column("user", sa.Column("phone", sa.LargeBinary(), nullable=True))
    op.add_column("user", sa.Column("told_by", sa.String(length=10), server_default="mail", nullable=False))
    op.create_index("ix_message_sent", "message", ["channel", "sent_at"])
    op.create_table(
        "webhook",
        sa.Column("organ_id", BigKey, autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("set_at", Instant(), nullable=False),
        sa.Column("set_by", sa.String(length=40), nullable=False),
        sa.Column("told_through", BigKey, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_webhook_organ_id"),
        sa.PrimaryKeyConstraint("organ_id", name="pk_webhook"),
    )
