"""Other platforms that may read register rows (平台对接)"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.create_table(
        "exchange_platform",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("organs", sa.Text(), nullable=False),
        sa.Column("names", sa.Boolean(), nullable=False),
        sa.Column("granted_at", Instant(), nullable=False),
        sa.Column("granted_by", sa.String(length=40), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_exchange_platform"),
        sa.UniqueConstraint("token_hash", name="uq_exchange_platform_token_hash"),
    )
