"""Writers of letters"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column."""
    op.add_column("letter", sa.Column("writers", sa.Text(), server_default="[]", nullable=False))
