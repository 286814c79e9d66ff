"""Lists of applicants whose requests are entered in one go"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.create_table(
        "group_entry",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("user_id", BigKey, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("prepared_at", Instant(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_group_entry_organ_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_group_entry_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_group_entry"),
        sa.UniqueConstraint("uid", name="uq_group_entry_uid"),
    )
