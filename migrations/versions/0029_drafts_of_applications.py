"""Drafts of applications"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "application_draft",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_application_draft"),
        sa.UniqueConstraint("uid", name="uq_application_draft_uid"),
        sa.UniqueConstraint("token_hash", name="uq_application_draft_token_hash"),
    )
    op.create_index("ix_application_draft_expires_at", "application_draft", ["expires_at"])
    op.create_table(
        "draft_file",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("draft_id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=False),
        sa.Column("size", BigKey, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["application_draft.id"], name="fk_draft_file_draft_id"),
        sa.PrimaryKeyConstraint("id", name="pk_draft_file"),
        sa.UniqueConstraint("uid", name="uq_draft_file_uid"),
    )
    op.create_index("ix_draft_file_draft_id", "draft_file", ["draft_id"])
    op.create_index("ix_draft_file_sha256", "draft_file", ["sha256"])
