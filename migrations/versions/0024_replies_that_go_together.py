"""Replies that go together"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column with its index."""
    op.add_column("letter", sa.Column("group_uid", sa.String(length=32), server_default="", nullable=False))
    op.create_index("ix_letter_group_uid", "letter", ["group_uid"])
