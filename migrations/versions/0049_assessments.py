"""Assessments that supervising organs have issued"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant, protect

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table that only grows."""
    op.create_table(
        "assessment",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("issued_by", BigKey, nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_assessment_organ_id"),
        sa.ForeignKeyConstraint(["issued_by"], ["user.id"], name="fk_assessment_issued_by"),
        sa.PrimaryKeyConstraint("id", name="pk_assessment"),
        sa.UniqueConstraint("organ_id", "number", name="uq_assessment_organ_id_number"),
        sa.UniqueConstraint("uid", name="uq_assessment_uid"),
    )
    op.create_index("ix_assessment_organ", "assessment", ["organ_id", "id"])
    protect(op.get_bind(), "assessment")
