"""Secrecy reviews of what a reply gives out"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant, protect

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table that only grows."""
    op.create_table(
        "secrecy_review",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("document_id", BigKey, nullable=True),
        sa.Column("item", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("on_", sa.Date(), nullable=False),
        sa.Column("reviewer_id", BigKey, nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_secrecy_review_organ_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_secrecy_review_case_id"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_secrecy_review_document_id"),
        sa.ForeignKeyConstraint(["reviewer_id"], ["user.id"], name="fk_secrecy_review_reviewer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_secrecy_review"),
    )
    op.create_index("ix_secrecy_review_case_id", "secrecy_review", ["case_id"])
    protect(op.get_bind(), "secrecy_review")
