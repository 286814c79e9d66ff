"""Templates of the office"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A new table."""
    op.create_table(
        "office_template",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("for_subtree", sa.Boolean(), nullable=False),
        sa.Column("uploaded_at", Instant(), nullable=False),
        sa.Column("uploaded_by", BigKey, nullable=False),
        sa.Column("released_at", Instant(), nullable=True),
        sa.Column("released_by", BigKey, nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_by", BigKey, nullable=True),
        sa.Column("withdraw_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_office_template_organ_id"),
        sa.ForeignKeyConstraint(["uploaded_by"], ["user.id"], name="fk_office_template_uploaded_by"),
        sa.ForeignKeyConstraint(["released_by"], ["user.id"], name="fk_office_template_released_by"),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["user.id"], name="fk_office_template_withdrawn_by"),
        sa.PrimaryKeyConstraint("id", name="pk_office_template"),
        sa.UniqueConstraint("organ_id", "kind", "version", name="uq_office_template_organ_id_kind_version"),
    )
    op.create_index("ix_office_template_sha256", "office_template", ["sha256"])
