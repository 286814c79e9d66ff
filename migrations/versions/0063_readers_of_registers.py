"""Since when a runner reads a register that was handed in: another one begins anew only later"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import Instant

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column."""
    op.add_column("register_import", sa.Column("held_at", Instant(), nullable=True))
