"""Overrides of what the letter check found, and findings kept with each round"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant, protect

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table that only grows, one column."""
    op.create_table(
        "finding_override",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("letter_id", BigKey, nullable=False),
        sa.Column("deed", sa.String(length=20), nullable=False),
        sa.Column("point", sa.String(length=20), nullable=False),
        sa.Column("sentence_hash", sa.String(length=64), nullable=False),
        sa.Column("snapshot_hash", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("user_id", BigKey, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_finding_override_organ_id"),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_finding_override_letter_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_finding_override_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_finding_override"),
    )
    op.create_index("ix_finding_override_letter_id", "finding_override", ["letter_id"])
    protect(op.get_bind(), "finding_override")
    op.add_column("letter_round", sa.Column("findings", sa.Text(), server_default="[]", nullable=False))
