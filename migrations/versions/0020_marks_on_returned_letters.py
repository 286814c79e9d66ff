"""Marks on returned letters"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column."""
    op.add_column("approval", sa.Column("marks", sa.Text(), server_default="[]", nullable=False))
