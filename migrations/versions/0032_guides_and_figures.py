"""Guides of organs and public figures"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "organ_guide",
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("hours", sa.String(length=200), nullable=False),
        sa.Column("postal_address", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("fax", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("supervised_by", sa.String(length=120), nullable=False),
        sa.Column("supervisor_phone", sa.String(length=60), nullable=False),
        sa.Column("supervisor_address", sa.String(length=200), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_organ_guide_organ_id"),
        sa.PrimaryKeyConstraint("organ_id", name="pk_organ_guide"),
    )
    op.create_table(
        "public_figures",
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_public_figures_organ_id"),
        sa.PrimaryKeyConstraint("organ_id", "year", name="pk_public_figures"),
    )
