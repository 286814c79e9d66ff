"""Series of letter numbers, and numbers from outside"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant, protect

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables that only grow, where a signing name has its numbers from, one printed number per organ."""
    op.create_table(
        "number_series",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("signing_name_id", BigKey, nullable=False),
        sa.Column("letter_class", sa.String(length=20), nullable=False),
        sa.Column("code_word", sa.String(length=20), nullable=False),
        sa.Column("set_at", Instant(), nullable=False),
        sa.Column("set_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_number_series_organ_id"),
        sa.ForeignKeyConstraint(["signing_name_id"], ["signing_name.id"], name="fk_number_series_signing_name_id"),
        sa.PrimaryKeyConstraint("id", name="pk_number_series"),
    )
    op.create_index("ix_number_series_signing_name_id", "number_series", ["signing_name_id"])
    op.create_index("ix_number_series_code_word", "number_series", ["code_word"])
    op.create_table(
        "number_gap",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("signing_name_id", BigKey, nullable=False),
        sa.Column("code_word", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("explained_at", Instant(), nullable=False),
        sa.Column("explained_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_number_gap_organ_id"),
        sa.ForeignKeyConstraint(["signing_name_id"], ["signing_name.id"], name="fk_number_gap_signing_name_id"),
        sa.PrimaryKeyConstraint("id", name="pk_number_gap"),
    )
    op.create_index("ix_number_gap_signing_name_id", "number_gap", ["signing_name_id"])
    for table in ("number_series", "number_gap"):
        protect(op.get_bind(), table)
    op.add_column(
        "signing_name", sa.Column("numbers_from", sa.String(length=10), server_default="here", nullable=False)
    )
    op.create_index("ix_letter_number", "letter", ["organ_id", "number"], unique=True)
