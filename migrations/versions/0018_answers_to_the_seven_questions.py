"""The answers to the seven questions, kept with each item"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column."""
    op.add_column("item", sa.Column("answers", sa.Text(), server_default="{}", nullable=False))
