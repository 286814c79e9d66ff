"""Use of seals"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant, protect

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table that only grows; when a letter was stamped, and its scan."""
    op.create_table(
        "seal_use",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("letter_id", BigKey, nullable=False),
        sa.Column("seal", sa.String(length=20), nullable=False),
        sa.Column("applied_by", sa.String(length=60), nullable=False),
        sa.Column("approved_by", sa.String(length=60), nullable=False),
        sa.Column("stamped_by", sa.String(length=60), nullable=False),
        sa.Column("stamped_on", sa.Date(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("file_sha", sa.String(length=64), nullable=False),
        sa.Column("document_id", BigKey, nullable=True),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_seal_use_organ_id"),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_seal_use_letter_id"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_seal_use_document_id"),
        sa.PrimaryKeyConstraint("id", name="pk_seal_use"),
    )
    op.create_index("ix_seal_use_letter_id", "seal_use", ["letter_id"])
    protect(op.get_bind(), "seal_use")
    op.add_column("letter", sa.Column("sealed_on", sa.Date(), nullable=True))
    op.add_column("letter", sa.Column("sealed_sha", sa.String(length=64), server_default="", nullable=False))
