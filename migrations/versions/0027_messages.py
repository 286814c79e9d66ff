"""Messages that leave the house, and what became of them"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

FAILED = sa.text("fate IN ('bounced', 'given_up')")


def upgrade() -> None:
    """One table; its rows are moved on as their messages are."""
    op.create_table(
        "message",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=True),
        sa.Column("case_id", BigKey, nullable=True),
        sa.Column("user_id", BigKey, nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("about", sa.String(length=64), server_default="", nullable=False),
        sa.Column("key", sa.String(length=150), nullable=False),
        sa.Column("at_once", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("address_index", sa.String(length=64), server_default="", nullable=False),
        sa.Column("posted_at", Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fate", sa.String(length=20), server_default="waiting", nullable=False),
        sa.Column("fate_at", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("adapter", sa.String(length=20), server_default="", nullable=False),
        sa.Column("gateway_id", sa.String(length=200), server_default="", nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("settled_by", sa.String(length=40), server_default="", nullable=False),
        sa.Column("settled_note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_message_organ_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_message_case_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_message_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("uid", name="uq_message_uid"),
        sa.UniqueConstraint("key", name="uq_message_key"),
    )
    op.create_index("ix_message_case", "message", ["case_id"])
    op.create_index("ix_message_address", "message", ["address_index"])
    op.create_index("ix_message_failed", "message", ["organ_id"], sqlite_where=FAILED, postgresql_where=FAILED)
