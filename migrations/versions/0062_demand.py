"""The analysis of demand: what was read of each request, term by term, and the figures for the public"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

TO_READ = sa.text("demand_day <= 0 AND received_on IS NOT NULL AND kind = 'application'")


def upgrade() -> None:
    """Two columns with an index, two tables. An errand reads the requests that are there already."""
    op.add_column("case_file", sa.Column("area_suggested", sa.String(length=60), nullable=True))
    op.add_column("case_file", sa.Column("demand_day", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_case_file_demand", "case_file", ["id"], sqlite_where=TO_READ, postgresql_where=TO_READ)
    op.create_table(
        "demand_term",
        sa.Column("organ_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("term", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("applicant", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organ_id", "kind", "day", "term", "case_id", name="pk_demand_term"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "demand_figures",
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_demand_figures_organ_id"),
        sa.PrimaryKeyConstraint("organ_id", "year", name="pk_demand_figures"),
    )
