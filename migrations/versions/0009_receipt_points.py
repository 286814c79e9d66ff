"""Receipt points: counters of a service hall that serve several organs"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two new tables."""
    op.create_table(
        "receipt_point",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("announced_in", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name=op.f("fk_receipt_point_organ_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_point")),
        sa.UniqueConstraint("name", name=op.f("uq_receipt_point_name")),
    )
    op.create_index("ix_receipt_point_organ_id", "receipt_point", ["organ_id"])
    op.create_table(
        "receipt_point_organ",
        sa.Column("point_id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name=op.f("fk_receipt_point_organ_organ_id")),
        sa.ForeignKeyConstraint(["point_id"], ["receipt_point.id"], name=op.f("fk_receipt_point_organ_point_id")),
        sa.PrimaryKeyConstraint("point_id", "organ_id", name=op.f("pk_receipt_point_organ")),
    )
