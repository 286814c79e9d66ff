"""Quarterly sheets (季度统计表) as they were delivered"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant, protect

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table, which only grows."""
    op.create_table(
        "period_sheet",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("on_", sa.Date(), nullable=False),
        sa.Column("delivered_at", Instant(), nullable=False),
        sa.Column("delivered_by", BigKey, nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_period_sheet_organ_id"),
        sa.ForeignKeyConstraint(["delivered_by"], ["user.id"], name="fk_period_sheet_delivered_by"),
        sa.PrimaryKeyConstraint("id", name="pk_period_sheet"),
        sa.UniqueConstraint(
            "organ_id", "year", "quarter", "edition", name="uq_period_sheet_organ_id_year_quarter_edition"
        ),
    )
    protect(op.get_bind(), "period_sheet")
